"""Numbers by which a person is known: identity-card numbers, which are not kept, and phones, which are not printed whole."""

import re
from datetime import date
from typing import Final

from hepartner.chinese.characters import plain

# Region, birthday, serial and check digit (GB 11643), grouped as people group them; the old form has a two-digit year.
_IDENTITY: Final = re.compile(
    r"(?<![0-9])([1-8][0-9])[0-9]{4}[ -]?((?:19|20)[0-9]{2})[ -]?([0-9]{2})[ -]?([0-9]{2})[ -]?[0-9]{3}[0-9Xx](?![0-9])"
    r"|(?<![0-9])([1-8][0-9])[0-9]{4}([0-9]{2})([0-9]{2})([0-9]{2})[0-9]{3}(?![0-9])"
)
_PROVINCES: Final = {
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54,
    61, 62, 63, 64, 65, 71, 81, 82, 83,
}  # fmt: skip
_SHORTEST_IDENTITY: Final = 15

_DAY = r"(?:19|20)\d\d[-/.]\d"
# A mobile with a digit too few or too many is still somebody's; what is longer than a bank card's number is nobody's.
_PERSONAL: Final = re.compile(
    r"(?<!\d)\d{6}[- ]?(?:19|20)\d\d[- ]?\d\d[- ]?\d\d[- ]?\d{3}[\dXx](?!\d)"
    r"|(?<!\d)(?:86[- ]?)?1[3-9]\d{7,11}(?!\d)"
    rf"|(?<!\d)(?!{_DAY})(?:86[- ]?)?1[3-9]\d[- ]\d{{3,4}}[- ]?\d{{3,5}}(?!\d)"
    r"|(?<!\d)0\d{2,3}[- ]?\d{6,9}(?!\d)"
    r"|(?<!\d)[48]00[- ]?\d{3}[- ]?\d{4}(?!\d)"
    r"|(?<!\d)\d{14,19}(?!\d)"
)
_LOCAL: Final = re.compile(r"(?<!\d)(?!(?:19|20)\d\d[01]\d{3}(?!\d))[2-8]\d{6,7}(?![\d.-])")
_NARROW_DIGITS: Final = str.maketrans("０１２３４５６７８９", "0123456789")
_HEAD: Final = 3
_TAIL: Final = 4


def identity_number(text: str) -> str | None:
    """The first identity-card number in a text, of 18 or the old 15 characters; None where there is none.

    Region and birthday must be possible. The check digit is not asked: with one digit mistyped it is still nearly
    somebody's number, and a number that is none has hardly ever a birthday in its middle.
    """
    if len(text) < _SHORTEST_IDENTITY:
        return None
    typed = text if text.isascii() else plain(text)
    for found in _IDENTITY.finditer(typed):
        province, year, month, day = (found[n] or found[n + 4] for n in (1, 2, 3, 4))
        if int(province) in _PROVINCES and _is_day(year if len(year) > 2 else f"19{year}", month, day):  # noqa: PLR2004 two digits
            return found[0]
    return None


def masked_numbers(text: str, *, local: bool = False) -> str:
    """The text with what is shaped like a phone, an identity or a bank card number hidden but for its ends.

    Days and amounts stay readable. With `local`, seven or eight digits that may be a phone without area code are hidden too.
    """
    hidden = _without(_PERSONAL, text)
    return _without(_LOCAL, hidden) if local else hidden


def _without(pattern: re.Pattern[str], text: str) -> str:
    """The text with what a pattern finds in it hidden, in whatever width its digits are typed."""
    parts, end = [], 0
    for found in pattern.finditer(text if text.isascii() else text.translate(_NARROW_DIGITS)):
        number = re.sub("[ -]", "", text[found.start() : found.end()])
        tail = min(_TAIL, len(number) - _HEAD - _TAIL)
        parts += [text[end : found.start()], number[:_HEAD], "****", number[len(number) - tail :]]
        end = found.end()
    return "".join([*parts, text[end:]])


def _is_day(year: str, month: str, day: str) -> bool:
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True
