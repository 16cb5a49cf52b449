"""What an import would do to the ledger: counted and listed before anything is written."""

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

from hepartner.intake.doubts import LEAVE, Answer, Choice, Doubt
from hepartner.intake.lines import Form, Lines
from hepartner.intake.problems import Fault, Misfit, Problem, masked
from hepartner.intake.rejects import given_back
from hepartner.ledger import Ledger
from hepartner.ledger.sources import Source, corrected, days_of, note_parts, source_in_hand
from hepartner.ledger.vouchers import Voucher

_SHOWN = 5

TWICE = Fault("前面一行说的是同一项，内容不同", "请合并成一行")
ONE_IS_WRONG = "名单错了请改成一样；台账错了请先撤销那一笔，再导入名单"
"""The remedy where a list contradicts what the ledger has and no list changes."""

L = TypeVar("L")
K = TypeVar("K", bound=Hashable)
C = TypeVar("C")


def nothing(_: Voucher) -> None:
    """Write nothing."""


@dataclass
class Plan:
    """Rows by what becomes of them; `write` posts them into an open voucher, and then the plan is complete.

    Of the rows with problems, `doubts` would let some be taken once they are answered; `left` are those that the importer
    gives back, which hinders no other. `answered` of the changes were agreed to one by one. `remembers` is
    whether an answer is kept for the next list of the source.
    """

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    left: set[int] = field(default_factory=set)
    answered: int = 0
    remembers: bool = False
    write: Callable[[Voucher], None] = nothing


@dataclass(frozen=True)
class Kind(Generic[L]):
    """One kind of file: how its rows read on a given day, and what they would do to a ledger."""

    code: str
    form: Callable[[date], Form[L]]
    told: Callable[[Ledger, Lines[L], Source], Plan]

    def plan(self, ledger: Ledger, lines: Lines[L], source: Source) -> Plan:
        """Tell what the rows of a file would do, in the voucher that is open for it; `source` is whose file it is."""
        mended = given_back(lines.heading)
        given = source_in_hand(ledger.database, source, mended, lines.mark)
        plan = self.told(ledger, lines, given)
        write = plan.write

        def write_all(voucher: Voucher) -> None:
            write(voucher)
            bad = lines.problems or plan.problems
            note_parts(voucher, mended, lines.mark() if bad else None)

        plan.write = write_all
        return plan


class ByHand:
    """What a file says again of cards though a hand has changed it since: the hand's word stands, and that is told."""

    def __init__(
        self, ledger: Ledger, source: Source, card: str, fact: str = "", fields: Collection[str] = ()
    ) -> None:
        """`fields` are those that stand in facts of a table instead of on the card."""
        self._said = corrected(ledger.database, source, card, fact, tuple(fields))
        self._kept: list[str] = []

    def changed(self, card_id: int, field: str, value: object) -> bool:
        """Whether the file said this value before and a hand set another."""
        return (card_id, field, str(value)) in self._said

    def but(self, card_id: int, name: str, change: dict[str, Any]) -> dict[str, Any]:
        """What a row changes of a card, called `name` in a note, without what a hand has changed since."""
        left = self.news(card_id, change)
        if len(left) < len(change):
            self.keep(name)
        return left

    def news(self, card_id: int, change: dict[str, Any]) -> dict[str, Any]:
        """What of a change no hand has changed since the file said it."""
        return {field: value for field, value in change.items() if not self.changed(card_id, field, value)}

    def keep(self, name: str) -> None:
        """Take down that a card stays as the hand left it."""
        self._kept.append(name)

    def note(self, plan: Plan) -> None:
        """Tell in a plan what stays as a hand left it."""
        if kept := list(dict.fromkeys(self._kept)):
            shown = "、".join(kept[:_SHOWN]) + ("等" if len(kept) > _SHOWN else "")
            plan.notes.append(f"{len(kept)} 项名单上的内容后来手工改过，以手工改的为准，没有改回：{shown}")


class Days:
    """The days on which a step of each card was said to have happened: a list that says another one contradicts the ledger."""

    def __init__(self, ledger: Ledger, card: str, event: str, word: str) -> None:
        """`event` is a step of the card's own table of steps, `word` what it is called."""
        self._said = days_of(ledger.database, f"{card}_event", card, event)
        self._word = word

    def misfit(self, field: str, card_id: int, stands: str | None, said: str | None) -> Misfit | None:
        """Why a day in the column of this field can't stand; a blank cell, and a day that once was said, says nothing new."""
        if said is None or said in self._said.get(card_id, ()):
            return None
        fault = Fault(f"台账里是…{self._word}，与名单不同", ONE_IS_WRONG, (f" {stands} ",))
        return Misfit(field, fault, said)


