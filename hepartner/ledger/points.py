"""Points 积分: signed whole entries, append-only; awarding, taking, reversing, carrying and expiring them."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from hepartner.words.points import KINDS

from . import errors, presence
from .book import Book
from .carrying import Place, Remaining, community_on, first_of, moved_since
from .facts import stands
from .limits import MOST_POINTS
from .partners import Partner
from .presence import NotHere
from .sources import Source, brought
from .vouchers import Voucher

if TYPE_CHECKING:
    from .rulebook import Rule


_DEDUCT_COLUMNS = ("partner_id", "kind", "points", "shortfall", "earned_on")
_SPENT_COLUMNS = ("partner_id", "kind", "points", "earned_on", "redemption_id")
_AWARD_COLUMNS = (
    "partner_id",
    "kind",
    "points",
    "earned_on",
    "rule_version_id",
    "participation_id",
    "issue_help_id",
)


class Award(NamedTuple):
    """Points for one partner on one day, and what they are for."""

    partner_id: int
    points: int
    happened_on: str
    rule_version_id: int | None = None
    participation_id: int | None = None
    issue_help_id: int | None = None


class Spending(NamedTuple):
    """Points that one slip takes from a partner on a day, in the community where it was then."""

    community_id: int
    partner_id: int
    points: int
    happened_on: str
    redemption_id: int


class Opening(NamedTuple):
    """Points that a partner brings from a ledger kept by hand."""

    partner_id: int
    happened_on: str
    points: int


class Moved(NamedTuple):
    """What a write did to one partner's points."""

    voucher: int
    partner: Partner
    points: int
    shortfall: int
    balance: int
    cap: str = ""


class BadPoints(errors.Refused):
    """Not a number of points that can be moved."""

    def __init__(self, points: int) -> None:
        super().__init__(f"积分 {points} 不行：应是 1 到 {MOST_POINTS} 的整数。")


class NotEnough(errors.Refused):
    """More is to be spent than is there, or was there `when` (that day or later, '' for now)."""

    def __init__(self, partner: Partner, *, have: int, need: int, when: str = "") -> None:
        there = f"{when} 只有 {have} 分" if when else f"现有 {have} 分"
        remedy = "请改正日期，或先补录那以前的积分。" if when else ""
        super().__init__(
            f"{partner.name}（{partner.code}）积分不够：{there}，需要 {need} 分，还差 {need - have} 分。{remedy}"
        )


class HangsTogether(errors.Refused):
    """The entry is one half of something that is taken back as a whole: a slip, or a voucher, which `gone_in` took back."""

    def __init__(
        self, entry_id: int, kind: str, voucher: int, *, slip: int | None, gone_in: int | None
    ) -> None:
        remedy = f"请撤销那张凭证：hep undo V{voucher}"
        if slip is not None:
            remedy = f"请取消那张兑换单：hep shop cancel D{slip}"
        elif gone_in is not None:
            remedy = f"凭证 V{voucher} 已由凭证 V{gone_in} 收回，积分已随之转回，不用再冲正"
        super().__init__(
            f"流水 {entry_id}（{KINDS[kind]}）不能单独冲正，它和同一凭证里的其他内容是一体的。{remedy}。"
        )


class NeedsConfirmer(errors.Refused):
    """The rule's points wait for a confirmer, so they come from a sign-in sheet."""

    def __init__(self, rule: str) -> None:
        super().__init__(
            f"规则“{rule}”要有人确认后才给分。请用 hep activity sign 签到，再用 hep activity confirm 确认。"
        )


class NothingGiven(errors.Refused):
    """The rule gives nothing: a cap is used up, or there were not enough minutes."""

    def __init__(self, rule: str, cap: str) -> None:
        super().__init__(
            f"按规则“{rule}”这次得 0 分：{cap or '没有写时长，或时长不够 1 分，请用 --hours 写明'}。没有记账。"
        )


class NotTaking(NotHere):
    """The partner was not here on that day, so it takes no points for it."""

    deed = "不能记积分"


