"""Money as people type it, in yuan; kept in whole fen and printed with two decimals."""

import re
from typing import Final

from hepartner.chinese.characters import plain
from hepartner.chinese.misread import NotANumber, NumberOutOfRange, shown


class NotMoney(NotANumber):
    """It is no amount in yuan and fen."""

    def __init__(self, noun: str, text: str) -> None:
        super().__init__(f"看不懂{noun}“{shown(text)}”", "请写多少元，最多两位小数，如 1200.50")


_DRESS = re.compile(r"^[¥￥]\s*|\s*(?:元|块)$")
_YUAN = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,12})(?:\.([0-9]{1,2})0*)?")
_MOST_YUAN: Final = 999_999_999


def parse_yuan(text: str, *, noun: str = "金额") -> int:
    """The fen that a text in yuan says: 12, 12.5, 12.50元, ￥1,200. Raises `NotANumber`."""
    found = _YUAN.fullmatch(_DRESS.sub("", plain(text)))
    if not found:
        raise NotMoney(noun, text)
    yuan = int(found[1].replace(",", ""))
    if yuan > _MOST_YUAN:
        raise NumberOutOfRange(noun, text, 0, _MOST_YUAN)
    return yuan * 100 + int((found[2] or "").ljust(2, "0"))


def yuan(fen: int) -> str:
    """Write fen as yuan with two decimals, like 1200.50."""
    return f"{fen // 100}.{fen % 100:02d}"
