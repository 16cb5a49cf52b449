"""Which column of a file is read as what: by its title, as whoever imports says (--map), or as it was said last time."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from hepartner.intake.columns import Column
from hepartner.intake.problems import column_letters
from hepartner.intake.titles import aliases, normalised
from hepartner.ledger.errors import LedgerError

if TYPE_CHECKING:
    from hepartner.intake.header import Header

_EQUALS = re.compile("[=＝]")
_EXAMPLE = "写成 字段=表头，如 --map 联系电话=手机"

Way = tuple[str, str]
"""A field, and the title of the column that is read as it."""


class BadMap(LedgerError):
    """What was said of a column can't be meant; `text` is what stands behind --map."""

    exit_code: ClassVar[int] = 2

    def __init__(self, text: str, reason: str, remedy: str = f"请{_EXAMPLE}") -> None:
        super().__init__(f"--map “{text}”{reason}。{remedy}。")


class UnknownField(BadMap):
    """Neither side is a field of this kind of list."""

    def __init__(self, text: str, columns: Sequence[Column]) -> None:
        near = _nearest(text, columns)
        meant = f"，是不是要 {' 或 '.join(near)}" if near else ""
        known = "、".join(column.title for column in columns)
        super().__init__(text, f"的两边都不是认得的字段{meant}", f"请{_EXAMPLE}；可用的字段有：{known}")


@dataclass(frozen=True)
class ColumnMap:
    """What was said of columns: `given` for this file, each with the ways to read it, and `remembered` of its source.

    Of the ways of one saying the first whose title the file has is meant. `cleared` are fields of which nothing is to be
    remembered any more.
    """

    given: tuple[tuple[Way, ...], ...] = ()
    remembered: Mapping[str, str] = field(default_factory=dict)
    cleared: tuple[str, ...] = ()

    @property
    def titles(self) -> set[str]:
        """The titles that were said or are remembered, normalised."""
        said = (title for ways in self.given for _, title in ways)
        return {normalised(title) for title in (*said, *self.remembered.values())}

    def beside(self, remembered: Mapping[str, str]) -> "ColumnMap":
        """Lay what this says over what is remembered of a source."""
        said = {*self.cleared, *(field for ways in self.given for field, _ in ways[:1])}
        return replace(
            self, remembered={name: title for name, title in remembered.items() if name not in said}
        )

    def remember(self, given: Mapping[str, str], remembered: Mapping[str, str]) -> dict[str, str]:
        """What is remembered from now on: `given` are the ways that were meant, `remembered` is what was until now."""
        said = {*self.cleared, *given}
        titles = set(map(normalised, given.values()))
        kept = {
            name: title
            for name, title in remembered.items()
            if name not in said and normalised(title) not in titles
        }
        return {**kept, **given}

    def met(self, titles: Collection[str]) -> tuple[dict[str, str], dict[str, str]]:
        """The fields with the titles that were given, and with remembered ones, as far as `titles` (normalised) has them."""
        given: dict[str, str] = {}
        for ways in self.given:
            for name, title in ways:
                if normalised(title) in titles and name not in given and title not in given.values():
                    given[name] = title
                    break
        taken = set(map(normalised, given.values()))
        remembered = {
            name: title
            for name, title in self.remembered.items()
            if name not in given and normalised(title) in titles and normalised(title) not in taken
        }
        return given, remembered

    def unmet(self, given: Mapping[str, str]) -> list[str]:
        """The titles that were said and that no column has."""
        return [
            ways[0][1] for ways in self.given if not any(given.get(name) == title for name, title in ways)
        ]

    def plain(self) -> tuple[Any, ...]:
        """The same in plain values; `of` makes it of them again."""
        return self.given, dict(self.remembered), self.cleared

    @classmethod
    def of(cls, plain: Iterable[Any]) -> "ColumnMap":
        """What was said, of plain values."""
        return cls(*plain)