class Points(Book):
    """Entries of points and each partner's balance."""

    def balance(self, partner: Partner) -> int:
        """Return a partner's points now."""
        return int(self.database.value("SELECT points FROM balance WHERE partner_id = ?", (partner.id,)))

    def available(self, partner: Partner, day: str) -> int:
        """Return what may be taken of a partner's points as of a day: the least there was from it on."""
        from . import running

        there = running.read(self.ledger, running.POINTS, {partner.id: self.balance(partner)}, day)
        return there[partner.id].least(day, self.ledger.periods.counted_in(partner.community_id, day)).amount

    def award(
        self,
        partner: Partner,
        points: int,
        *,
        day: date | None = None,
        reason: str = "",
        key: str | None = None,
    ) -> Moved:
        """Award points outside the rulebook, with a reason kept as a note.

        Raises BadPoints, NotTaking, partners.BeforeJoining.
        """
        happened_on = self.ledger.day(day)
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
        happened_on = self.ledger.day(day)
        from hepartner.words.rule import CAPS

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
        """Take points after a complaint was verified: what was there on the day and since is taken, the shortfall is stored.

        Raises BadPoints, NotTaking for one who was merged, partners.BeforeJoining.
        """
        happened_on = self.ledger.day(day)
        intention = [partner.id, points, happened_on, reason]
        with self.ledger.voucher("points.deduct", key=key, intention=intention) as voucher:
            check_points(points)
            self.ledger.partners.check_day(partner, happened_on)
            present = presence.of(self.database, partner.id)
            if present.gone:
                raise NotTaking(present, happened_on)
            taken = min(points, self.available(partner, happened_on))
            self._deduct(voucher, partner, taken, happened_on, shortfall=points - taken)
            voucher.note(reason, line=voucher.lines)
        return self._moved(voucher, partner, -taken, points - taken)

    def reverse(self, entry_id: int, *, reason: str = "", key: str | None = None) -> Moved:
        """Reverse one entry: what was given is taken back as far as it is there, what was taken is given back.

        What it returns is about who holds the points now, whoever the entry's partner was merged into.
        Raises errors.NotFound, reversals.AlreadyReversed, and HangsTogether for points of a slip, a move or a merger.
        """
        from .reversals import Reversals

        with self.ledger.voucher("points.reverse", key=key, intention=[entry_id, reason]) as voucher:
            entry = self.database.row(
                f"""SELECT partner_id, kind, voucher_id, redemption_id, {stands("entry", "e")} FROM entry e WHERE id = ?""",
                (entry_id,),
            )
            if entry is None:
                raise errors.NotFound("流水", str(entry_id), "流水号见 hep points statement。")
            owner, kind, written_in, slip, in_force = entry
            if in_force and kind in ("redeem", "transfer"):
                raise self._hanging(entry_id, kind, written_in, slip)
            (taken,) = self.ledger.book(Reversals).post(voucher, [entry_id])
            voucher.note(reason, line=voucher.lines)
        return self._moved(voucher, self.holder(owner), taken.points, taken.shortfall)

    def _hanging(self, entry_id: int, kind: str, written_in: int, slip: int | None) -> HangsTogether:
        from .lineage import Lineage

        taken = Lineage(self.ledger).taken_back(written_in)
        gone_in: int | None = self.database.value(_GONE_IN, (written_in,))
        if taken and not taken.partly:
            gone_in = taken.voucher
        return HangsTogether(entry_id, kind, written_in, slip=slip, gone_in=gone_in)

    def spend_many(
        self, voucher: Voucher, spendings: Sequence[Spending], *, counted_in: str | None = None
    ) -> None:
        """Take points for slips in an open voucher; the till has seen that they are there."""
        rows = [
            (community, day, partner_id, "redeem", -points, day, slip_id)
            for community, partner_id, points, day, slip_id in spendings
        ]
        voucher.post("entry", _SPENT_COLUMNS, rows, counted_in=counted_in)

    def fetch_oldest(self, voucher: Voucher, home: Place, points: int, day: str, month: str) -> str:
        """Fetch the oldest points of a partner to its community of a day, to be taken there in a month or later; return which."""
        lots = first_of(self.ledger.carrying.remaining(home[0]), points)
        return self.ledger.carrying.fetch(voucher, home, lots, day, month)

    def post_awards(self, voucher: Voucher, awards: Sequence[Award]) -> range:
        """Post awards in an open voucher; return the entries. Raises BadPoints.

        Points of a day before a move are carried to where the partner is now, those for a merged card to who holds its points.
        """
        return self._give(voucher, "award", awards)

    def open_many(self, voucher: Voucher, rows: Sequence[Opening]) -> range:
        """Post opening balances in an open voucher as `post_awards` posts awards. Raises BadPoints, NotTaking."""
        known = presence.presences(self.database, {row.partner_id for row in rows})
        for row in rows:
            if presence.absence(known[row.partner_id], row.happened_on):
                raise NotTaking(known[row.partner_id], row.happened_on)
        awards = [Award(row.partner_id, row.points, row.happened_on) for row in rows]
        return self._give(voucher, "opening", awards)

    def opened(self, source: Source, first: str, last: str) -> list[tuple[int, Opening]]:
        """Return the opening balances that files of a source brought of these days, but undone ones, each after its voucher."""
        sql = f"""SELECT f.voucher_id, f.partner_id, f.happened_on, f.points FROM entry f {brought("entry")}
            AND f.kind = 'opening' ORDER BY f.id"""
        rows = self.database.rows(sql, source.on(first, last))
        return [(voucher, Opening(*row)) for voucher, *row in rows]

    def check_taking(self, partner: Partner, day: str) -> None:
        """Refuse awards for days on which a partner was not here. Raises NotTaking, partners.BeforeJoining."""
        self.ledger.partners.check_day(partner, day)
        present = presence.of(self.database, partner.id)
        if presence.absence(present, day):
            raise NotTaking(present, day)

    def _give(self, voucher: Voucher, kind: str, awards: Sequence[Award]) -> range:
        if awards:
            check_points(min(award.points for award in awards))
            check_points(max(award.points for award in awards))
        carrying = self.ledger.carrying
        placed = carrying.placed({award.partner_id for award in awards})
        merged = carrying.merged(placed)
        rows, late = [], []
        for award in awards:
            present, moves = placed[award.partner_id]
            there = community_on(present, moves, award.happened_on) if moves else present
            rows.append(
                (
                    there,
                    award.happened_on,
                    award.partner_id,
                    kind,
                    award.points,
                    award.happened_on,
                    *award[3:],
                )
            )
            if moved_since(moves, award.happened_on) or award.partner_id in merged:
                late.append((award, there))
        ids = voucher.post("entry", _AWARD_COLUMNS, rows)
        for award, there in late:
            lots = [Remaining(award.happened_on, award.points)]
            carrying.onward(voucher, (award.partner_id, there), lots, award.happened_on)
        return ids

    def _deduct(
        self, voucher: Voucher, partner: Partner, points: int, happened_on: str, *, shortfall: int
    ) -> None:
        present, moves = self.ledger.carrying.placed({partner.id})[partner.id]
        there = community_on(present, moves, happened_on)
        month = None
        if moves:
            month = self.ledger.periods.counted_in(there, happened_on)
            month = self.fetch_oldest(voucher, (partner.id, there), points, happened_on, month)
        row = (there, happened_on, partner.id, "deduct", -points, shortfall, happened_on)
        voucher.post("entry", _DEDUCT_COLUMNS, [row], counted_in=month)

    def holder(self, partner_id: int) -> Partner:
        """Return who holds the points given to a partner, which may have been merged since."""
        partner = self.ledger.partners.get(partner_id)
        while partner.merged_into_id is not None:
            partner = self.ledger.partners.get(partner.merged_into_id)
        return partner

    def _moved(
        self, voucher: Voucher, partner: Partner, points: int, shortfall: int, *, cap: str = ""
    ) -> Moved:
        return Moved(voucher.id, partner, points, shortfall, self.balance(partner), cap)


# What took back all that a voucher did to points; what it carried to and fro for that stays.
_GONE_IN = """SELECT max(k.voucher_id) FROM entry e LEFT JOIN entry k ON k.reverses_id = e.id
    WHERE e.voucher_id = ? AND e.kind <> 'transfer' HAVING count(*) = count(k.id)"""


def check_points(points: int) -> None:
    """Refuse what is not a number of points that can be moved. Raises BadPoints."""
    if not 1 <= points <= MOST_POINTS:
        raise BadPoints(points)
