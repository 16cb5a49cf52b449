"""Residents' issues 民生问题: reported, assigned, resolved, confirmed, reopened; who helped and how many benefited."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from hepartner.chinese import names
from hepartner.words.issue import LETTERS, STATUSES

from . import errors
from .book import Book
from .codes import next_code
from .facts import stands
from .handling import (
    MOST_BENEFICIARIES,
    TRANSITIONS,
    BadIssue,
    BeforeLastStep,
    Counts,
    Issue,
    IssueWritten,
    NotItself,
    Unchanged,
    WrongStep,
    check_card,
    effect,
)  # fmt: skip
from .lookup import called_before, literal, only

if TYPE_CHECKING:
    from .areas import Area
    from .categories import Categories, CategoriesWritten, Category
    from .following import Overdue, Step
    from .helping import Helped, Helper
    from .issuelists import Listed
    from .partners import Partner
    from .rulebook import Rule
    from .sources import Source
    from .vouchers import Voucher


class Issues(Book):
    """The residents' issues of the office's communities."""

    @cached_property
    def categories(self) -> "Categories":
        """The categories of issues."""
        from .categories import Categories

        return Categories(self.ledger)

    def load_default(self) -> "CategoriesWritten":
        """Add the categories that ship with hepartner, those whose code is taken left out."""
        return self.categories.load_default()

    def find(self, text: str) -> Issue:
        """Return the issue named by code, title or part of its title; the community worked in is searched first.

        Raises errors.NotFound, errors.Ambiguous.
        """
        remedy = "可用 hep issue list 查看编号。"
        return only(self.ledger, "问题", text, self._attempts(text), shown=_shown, remedy=remedy)

    def get(self, issue_id: int) -> Issue:
        """Return an issue by its id."""
        return self._read("i.id = ?", (issue_id,))[0]

    def these(self, issue_ids: Sequence[int]) -> list[Issue]:
        """Return issues by their ids, the latest reported first."""
        wanted = "i.id IN (SELECT value FROM json_each(?))"
        return self._read(wanted, (str(list(issue_ids)),), "i.reported_on DESC, i.id DESC")

    def report(
        self,
        category: "Category",
        title: str,
        community: "Area",
        *,
        place: str = "",
        day: date | None = None,
        due_on: date | None = None,
        remark: str = "",
        key: str | None = None,
    ) -> IssueWritten:
        """Record an issue reported on a day (today), due by its category's days unless said otherwise.

        Raises BadIssue, errors.NotYet.
        """
        reported_on = self.ledger.day(day)
        due = str(due_on or date.fromisoformat(reported_on) + timedelta(days=category.days))
        intention = [category.code, title, community.id, place, reported_on, due_on, remark]
        with self.ledger.voucher("issue.reported", key=key, intention=intention) as voucher:
            self._check_day(reported_on)
            check_card(title, reported_on, due)
            card = {
                **next_code(self.ledger, "issue", LETTERS["issue"], community),
                "community_id": community.id,
                "category": category.code,
                **_titled(title),
                "place": place,
                "reported_on": reported_on,
                "due_on": due,
                "remark": remark,
            }
            issue_id = voucher.add_one("issue", **card)
            attributes = {"issue_id": issue_id, "event": "reported", "category": category.code, "due_on": due}
            counts = effect("reported", Counts())._asdict()
            voucher.post_one(
                "issue_event", community_id=community.id, happened_on=reported_on, **attributes, **counts
            )
        return IssueWritten(self.get(issue_id), voucher.id)

    def assign(
        self, issue: Issue, assignee: str, *, day: date | None = None, key: str | None = None
    ) -> IssueWritten:
        """Hand an issue to somebody, or to somebody else. Raises BadIssue, WrongStep, BeforeLastStep, errors.NotYet."""
        if not assignee.strip():
            raise BadIssue("没有写交给谁办，请写承办人。")
        return self._step(issue, "assigned", day, key=key, card={"assignee": assignee.strip()})

    def resolve(
        self,
        issue: Issue,
        *,
        beneficiaries: int = 0,
        day: date | None = None,
        note: str = "",
        key: str | None = None,
    ) -> IssueWritten:
        """Resolve an issue, with the stated number of people who benefit. Raises BadIssue and what `assign` raises."""
        if not 0 <= beneficiaries <= MOST_BENEFICIARIES:
            raise BadIssue(f"受益人数 {beneficiaries} 不行，应是 0 到 {MOST_BENEFICIARIES} 的整数。")
        return self._step(issue, "resolved", day, key=key, beneficiaries=beneficiaries, note=note)

    def confirm(
        self, issue: Issue, *, satisfied: bool | None = None, day: date | None = None, key: str | None = None
    ) -> IssueWritten:
        """Let the resident confirm, satisfied or not (None: did not say). Raises what `assign` raises."""
        return self._step(issue, "confirmed", day, key=key, satisfied=satisfied)

    def reopen(
        self, issue: Issue, *, reason: str = "", day: date | None = None, key: str | None = None
    ) -> IssueWritten:
        """Open an issue again: resolved, confirmed and beneficiaries are taken back. Raises what `assign` raises."""
        return self._step(issue, "reopened", day, key=key, note=reason)

    def duplicate(
        self, issue: Issue, of: Issue, *, day: date | None = None, key: str | None = None
    ) -> IssueWritten:
        """Find that an issue repeats another: it counts as reported and no more. Raises NotItself and what `assign` raises."""
        of = self._standing(of)
        if of.id == issue.id or of.status == "duplicate":
            raise NotItself(issue, of)
        return self._step(issue, "duplicate", day, key=key, card={"duplicate_of_id": of.id})

    def help(
        self,
        issue: Issue,
        partner: "Partner",
        *,
        day: date | None = None,
        points: int | None = None,
        rule: "Rule | None" = None,
        key: str | None = None,
    ) -> "Helped":
        """Record that a partner helped, and award fixed points or what a rule gives for one time.

        Raises what helping.assist raises.
        """
        from . import helping

        happened_on = self.ledger.day(day)
        intention = [issue.id, partner.id, happened_on, points, rule and rule.id]
        with self.ledger.voucher("issue.help", key=key, intention=intention) as voucher:
            self._check_day(happened_on)
            given, cap = helping.assist(
                self.ledger, voucher, self._standing(issue), partner, happened_on, points=points, rule=rule
            )
        return helping.Helped(issue, partner, given, cap, voucher.id)

    def edit(self, issue: Issue, *, key: str | None = None, **fields: Any) -> IssueWritten:
        """Change title, place, remark, assignee, category (code) or due_on (ISO) of an issue.

        Category and deadline stand in facts: its steps are countered and posted anew. The deadline stays unless it is
        given too. Raises Unchanged, BadIssue.
        """
        with self.ledger.voucher("issue.edit", key=key, intention=[issue.id, fields]) as voucher:
            now = self._standing(issue)
            wanted = {name: value for name, value in fields.items() if value != getattr(now, name)}
            if not wanted:
                raise Unchanged(f"“{now.title}”（{now.code}）")
            check_card(wanted.get("title", now.title), now.reported_on, wanted.get("due_on", now.due_on))
            counted = {name: wanted[name] for name in ("category", "due_on") if name in wanted}
            if counted:
                self._repost(voucher, now, **counted)
            if "title" in wanted:
                wanted |= _titled(wanted["title"])
            voucher.edit("issue", now.id, **wanted)
        return IssueWritten(self.get(issue.id), voucher.id)

    # Reading

    def listing(
        self,
        *,
        under: "Area | None" = None,
        status: str | None = None,
        category: "Category | None" = None,
        open_only: bool = False,
    ) -> list[Issue]:
        """Return issues by area, status and category, the latest reported first."""
        from sqlmodel import col, select

        from .tables.issue import Issue as Card

        query = select(Card.id).where(Card.withdrawn == 0)
        if under:
            within = [community.id for community in self.ledger.areas.communities(under)]
            query = query.where(col(Card.community_id).in_(within))
        if status:
            query = query.where(Card.status == status)
        if category:
            query = query.where(Card.category == category.code)
        if open_only:
            query = query.where(col(Card.status).in_(("reported", "assigned")))
        return self.these([issue_id for issue_id in self.ledger.session.exec(query) if issue_id])

    def overdue(self, *, day: date | None = None, under: "Area | None" = None) -> "list[Overdue]":
        """Return the issues that were past their deadline and not resolved as of a day (today), the longest first.

        A day in the past is seen at its end, as the figure `issues.overdue` sees a month's last day; today is not over yet.
        """
        from . import following

        return following.overdue(self.ledger, day=day, under=under)

    def steps(self, issue: Issue) -> "list[Step]":
        """Return the steps of an issue in force, oldest first."""
        from . import following

        return following.steps(self.database, issue.id)

    def helpers(self, issue: Issue) -> "list[Helper]":
        """Return who helped with an issue, and the points that gave."""
        from . import helping

        return helping.helpers(self.database, issue.id)

    # Lists

    def enter_many(self, voucher: "Voucher", rows: "Sequence[Listed]") -> range:
        """Post issues with all that became of them in an open voucher; return them. Checked before with issuelists.faults."""
        from . import issuelists

        return issuelists.enter(self.ledger, voucher, rows)

    def advance_many(self, voucher: "Voucher", rows: "Sequence[tuple[int, Listed]]") -> int:
        """Post the steps and helpers that issues (by id) lack of what a list says; return how many issues that changed.

        Raises BeforeLastStep, WrongStep.
        """
        from . import issuelists

        return issuelists.advance(self.ledger, voucher, rows)

    def recorded(self, source: "Source", first: str, last: str) -> "list[tuple[int, Listed]]":
        """Return the issues reported on these days that lists of a source brought, by id, with what became of them since."""
        from . import issuelists

        return issuelists.recorded(self.database, source, first, last)

    def written_in(self, issue_ids: "Iterable[int]") -> dict[int, int]:
        """Return the vouchers that made issues."""
        sql = "SELECT id, created_in FROM issue WHERE id IN (SELECT value FROM json_each(?))"
        return dict(self.database.rows(sql, (str(list(issue_ids)),)))

    # Writing one step

    def _step(
        self,
        issue: Issue,
        event: str,
        day: date | None,
        *,
        key: str | None,
        beneficiaries: int = 0,
        satisfied: bool | None = None,
        card: dict[str, Any] | None = None,
        note: str = "",
    ) -> IssueWritten:
        happened_on = self.ledger.day(day)
        intention = [issue.id, happened_on, beneficiaries, satisfied, card, note]
        with self.ledger.voucher(f"issue.{event}", key=key, intention=intention) as voucher:
            self._check_day(happened_on)
            now = self._standing(issue)
            status = TRANSITIONS.get((now.status, event))
            if status is None:
                raise WrongStep(now, event)
            latest, *sums = self.database.row(_SO_FAR, {"issue": now.id})
            if happened_on < latest:
                raise BeforeLastStep(now, happened_on, latest)
            counts = effect(event, Counts(*sums), beneficiaries=beneficiaries)
            fact = {"issue_id": now.id, "event": event, "category": now.category, **counts._asdict()}
            answer = None if satisfied is None else int(satisfied)
            voucher.post_one(
                "issue_event",
                community_id=now.community_id,
                happened_on=happened_on,
                **fact,
                satisfied=answer,
            )
            voucher.note(note, line=1)
            voucher.edit("issue", now.id, status=status, **(card or {}))
        return IssueWritten(self.get(issue.id), voucher.id)

    def _standing(self, issue: Issue) -> Issue:
        """Return an issue as it stands inside the voucher. Raises errors.NotFound when its report was undone."""
        for now in self._read("i.id = ? AND i.withdrawn = 0", (issue.id,)):
            return now
        raise errors.NotFound("问题", f"{issue.code} {issue.title}", "它的上报已撤销。")

    def _repost(self, voucher: "Voucher", issue: Issue, **changed: str) -> None:
        """Counter the steps in force from the last to the first and post them anew with what changed."""
        columns = ", ".join(_EVENT)
        rows = self.database.rows(
            f"SELECT e.id, e.counted_in, {columns} {_IN_FORCE} ORDER BY e.id", (issue.id,)
        )
        voucher.counter("issue_event", [row[0] for row in reversed(rows)])
        for _, counted_in, *values in rows:
            fact = dict(zip(_EVENT, values, strict=True))
            fact |= {name: value for name, value in changed.items() if fact[name] is not None}
            month = self.ledger.periods.open_month(issue.community_id, counted_in)
            voucher.post("issue_event", _EVENT[2:], [tuple(fact.values())], counted_in=month)

    def _check_day(self, day: str) -> None:
        today = self.ledger.today().isoformat()
        if day > today:
            raise errors.NotYet(day, today)

    def _attempts(self, text: str) -> Iterator[list[Issue]]:
        key, here = names.match_key(text), self.ledger.here
        if not key:
            return
        escaped = literal(key)
        asked = {
            "code": text.strip(),
            "key": key,
            "here": f"{here.code}-" if here else "",
            "within": f"%{escaped}%",
            "these": str(called_before(self.ledger, "issue", text)),
        }
        for test in _TESTS:
            found = self._read(f"{test} AND i.withdrawn = 0", asked, "i.code")
            mine = [issue for issue in found if here and issue.community_id == here.id]
            yield mine or found

    def _read(self, condition: str, parameters: Any, order: str = "i.id") -> list[Issue]:
        rows = self.database.rows(f"{_ISSUE} WHERE {condition} ORDER BY {order}", parameters)
        return [Issue(*row) for row in rows]


def _titled(title: str) -> dict[str, str]:
    tidy = names.tidy(title)
    return {"title": tidy, "title_key": names.match_key(tidy)}


def _shown(issue: Issue) -> str:
    return f"{issue.code} {issue.title}（{issue.community}，{issue.reported_on}，{STATUSES[issue.status]}）"


_EVENT = (
    "community_id", "happened_on", "issue_id", "event", "category", "due_on", *Counts._fields, "satisfied",
)  # fmt: skip
_TESTS = (
    "i.id IN (SELECT value FROM json_each(:these))",
    "i.code = upper(:code)",
    "i.code = :here || upper(:code)",
    "i.title_key = :key",
    "i.title_key LIKE :within ESCAPE '\\'",
)
_IN_FORCE = f"""FROM issue_event e WHERE e.issue_id = ? AND {stands("issue_event", "e")}"""
_SO_FAR = f"""SELECT (SELECT max(e.happened_on) {_IN_FORCE.replace("?", ":issue")}),
      sum(sign * reported), sum(sign * open), sum(sign * resolved), sum(sign * confirmed), sum(sign * beneficiaries)
    FROM issue_event WHERE issue_id = :issue"""
_ISSUE = """SELECT i.id, i.code, i.title, i.status, i.category, ifnull(c.name, i.category), i.community_id, a.name, i.place,
      i.reported_on, i.due_on, i.assignee, d.code, i.remark
    FROM issue i JOIN area a ON a.id = i.community_id LEFT JOIN issue d ON d.id = i.duplicate_of_id
    LEFT JOIN issue_category c ON c.code = i.category AND c.withdrawn = 0"""
