"""Titles of columns: what is their core, and which field each of the usual ones means."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from hepartner.intake.columns import Column

_BRACKETS = re.compile(r"[(\[【〔<《].*?[)\]】〕>》]")
_DRESS = re.compile(r"[\s*:：·•.。、_\-]|必填|选填")


def normalised(title: str) -> str:
    """The core of a title: 姓 名, 联系⏎电话 and 手机号码(必填) lose what is between and around."""
    folded = unicodedata.normalize("NFKC", title)
    return _DRESS.sub("", _BRACKETS.sub("", folded)).casefold()


def aliases(columns: Sequence[Column]) -> dict[str, str]:
    """The field that each title means."""
    return {normalised(title): column.field for column in columns for title in column.titles}


class Meanings(NamedTuple):
    """What titles mean in one file: `mapped` to fields by whoever imports, before what is `known` of the other fields."""

    mapped: Mapping[str, str]
    known: Mapping[str, str]

    @classmethod
    def beside(cls, known: Mapping[str, str], mapped: Mapping[str, str]) -> "Meanings":
        """Lay fields, each with the title that is mapped to it, over what is known: no other column is read as one of them."""
        rest = {title: field for title, field in known.items() if field not in mapped}
        return cls({normalised(title): field for field, title in mapped.items()}, rest)

    @property
    def all(self) -> dict[str, str]:
        """The field that each title means."""
        return {**self.known, **self.mapped}

    def meant(self, spellings: Sequence[str]) -> tuple[str, str] | None:
        """The first of the ways to read a title that means a field, and that field."""
        for meanings in self:
            for title in spellings:
                if field := meanings.get(normalised(title)):
                    return title, field
        return None
