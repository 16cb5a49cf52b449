"""What is checked of offers."""

from ..counts.offers import ONCE
from ..offers import COURSE
from .shape import had_once, stands_as_stepped

CHECKS = (stands_as_stepped(COURSE, "惠民服务"), had_once(ONCE["offer"], "惠民服务"))
