"""What is checked of activities."""

from .shape import counts_once

CHECKS = (counts_once("activity", "activity_held", "活动"),)
