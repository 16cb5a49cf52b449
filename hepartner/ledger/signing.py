"""Sign-in lines 签到: what stands on a sheet, who may stand on it, and how a line stands now."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from hepartner.words.activity import ROLES

from . import errors
from .facts import stands
from .lineage import first_fact, is_undo
from .presence import Presence, absence
from .rules import Version

if TYPE_CHECKING:
    from .database import Database
    from .partners import Partner
    from .rulebook import Rule

MOST_MINUTES = 1440
"""A line is of one day."""


class SignIn(NamedTuple):
    """One line of a sheet in plain values: ids, minutes, a code of ROLES, and the rule it is awarded by, if any."""

    activity_id: int
    partner_id: int
    minutes: int
    role: str = "member"
    rule_id: int | None = None


class SheetLine(NamedTuple):
    """One line as it is signed by hand; without a rule of its own the sheet's rule holds."""

    partner: "Partner"
    minutes: int
    role: str = "member"
    rule: "Rule | None" = None


class Outcome(NamedTuple):
    """What a line gives: points now, the span whose cap cut them, or that they wait for a confirmation."""

    version: Version | None
    points: int = 0
    cap: str | None = None
    waiting: bool = False


class Fault(NamedTuple):
    """What is wrong with one row: its place in what was given, counted from 0, and a sentence."""

    place: int
    why: str


@dataclass(frozen=True, slots=True)
class SignedLine:
    """One line as it was signed or confirmed, and what it gave."""

    partner_code: str
    partner: str
    minutes: int
    points: int
    cap: str | None
    waiting: bool


@dataclass(frozen=True, slots=True)
class Signed:
    """A sheet that was signed or confirmed, and the voucher."""

    lines: tuple[SignedLine, ...]
    voucher: int

    @property
    def points(self) -> int:
        """The points given in all."""
        return sum(line.points for line in self.lines)

    @property
    def waiting(self) -> int:
        """How many lines wait for a confirmation."""
        return sum(line.waiting for line in self.lines)


@dataclass(frozen=True, slots=True)
class Line:
    """A line that stands in the ledger; `points` are what it has given net of reversals, `state` one of STATES.

    `number` is its place on the sheet, which it keeps whatever is taken back, given again or added.
    """

    id: int
    number: int
    activity_id: int
    activity_code: str
    activity: str
    community_id: int
    happened_on: str
    partner_id: int
    partner_code: str
    partner: str
    role: str
    minutes: int
    rule_version_id: int | None
    rule_code: str
    rule: str
    points: int
    state: str


@dataclass(frozen=True, slots=True)
class Complained:
    """What a complaint did: points taken back, and those that could not be because they were spent."""

    line: Line
    taken: int
    shortfall: int
    voucher: int


class BadSheet(errors.Refused):
    """A sheet has lines that can't be; nothing of it was written."""

    _SHOWN = 5

    def __init__(self, activity: str, faults: Sequence[Fault]) -> None:
        told = "；".join(f"第 {fault.place + 1} 行 {fault.why}" for fault in faults[: self._SHOWN])
        more = "等" if len(faults) > self._SHOWN else ""
        super().__init__(f"“{activity}”的签到有 {len(faults)} 处不对，没有记账：{told}{more}。请改正后重签。")
        self.faults = tuple(faults)


class EmptySheet(errors.Refused):
    """A sheet without lines."""

    def __init__(self, activity: str) -> None:
        super().__init__(f"“{activity}”的签到表是空的，没有记账。每行写姓名和时长，如 武玉侪=2。")


class SeveralLines(errors.Ambiguous):
    """A partner stands on the sheet more than once."""

    said = "{text} 有 {count} 行{noun}：{shown}。请用 --line 写明是第几行。"

    @classmethod
    def question(cls, noun: str, text: str) -> str:
        """Return what a person is asked instead."""
        return f"是 {text} 的哪一行{noun}？"


class NothingWaits(errors.Refused):
    """There is nothing to confirm."""

    def __init__(self, activity: str) -> None:
        super().__init__(f"“{activity}”没有等确认的签到。待确认的见 hep activity waiting。")


class NoLongerStands(errors.Refused):
    """The line was reversed before."""

    def __init__(self, line: Line) -> None:
        super().__init__(
            f"{line.partner}（{line.partner_code}）在“{line.activity}”的这一行签到已经冲正，没有再动。"
        )


def line_faults(row: SignIn, *, presence: Presence, day: str, version: Version | None) -> Iterator[str]:
    """Yield what is wrong with a line of an activity on a day; `version` is its rule's on that day, None if none."""
    absent = absence(presence, day)
    if absent:
        yield absent
    if not 0 <= row.minutes <= MOST_MINUTES:
        yield f"{presence.who}时长 {row.minutes} 分钟不行，一天最多 {MOST_MINUTES} 分钟"
    if row.role not in ROLES:
        yield f"{presence.who}角色“{row.role}”不对，可用：{'、'.join(ROLES.values())}"
    if row.rule_id is not None and version is None:
        yield f"{presence.who}所用的规则在 {day} 没有生效的版本"


def read_lines(database: "Database", condition: str, parameters: Sequence[object]) -> list[Line]:
    """Read lines of sheets, those taken back by an undo left out, those complained of not."""
    return [Line(*row) for row in database.rows(f"{_LINES} AND {condition} ORDER BY {_FIRST}", parameters)]


CONFIRMED = f"""EXISTS (SELECT 1 FROM confirmation c WHERE c.participation_id = t.id AND {stands("confirmation", "c")})"""
WAITING = f"t.needs_confirmer = 1 AND x.id IS NULL AND NOT {CONFIRMED}"
"""SQL that holds for a line of `read_lines` that waits for its confirmation."""

_FIRST = first_fact("participation", "t")
# `x` is what reversed the line: an undo takes a line out, a complaint marks it, unless the line was given again. Its number
# is that of the line as it was first signed.
_LINES = f"""SELECT t.id,
      (SELECT count(*) FROM participation n
        WHERE n.activity_id = t.activity_id AND n.sign = 1 AND n.restores_id IS NULL AND n.id <= {_FIRST}),
      a.id, a.code, a.name, t.community_id, t.happened_on, p.id, p.code, p.name, t.role,
      t.minutes, t.rule_version_id, ifnull(r.code, ''), ifnull(r.name, ''),
      (SELECT ifnull(sum(e.points), 0) FROM entry e WHERE e.participation_id = t.id),
      CASE WHEN x.id IS NOT NULL THEN 'complained' WHEN t.needs_confirmer = 0 THEN 'counted'
        WHEN {CONFIRMED} THEN 'confirmed' ELSE 'waiting' END
    FROM participation t JOIN activity a ON a.id = t.activity_id JOIN partner p ON p.id = t.partner_id
      LEFT JOIN rule_version v ON v.id = t.rule_version_id LEFT JOIN rule r ON r.id = v.rule_id
      LEFT JOIN participation x ON x.reverses_id = t.id
    WHERE t.sign = 1 AND (x.id IS NULL OR (NOT {is_undo("x.voucher_id")}
      AND NOT EXISTS (SELECT 1 FROM participation y WHERE y.restores_id = x.id)))"""
