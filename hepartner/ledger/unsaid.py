"""What nobody said: the day or minute that the clock fills in where a command leaves it out.

It is used like what was said, but it is no part of an intention: the same command with the same key is the same after
midnight, too.
"""


class Unsaid:
    """Filled in by the clock."""


class UnsaidDay(Unsaid, str):
    """Today (ISO), where no day was said."""

    __slots__ = ()


class UnsaidMinute(Unsaid, int):
    """The present minute of the day, where no time was said."""


def as_said(value: object) -> object:
    """Return an intention with None for what was not said."""
    if isinstance(value, Unsaid):
        return None
    if isinstance(value, dict):
        return {name: as_said(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [as_said(one) for one in value]
    return value
