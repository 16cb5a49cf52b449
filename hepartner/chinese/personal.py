"""Numbers by which a person is known: identity-card numbers, which are not kept, and phones, which are not printed whole."""

import re
from datetime import date
from itertools import accumulate
from typing import Final
from unicodedata import digit

from hepartner.chinese.characters import in_place

# What people, PDF copies and chat programs put between the groups of a number, or after each of its digits.
_GAP: Final = r"[-._/() ]{0,3}"
_NEXT: Final = rf"(?:{_GAP}\d)"
# Digits in circles, in brackets and of mathematical faces, which stand in names of chat programs so that nothing finds them.
_BLOCKS: Final = ((0x2460, 0x2500), (0x2776, 0x2794), (0x1D7CE, 0x1D800), (0x1F100, 0x1F10D))
_DRESSED: Final = {
    character: str(value)
    for block in _BLOCKS
    for character in map(chr, range(*block))
    if (value := digit(character, None)) is not None
}
_ALIKE: Final = str.maketrans(dict.fromkeys("‐‑‒–—―", "-") | dict.fromkeys("·・•。", ".") | _DRESSED)

# Region, birthday, serial and check digit (GB 11643), in whatever groups.
_PROVINCE: Final = rf"(?:1{_GAP}[1-5]|2{_GAP}[1-3]|3{_GAP}[1-7]|4{_GAP}[1-6]|5{_GAP}[0-4]|6{_GAP}[1-5]|7{_GAP}1|8{_GAP}[1-3])"
_IDENTITY: Final = rf"{_PROVINCE}{_NEXT}{{4}}{_GAP}(?:1{_GAP}9|2{_GAP}0){_NEXT}{{9}}{_GAP}[\dXx]"
# The old form has a two-digit year and no check digit: in other groups than its own, many a list would be one.
_OLD_IDENTITY: Final = rf"{_PROVINCE}\d{{4}}{_GAP}\d\d{_GAP}\d\d{_GAP}\d\d{_GAP}\d{{3}}"
# Looked for ahead: one may begin within what only looks like one.
_IDENTITIES: Final = [
    re.compile(rf"(?<!\d)(?=({form})(?!\d))", re.ASCII) for form in (_IDENTITY, _OLD_IDENTITY)
]
_SHORTEST_IDENTITY: Final = 15
_LENGTH: Final = 18
_SEAMS: Final = {6, 10, 12, 14, 17, _LENGTH}
_LONG_GROUP: Final = 4

# Whatever fits first is taken. A mobile with a digit too few or too many is still somebody's, if grouped as usual; what is
# longer than a bank card's number is nobody's. Days, hours, credit codes and amounts are named, for they stay readable.
_AMOUNT: Final = r"(?:0|[1-9]\d{0,8})\.\d\d?"
# Two spans of opening hours or more: one alone may be an area code and the first half of a number.
_TIME: Final = r"(?:[01]\d|2[0-4])[0-5][05]"
_HOURS: Final = rf"(?P<hours>{_TIME}-{_TIME}(?:[-._/() ]{{1,3}}{_TIME}-{_TIME})+(?!{_NEXT}))"
_CODE: Final = r"(?P<code>(?<![A-Za-z])(?=\d*[A-WYZ])[\dA-Z]{18}(?![A-Za-z]))"
# What programs make: SHA-256, UUID, and the 核对码 with its head of twelve. One hash in fourteen holds digits like a phone's.
_MADE: Final = (
    r"(?P<made>(?<![\w-])(?:[0-9a-f]{64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    r"|\d+-\d+-(?=\d*[a-f])[0-9a-f]{12})(?![\w-]))"
)
_NUMBERS: Final = (
    _MADE,
    r"(?P<day>(?:19|20)\d\d(?P<mark>[-/. ])\d{1,2}(?P=mark)\d{1,2}(?!(?P=mark)\d))",
    _CODE,
    _HOURS,
    rf"(?P<amounts>{_AMOUNT}(?: {{1,3}}{_AMOUNT})+(?!{_NEXT}))",
    # Digit by digit a longer number begins like an identity number, and it is hidden as long as it is.
    r"[3-9](?:[-._/() ]{1,3}\d){13,18}(?:[-._/() ]{1,3}[Xx])?",
    _IDENTITY,
    rf"(?:8{_GAP}6{_GAP})?1{_GAP}[3-9]{_NEXT}{{9}}",
    rf"(?P<amount>{_AMOUNT}(?![-._/]?\d))",
    r"(?:86)?1[3-9]\d{7,11}",
    rf"(?:86{_GAP})?1[3-9]\d[-._/() ]{{1,3}}\d{{3,4}}{_GAP}\d{{3,5}}",
    # What parts numbers in a list parts the groups of a phone only where they are 3, 4 and 4 and nothing goes on.
    r"(?<!\d[,、:;*+|~#=&\\])(?:86)?1[3-9]\d(?P<apart> ?[,、:;*+|~#=&\\] ?)\d{4}(?P=apart)\d{4}(?!(?P=apart)\d)",
    rf"0[1-9]\d{_NEXT}{{6,10}}",
    rf"[48]00{_NEXT}{{7}}",
    rf"[3-9]\d{{3}}(?:{_GAP}\d{{4}}){{2}}{_GAP}\d{{2,4}}(?:{_GAP}\d{{1,3}})?",
    rf"[3-9]\d{{5}}{_GAP}\d{{10,13}}",
    r"\d{14,19}",
)
_PERSONAL: Final = re.compile(rf"(?<!\d)(?:{'|'.join(_NUMBERS)})(?!\d)", re.ASCII)
# A credit code may hold as many digits in a row; it stays readable here, too.
_LOCAL: Final = re.compile(
    _CODE + r"|(?<!\d)(?!(?:19|20)\d\d[01]\d{3}(?!\d))[2-8]\d{6,7}(?![\d.-])", re.ASCII
)
_READABLE: Final = {"made", "day", "code", "hours", "amounts", "amount"}
_HEAD: Final = 3
_TAIL: Final = 4


