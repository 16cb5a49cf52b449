"""Limits that rules and the tables' guards share; it imports nothing, so that either may read it."""

MOST_POINTS = 1_000_000
"""No single entry, price or slip is of more; far above any programme, far below what could overflow a sum."""
SECOND_ABOVE = "redeem.second_above"
"""The setting that says of how many points a slip may be which nobody confirms; '' for any."""
