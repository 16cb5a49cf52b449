"""Offers 惠民服务: what a business gives the residents of a community for nothing or for less, and how often it is used."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from hepartner.words.offer import EVENTS, LETTERS, STATUSES, TERMS, TRADES

from . import errors, steps
from .areas import Area
from .book import Book, Written
from .facts import stands
from .lookup import changed_before, only
from .once import check_end, overlap
from .partners import Partner
from .persons import survivor
from .presence import absences
from .sources import Source, brought
from .titles import attempts, issued, titled
from .vouchers import Voucher

_MOVES = {("open", "closed"): "closed", ("open", "merged"): "merged"}
COURSE = steps.Course("offer", "offer_event", _MOVES, STATUSES, EVENTS)
MOST_FEN, MOST_TIMES = 10_000_000_000, 1_000_000


class Particulars(NamedTuple):
    """What a command or a line of a file says of an offer; the day is ISO, prices are fen."""

    community_id: int
    partner_id: int
    title: str
    opened_on: str
    trade: str = "other"
    terms: str = "free"
    price_before: int | None = None
    price_after: int | None = None
    address: str = ""
    opening_hours: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """An offer as it stands; `uses` is how many times it was used, prices are fen.

    `partner_id` is the business that made it; code and name are those of whom it was merged into, if it was.
    """

    id: int
    code: str
    title: str
    community_id: int
    community: str
    partner_id: int
    partner_code: str
    partner: str
    trade: str
    terms: str
    price_before: int | None
    price_after: int | None
    address: str
    opening_hours: str
    remark: str
    status: str
    opened_on: str
    closed_on: str | None
    uses: int


class BadOffer(errors.Refused):
    """What is said of an offer can't be."""


class SameOffer(errors.Refused):
    """The business has an open offer of this title here."""

    def __init__(self, known: Offer) -> None:
        super().__init__(
            f"{known.partner}从 {known.opened_on} 起已在{known.community}推出“{known.title}”（{known.code}），没有重复登记。"
            "内容有变请用 hep offer edit。"
        )


class OfferedThen(errors.Refused):
    """The business had an offer of this title here at the time."""

    def __init__(self, known: Offer, day: str) -> None:
        super().__init__(
            f"{named(known)}从 {known.opened_on} 到 {known.closed_on} 已在{known.community}推出过，{day} 起的同名服务与它重叠。"
            "请改正日期或名称；停止的日期错了，请先用 hep undo 撤销那次停止。"
        )


class NothingToChange(errors.Refused):
    """An edit that says what stands already."""

    def __init__(self, offer: Offer) -> None:
        super().__init__(f"{named(offer)}本来就是这样，没有改动。")


class FoldedAway(errors.Refused):
    """An edit of an offer that a merger folded into another."""

    def __init__(self, offer: Offer) -> None:
        super().__init__(
            f"{named(offer)} {offer.closed_on} 已合并到{offer.partner}的另一份同名服务，不能修改。"
            f"请改那一份，可用 hep offer list --partner {offer.partner_code} 查看编号。"
        )


class NotOpen(errors.Refused):
    """A use on a day on which the offer was not open."""

    def __init__(self, offer: Offer, day: str) -> None:
        since = f"{offer.opened_on} 推出" + (f"、{offer.closed_on} 停止" if offer.closed_on else "")
        super().__init__(f"{named(offer)}{since}，不能记 {day} 的使用。请改正日期。")


class UsedLater(errors.Refused):
    """A closing before the last use."""

    def __init__(self, offer: Offer, day: str, latest: str) -> None:
        super().__init__(
            f"{named(offer)}在 {latest} 还有人使用，不能从 {day} 起停止。请改用 {latest} 或以后的日期。"
        )


def faults(said: Particulars) -> list[str]:
    """Return what is wrong with an offer's particulars, one sentence each; the business is for `unfit`."""
    found = []
    if not titled(said.title)[1]:
        found.append("服务名称是空的，请填写。")
    if said.trade not in TRADES:
        found.append(f"行业“{said.trade}”不对，可用：{'、'.join(TRADES.values())}。")
    if said.terms not in TERMS:
        found.append(f"优惠方式“{said.terms}”不对，可用：{'、'.join(TERMS.values())}。")
    for word, price in (("原价", said.price_before), ("现价", said.price_after)):
        if price is not None and not 0 <= price <= MOST_FEN:
            found.append(f"{word}不合理，应在 0 到 {MOST_FEN // 100} 元之间。")
    return [*found, *_no_bargain(said)]


