"""Sign-in sheets 签到表: signing them, what they give, what waits to be confirmed, and complaints."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from hepartner.words.activity import ROLES, STATES

from . import errors, signing
from .activities import Activity
from .areas import Area
from .book import Book
from .facts import stands
from .lookup import only
from .partners import Partner
from .persons import cards_of
from .points import Award
from .presence import presences
from .reversals import Reversals
from .rulebook import Rule
from .rules import Claim, Version, in_force
from .signing import Complained, Fault, Line, Outcome, SheetLine, Signed, SignedLine, SignIn
from .sources import Source, brought
from .vouchers import Voucher

_LINE = ("activity_id", "partner_id", "role", "minutes", "rule_version_id", "needs_confirmer")


class _Place(NamedTuple):
    """Where and when an activity was."""

    community_id: int
    day: str


class Sheets(Book):
    """The sign-in sheets of activities."""

    def sign(
        self,
        activity: Activity,
        lines: Sequence[SheetLine],
        rule: Rule | None = None,
        *,
        again: bool = False,
        key: str | None = None,
    ) -> Signed:
        """Sign a whole sheet and award it by the rulebook; lines without a rule give hours and no points.

        `again` lets a partner stand on the sheet a second time. Raises signing.BadSheet, signing.EmptySheet.
        """
        rows = _rows(activity, lines, rule)
        with self.ledger.voucher("activity.sign", key=key, intention=rows) as voucher:
            self._refuse(activity, rows, again=again)
            outcomes = self.sign_many(voucher, rows)
        return _signed(lines, outcomes, voucher.id)

    def faults(self, rows: Sequence[SignIn]) -> list[Fault]:
        """Return what is wrong with lines of any number of activities, in a few queries; before `sign_many`.

        Standing on a sheet twice is no fault here: two equal rows of a file are two facts.
        """
        days = [place.day for place in self._places(rows)]
        versions = self._versions(rows, days)
        known = presences(self.database, {row.partner_id for row in rows})
        found = []
        for number, (row, day, version) in enumerate(zip(rows, days, versions, strict=True)):
            why = "，".join(
                signing.line_faults(row, presence=known[row.partner_id], day=day, version=version)
            )
            if why:
                found.append(Fault(number, why))
        return found

    def sign_many(self, voucher: Voucher, rows: Sequence[SignIn]) -> list[Outcome]:
        """Sign lines of any number of activities in an open voucher; return what each gives, in their order.

        The caller checked them with `faults`. Caps count the rows in their order, after what the ledger has.
        """
        given, places = self._outcomes(rows), self._places(rows)
        ids = voucher.post("participation", _LINE, map(_fact, rows, places, given))
        awards = [
            Award(row.partner_id, outcome.points, place.day, outcome.version.id, line_id)
            for row, place, outcome, line_id in zip(rows, places, given, ids, strict=True)
            if outcome.version and outcome.points
        ]
        self.ledger.points.post_awards(voucher, awards)
        return given

    def lines(self, activity: Activity) -> list[Line]:
        """Return the lines of an activity's sheet, those complained of too."""
        return signing.read_lines(self.database, "t.activity_id = ?", (activity.id,))

    def line_of(self, activity: Activity, partner: Partner, number: int | None = None) -> Line:
        """Return the line that a partner, or one merged into it, has on an activity's sheet, by its number if it has several.

        Raises errors.NotFound, signing.SeveralLines.
        """
        found = [line for line in self._lines_of(activity, partner) if number in (None, line.number)]
        text = partner.name if number is None else f"{partner.name} 第 {number} 行"
        remedy = _remedy(activity)
        several = signing.SeveralLines
        return only(self.ledger, "签到", text, [found], shown=_line_shown, remedy=remedy, several=several)

    def waiting_of(self, activity: Activity, partners: Iterable[Partner]) -> list[Line]:
        """Return the lines of partners, or of those merged into them, that wait on an activity's sheet; each has one at least.

        Raises errors.NotFound, signing.NothingWaits.
        """
        waiting: dict[int, Line] = {}
        for partner in partners:
            found = self._lines_of(activity, partner)
            if not found:
                raise errors.NotFound("签到", partner.name, _remedy(activity))
            mine = {line.id: line for line in found if line.state == "waiting"}
            if not mine:
                raise signing.NothingWaits(activity.name)
            waiting |= mine
        return list(waiting.values())

    def waiting(self, community: Area | None = None, *, activity: Activity | None = None) -> list[Line]:
        """Return the lines that wait for a confirmation, in an area (everywhere if None) or of one activity."""
        condition, parameters = signing.WAITING, []
        if community:
            within = [one.id for one in self.ledger.areas.communities(community)]
            condition += " AND t.community_id IN (SELECT value FROM json_each(?))"
            parameters.append(str(within))
        if activity:
            condition += " AND t.activity_id = ?"
            parameters.append(str(activity.id))
        return signing.read_lines(self.database, condition, parameters)

    def confirm(self, waiting: Activity | Sequence[Line], *, key: str | None = None) -> Signed:
        """Confirm the waiting lines of an activity, or the lines given, and award them on the activity's day.

        The caps are those that bite now; the points of a partner merged since go to whom it was merged into, and with it when
        that is undone.
        Raises signing.NothingWaits.
        """
        intention = waiting.id if isinstance(waiting, Activity) else [line.id for line in waiting]
        with self.ledger.voucher("activity.confirm", key=key, intention=intention) as voucher:
            lines = self._still_waiting(waiting)
            today = self.ledger.today().isoformat()
            facts = [(line.community_id, today, line.id) for line in lines]
            voucher.post("confirmation", ("participation_id",), facts)
            signed = self._award(voucher, lines)
        return Signed(signed, voucher.id)

    def complain(self, line: Line, reason: str, *, key: str | None = None) -> Complained:
        """Take one line back after a complaint 投诉, with its hours and points; points spent are left as shortfall.

        Raises signing.NoLongerStands.
        """
        with self.ledger.voucher("activity.complain", key=key, intention=[line.id, reason]) as voucher:
            if self.database.row("SELECT 1 FROM participation WHERE reverses_id = ?", (line.id,)):
                raise signing.NoLongerStands(line)
            entries, confirmations = (self._hanging(table, line.id) for table in ("entry", "confirmation"))
            taken = self.ledger.book(Reversals).post(voucher, entries)
            voucher.counter("confirmation", confirmations)
            voucher.counter("participation", [line.id])
            voucher.note(reason, line=voucher.lines)
        points = -sum(one.points for one in taken)
        return Complained(line, points, sum(one.shortfall for one in taken), voucher.id)

    def recorded_lines(self, source: Source, first: str, last: str) -> list[tuple[int, SignIn]]:
        """Return the lines of these days that files of a source brought, each after its voucher; undone ones are left out.

        A line taken back by a complaint stays in, or the same file would bring it back.
        """
        sql = f"""SELECT f.voucher_id, f.activity_id, f.partner_id, f.minutes, f.role, v.rule_id FROM participation f
            LEFT JOIN rule_version v ON v.id = f.rule_version_id {brought("participation")}"""
        rows = self.database.rows(f"{sql} ORDER BY f.id", source.on(first, last))
        return [(voucher, SignIn(*row)) for voucher, *row in rows]

    def _lines_of(self, activity: Activity, partner: Partner) -> list[Line]:
        condition = "t.activity_id = ? AND t.partner_id IN (SELECT value FROM json_each(?)) AND x.id IS NULL"
        return signing.read_lines(
            self.database, condition, (activity.id, cards_of(self.database, partner.id))
        )

    def _refuse(self, activity: Activity, rows: Sequence[SignIn], *, again: bool) -> None:
        if not rows:
            raise signing.EmptySheet(activity.name)
        found = self.faults(rows)
        if not again:
            found = sorted([*found, *self._twice(activity, rows)])
        if found:
            raise signing.BadSheet(activity.name, found)

    def _still_waiting(self, waiting: Activity | Sequence[Line]) -> list[Line]:
        """Return the lines as they stand inside the voucher. Raises signing.NothingWaits."""
        if isinstance(waiting, Activity):
            lines = self.waiting(activity=waiting)
            if not lines:
                raise signing.NothingWaits(waiting.name)
            return lines
        condition = f"{signing.WAITING} AND t.id IN (SELECT value FROM json_each(?))"
        lines = signing.read_lines(self.database, condition, (str([line.id for line in waiting]),))
        still = {line.id for line in lines}
        for line in waiting:
            if line.id not in still:
                raise signing.NothingWaits(line.activity)
        return lines

    def _twice(self, activity: Activity, rows: Sequence[SignIn]) -> Iterator[Fault]:
        """Yield the lines of one activity whose person stands on its sheet already or stands on it twice."""
        sql = "SELECT partner_id FROM participation WHERE activity_id = ? GROUP BY partner_id HAVING sum(sign) > 0"
        holders = self._holders()
        signed = {_present(partner_id, holders) for (partner_id,) in self.database.rows(sql, (activity.id,))}
        for number, row in enumerate(rows):
            if row.partner_id in signed:
                partner = self.ledger.partners.get(row.partner_id)
                yield Fault(number, f"{partner.name}（{partner.code}）已经签到，确是两次请加 --again")
            signed.add(row.partner_id)

    def _outcomes(self, rows: Sequence[SignIn]) -> list[Outcome]:
        """Return what lines give, in their order; those whose rule wants a confirmer give nothing yet."""
        days = [place.day for place in self._places(rows)]
        versions = self._versions(rows, days)
        claims = [
            Claim(row.partner_id, version, day, row.minutes, 1, row.activity_id)
            for row, day, version in zip(rows, days, versions, strict=True)
            if version and not version.needs_confirmer
        ]
        given = iter(self.ledger.rulebook.price_many(claims))
        return [
            Outcome(version, waiting=version is not None)
            if version is None or version.needs_confirmer
            else Outcome(version, *next(given))
            for version in versions
        ]

    def _award(self, voucher: Voucher, lines: Sequence[Line]) -> tuple[SignedLine, ...]:
        """Award lines that were just confirmed in an open voucher, on their activity's day."""
        versions: dict[int | None, Version] = {
            one.id: one for of_rule in self.ledger.rulebook.versions().values() for one in of_rule
        }
        holders = self._holders()
        claims = [
            Claim(
                _present(line.partner_id, holders),
                versions[line.rule_version_id],
                line.happened_on,
                line.minutes,
                activity_id=line.activity_id,
            )
            for line in lines
        ]
        given = self.ledger.rulebook.price_many(claims)
        awards = [
            Award(line.partner_id, one.points, claim.day, claim.version.id, line.id)
            for claim, one, line in zip(claims, given, lines, strict=True)
            if one.points
        ]
        self.ledger.points.post_awards(voucher, awards)
        return tuple(
            SignedLine(line.partner_code, line.partner, line.minutes, one.points, one.cap, waiting=False)
            for line, one in zip(lines, given, strict=True)
        )

    def _places(self, rows: Iterable[SignIn]) -> list[_Place]:
        """Return where and when each row's activity was."""
        wanted = str(sorted({row.activity_id for row in rows}))
        sql = "SELECT a.id, community_id, held_on FROM json_each(?) j JOIN activity a ON a.id = j.value"
        known = {row[0]: _Place(row[1], row[2]) for row in self.database.rows(sql, (wanted,))}
        return [known[row.activity_id] for row in rows]

    def _versions(self, rows: Sequence[SignIn], days: Sequence[str]) -> list[Version | None]:
        """Return the version that governs each row on its day, None where it has no rule or the rule is not in force."""
        if all(row.rule_id is None for row in rows):
            return [None] * len(rows)
        rulebook = self.ledger.rulebook.versions()
        found: dict[tuple[int | None, str], Version | None] = {}
        for row, day in zip(rows, days, strict=True):
            if (row.rule_id, day) not in found:
                found[row.rule_id, day] = in_force(rulebook.get(row.rule_id or 0, ()), day)
        return [found[row.rule_id, day] for row, day in zip(rows, days, strict=True)]

    def _holders(self) -> dict[int, int]:
        """Return into whom each merged partner was merged."""
        sql = "SELECT id, merged_into_id FROM partner WHERE status = 'merged'"
        return dict(self.database.rows(sql))

    def _hanging(self, table: str, line_id: int) -> list[int]:
        """Return the facts in force of a table that hang on a line."""
        sql = f"""SELECT id FROM {table} f WHERE participation_id = ? AND {stands(table, "f")}"""
        return [row[0] for row in self.database.rows(sql, (line_id,))]


