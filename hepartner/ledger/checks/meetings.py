"""What is checked of meetings and their resolutions."""

from ..resolutions import COURSE
from .shape import counts_once, stands_as_stepped

CHECKS = (counts_once("meeting", "meeting_held", "会议"), stands_as_stepped(COURSE, "决议"))
