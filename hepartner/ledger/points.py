"""Points 积分: signed whole entries, append-only; awarding, taking, reversing, carrying and expiring them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from . import errors
from .areas import Area
from .book import Book
from .months import Span
from .partners import Partner
from .vouchers import Voucher

if TYPE_CHECKING:
    from .rulebook import Rule

MOST_POINTS = 1_000_000
"""No single entry moves more (`entry_size` in the tables)."""

KINDS = {"award": "发放", "redeem": "兑换", "deduct": "扣减", "expire": "清零", "opening": "期初", "transfer": "转移"}

_COLUMNS = ("partner_id", "kind", "points", "shortfall", "earned_on")
_AWARD_COLUMNS = ("partner_id", "kind", "points", "earned_on", "rule_version_id", "participation_id", "issue_help_id")


class Award(NamedTuple):
    """Points for one partner on one day, and what they are for."""

    partner_id: int
    points: int
    happened_on: str
    rule_version_id: int | None = None
    participation_id: int | None = None
    issue_help_id: int | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """What a write did to one partner's points."""

    voucher: int
    partner: Partner
    points: int
    shortfall: int
    balance: int
    cap: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """What reversing an entry moved, and what could not be taken because it was spent."""

    entry_id: int
    points: int
    shortfall: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a statement; `balance` is what stood after it."""

    entry_id: int
    voucher: int
    happened_on: str
    counted_in: str
    kind: str
    points: int
    shortfall: int
    balance: int
    reverses: int | None
    note: str


@dataclass(frozen=True, slots=True)
class Ranked:
    """One place of the points board: points awarded in the span, and the balance now."""

    rank: int
    code: str
    name: str
    kind: str
    community: str
    awarded: int
    balance: int


class Remaining(NamedTuple):
    """Points still there of those earned on one day."""

    earned_on: str
    points: int


class BadPoints(errors.Refused):
    """Not a number of points that can be moved."""

    def __init__(self, points: int) -> None:
        super().__init__(f"积分 {points} 不行：应是 1 到 {MOST_POINTS} 的整数。")


class NotEnough(errors.Refused):
    """More is to be spent than is there."""

    def __init__(self, partner: Partner, *, have: int, need: int) -> None:
        super().__init__(f"{partner.name}（{partner.code}）积分不够：现有 {have} 分，需要 {need} 分，还差 {need - have} 分。")


class AlreadyReversed(errors.Refused):
    """The entry was reversed, or is a reversal itself."""

    def __init__(self, entry_id: int) -> None:
        super().__init__(f"流水 {entry_id} 已经冲正过，或本身就是冲正，不能再冲。")


class NeedsConfirmer(errors.Refused):
    """The rule's points wait for a confirmer, so they come from a sign-in sheet."""

    def __init__(self, rule: str) -> None:
        super().__init__(f"规则“{rule}”要有人确认后才给分。请用 hep activity sign 签到，再用 hep activity confirm 确认。")


class NothingGiven(errors.Refused):
    """The rule gives nothing: a cap is used up, or there were not enough minutes."""

    def __init__(self, rule: str, cap: str) -> None:
        super().__init__(f"按规则“{rule}”这次得 0 分：{cap or '没有写时长，或时长不够 1 分，请用 --hours 写明'}。没有记账。")


class NotTaking(errors.Refused):
    """The partner's standing does not allow awards."""

    def __init__(self, partner: Partner) -> None:
        from .partners import STATUSES

        super().__init__(f"{partner.name}（{partner.code}）现在是“{STATUSES[partner.status]}”，不能发放积分。")


def oldest_first(earned: Sequence[Remaining], spent: int) -> list[Remaining]:
    """Return what remains of points earned (in the order of days) after `spent` was taken from the oldest."""
    left = []
    for lot in earned:
        used = min(lot.points, spent)
        spent -= used
        if lot.points > used:
            left.append(Remaining(lot.earned_on, lot.points - used))
    return left


def first_of(remaining: Iterable[Remaining], points: int) -> list[Remaining]:
    """Return the oldest of what remains, up to this many points in all."""
    taken = []
    for lot in remaining:
        part = min(lot.points, points)
        if part:
            taken.append(Remaining(lot.earned_on, part))
        points -= part
    return taken


