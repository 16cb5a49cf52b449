"""What somebody takes at the shop's counter, as typed: 米x2 油 鸡蛋*3."""

import re
from collections.abc import Iterable
from typing import Final

from hepartner.chinese.characters import plain
from hepartner.chinese.misread import ItemWithoutQuantity, QuantityWithoutItem

_MOST: Final = 9_999
# Only what stands last counts, for names hold Latin x themselves. A wrong number is caught too, so that
# 米x1.5 is refused for its quantity and not looked for as an item.
_TRAILING = re.compile(r"(.*?)\s*[xXｘＸ×✕✖*＊]\s*([-+－＋]?[\d.．,，]*\d)\s*", re.DOTALL)
_NUMBER = re.compile(r"[-+－＋]?\d[\d.．,，]*")


def parse_items(words: Iterable[str]) -> list[tuple[str, int]]:
    """The items in the order typed, each with its quantity, 1 where none is given.

    A quantity follows its item after x X × or *, or as the next word alone (米 2). Raises `NotANumber` for
    one that is not 1 to 9999, `QuantityWithoutItem` for one that belongs to no item.
    """
    return [(name, 1 if quantity is None else quantity) for name, quantity in _pairs(words, least=1)]


def parse_counts(words: Iterable[str], *, least: int) -> list[tuple[str, int]]:
    """The items in the order typed, each with the quantity that must be stated, `least` to 9999.

    Raises `ItemWithoutQuantity` and what `parse_items` raises.
    """
    counts = []
    for name, quantity in _pairs(words, least=least):
        if quantity is None:
            raise ItemWithoutQuantity(name)
        counts.append((name, quantity))
    return counts


def _pairs(words: Iterable[str], *, least: int) -> list[tuple[str, int | None]]:
    items: list[tuple[str, int | None]] = []
    for word in words:
        name, quantity = _split(word, least)
        if name:
            items.append((name, quantity))
        elif quantity is not None:
            if not items or items[-1][1] is not None:
                raise QuantityWithoutItem(word)
            items[-1] = (items[-1][0], quantity)
    return items


def _split(word: str, least: int) -> tuple[str, int | None]:
    if _NUMBER.fullmatch(plain(word)):
        return "", _quantity(word, least)
    found = _TRAILING.fullmatch(word)
    return (found[1].strip(), _quantity(found[2], least)) if found else (word.strip(), None)


def _quantity(text: str, least: int) -> int:
    # Its patterns take a millisecond to compile; 米 alone states no number.
    from hepartner.chinese.numbers import parse_whole

    return parse_whole(text, noun="数量", least=least, most=_MOST)