def told(texts: Iterable[str], columns: Sequence[Column]) -> ColumnMap:
    """What `--map` said, each 字段=表头 or the other way round; 字段= clears it. Raises BadMap, UnknownField.

    Where both sides may be the field (手机=联系电话) it is the one that templates call so, else the left one.
    """
    given: list[tuple[Way, ...]] = []
    cleared: list[str] = []
    for text in texts:
        sides = [side.strip() for side in _EQUALS.split(text, maxsplit=1)]
        if len(sides) == 1 or not any(map(normalised, sides)):
            raise BadMap(text, "里没有等号" if len(sides) == 1 else "里没有写字段和表头")
        ways = tuple(_ways(sides, columns))
        if not ways:
            raise UnknownField(text, columns)
        if all(sides):
            if not normalised(ways[0][1]):
                raise BadMap(text, "看不出是哪一列", "请把这一列的表头改成文字后再导入")
            given.append(ways)
        else:
            cleared.append(ways[0][0])
        _refuse_twice(text, given, cleared)
    return ColumnMap(tuple(given), cleared=tuple(cleared))


def _ways(sides: Sequence[str], columns: Sequence[Column]) -> list[Way]:
    left, right = sides
    meanings = aliases(columns) | {normalised(column.field): column.field for column in columns}
    ways = [
        (name, title)
        for side, title in ((left, right), (right, left))
        if (name := meanings.get(normalised(side)))
    ]
    own = {normalised(column.title) for column in columns}
    if len(ways) > 1 and ways[0][0] == ways[1][0] and normalised(right) in own:
        ways.reverse()
    return ways


def _refuse_twice(text: str, given: Sequence[tuple[Way, ...]], cleared: Sequence[str]) -> None:
    fields = [*(ways[0][0] for ways in given), *cleared]
    titles = [normalised(ways[0][1]) for ways in given]
    if len(set(fields)) < len(fields) or len(set(titles)) < len(titles):
        raise BadMap(text, "与前面的 --map 说的是同一个字段或同一列", "请每个字段、每一列只写一次")


def _nearest(text: str, columns: Sequence[Column]) -> list[str]:
    words = {normalised(title): column.title for column in columns for title in column.titles}
    sides = [normalised(side) for side in _EQUALS.split(text, maxsplit=1)]
    near = [word for side in sides for word in get_close_matches(side, words, n=1, cutoff=0.5)]
    return list(dict.fromkeys(words[word] for word in near))


class ColumnRead(NamedTuple):
    """How one column of a file was read: its letters, its title, the field and what templates call that.

    `by` is what told it: title (as in templates), synonym, map or remembered; the last three are "" for a column not read.
    """

    column: str
    title: str
    field: str
    read_as: str
    by: str

    def as_json(self) -> dict[str, str | None]:
        """Give the keys that `hep import --json` promises."""
        return {
            "column": self.column,
            "title": self.title,
            "field": self.field or None,
            "by": self.by or None,
        }

    def __str__(self) -> str:
        return self.title if self.by == "title" else f"{self.title}→{self.read_as}"


def columns_read(header: "Header", columns: Sequence[Column]) -> Iterator[ColumnRead]:
    """How each column with a title was read."""
    own = {column.field: column.title for column in columns}
    fields = {index: name for name, index in header.fields.items()}
    for index, title in enumerate(header.titles):
        name = fields.get(index, "")
        if not title:
            continue
        if not name:
            by = ""
        elif name in header.given or name in header.remembered:
            by = "map" if name in header.given else "remembered"
        else:
            by = "title" if normalised(title) == normalised(own[name]) else "synonym"
        yield ColumnRead(column_letters(index), title, name, own.get(name, ""), by)


def plain_titles(header: "Header", columns: Sequence[Column]) -> list[str]:
    """The titles of a file so that it is read likewise though nobody says again what its columns are."""
    meanings = aliases(columns)
    own = {column.field: column.title for column in columns}
    fields = {index: name for name, index in header.fields.items()}
    titles = []
    for index, title in enumerate(header.titles):
        name, says = fields.get(index), meanings.get(normalised(title))
        titles.append(title if says == name else own[name] if name else f"未导入 {title}")
    return titles