def called_then(now: C | None, once: Iterable[C], says_all: Callable[[C], bool]) -> C | None:
    """Return the card that a row means: the one called so now, unless one that was called so once says all of the row already.

    `once` are cards that the source brought: an old list means them, whatever was called so since.
    """
    if now is not None and says_all(now):
        return now
    return next((one for one in once if says_all(one)), now)


def no_more(over: str, change: Mapping[str, object]) -> Misfit:
    """Why a row that says something else of what is over, as `over` tells, changes nothing of it."""
    return Misfit(next(iter(change)), Fault("…，不再按名单修改", "请改成与台账一样，或清空这一格", (over,)))


def was_absent(why: str, remedy: str) -> Fault:
    """Why who takes part can't have done so on its day, as the ledger tells."""
    return Fault("那天不在册：…", remedy, (why,))


def never(_row: int, _fact: K) -> Iterable[K]:
    """Nothing else was ever called so."""
    return ()


def repeat(compared: str, voucher: int) -> Fault:
    """Why a row stops of which a voucher recorded an equal one, as far as the columns that were `compared`."""
    return Fault(
        f"疑似重复：台账里已有同样的一条（凭证 V{voucher}，{compared}都相同），是手工记的或来自别的来源",
        "是同一件事请加 --skip-repeat，确是另一次请加 --accept-repeat，再导入一次",
    )


_OF_REPEATS = (
    Choice(Answer("skip"), "是同一件事，不再记"),
    Choice(Answer("new"), "确是另一次，记账"),
    LEAVE,
)
SECOND = Fault(
    "疑似重复：前面一行说的是同一天同样的一条",
    "多写了请删去这一行或加 --skip-repeat，确是另一次请加 --accept-repeat，再导入一次",
)


def only_new(
    plan: Plan,
    lines: Lines[Any],
    said: Sequence[tuple[int, K]],
    source: Source,
    recorded: Callable[[Source], Iterable[tuple[int, K]]],
    *,
    compared: str,
    note: Callable[[int], str] | None = None,
    once: Callable[[int, K], Iterable[K]] = never,
) -> list[tuple[int, K]]:
    """Leave out as many equal facts as the source brought already, and count those as unchanged; `said` is by row.

    Equal rows are counted by occurrence: two in one file are two facts, the same file again adds nothing. Only what is
    new has to be possible still: who has left since stays on the old list. Rows that others recorded already are never
    decided in silence: they are problems unless whoever imports says what becomes of them (`Source.repeats`). With `note`
    so is the second of two equal rows, as the keyboard refuses it: only what is noted of a row makes it another fact.
    `recorded` tells what a source recorded, each fact after its voucher; `compared` names the columns that a fact is made of.
    `once` tells what a row meant when what it names was not called so yet but another thing was: what the source brought of
    that one is no news either.
    """
    source = source.seen(bad_rows=len({problem.row for problem in (*lines.problems, *plan.problems)}))
    brought = Counter(fact for _, fact in recorded(source))
    known = brought.copy()
    fresh: list[tuple[int, K]] = []
    for row, fact in said:
        if known[fact] > 0:
            known[fact] -= 1
            plan.unchanged += 1
        else:
            fresh.append((row, fact))
    fresh = not_renamed(plan, fresh, known, once)
    again: set[int] = set()
    if note:
        again = seconds((row, (fact, note(row))) for row, fact in said)
        # A row that was given back stands alone in its workbook; the one before it came in with the list.
        whole = recorded(source.whole) if source != source.whole else ()
        rest = Counter(fact for _, fact in whole) - brought
        again.update(row for row, fact in fresh if fact in rest)
    others = recorded(source.others) if fresh else ()
    return unrepeated(plan, lines, fresh, source, others, compared=compared, again=again)


def not_renamed(
    plan: Plan, fresh: list[tuple[int, K]], known: Counter[K], once: Callable[[int, K], Iterable[K]]
) -> list[tuple[int, K]]:
    """Leave out rows of which the source brought what they said before a renaming, and was not said again by other rows."""
    left = []
    for row, fact in fresh if known.total() else ():
        if before := next((one for one in once(row, fact) if known[one] > 0), None):
            known[before] -= 1
            left.append(row)
    if left:
        plan.unchanged += len(left)
        plan.notes.append(f"{len(left)} 行是这一来源从前导入过的，所说的后来改了名，没有再记")
    there = set(left)
    return [(row, fact) for row, fact in fresh if row not in there]


