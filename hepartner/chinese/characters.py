"""Undoes what keyboards, PDF copies and chat programs do to characters: width, blanks, invisible marks."""

import re

# Blanks are what Python calls blank, and the Braille cell without dots.
BLANKS = re.compile("[\\s\u2800]+")

# Controls that are not blanks, soft hyphen, joiners, bidi marks, fillers, variation selectors, BOM and tags.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]+"
)

# Not NFKC: that would also turn ² into 2 and ① into 1, which nobody typed as numbers.
_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x3000: " ", 0xFFE5: "¥", 0x2212: "-"}


def without_invisible(text: str) -> str:
    """The text without marks that take no room: zero-width, bidi, control, variation selectors."""
    return _INVISIBLE.sub("", text)


def plain(text: str) -> str:
    """The text as a half-width keyboard types it, without invisible marks and outer blanks."""
    return without_invisible(text).translate(_NARROW).strip()


def in_place(text: str) -> str:
    """The text as a half-width keyboard types it, character for character: marks that take no room stand as blanks."""
    for unseen in (_INVISIBLE, BLANKS):
        text = unseen.sub(lambda found: " " * len(found[0]), text)
    return text.translate(_NARROW)


def is_han(character: str) -> bool:
    """Whether it belongs to a Chinese name and not to a Latin one.

    Han in all its extensions, the radicals that PDF copies put in its place, and the private-use areas where old
    police fonts keep rare characters; kana and Hangul come along. What NFKC makes Latin or Arabic of (full-width
    forms, ㎏, ligatures) does not, so that a name and its key agree. Comparing is faster here than a pattern,
    which would take 3 ms to compile at every start.
    """
    if "\u3130" <= character <= "\u33ff":
        return "\u31c0" <= character <= "\u31ef"
    return "\u2e80" <= character <= "\ufaff" or character >= "\U00020000"