def _fact(row: SignIn, place: _Place, outcome: Outcome) -> tuple[object, ...]:
    version_id = outcome.version.id if outcome.version else None
    return (*place, row.activity_id, row.partner_id, row.role, row.minutes, version_id, int(outcome.waiting))


def _present(partner_id: int, holders: Mapping[int, int]) -> int:
    while partner_id in holders:
        partner_id = holders[partner_id]
    return partner_id


def _rows(activity: Activity, lines: Sequence[SheetLine], rule: Rule | None) -> list[SignIn]:
    return [
        SignIn(activity.id, line.partner.id, line.minutes, line.role, getattr(line.rule or rule, "id", None))
        for line in lines
    ]


def _signed(lines: Sequence[SheetLine], outcomes: Sequence[Outcome], voucher: int) -> Signed:
    signed = [
        SignedLine(
            line.partner.code, line.partner.name, line.minutes, outcome.points, outcome.cap, outcome.waiting
        )
        for line, outcome in zip(lines, outcomes, strict=True)
    ]
    return Signed(tuple(signed), voucher)


def _line_shown(line: Line) -> str:
    state = f"{line.points} 分（{STATES[line.state]}）"
    return f"第 {line.number} 行 {line.partner_code} {line.minutes} 分钟，{ROLES[line.role]}，{state}"


def _remedy(activity: Activity) -> str:
    return f"“{activity.name}”的签到见 hep activity show {activity.code}。"
