"""What is checked of pairings."""

from ..counts.pairings import ONCE
from ..pairings import COURSE
from .shape import had_once, stands_as_stepped

CHECKS = (stands_as_stepped(COURSE, "结对"), had_once(ONCE["pairing"], "结对"))
