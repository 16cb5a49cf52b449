"""Identity-card numbers are not kept: no card and no note takes one, whatever command or file it comes from."""

from collections.abc import Iterable, Sequence
from typing import Any

from . import errors

_SHORTEST = 15


class IdentityNumberGiven(errors.Refused):
    """A text that is to be kept holds an identity-card number."""

    def __init__(self, number: str) -> None:
        super().__init__(
            f"内容里有身份证号（{number[:3]}****{number[-4:]}），没有写入。台账不保存身份证号，请删去这个号码。"
        )


def refuse_identity_numbers(rows: Iterable[Sequence[Any]]) -> None:
    """Look through the rows of cards. Raises IdentityNumberGiven for a text with such a number in it.

    The programme's rule is that these numbers are not stored. Rosters pass here by the hundred thousand: equal texts are
    looked at once, and shorter ones, which are nearly all, not into.
    """
    for column in zip(*rows, strict=True):
        for value in set(column):
            if type(value) is str and len(value) >= _SHORTEST:
                _refuse(value)


def _refuse(text: str) -> None:
    from hepartner.chinese.personal import identity_number

    if number := identity_number(text):
        raise IdentityNumberGiven(number)
