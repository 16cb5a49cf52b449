"""Number formats that give a code its leading zeros: a cell that shows 000007 holds 7."""

import re
from collections.abc import Callable

Format = Callable[[str], str | None]

_TOKEN = re.compile(r'"([^"]*)"|\\(.)|(0+)|([-/ ])|_.')
_COLOUR = re.compile(r"\[[^\]]*\]")
_WHOLE = re.compile(r"([0-9]{1,15})(?:\.0*)?")


def number_format(code: str) -> Format | None:
    """Make the function that shows a number as `code` does, if it pads with zeros; None for every other format.

    The function takes the number as the file writes it, and gives None for a number it would not show whole.
    """
    pieces = _pieces(_COLOUR.sub("", code.partition(";")[0]))
    places = sum(len(piece) for piece, is_digits in pieces if is_digits)
    if places < 2:  # noqa: PLR2004 a single 0 shows the plain number
        return None

    def show(number: str) -> str | None:
        whole = _WHOLE.fullmatch(number)
        return _filled(pieces, whole[1].lstrip("0").zfill(places), places) if whole else None

    return show


def _filled(pieces: list[tuple[str, bool]], digits: str, places: int) -> str:
    """Put digits into the runs of 0; the first run takes what the format has no place for."""
    shown = []
    surplus = len(digits) - places
    for piece, is_digits in pieces:
        if is_digits:
            end = len(piece) + surplus
            shown.append(digits[:end])
            digits, surplus = digits[end:], 0
        else:
            shown.append(piece)
    return "".join(shown)


def _pieces(code: str) -> list[tuple[str, bool]]:
    """Split a format into literal text and runs of 0; [] if anything else is in it."""
    pieces: list[tuple[str, bool]] = []
    end = 0
    for token in _TOKEN.finditer(code):
        if token.start() != end:
            return []
        end = token.end()
        quoted, escaped, zeros, bare = token.groups()
        pieces.append((zeros, True) if zeros else (quoted or escaped or bare or "", False))
    return pieces if end == len(code) else []
