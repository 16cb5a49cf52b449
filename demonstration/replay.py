"""Do in hepartner what the diary says, line by line: files go through the intake, commands through the Ledger."""

import csv
import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import cast

from hepartner.chinese import names
from hepartner.chinese.quantities import parse_items
from hepartner.intake.pipeline import import_file
from hepartner.ledger import Ledger, errors
from hepartner.ledger.activities import Activity
from hepartner.ledger.areas import Area, NewArea
from hepartner.ledger.closing import Closing
from hepartner.ledger.expiry import Expiry
from hepartner.ledger.handling import Issue
from hepartner.ledger.partners import Partner
from hepartner.reports.monthly.sealing import drawing_up

from . import doing, hosting, serving
from .doing import Line, day_of

SEALED_SINCE = "2025-07"
"""The first month of which the office reports from the ledger."""
_LEVELS = {"城区": "district", "街道": "subdistrict", "社区": "community", "网格": "grid"}


class Clock:
    """A clock that stands on the day on which the office works."""

    def __init__(self) -> None:
        self.day = date(2022, 5, 1)

    def __call__(self) -> datetime:
        """Return five in the afternoon of that day."""
        return datetime(self.day.year, self.day.month, self.day.day, 17, tzinfo=UTC)


class FileRefused(Exception):
    """A file of the demonstration was not taken whole."""


def read_diary(path: Path) -> Iterator[Line]:
    """Yield the lines of a diary."""
    with path.open(encoding="utf-8") as file:
        yield from (cast("Line", json.loads(line)) for line in file)