def seconds(said: Iterable[tuple[int, Hashable]]) -> set[int]:
    """Return the rows that say what a row before them says."""
    first: dict[Hashable, int] = {}
    return {row for row, fact in said if first.setdefault(fact, row) != row}


def unrepeated(
    plan: Plan,
    lines: Lines[Any],
    fresh: Sequence[tuple[int, K]],
    source: Source,
    others: Iterable[tuple[int, K]] = (),
    *,
    compared: str = "",
    again: Collection[int] = (),
) -> list[tuple[int, K]]:
    """Leave out what others recorded already of rows that the source has not brought yet, and the rows `again`.

    They stay if it is accepted, for all or as an answer to a doubt. `compared` names the columns that a fact is made of.
    """
    there, repeated = dict[K, list[int]](), dict[int, Fault]()
    for voucher, fact in others:
        there.setdefault(fact, []).append(voucher)
    for row, fact in fresh:
        if there.get(fact):
            repeated[row] = repeat(compared, there[fact].pop(0))
        elif row in again:
            repeated[row] = SECOND
    what = f"{len(repeated)} 行与台账里已有的{'或前面的行' * (SECOND in repeated.values())}相同"
    if repeated and source.repeats == "accept":
        plan.notes.append(f"{what}，按另一次记账")
        return list(fresh)
    if repeated and source.repeats == "skip":
        plan.unchanged += len(repeated)
        plan.notes.append(f"{what}，按同一件事处理，没有再记")
    elif repeated:
        repeated = _unanswered(plan, lines, repeated)
    return [(row, fact) for row, fact in fresh if row not in repeated]


def _unanswered(plan: Plan, lines: Lines[Any], repeated: Mapping[int, Fault]) -> dict[int, Fault]:
    """Ask of each repeated row whether it is another time; return those that are not, or of which it is not known."""
    left = {}
    shown = zip(repeated.items(), lines.shown(list(repeated)), strict=True)
    for (row, fault), texts in shown:
        cells = "，".join(masked(text) for text in texts if text.strip())
        doubt = Doubt(row, "repeat", f"第 {row} 行（{cells}）：{fault.told}", _OF_REPEATS)
        answer = lines.answers.get(doubt)
        if answer is None:
            plan.doubts.append(doubt)
        elif answer.what == "new":
            continue
        left[row] = fault
        if answer is not None and answer.what == "skip":
            plan.unchanged += 1
        else:
            plan.left |= {row} if answer else set()
            plan.problems.append(lines.problem(row, Misfit("", fault)))
    return left


def understood(plan: Plan, lines: Lines[L], read: Callable[[L], K | Misfit]) -> list[tuple[int, K]]:
    """Return what each good row means, by row; a row that fits not becomes a problem of the plan."""
    found = []
    for row, line in lines.good:
        meant = read(line)
        if isinstance(meant, Misfit):
            plan.problems.append(lines.problem(row, meant))
        else:
            found.append((row, meant))
    return found


def span(days: Collection[str]) -> tuple[str, str]:
    """The first and last of some ISO days; an empty span where there is none."""
    return (min(days), max(days)) if days else ("9999-12-31", "0001-01-01")


def note_days(plan: Plan, ledger: Ledger, facts: Iterable[tuple[int, str]]) -> None:
    """Tell of new facts, each a community and an ISO day, that lie in a closed month there or before the community began."""
    rows = Counter(facts)
    late = sum(
        count
        for (community_id, day), count in rows.items()
        if ledger.periods.counted_in(community_id, day) != day[:7]
    )
    if late:
        plan.notes.append(f"{late} 行的月份已经结账，按补录计入下一个未结的月份")
    founded = ledger.areas.founded()
    early = Counter[int]()
    for (community_id, day), count in rows.items():
        if day < founded[community_id][1]:
            early[community_id] += count
    if early:
        shown = "、".join(" ".join(founded[community_id]) for community_id in list(early)[:_SHOWN])
        shown += "等" if len(early) > _SHOWN else ""
        plan.notes.append(f"{early.total()} 行的日期早于社区计入的日期（{shown}），照样记账，请核对")
