"""Look-up keys 检索键: the fields of cards that are made of others, so that people and lists find a card however it is spelled.

Nobody says them. Whoever writes what they are made of writes them, an undo makes them anew, and `verify` holds them against it.
A noun says by its columns which it has: `title_key` is made of `title`, and `pinyin` and `initials` of `name`.
"""

from collections.abc import Callable, Collection, Mapping
from typing import NamedTuple

from hepartner.chinese import names

from . import particulars, phone


class Made(NamedTuple):
    """The look-up keys of a card table: its columns `keys` are what `make` returns of the columns `of`."""

    of: tuple[str, ...]
    keys: tuple[str, ...]
    make: Callable[..., tuple[str, ...]]

    def from_card(self, card: Mapping[str, str]) -> dict[str, str]:
        """Return the keys of a card that says this."""
        return dict(zip(self.keys, self.make(*(card[field] for field in self.of)), strict=True))


def made(table: str, columns: Collection[str]) -> Made | None:
    """Return how the look-up keys of a card table with these columns are made; None if it has none."""
    if table == "partner":
        return _OF_PARTNERS
    for key in columns:
        if key.endswith(_KEY) and "pinyin" in columns:
            return Made((key.removesuffix(_KEY),), (key, "pinyin", "initials"), of_name)
        if key.endswith(_KEY):
            return Made((key.removesuffix(_KEY),), (key,), _of_title)
    return None


def of_name(name: str) -> tuple[str, str, str]:
    """Return what anything but a partner is looked up by: match key, pinyin, initials."""
    return names.match_key(name), *names.spelled(name, surname=False)


def _of_title(title: str) -> tuple[str]:
    return (names.match_key(title),)


def _of_partner(kind: str, name: str, number: str) -> tuple[str, ...]:
    return *particulars.keys_of(kind, name), phone.tail(number)


_KEY = "_key"
_OF_PARTNERS = Made(("kind", "name", "phone"), (*particulars.Keys._fields, "phone_tail"), _of_partner)
