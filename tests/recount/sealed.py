"""What was read of a community when its month was closed, to be read again after later work."""

from dataclasses import dataclass, field

from hepartner.ledger import Ledger
from hepartner.ledger.months import Span
from hepartner.reports.figures import FIGURES, Readings
from hepartner.reports.monthly import definitions, monthly_book
from hepartner.reports.values import Value

Asked = tuple[str, Span]
Figures = dict[Asked, Value]
Lines = dict[str, list[object]]


def read(ledger: Ledger, community_ids: list[int], month: str) -> dict[int, Figures]:
    """Read every figure of each community for a month and for everything up to it."""
    readings = Readings(ledger)
    asked = [(code, span) for code in FIGURES for span in (Span.month(month), Span.in_all(month))]
    return {
        one: {(code, span): readings.over(code, [one], span) for code, span in asked} for one in community_ids
    }


def printed(ledger: Ledger, community_id: int, month: str) -> Lines:
    """Read what a community's workbook of a month prints, sheet by sheet; the last one tells the time and the anchor."""
    book, _ = monthly_book(ledger, month, ledger.areas.get(community_id))
    return {
        sheet.name: [row.values for table in sheet.tables for row in table.rows]
        for sheet in book.sheets
        if sheet.name != definitions.NAME
    }


@dataclass
class Sealed:
    """Figures and workbooks of closed months by community and month; a month that is closed again is read again."""

    figures: dict[tuple[int, str], Figures] = field(default_factory=dict)
    workbooks: dict[tuple[int, str], Lines] = field(default_factory=dict)

    def take(self, ledger: Ledger, community_ids: list[int], month: str) -> None:
        """Keep what was reported of a month that was just closed."""
        for community, figures in read(ledger, community_ids, month).items():
            self.figures[community, month] = figures
            self.workbooks[community, month] = printed(ledger, community, month)

    def forget(self, ledger: Ledger) -> None:
        """Drop what was reported of months that were opened again."""
        closed = ledger.periods.closed_through
        for kept in (self.figures, self.workbooks):
            for at in [at for at in kept if at[1] > closed(at[0])]:
                del kept[at]

    def moved(self, ledger: Ledger) -> dict[tuple[int, str], dict[Asked, tuple[Value, Value]]]:
        """Return which figures are not what they were, before and now."""
        found = {}
        for (community, month), before in self.figures.items():
            now = read(ledger, [community], month)[community]
            changed = {asked: (before[asked], now[asked]) for asked in before if before[asked] != now[asked]}
            if changed:
                found[community, month] = changed
        return found

    def rewritten(self, ledger: Ledger) -> dict[tuple[int, str], list[tuple[object, object]]]:
        """Return which lines of workbooks are not what they were, before and now."""
        found = {}
        for (community, month), before in self.workbooks.items():
            now = printed(ledger, community, month)
            changed = [(before[name], now[name]) for name in before if before[name] != now[name]]
            if changed:
                found[community, month] = changed
        return found
