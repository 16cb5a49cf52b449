"""What is checked of offers."""

from ..offers import COURSE
from .shape import stands_as_stepped

CHECKS = (stands_as_stepped(COURSE, "惠民服务"),)
