"""What is checked of needs."""

from ..needs import COURSE
from .shape import stands_as_stepped

CHECKS = (stands_as_stepped(COURSE, "需求"),)
