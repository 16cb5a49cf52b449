"""What is checked of pairings."""

from ..pairings import COURSE
from .shape import stands_as_stepped

CHECKS = (stands_as_stepped(COURSE, "结对"),)
