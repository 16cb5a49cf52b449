"""Text from outside made fit for a terminal: nothing in it can move the cursor, recolour, hide or reorder anything."""

import re
import unicodedata

_SEQUENCES = re.compile(
    r"(?:\x1b\]|\x9d)[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"  # OSC: window titles, hyperlinks, clipboard
    r"|(?:\x1b[PX^_]|[\x90\x98\x9e\x9f])[^\x1b\x9c]*(?:\x1b\\|\x9c)?"  # DCS, SOS, PM, APC strings
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"  # CSI: colours, cursor moves
    r"|\x1b[ -/]*[0-~]?"  # every other escape
)
_BREAKS = re.compile(r"[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")
_INVISIBLE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]"
)
_LONE_SURROGATES = re.compile("[\ud800-\udfff]")


def safe(text: str) -> str:
    """Return the text as one line without controls, escape sequences, bidi marks and invisible characters.

    Line breaks and tabs become a space; half a surrogate pair becomes a question mark.
    """
    if text.isprintable() and not _INVISIBLE.search(text):
        return text
    text = _SEQUENCES.sub("", text)
    text = _INVISIBLE.sub("", _BREAKS.sub(" ", text))
    return _LONE_SURROGATES.sub("?", text)


def width(text: str) -> int:
    """Return how many columns the text takes on a terminal; a Chinese character takes two."""
    if text.isascii():
        return len(text)
    return sum(_columns(character) for character in text)


def padded(text: str, columns: int, *, right: bool = False) -> str:
    """Return the text filled with spaces up to so many columns; longer text stays whole."""
    filling = " " * (columns - width(text))
    return filling + text if right else text + filling


def _columns(character: str) -> int:
    if unicodedata.east_asian_width(character) in "WF":
        return 2
    return 0 if unicodedata.category(character) in ("Mn", "Me") else 1