def add_areas(ledger: Ledger, path: Path) -> int:
    """Add the areas of a list below the one the ledger was made with, in one voucher; return how many."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        _, *lines = list(csv.DictReader(file))
    added = ledger.areas.add_many([_area(line) for line in lines])
    return len(added.areas)


def _area(line: dict[str, str]) -> NewArea:
    since = date.fromisoformat(line["设立日期"]) if line["设立日期"] else None
    return NewArea(line["名称"], line["上级"], _LEVELS[line["级别"]], line["代码"], since)


class Replay:
    """Holds the ledger while the diary is read, and remembers what later lines name."""

    def __init__(self, ledger: Ledger, clock: Clock, inbox: Path) -> None:
        self.refused: list[str] = []
        """What the ledger refused, in its own words."""
        self.ledger = ledger
        self._clock = clock
        self._inbox = inbox
        self._vouchers: dict[str, int] = {}
        self._known: dict[str, int] = {}
        self._communities = {area.name: area for area in ledger.areas.communities()}

    def do(self, line: Line) -> None:
        """Do one line of the diary; what the ledger refuses by a rule is kept. Raises FileRefused."""
        self._clock.day = date.fromisoformat(line["on"])
        try:
            _DOING[line["do"]](self, line)
        except errors.LedgerError as error:
            self.refused.append(f"{json.dumps(line, ensure_ascii=False)}：{error}")

    def import_file(self, line: Line) -> None:
        """Import a file whole. Raises FileRefused."""
        report = import_file(self.ledger, line["what"], self._inbox / line["file"])
        if report.problems or report.voucher is None:
            first = report.problems[0] if report.problems else "没有新内容"
            raise FileRefused(f"{line['file']}：{len(report.problems)} 处问题，第一处：{first}")
        self._vouchers[line["file"]] = report.voucher

    def redeem(self, line: Line) -> None:
        """Redeem what a slip says."""
        goods = parse_items(line["goods"].split())
        lines = self.ledger.shop.basket(goods, shop=self.community(line["partner"]))
        self.ledger.shop.redeem(self.partner(line["partner"]), lines, day=day_of(line), key=line["slip"])

    def cancel(self, line: Line) -> None:
        """Cancel a slip of a person, a day and some goods."""
        partner = self.partner(line["partner"])
        for slip in self.ledger.shop.slips(partner):
            goods = {one.name: one.quantity for one in slip.lines}
            if (slip.happened_on, goods, slip.cancelled_in) == (line["day"], line["goods"], None):
                self.ledger.shop.cancel(slip.code, reason="退换")
                return
        raise errors.NotFound("兑换单", f"{partner.name} {line['day']}", "日记里的这张兑换单没有记上。")

    def quota(self, line: Line) -> None:
        """Set how often one person may redeem an item."""
        item = self.ledger.shop.find(line["item"], shop=self.community(line))
        self.ledger.shop.edit(item, quota_times=line["times"], quota_period=line["period"])

    def confirm(self, line: Line) -> None:
        """Confirm the sheet of an activity."""
        self.ledger.sheets.confirm(self._activity(line))

    def complain(self, line: Line) -> None:
        """Take back one line of a sheet."""
        found = self.ledger.sheets.line_of(self._activity(line), self.partner(line["partner"]))
        self.ledger.sheets.complain(found, "居民投诉")

    def deduct(self, line: Line) -> None:
        """Deduct points."""
        partner = self.partner(line["partner"])
        self.ledger.points.deduct(partner, line["points"], reason=line["reason"], day=day_of(line))

    def award(self, line: Line) -> None:
        """Award points outside the rulebook."""
        partner = self.partner(line["partner"])
        self.ledger.points.award(partner, line["points"], day=day_of(line), reason=line["reason"])

    def clear(self, line: Line) -> None:  # noqa: ARG002 every verb takes its line
        """Let old points expire by the office's regime."""
        self.ledger.book(Expiry).expire()

    def leave(self, line: Line) -> None:
        """Let a partner leave."""
        self.ledger.membership.leave(self.partner(line["partner"]), day=day_of(line))

    def suspend(self, line: Line) -> None:
        """Suspend a partner."""
        self.ledger.membership.suspend(self.partner(line["partner"]), day=day_of(line))

    def rejoin(self, line: Line) -> None:
        """Take a partner back."""
        self.ledger.membership.rejoin(self.partner(line["partner"]), day=day_of(line))

    def move(self, line: Line) -> None:
        """Move a partner to another community."""
        partner, community = self.partner(line["partner"]), self._communities[line["to"]]
        self.ledger.membership.move(partner, community, day=day_of(line))

    def merge(self, line: Line) -> None:
        """Merge a partner registered twice."""
        partner, into = self.partner(line["partner"]), self.partner(line["into"])
        self.ledger.membership.merge(partner, into, day=day_of(line))

    def close(self, line: Line) -> None:
        """Close a month of communities; until June 2025 they reported on paper, so there is nothing to seal."""
        communities, month = [self._communities[name] for name in line["communities"]], line["month"]
        if month < SEALED_SINCE:
            self.ledger.periods.close(communities, month)
            return
        draw_up = drawing_up(self.ledger)
        for community in communities:
            self.ledger.book(Closing).close(community, month, draw_up)

    def undo(self, line: Line) -> None:
        """Undo the import of a file."""
        self.ledger.history.undo(self._vouchers[line["file"]])

    def resolve(self, line: Line) -> None:
        """Resolve an issue."""
        self.ledger.issues.resolve(self.issue(line), beneficiaries=line["beneficiaries"], day=day_of(line))

    def confirm_issue(self, line: Line) -> None:
        """Let the resident confirm an issue."""
        self.ledger.issues.confirm(self.issue(line), satisfied=line["satisfied"], day=day_of(line))

    def reopen(self, line: Line) -> None:
        """Open an issue again."""
        self.ledger.issues.reopen(self.issue(line), reason="居民再次反映", day=day_of(line))

    def duplicate(self, line: Line) -> None:
        """Find that an issue was reported twice."""
        first = self.ledger.issues.find(line["of"])
        self.ledger.issues.duplicate(self.issue(line), first, day=day_of(line))

    def help(self, line: Line) -> None:
        """Record who helped with an issue, and what a rule gives for it."""
        rule = self.ledger.rulebook.find(line["rule"])
        self.ledger.issues.help(self.issue(line), self.partner(line["partner"]), day=day_of(line), rule=rule)

    def community(self, told: Line) -> Area:
        """Return the community that a line names."""
        return self._communities[told["community"]]

    def partner(self, told: Line) -> Partner:
        """Find a partner as a clerk does, by mobile phone or else by name; whom the clerk has seen before is known."""
        asked = told["phone"] if told["phone"].isdigit() else told["name"]
        if asked not in self._known:
            self._known[asked] = self.ledger.partners.find(asked).id
        return self.ledger.partners.get(self._known[asked])

    def _activity(self, line: Line) -> Activity:
        activities, day = self.ledger.activities, line["day"]
        known = activities.by_name(day, day)
        (found,) = known[self.community(line).id, day, names.match_key(line["activity"])]
        return activities.get(found)

    def issue(self, line: Line) -> Issue:
        """Find an issue by its title."""
        return self.ledger.issues.find(line["issue"])


_DOING: dict[str, Callable[[Replay, Line], None]] = {
    "import": Replay.import_file,
    "redeem": Replay.redeem,
    "cancel": Replay.cancel,
    "quota": Replay.quota,
    "confirm": Replay.confirm,
    "complain": Replay.complain,
    "deduct": Replay.deduct,
    "award": Replay.award,
    "clear": Replay.clear,
    "leave": Replay.leave,
    "suspend": Replay.suspend,
    "rejoin": Replay.rejoin,
    "move": Replay.move,
    "merge": Replay.merge,
    "close": Replay.close,
    "undo": Replay.undo,
    "resolve": Replay.resolve,
    "confirm_issue": Replay.confirm_issue,
    "reopen": Replay.reopen,
    "duplicate": Replay.duplicate,
    "help": Replay.help,
    **doing.DOING,
    **serving.DOING,
    **hosting.DOING,
}
"""What each verb of the diary does."""