def _no_bargain(said: Particulars) -> list[str]:
    """Return how the prices belie the terms."""
    before, after, found = said.price_before, said.price_after, []
    if before is not None and after is not None and after > before:
        found.append("现价比原价高，不是优惠，请核对两个价格。")
    if said.terms == "free" and after:
        found.append("免费的服务没有现价，请去掉现价，或把优惠方式改成优惠、低偿。")
    if said.terms != "free" and after == 0:
        found.append("现价是 0 就是免费，请把优惠方式改成免费，或改正现价。")
    elif said.terms != "free" and after is not None and after == before:
        found.append("现价与原价一样，不是优惠，请核对两个价格。")
    if said.terms != "free" and before == 0:
        found.append("原价是 0 就谈不上优惠，请改正原价，或把优惠方式改成免费。")
    return found


def unfit(partner: Partner) -> str | None:
    """Return why a partner can't offer anything, or None."""
    return None if partner.kind == "business" else "不是商企合伙人"


class Offers(Book):
    """What businesses offer residents."""

    def find(self, text: str, *, day: date | None = None) -> Offer:
        """Return the offer named by code, title or part of it, the community worked in first.

        Of several, those that were open on the day (without one, that are) come before those that were closed or folded.
        Raises errors.NotFound, errors.Ambiguous.
        """
        remedy = "可用 hep offer list 查看。"
        found = (self._going_on(those, day) for those in attempts(self.ledger, "offer", text, self._read))
        return only(self.ledger, "惠民服务", text, found, shown=_shown, remedy=remedy)

    def _going_on(self, found: list[Offer], day: date | None) -> list[Offer]:
        """Return those of several that are meant first: what the key of now has closed, then what goes on."""
        closed = changed_before(self.ledger, "offer", ("status",), "open") if len(found) > 1 else []
        on = day and str(day)
        open_then = [
            one
            for one in found
            if (one.opened_on <= on <= (one.closed_on or on) if on else one.status == "open")
        ]
        kept = [one for one in open_then if one.status != "merged"]
        return [one for one in found if one.id in closed] or kept or open_then or found

    def get(self, offer_id: int) -> Offer:
        """Return an offer by id."""
        return self._read("c.id = :id", id=offer_id)[0]

    def listing(
        self,
        *,
        under: Area | None = None,
        trade: str | None = None,
        terms: str | None = None,
        partner: Partner | None = None,
        closed: bool = False,
    ) -> list[Offer]:
        """Return open offers (with `closed`, those that closed too) by area, trade, terms and business, trade by trade.

        What a business merged into another offered is the other's.
        """
        asked = {"trade": trade, "terms": terms, "partner": partner and partner.id}
        tests = ["1" if closed else "c.status = 'open'"]
        tests += [_FILTERS[name] for name, value in asked.items() if value is not None]
        if under:
            tests.append("c.community_id IN (SELECT value FROM json_each(:within))")
        within = str([one.id for one in self.ledger.areas.communities(under)]) if under else "[]"
        found = self._read(" AND ".join(tests), within=within, **asked)
        order = {code: place for place, code in enumerate(TRADES)}
        return sorted(found, key=lambda one: (one.community_id, order[one.trade], one.partner_code, one.id))

    # What is written

    def open(self, said: Particulars, *, key: str | None = None) -> Written[Offer]:
        """Record what a business offers from a day on. Raises BadOffer, SameOffer, OfferedThen, errors.NotYet."""
        with self.ledger.voucher("offer.opened", key=key, intention=said._asdict()) as voucher:
            steps.check_day(self.ledger, said.opened_on)
            self._check(said)
            partner = self.ledger.partners.get(said.partner_id)
            if why := unfit(partner):
                raise BadOffer(f"{partner.name}（{partner.code}）{why}，不能登记惠民服务。")
            for absent in absences(self.database, {(partner.id, said.opened_on)}).values():
                raise BadOffer(f"{absent}。请改正商家或日期。")
            (offer_id,) = self.open_many(voucher, [said])
        return Written(self.get(offer_id), voucher.id)

    def open_many(self, voucher: Voucher, rows: Sequence[Particulars]) -> range:
        """Record offers in an open voucher; return their ids. The caller checked them with `faults`, `unfit` and `absences`."""
        codes = issued(self.ledger, "offer", LETTERS["offer"], (row.community_id for row in rows))
        cards = [
            (*given, row.community_id, row.partner_id, *_card(row).values())
            for given, row in zip(codes, rows, strict=True)
        ]
        columns = ("issuer_id", "number", "code", "community_id", "partner_id", *_FIELDS)
        ids = voucher.add("offer", columns, cards)
        facts = [
            (row.community_id, row.opened_on, offer_id, row.partner_id, "opened", 1, row.trade, row.terms)
            for offer_id, row in zip(ids, rows, strict=True)
        ]
        voucher.post("offer_event", ("offer_id", "partner_id", "event", "delta", "trade", "terms"), facts)
        return ids

    def close(
        self, offer: Offer, *, day: date | None = None, reason: str = "", key: str | None = None
    ) -> Written[Offer]:
        """Close an offer. Raises once.EndsBeforeFold, steps.WrongStep, steps.BeforeLastStep, UsedLater, errors.NotYet."""
        until = self.ledger.day(day)
        with self.ledger.voucher("offer.closed", key=key, intention=[offer.id, until, reason]) as voucher:
            latest = self.database.value(_LAST_USE, (offer.id,))
            if latest and until < latest:
                raise UsedLater(offer, until, latest)
            counted = {
                "partner_id": offer.partner_id,
                "delta": -1,
                "trade": offer.trade,
                "terms": offer.terms,
            }
            check_end(self.ledger, self.ledger.counts.once()["offer"], offer.id, until)
            step = steps.Step(offer.id, "closed", until, counted)
            steps.take(self.ledger, voucher, COURSE, step, shown=named(offer))
            voucher.note(reason, line=1)
        return Written(self.get(offer.id), voucher.id)

    def use(
        self, offer: Offer, *, times: int = 1, day: date | None = None, key: str | None = None
    ) -> Written[Offer]:
        """Record how many times an offer was used on a day. Raises BadOffer, NotOpen, errors.NotYet, errors.NotFound."""
        on = self.ledger.day(day)
        if not 1 <= times <= MOST_TIMES:
            raise BadOffer(f"使用人次 {times} 不合理，应在 1 到 {MOST_TIMES} 之间。")
        with self.ledger.voucher("offer.use", key=key, intention=[offer.id, times, on]) as voucher:
            steps.check_day(self.ledger, on)
            for now in self._read("c.id = :id", id=offer.id):
                if not now.opened_on <= on <= (now.closed_on or on):
                    raise NotOpen(now, on)
                self.use_many(voucher, [(now, on, times)])
            if not voucher.lines:
                raise errors.NotFound("惠民服务", f"{offer.code} {offer.title}", "它的登记已撤销。")
        return Written(self.get(offer.id), voucher.id)

    def use_many(self, voucher: Voucher, uses: Sequence[tuple[Offer, str, int]]) -> None:
        """Record uses in an open voucher: each an offer, a day on which it was open, and how many times."""
        facts = [(one.community_id, day, one.id, one.partner_id, times) for one, day, times in uses]
        voucher.post("offer_use", ("offer_id", "partner_id", "times"), facts)

    def used(self, source: Source, first: str, last: str) -> list[tuple[int, tuple[int, str, int]]]:
        """Return what files of a source brought of these days but undone ones: the voucher, then offer, day and times."""
        sql = f"""SELECT f.voucher_id, f.offer_id, f.happened_on, f.times FROM offer_use f {brought("offer_use")}
            ORDER BY f.id"""
        rows = self.database.rows(sql, source.on(first, last))
        return [(voucher, (offer_id, day, times)) for voucher, offer_id, day, times in rows]

    def edit(self, offer: Offer, *, key: str | None = None, **fields: Any) -> Written[Offer]:
        """Change what is said of an offer (fields of Particulars but community, business and day).

        Raises FoldedAway, BadOffer, SameOffer, OfferedThen, NothingToChange.
        """
        with self.ledger.voucher("offer.edit", key=key, intention=[offer.id, fields]) as voucher:
            now = self.get(offer.id)
            if now.status == "merged":
                raise FoldedAway(now)
            if not self.edit_in(voucher, now, fields):
                raise NothingToChange(offer)
        return Written(self.get(offer.id), voucher.id)

    def edit_in(self, voucher: Voucher, offer: Offer, fields: dict[str, Any]) -> bool:
        """Change fields of an offer in an open voucher; return whether any changed.

        Raises BadOffer, SameOffer, OfferedThen.
        """
        before = particulars(offer)
        said = before._replace(**fields)
        changed = {name: value for name, value in _card(said).items() if value != _card(before)[name]}
        if not changed:
            return False
        self._check(said, offer)
        counted = {name: changed[name] for name in ("trade", "terms") if name in changed}
        if counted:
            steps.repost(self.ledger, voucher, COURSE, offer.id, **counted)
        voucher.edit("offer", offer.id, **changed)
        return True

    def _check(self, said: Particulars, known: Offer | None = None) -> None:
        for fault in faults(said):
            raise BadOffer(fault)
        if known and titled(known.title)[1] == titled(said.title)[1]:
            return
        asked = {"community": said.community_id, "key": titled(said.title)[1], "partner": said.partner_id}
        spell = (said.opened_on, known.closed_on if known else None)
        for one in self._read(_SAME, besides=known.id if known else 0, **asked):
            if overlap(spell, (one.opened_on, one.closed_on)):
                raise SameOffer(one) if one.status == "open" else OfferedThen(one, said.opened_on)

    def _read(self, test: str, **parameters: Any) -> list[Offer]:
        rows = self.database.rows(f"{_OFFER} AND {test} ORDER BY c.id DESC", parameters)
        return [Offer(*row) for row in rows]


