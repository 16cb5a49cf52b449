"""What was read of a community when its month was closed, to be read again after later work."""

from dataclasses import dataclass, field

from hepartner.ledger import Ledger
from hepartner.ledger.months import Span
from hepartner.reports.figures import FIGURES, Readings
from hepartner.reports.values import Value

Asked = tuple[str, Span]
Figures = dict[Asked, Value]


def read(ledger: Ledger, community_ids: list[int], month: str) -> dict[int, Figures]:
    """Read every figure of each community for a month and for everything up to it."""
    readings = Readings(ledger)
    asked = [(code, span) for code in FIGURES for span in (Span.month(month), Span.in_all(month))]
    return {
        one: {(code, span): readings.over(code, [one], span) for code, span in asked} for one in community_ids
    }


@dataclass
class Sealed:
    """Figures of closed months by community and month; a month that is closed again is read again."""

    figures: dict[tuple[int, str], Figures] = field(default_factory=dict)

    def take(self, ledger: Ledger, community_ids: list[int], month: str) -> None:
        """Keep the figures of a month that was just closed."""
        for community, figures in read(ledger, community_ids, month).items():
            self.figures[community, month] = figures

    def forget(self, ledger: Ledger) -> None:
        """Drop the figures of months that were opened again."""
        closed = ledger.periods.closed_through
        self.figures = {at: read for at, read in self.figures.items() if at[1] <= closed(at[0])}

    def moved(self, ledger: Ledger) -> dict[tuple[int, str], dict[Asked, tuple[Value, Value]]]:
        """Return which figures are not what they were, before and now."""
        found = {}
        for (community, month), before in self.figures.items():
            now = read(ledger, [community], month)[community]
            changed = {asked: (before[asked], now[asked]) for asked in before if before[asked] != now[asked]}
            if changed:
                found[community, month] = changed
        return found
