"""What a closing seals of an area's month, written as JSON and read back: its figures and its typed sheets."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple

from hepartner.ledger.closing import Closing, Seal
from hepartner.ledger.months import Span

from .sheets import Align, Book, Chart, Column, Row, Sheet, Table, Weight
from .values import Growth, Median, Minutes, PercentagePoints, Ratio, Signed, Value, Yuan

if TYPE_CHECKING:
    from hepartner.ledger import Ledger
    from hepartner.ledger.areas import Area


@dataclass(frozen=True, slots=True)
class Figured:
    """A figure as it was sealed: in the month, in the year so far, in all, and how many rows it counted in the month."""

    month: Value
    year: Value
    in_all: Value
    rows: int

    def over(self, span: Span) -> Value | None:
        """Return the value over a span that ends with the month, None for one that was not sealed."""
        spans = {
            Span.month(span.last): self.month,
            Span.year_to_date(span.last): self.year,
            Span.in_all(span.last): self.in_all,
        }
        return spans.get(span)


@dataclass(frozen=True, slots=True)
class Reported:
    """All that was reported of an area for a month."""

    figures: Mapping[str, Figured]
    book: Book

    def text(self) -> str:
        """Return it as JSON, the same for the same content."""
        whole = {
            "figures": {code: _plain(one) for code, one in self.figures.items()},
            "book": _plain(self.book),
        }
        return json.dumps(whole, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def read(cls, text: str) -> "Reported":
        """Return what was written by `text`."""
        whole = json.loads(text)
        return cls({code: _typed(one) for code, one in whole["figures"].items()}, _typed(whole["book"]))


class Sealed(NamedTuple):
    """A seal and what it holds."""

    seal: Seal
    reported: Reported


def sealed(ledger: "Ledger", area: "Area", month: str) -> Sealed | None:
    """Return what was sealed of an area for a month, None where nothing is. Raises closing.SealBroken."""
    seal = ledger.book(Closing).seal(area, month)
    return seal and Sealed(seal, Reported.read(seal.content))


_KNOWN: dict[str, type[Any]] = {
    kind.__name__: kind
    for kind in (
        Align, Book, Chart, Column, Figured, Growth, Median, Minutes, PercentagePoints, Ratio, Row, Sheet, Signed, Table,
        Weight, Yuan,
    )
}  # fmt: skip
"""What may stand in a sealed content besides plain values, by the name under which it is written."""


def _plain(value: Any) -> Any:
    """Write a value out: a record as its name with its fields in their order, so a field added later stands last."""
    if value is None or isinstance(value, int | str):  # most of all: a tenth of a closing's time
        return value
    if is_dataclass(value):
        return {type(value).__name__: [_plain(getattr(value, field.name)) for field in fields(value)]}
    if isinstance(value, Enum):
        return {type(value).__name__: [value.value]}
    if isinstance(value, date):
        return {"date": [value.isoformat()]}
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


def _typed(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(map(_typed, value))
    if isinstance(value, dict):
        ((name, parts),) = value.items()
        return date.fromisoformat(parts[0]) if name == "date" else _KNOWN[name](*map(_typed, parts))
    return value