class Points(Book):
    """Entries of points and each partner's balance."""

    def balance(self, partner: Partner) -> int:
        """Return a partner's points now."""
        return int(self.database.value("SELECT points FROM balance WHERE partner_id = ?", (partner.id,)))

    def award(
        self, partner: Partner, points: int, *, day: date | None = None, reason: str = "", key: str | None = None
    ) -> Moved:
        """Award points outside the rulebook, with a reason kept as a note.

        Raises BadPoints, NotTaking, partners.BeforeJoining.
        """
        happened_on = str(day or self.ledger.today())
        intention = [partner.id, points, happened_on, reason]
        with self.ledger.voucher("points.award", key=key, intention=intention) as voucher:
            check_points(points)
            self.check_taking(partner, happened_on)
            self.post_awards(voucher, [Award(partner.id, points, happened_on)])
            voucher.note(reason, line=1)
        return self._moved(voucher, partner, points, 0)

    def award_by_rule(
        self,
        partner: Partner,
        rule: "Rule",
        *,
        minutes: int | None = None,
        day: date | None = None,
        reason: str = "",
        key: str | None = None,
    ) -> Moved:
        """Award what a rule gives for minutes (a rule per hour) or for one time, within its caps.

        Raises NothingGiven when a cap is used up, NeedsConfirmer, NotTaking, partners.BeforeJoining, rulebook.NotInForce.
        """
        happened_on = str(day or self.ledger.today())
        from .rules import CAPS

        intention = [partner.id, rule.id, minutes, happened_on, reason]
        with self.ledger.voucher("points.award", key=key, intention=intention) as voucher:
            self.check_taking(partner, happened_on)
            version = self.ledger.rulebook.version_on(rule, happened_on)
            if version.needs_confirmer:
                raise NeedsConfirmer(rule.name)
            given = self.ledger.rulebook.price(partner.id, version, happened_on, minutes=minutes or 0)
            cap = f"已到{CAPS[given.cap]}上限" if given.cap else ""
            if not given.points:
                raise NothingGiven(rule.name, cap)
            self.post_awards(voucher, [Award(partner.id, given.points, happened_on, version.id)])
            voucher.note(reason, line=1)
        return self._moved(voucher, partner, given.points, 0, cap=cap)

    def award_many(self, awards: Sequence[Award]) -> int:
        """Award many in one voucher; return its number. The partners and days were checked by the caller; raises BadPoints."""
        with self.ledger.voucher("points.award") as voucher:
            self.post_awards(voucher, awards)
        return voucher.id

    def deduct(
        self, partner: Partner, points: int, *, reason: str, day: date | None = None, key: str | None = None
    ) -> Moved:
        """Take points after a complaint was verified: what is there is taken, the shortfall is stored.

        Raises BadPoints, partners.BeforeJoining.
        """
        happened_on = str(day or self.ledger.today())
        intention = [partner.id, points, happened_on, reason]
        with self.ledger.voucher("points.deduct", key=key, intention=intention) as voucher:
            check_points(points)
            self.ledger.partners.check_day(partner, happened_on)
            taken = min(points, self.balance(partner))
            self._take(voucher, partner, "deduct", taken, happened_on, shortfall=points - taken)
            voucher.note(reason, line=voucher.lines)
        return self._moved(voucher, partner, -taken, points - taken)

    def reverse(self, entry_id: int, *, reason: str = "") -> Moved:
        """Reverse one entry: what was given is taken back as far as it is there, what was taken is given back.

        Raises errors.NotFound, AlreadyReversed.
        """
        with self.ledger.voucher("points.reverse") as voucher:
            owner = self.database.value("SELECT partner_id FROM entry WHERE id = ?", (entry_id,))
            if owner is None:
                raise errors.NotFound("流水", str(entry_id), "流水号见 hep points statement。")
            (taken,) = self.reverse_entries(voucher, [entry_id])
            voucher.note(reason, line=voucher.lines)
        return self._moved(voucher, self.ledger.partners.get(owner), taken.points, taken.shortfall)

    def spend(  # noqa: PLR0913 one slip's facts
        self, voucher: Voucher, partner: Partner, points: int, happened_on: str, *, redemption_id: int
    ) -> int:
        """Take points for a slip in an open voucher; return the entry. Raises NotEnough."""
        have = self.balance(partner)
        if have < points:
            raise NotEnough(partner, have=have, need=points)
        return self._take(voucher, partner, "redeem", points, happened_on, redemption_id=redemption_id)

    def post_awards(self, voucher: Voucher, awards: Sequence[Award]) -> range:
        """Post awards in an open voucher; return the entries. Points of a day before a move are carried to where the partner is now.

        Raises BadPoints.
        """
        if awards:
            check_points(min(award.points for award in awards))
            check_points(max(award.points for award in awards))
        placed = self.placed({award.partner_id for award in awards})
        rows, late = [], []
        for award in awards:
            present, moves = placed[award.partner_id]
            there = community_on(present, moves, award.happened_on) if moves else present
            rows.append((there, award.happened_on, award.partner_id, "award", award.points, award.happened_on, *award[3:]))
            if there != present:
                late.append((award, there, present))
        ids = voucher.post("entry", _AWARD_COLUMNS, rows)
        for award, there, present in late:
            lots = [Remaining(award.happened_on, award.points)]
            self.carry(voucher, (award.partner_id, there), (award.partner_id, present), lots)
        return ids

    def open_many(self, voucher: Voucher, rows: Sequence[tuple[int, int, str, int]]) -> range:
        """Post opening balances in an open voucher: each row is partner, community, day, points. Raises BadPoints."""
        if rows:
            check_points(min(row[3] for row in rows))
            check_points(max(row[3] for row in rows))
        facts = [(community, day, partner, "opening", points, 0, day) for partner, community, day, points in rows]
        return voucher.post("entry", _COLUMNS, facts)

    def reverse_entries(self, voucher: Voucher, entry_ids: Iterable[int]) -> list[Taken]:
        """Post the reversals of entries in an open voucher, each as far as the points are there.

        Points that have since moved or were merged are fetched from the present holder, or carried to it. Raises AlreadyReversed.
        """
        return [self._reverse_entry(voucher, entry_id) for entry_id in entry_ids]

    def remaining(self, partner_id: int) -> list[Remaining]:
        """Return what remains of a partner's points by the day they were earned, oldest spent first (design §3)."""
        sql = """SELECT earned_on, sum(points) FROM entry WHERE partner_id = ? AND kind IN ('award', 'opening', 'transfer')
            GROUP BY earned_on HAVING sum(points) > 0 ORDER BY earned_on"""
        earned = [Remaining(*row) for row in self.database.rows(sql, (partner_id,))]
        have = self.database.value("SELECT points FROM balance WHERE partner_id = ?", (partner_id,))
        return oldest_first(earned, sum(lot.points for lot in earned) - have)

    def carry(
        self,
        voucher: Voucher,
        giver: tuple[int, int],
        taker: tuple[int, int],
        lots: Sequence[Remaining],
    ) -> None:
        """Move lots from one (partner, community) to another by transfer pairs that keep the day they were earned.

        A pair counts in the earliest month that is open in both communities.
        """
        today = self.ledger.today().isoformat()
        month = max(self.ledger.periods.counted_in(community, today) for _, community in (giver, taker))
        for lot in lots:
            out = (giver[1], today, giver[0], "transfer", -lot.points, 0, lot.earned_on)
            (left,) = voucher.post("entry", _COLUMNS, [out], counted_in=month)
            into = (taker[1], today, taker[0], "transfer", lot.points, 0, lot.earned_on, left)
            voucher.post("entry", (*_COLUMNS, "pair_id"), [into], counted_in=month)

    def placed(self, partner_ids: set[int]) -> dict[int, tuple[int, list[tuple[str, int]]]]:
        """Return each partner's present community, and (day, community left) for every move, the latest first."""
        one = len(partner_ids) == 1
        only, parameters = ("AND id = ?", (*partner_ids,)) if one else ("", ())
        present = self.database.rows(f"SELECT id, community_id FROM partner WHERE 1 {only}", parameters)
        moved = self.database.rows(
            f"""SELECT partner_id, happened_on, community_id FROM standing s WHERE event = 'moved_out' AND sign = 1
                {only.replace("id", "partner_id")} AND NOT EXISTS (SELECT 1 FROM standing r WHERE r.reverses_id = s.id)
                ORDER BY happened_on DESC, id DESC""",
            parameters,
        )
        places: dict[int, tuple[int, list[tuple[str, int]]]] = {partner: (place, []) for partner, place in present}
        for partner, day, left in moved:
            places[partner][1].append((day, left))
        return places

    def check_taking(self, partner: Partner, day: str) -> None:
        """Refuse awards to partners who are not active and days outside their time. Raises NotTaking, partners.BeforeJoining."""
        if partner.status != "active":
            raise NotTaking(partner)
        self.ledger.partners.check_day(partner, day)

    def minutes(self, partner: Partner) -> int:
        """Return the minutes a partner served in all; hours are kept apart from points and never spent."""
        sql = "SELECT ifnull(sum(sign * minutes), 0) FROM participation WHERE partner_id = ?"
        return int(self.database.value(sql, (partner.id,)))

    def board(self, span: Span, *, under: Area | None = None, limit: int = 50) -> list[Ranked]:
        """Return the partners with most points awarded in the span, net of reversals, in an area (everywhere if None)."""
        within = ""
        if under:
            ids = ", ".join(str(community.id) for community in self.ledger.areas.communities(under)) or "NULL"
            within = f"AND e.community_id IN ({ids})"
        sql = f"""SELECT rank() OVER (ORDER BY sum(e.points) DESC), p.code, p.name, p.kind, a.name, sum(e.points), b.points
            FROM entry e JOIN partner p ON p.id = e.partner_id JOIN balance b ON b.partner_id = p.id
            JOIN area a ON a.id = p.community_id
            WHERE e.kind = 'award' AND e.counted_in BETWEEN :first AND :last {within}
            GROUP BY p.id HAVING sum(e.points) > 0 ORDER BY 6 DESC, p.code LIMIT :limit"""
        parameters = {"first": span.first, "last": span.last, "limit": limit}
        return [Ranked(*row) for row in self.database.rows(sql, parameters)]

    def statement(self, partner: Partner) -> list[Line]:
        """Return a partner's entries, oldest first, with the balance after each."""
        sql = """SELECT e.id, e.voucher_id, e.happened_on, e.counted_in, e.kind, e.points, e.shortfall,
              sum(e.points) OVER (ORDER BY e.id), e.reverses_id, ifnull(n.text, '')
            FROM entry e LEFT JOIN note n ON n.about_voucher_id = e.voucher_id AND n.about_line = e.line
            WHERE e.partner_id = ? ORDER BY e.id"""
        return [Line(*row) for row in self.database.rows(sql, (partner.id,))]

    def _take(
        self, voucher: Voucher, partner: Partner, kind: str, points: int, happened_on: str, **more: int | None
    ) -> int:
        present, moves = self.placed({partner.id})[partner.id]
        there = community_on(present, moves, happened_on)
        if there != present:
            # The entry bears the community of its day, so the points go back there first.
            lots = first_of(self.remaining(partner.id), points)
            self.carry(voucher, (partner.id, present), (partner.id, there), lots)
        entry = {"partner_id": partner.id, "kind": kind, "points": -points, "earned_on": happened_on, **more}
        return voucher.post_one("entry", community_id=there, happened_on=happened_on, **entry)

    def _reverse_entry(self, voucher: Voucher, entry_id: int) -> Taken:
        sql = """SELECT partner_id, community_id, points, earned_on, sign,
            EXISTS (SELECT 1 FROM entry r WHERE r.reverses_id = e.id) FROM entry e WHERE id = ?"""
        partner_id, community, points, earned_on, sign, reversed_before = self.database.row(sql, (entry_id,))
        if reversed_before or sign < 0:
            raise AlreadyReversed(entry_id)
        holder = self._holder(partner_id)
        home, owner = (partner_id, community), (holder.id, holder.community_id)
        if points <= 0:
            voucher.counter("entry", [entry_id], shortfall=0)
            if home != owner and points:
                self.carry(voucher, home, owner, [Remaining(earned_on, -points)])
            return Taken(entry_id, -points, 0)
        taken = min(points, self.balance(holder))
        if home != owner and taken:
            self.carry(voucher, owner, home, [Remaining(earned_on, taken)])
        voucher.counter("entry", [entry_id], points=-taken, shortfall=points - taken)
        return Taken(entry_id, -taken, points - taken)

    def _holder(self, partner_id: int) -> Partner:
        partner = self.ledger.partners.get(partner_id)
        while partner.merged_into_id is not None:
            partner = self.ledger.partners.get(partner.merged_into_id)
        return partner

    def _moved(self, voucher: Voucher, partner: Partner, points: int, shortfall: int, *, cap: str = "") -> Moved:
        return Moved(voucher.id, partner, points, shortfall, self.balance(partner), cap)


def check_points(points: int) -> None:
    """Refuse what is not a number of points that can be moved. Raises BadPoints."""
    if not 1 <= points <= MOST_POINTS:
        raise BadPoints(points)


def community_on(present: int, moves: Sequence[tuple[str, int]], day: str) -> int:
    """Return the community of a partner on a day: the one left by the earliest move after it, else the present one.

    On the day of a move the partner belongs to the new community.
    """
    place = present
    for moved_on, left in moves:
        if moved_on <= day:
            break
        place = left
    return place


