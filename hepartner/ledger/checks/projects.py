"""What is checked of projects."""

from ..projects import COURSE
from .shape import stands_as_stepped

CHECKS = (stands_as_stepped(COURSE, "项目"),)