def particulars(offer: Offer) -> Particulars:
    """Return what is said of an offer as it stands."""
    return Particulars(**{name: getattr(offer, name) for name in Particulars._fields})


def named(offer: Offer) -> str:
    """Name an offer in a sentence."""
    return f"{offer.partner}的“{offer.title}”（{offer.code}）"


_FIELDS = (
    "title", "title_key", "trade", "terms", "price_before", "price_after", "address", "opening_hours", "remark",
)  # fmt: skip


def _card(said: Particulars) -> dict[str, Any]:
    """Return the fields of _FIELDS."""
    return dict(zip(_FIELDS, (*titled(said.title), *said[4:]), strict=True))


def _shown(offer: Offer) -> str:
    return f"{offer.code} {offer.title}（{offer.partner}，{offer.community}，{STATUSES[offer.status]}）"


_FILTERS = {"trade": "c.trade = :trade", "terms": "c.terms = :terms", "partner": "p.id = :partner"}
_OFFER = f"""SELECT c.id, c.code, c.title, c.community_id, a.name, c.partner_id, p.code, p.name, c.trade, c.terms,
      c.price_before, c.price_after, c.address, c.opening_hours, c.remark, c.status, s.happened_on,
      (SELECT e.happened_on FROM offer_event e
        WHERE e.offer_id = c.id AND e.delta = -1 AND {stands("offer_event", "e")}),
      (SELECT ifnull(sum(sign * times), 0) FROM offer_use WHERE offer_id = c.id)
    FROM offer c JOIN area a ON a.id = c.community_id JOIN partner p ON p.id = {survivor("c.partner_id")}
    JOIN offer_event s ON s.offer_id = c.id AND s.event = 'opened' AND {stands("offer_event", "s")}
    WHERE c.withdrawn = 0"""
_SAME = f"""c.community_id = :community AND c.title_key = :key AND c.id <> :besides
    AND p.id = {survivor(":partner")}"""
_LAST_USE = f"""SELECT max(happened_on) FROM offer_use u WHERE offer_id = ? AND {stands("offer_use", "u")}"""
