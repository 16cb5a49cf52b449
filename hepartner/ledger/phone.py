"""Phone numbers: kept whole in the ledger, masked wherever they are printed."""

import re
from dataclasses import dataclass, field

_TAIL = 4
_SHORTEST_MASKABLE = 7


@dataclass(frozen=True, slots=True)
class PhoneNumber:
    """A phone number that prints masked (``138****8000``); `full` is for whoever asked for it with a reason."""

    full: str = field(repr=False)

    def __str__(self) -> str:
        return masked(self.full)

    def __bool__(self) -> bool:
        return bool(self.full)


class WholePhone(PhoneNumber):
    """A phone number that prints whole: somebody asked for it with a reason, which is logged."""

    __slots__ = ()

    def __str__(self) -> str:
        return self.full


class Whole(str):
    """What people wrote, with the phones in it: somebody asked for it with a reason, which is logged."""

    __slots__ = ()

    def __str__(self) -> str:
        return self[:]


def masked(number: str) -> str:
    """Return a number with its middle hidden; short ones keep only their last two digits."""
    if len(number) < _SHORTEST_MASKABLE:
        return "*" * (len(number) - 2) + number[-2:] if len(number) > 2 else number  # noqa: PLR2004 nothing to hide
    return f"{number[:3]}****{number[-4:]}"


def tail(number: str) -> str:
    """Return the last four digits, by which people look each other up."""
    digits = number if number.isdecimal() else re.sub(r"\D", "", number)
    return digits[-_TAIL:]