def identity_number(text: str) -> str | None:
    """The first identity-card number in a text, of 18 or the old 15 characters; None where there is none.

    Region and birthday must be possible. The check digit is not asked where the number stands as people write it: with one
    digit mistyped it is still nearly somebody's number, and a number that is none has hardly ever a birthday in its middle.
    """
    if len(text) < _SHORTEST_IDENTITY:
        return None
    typed = in_place(text).translate(_ALIKE)
    for form in _IDENTITIES:
        for found in form.finditer(typed):
            if _is_identity(groups := re.findall("[0-9Xx]+", found[1])):
                return "".join(groups)
    return None


def masked_numbers(text: str, *, local: bool = False) -> str:
    """The text with what is shaped like a phone, an identity or a bank card number hidden but for its ends.

    Days, opening hours, amounts and credit codes stay readable. With `local`, seven or eight digits that may be a phone without
    area code are hidden too.
    """
    hidden = _without(_PERSONAL, text)
    return _without(_LOCAL, hidden) if local else hidden


def _without(pattern: re.Pattern[str], text: str) -> str:
    """The text with what a pattern finds in it hidden, in whatever width its digits are typed."""
    parts, end = [], 0
    for found in pattern.finditer(in_place(text).translate(_ALIKE)):
        if found.lastgroup in _READABLE:
            continue
        number = "".join(one for one in text[found.start() : found.end()] if one.isalnum())
        tail = min(_TAIL, len(number) - _HEAD - _TAIL)
        parts += [text[end : found.start()], number[:_HEAD], "****", number[len(number) - tail :]]
        end = found.end()
    return "".join([*parts, text[end:]])


def _is_identity(groups: list[str]) -> bool:
    number = "".join(groups)
    if len(number) < _LENGTH:
        return _is_day(f"19{number[6:8]}", number[8:10], number[10:12])
    return _is_day(number[6:10], number[10:12], number[12:14]) and (_is_whole(groups) or _is_checked(number))


def _is_whole(groups: list[str]) -> bool:
    """Whether groups are those of the number, digits one by one or longer than in a list of small amounts."""
    by_seams = _SEAMS.issuperset(accumulate(map(len, groups)))
    return by_seams or len(groups) == _LENGTH or all(len(group) >= _LONG_GROUP for group in groups[:-1])


def _is_checked(number: str) -> bool:
    from stdnum.iso7064 import mod_11_2

    return mod_11_2.is_valid(number.upper())


def _is_day(year: str, month: str, day: str) -> bool:
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True
