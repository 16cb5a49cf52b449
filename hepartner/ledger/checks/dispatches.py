"""What is checked of dispatches and the responses to them."""

from ..dispatches import COURSE
from ..responding import COURSE as RESPONSES
from .shape import stands_as_stepped

CHECKS = (stands_as_stepped(COURSE, "吹哨"), stands_as_stepped(RESPONSES, "应答"))
