"""Text from outside made fit for a terminal: it can't move the cursor, recolour, hide or reorder anything."""

import re
import unicodedata

# re compiles these when a text first needs them, and keeps them: most runs never see such a text.
_SEQUENCES = (
    r"(?:\x1b\]|\x9d)[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"  # OSC: window titles, hyperlinks, clipboard
    r"|(?:\x1b[PX^_]|[\x90\x98\x9e\x9f])[^\x1b\x9c]*(?:\x1b\\|\x9c)?"  # DCS, SOS, PM, APC strings
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"  # CSI: colours, cursor moves
    r"|\x1b[ -/]*[0-~]?"  # every other escape
)
_BREAKS = r"[\t-\r\x1c-\x1f\x85\u2028\u2029]+"
_SHORTEST_NUMBER = 9
"""Digits of the shortest number that is hidden; days, codes and sums have fewer, so most runs never look for one."""
_INVISIBLE_LETTERS = "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0"
"""Characters that Python calls printable although nothing of them is seen."""


def safe(text: str) -> str:
    """Return the text as one line without controls, escape sequences, bidi marks and invisible characters.

    Line breaks and tabs become a space; half a surrogate pair becomes a question mark.
    """
    if text.isprintable() and (text.isascii() or set(_INVISIBLE_LETTERS).isdisjoint(text)):
        return text
    return "".join(map(_seen, re.sub(_BREAKS, " ", re.sub(_SEQUENCES, "", text))))


def masked(text: str) -> str:
    """Return what people wrote with phones and other personal numbers in it hidden but for their ends."""
    if sum(map(str.isdecimal, text)) < _SHORTEST_NUMBER:
        return text
    from hepartner.chinese.personal import masked_numbers

    return masked_numbers(text)


def width(text: str) -> int:
    """Return how many columns the text takes on a terminal; a Chinese character takes two."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def padded(text: str, columns: int, *, right: bool = False) -> str:
    """Return the text filled with spaces up to so many columns; longer text stays whole."""
    filling = " " * (columns - width(text))
    return filling + text if right else text + filling


def _seen(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Cc", "Cf") or character in _INVISIBLE_LETTERS:
        return ""
    return "?" if category == "Cs" else character


def _columns(character: str) -> int:
    if unicodedata.east_asian_width(character) in "WF":
        return 2
    return 0 if unicodedata.category(character) in ("Mn", "Me") else 1
