"""Needs 需求: what residents of a community need and how many of them; met, dropped, opened again, ranked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from hepartner.words.need import CATEGORIES, EVENTS, LETTERS, STATUSES

from . import errors, steps
from .areas import Area
from .book import Book, Written
from .facts import first_told, stands
from .lookup import only
from .titles import attempts, issued, titled
from .vouchers import Voucher

COURSE = steps.Course(
    "need",
    "need_event",
    {
        ("open", "met"): "met",
        ("open", "dropped"): "dropped",
        ("met", "reopened"): "open",
        ("dropped", "reopened"): "open",
    },
    STATUSES,
    EVENTS,
)
DELTAS = {"raised": 1, "reopened": 1, "met": -1, "dropped": -1}
MOST_HEADS = 10_000_000


class Particulars(NamedTuple):
    """What a command or a line of a file says of a need; days are ISO, `met_on` is for what was met before it was told."""

    community_id: int
    category: str
    title: str
    heads: int
    raised_on: str
    remark: str = ""
    met_on: str | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """A need as it stands; `heads` is how many need it, `stepped_on` the day of its last step."""

    id: int
    code: str
    title: str
    community_id: int
    community: str
    category: str
    heads: int
    status: str
    raised_on: str
    stepped_on: str
    remark: str

    @property
    def until(self) -> str | None:
        """The day on which it was met or dropped."""
        return None if self.status == "open" else self.stepped_on


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a need in force, with who wrote it down and the note to it."""

    happened_on: str
    event: str
    heads: int
    voucher: int
    operator: str
    note: str


@dataclass(frozen=True, slots=True)
class Unmet:
    """What is needed most in a subdistrict: its `place` in the ranking, the open needs of a category and the heads."""

    area: str
    place: int
    category: str
    needs: int
    heads: int


class BadNeed(errors.Refused):
    """What is said of a need can't be."""


class SameNeed(errors.Refused):
    """The community has an open need of this title."""

    def __init__(self, known: Need) -> None:
        super().__init__(
            f"{known.community}从 {known.raised_on} 起已有需求“{known.title}”（{known.code}，{known.heads} 人），没有重复登记。"
            "人数有变请用 hep need edit。"
        )


class NothingToChange(errors.Refused):
    """An edit that says what stands already."""

    def __init__(self, need: Need) -> None:
        super().__init__(f"需求“{need.title}”（{need.code}）本来就是这样，没有改动。")


def faults(said: Particulars) -> list[str]:
    """Return what is wrong with a need's particulars, one sentence each."""
    found = []
    if not titled(said.title)[1]:
        found.append("需求是空的，请用一句话写明。")
    if said.category not in CATEGORIES:
        found.append(f"需求类别“{said.category}”不对，可用：{'、'.join(CATEGORIES.values())}。")
    if not 1 <= said.heads <= MOST_HEADS:
        found.append(f"需求人数 {said.heads} 不合理，应在 1 到 {MOST_HEADS} 之间。")
    if said.met_on and said.met_on < said.raised_on:
        found.append(f"满足日期 {said.met_on} 早于提出日期 {said.raised_on}，请改正。")
    return found


