"""The give-and-get sheet 贡献与回馈清单: what a partner gave and received in some months, as text, as JSON, as one A4 page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from hepartner.ledger.counts.exchange import Exchange, Line
from hepartner.ledger.months import BEGINNING, Span, month_of
from hepartner.words.partner import KINDS

from .errors import MonthNotCome, SpanBackwards
from .saving import Saved, checked_workbook
from .sheets import Align, Book, Column, Row, Sheet, Table
from .values import NOTHING, Minutes, as_json, as_text
from .workbook import write

if TYPE_CHECKING:
    from hepartner.ledger import Ledger
    from hepartner.ledger.partners import Partner

SIDES = {"given": "贡献", "received": "回馈"}
"""Key of a side → what people call it."""

MOST_PARTS = 6
"""A page names this many things that a line was about; on screen and in JSON all are named."""

_WHO = (
    Column("code", "编号", 11, Align.LEFT),
    Column("kind", "类型", 5, Align.CENTER),
    Column("community", "社区", 7, Align.CENTER),
    Column("joined", "加入日期", 26, Align.LEFT),
)
_COLUMNS = (
    Column("label", "项目", 11, Align.LEFT),
    Column("amount", "数量", 5),
    Column("unit", "单位", 7, Align.CENTER),
    Column("parts", "明细", 26, Align.LEFT),
)
_NOTES = (
    "按计入月份统计，取消、冲正、撤销的扣除；标“月末”的是截止月份月末的。",
    "并入这位合伙人的，一并计在内；两家都参加的同一件事只计一次。",
)


@dataclass(frozen=True, slots=True)
class GiveAndGet:
    """What a partner gave and received in the months of a span."""

    partner: "Partner"
    span: Span
    given: Sequence[Line]
    received: Sequence[Line]

    @property
    def when(self) -> str:
        """The months as a title says them."""
        if self.span.first == BEGINNING:
            return f"截至{_month(self.span.last)}"
        return _month(self.span.first) + (
            f"至{_month(self.span.last)}" if self.span.first < self.span.last else ""
        )

    @property
    def lines(self) -> list[tuple[str, str, str, str, str]]:
        """Both sides as people read them: side, what, how much, unit, of what."""
        sides = {"given": self.given, "received": self.received}
        return [
            (SIDES[side], _label(line), _text(line), line.unit, _parts(line, len(line.parts)))
            for side, lines in sides.items()
            for line in lines
        ]

    @property
    def json(self) -> dict[str, object]:
        """Both sides for a program; hours have one decimal, `from` is null from the beginning on."""
        first = None if self.span.first == BEGINNING else self.span.first
        card = self.partner
        who = {
            "code": card.code,
            "name": card.name,
            "kind": card.kind,
            "community": card.community,
            "joined_on": card.joined_on,
        }
        return {
            "partner": who,
            "from": first,
            "to": self.span.last,
            "given": [_plain(line) for line in self.given],
            "received": [_plain(line) for line in self.received],
        }  # fmt: skip


def give_and_get(ledger: "Ledger", partner: "Partner", first: str | None, last: str | None) -> GiveAndGet:
    """Ask what a partner gave and received from a month (the beginning) to a month (this one).

    Raises SpanBackwards, MonthNotCome.
    """
    this_month = month_of(ledger.today())
    span = Span(first or BEGINNING, last or this_month)
    if max(span.first, span.last) > this_month:
        raise MonthNotCome(max(span.first, span.last), ledger.today())
    if span.first > span.last:
        raise SpanBackwards(span.first, span.last)
    book = ledger.book(Exchange)
    with ledger.snapshot():
        return GiveAndGet(partner, span, book.given(partner, span), book.received(partner, span))


def write_sheet(ledger: "Ledger", told: GiveAndGet, target: Path) -> Saved:
    """Write the sheet as one A4 page. Raises the leaves of errors.BadTarget, errors.TargetUnwritable."""
    path = checked_workbook(target, ledger.database.path)
    sheet = Sheet(
        "贡献与回馈",
        f"{told.partner.name}贡献与回馈清单（{told.when}）",
        (_who(told.partner), *(_table(side, getattr(told, side)) for side in SIDES)),
        notes=_NOTES,
        one_page=True,
        portrait=True,
    )
    office = ledger.settings.get("office") or told.partner.community
    return write(Book(sheet.title, office, ledger.today(), (sheet,)), path)


def _who(partner: "Partner") -> Table:
    joined = date.fromisoformat(partner.joined_on)
    return Table(_WHO, (Row("who", (partner.code, KINDS[partner.kind], partner.community, joined)),))


def _table(side: str, lines: Sequence[Line]) -> Table:
    number = "一二"[list(SIDES).index(side)]
    rows = [
        Row(line.code, (_label(line), _value(line), line.unit, _parts(line, MOST_PARTS))) for line in lines
    ]
    return Table(_COLUMNS, tuple(rows), f"{number}、{SIDES[side]}")


def _label(line: Line) -> str:
    return f"{line.label}（月末）" if line.stock else line.label


def _value(line: Line) -> int | Minutes | None:
    return Minutes(line.amount) if line.minutes and line.amount is not None else line.amount


def _text(line: Line) -> str:
    value = _value(line)
    return NOTHING if value is None else as_text(value)


def _parts(line: Line, most: int) -> str:
    """Say what a line was about: 大米 20袋、食用油 3桶, and how many more if not all are named."""
    named = "、".join(f"{part.name} {part.amount:,}{part.unit}" for part in line.parts[:most])
    return f"{named}等 {len(line.parts)} 项" if len(line.parts) > most else named


def _plain(line: Line) -> dict[str, object]:
    value = _value(line)
    parts = [{"name": part.name, "value": part.amount, "unit": part.unit} for part in line.parts]
    shown = None if value is None else as_json(value)
    nature = "stock" if line.stock else "flow"
    return {
        "code": line.code, "label": line.label, "unit": line.unit, "nature": nature, "value": shown, "parts": parts,
    }  # fmt: skip


def _month(month: str) -> str:
    return f"{int(month[:4])}年{int(month[5:])}月"