class Needs(Book):
    """What residents need."""

    def find(self, text: str) -> Need:
        """Return the need named by code, title or part of it, the community worked in first.

        Raises errors.NotFound, errors.Ambiguous.
        """
        remedy = "可用 hep need list 查看。"
        found = attempts(self.ledger, "need", text, self._read)
        return only(self.ledger, "需求", text, found, shown=_shown, remedy=remedy)

    def get(self, need_id: int) -> Need:
        """Return a need by id."""
        return self._read("c.id = :id", id=need_id)[0]

    def listing(
        self, *, under: Area | None = None, category: str | None = None, status: str | None = None
    ) -> list[Need]:
        """Return needs by area, category and status, the newest first."""
        found = self._read(
            "(:category IS NULL OR s.category = :category) AND (:status IS NULL OR c.status = :status)"
            " AND c.community_id IN (SELECT value FROM json_each(:within))",
            category=category,
            status=status,
            within=self._within(under),
        )
        return sorted(found, key=lambda need: (need.raised_on, need.id), reverse=True)

    def steps(self, need: Need) -> list[Step]:
        """Return the steps of a need in force, oldest first."""
        return [Step(*row) for row in self.database.rows(_STEPS, (need.id,))]

    def ranking(self, *, under: Area | None = None, through: str = "9999-12") -> list[Unmet]:
        """Return the unmet needs through a month by subdistrict and category, those with the most heads first."""
        asked = {"within": self._within(under), "through": through}
        found: list[Unmet] = []
        for area, category, needs, heads in self.database.rows(_RANKING, asked):
            place = found[-1].place + 1 if found and found[-1].area == area else 1
            found.append(Unmet(area, place, category, needs, heads))
        return found

    def collect(self, said: Particulars, *, key: str | None = None) -> Written[Need]:
        """Record what residents need. Raises BadNeed, SameNeed, errors.NotYet."""
        with self.ledger.voucher("need.raised", key=key, intention=said._asdict()) as voucher:
            steps.check_day(self.ledger, said.raised_on)
            self._check(said)
            (need_id,) = self.collect_many(voucher, [said])
        return Written(self.get(need_id), voucher.id)

    def collect_many(self, voucher: Voucher, rows: Sequence[Particulars]) -> range:
        """Record needs in an open voucher; return their ids. The caller checked them with `faults`."""
        codes = issued(self.ledger, "need", LETTERS["need"], (row.community_id for row in rows))
        cards = [
            (*given, row.community_id, "met" if row.met_on else "open", *titled(row.title), row.remark)
            for given, row in zip(codes, rows, strict=True)
        ]
        ids = voucher.add("need", _CARD, cards)
        facts = [
            (row.community_id, day, need_id, event, DELTAS[event], row.category, row.heads)
            for need_id, row in zip(ids, rows, strict=True)
            for event, day in (("raised", row.raised_on), ("met", row.met_on))
            if day
        ]
        voucher.post("need_event", ("need_id", "event", "delta", "category", "heads"), facts)
        return ids

    def step(
        self, need: Need, event: str, *, day: date | None = None, note: str = "", key: str | None = None
    ) -> Written[Need]:
        """Take a step of EVENTS other than raising it.

        Raises steps.WrongStep, steps.BeforeLastStep, SameNeed, errors.NotYet.
        """
        on = self.ledger.day(day)
        with self.ledger.voucher(f"need.{event}", key=key, intention=[need.id, on, note]) as voucher:
            self.step_in(voucher, need, event, on)
            voucher.note(note, line=voucher.lines)
        return Written(self.get(need.id), voucher.id)

    def step_in(self, voucher: Voucher, need: Need, event: str, day: str) -> None:
        """Take a step in an open voucher. Raises what `step` raises."""
        now = next(iter(self._read("c.id = :id", id=need.id)), need)
        if event == "reopened":
            self._check_title(now.community_id, now.title, now.id)
        counted = {"delta": DELTAS[event], "category": now.category, "heads": now.heads}
        steps.take(self.ledger, voucher, COURSE, steps.Step(need.id, event, day, counted), shown=_named(now))

    def edit(self, need: Need, *, key: str | None = None, **fields: Any) -> Written[Need]:
        """Change title, category, heads or remark of a need. Raises BadNeed, SameNeed, NothingToChange."""
        with self.ledger.voucher("need.edit", key=key, intention=[need.id, fields]) as voucher:
            if not self.edit_many(voucher, [(self.get(need.id), fields)]):
                raise NothingToChange(need)
        return Written(self.get(need.id), voucher.id)

    def edit_many(self, voucher: Voucher, edits: Iterable[tuple[Need, dict[str, Any]]]) -> int:
        """Change fields of needs in an open voucher, counting anew what figures count; return how many changed."""
        changed = 0
        for need, fields in edits:
            before = _particulars(need)
            said = before._replace(**fields)
            if said == before:
                continue
            self._check(said, need)
            changed += 1
            counted = {
                name: getattr(said, name)
                for name in ("category", "heads")
                if getattr(said, name) != getattr(before, name)
            }
            if counted:
                steps.repost(self.ledger, voucher, COURSE, need.id, **counted)
            if (said.title, said.remark) != (before.title, before.remark):
                title, title_key = titled(said.title)
                voucher.edit("need", need.id, title=title, title_key=title_key, remark=said.remark)
        return changed

    def _check(self, said: Particulars, known: Need | None = None) -> None:
        for fault in faults(said):
            raise BadNeed(fault)
        if known.status == "open" if known else said.met_on is None:
            self._check_title(said.community_id, said.title, known.id if known else 0)

    def _check_title(self, community_id: int, title: str, besides: int) -> None:
        test = "c.community_id = :community AND c.title_key = :key AND c.status = 'open' AND c.id <> :besides"
        for known in self._read(test, community=community_id, key=titled(title)[1], besides=besides):
            raise SameNeed(known)

    def _within(self, under: Area | None) -> str:
        return str([community.id for community in self.ledger.areas.communities(under)])

    def _read(self, test: str, **parameters: Any) -> list[Need]:
        rows = self.database.rows(f"{_NEED} AND {test} ORDER BY c.id DESC", parameters)
        return [Need(*row) for row in rows]


def _particulars(need: Need) -> Particulars:
    return Particulars(need.community_id, need.category, need.title, need.heads, need.raised_on, need.remark)


def _named(need: Need) -> str:
    return f"需求“{need.title}”（{need.code}）"


def _shown(need: Need) -> str:
    return f"{need.code} {need.title}（{need.community}，{need.raised_on}，{STATUSES[need.status]}）"


_CARD = ("issuer_id", "number", "code", "community_id", "status", "title", "title_key", "remark")
_NEED = f"""SELECT c.id, c.code, c.title, c.community_id, a.name, s.category, s.heads, c.status, s.happened_on,
      (SELECT max(e.happened_on) FROM need_event e WHERE e.need_id = c.id AND {stands("need_event", "e")}), c.remark
    FROM need c JOIN area a ON a.id = c.community_id
    JOIN need_event s ON s.need_id = c.id AND s.event = 'raised' AND {stands("need_event", "s")}
    WHERE c.withdrawn = 0"""
_STEPS = f"""WITH RECURSIVE {first_told("need_event", "need_id")}
    SELECT e.happened_on, e.event, e.heads, b.voucher_id, o.name, ifnull(n.text, '')
    FROM began JOIN need_event e ON e.id = began.id JOIN need_event b ON b.id = began.first
    JOIN voucher v ON v.id = b.voucher_id JOIN operator o ON o.id = v.operator_id
    LEFT JOIN note n ON n.about_voucher_id = b.voucher_id AND n.about_line = b.line AND n.withdrawn = 0
    ORDER BY e.id"""
_RANKING = """SELECT ifnull(s.name, a.name), f.category, sum(f.sign * f.delta) AS needs, sum(f.sign * f.delta * f.heads) AS heads
    FROM need_event f JOIN area a ON a.id = f.community_id LEFT JOIN area s ON s.id = a.parent_id
    WHERE f.counted_in <= :through AND f.community_id IN (SELECT value FROM json_each(:within))
    GROUP BY ifnull(s.id, a.id), f.category HAVING needs <> 0
    ORDER BY ifnull(s.id, a.id), heads DESC, needs DESC, f.category"""
