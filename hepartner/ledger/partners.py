"""Partners 合伙人: individuals, groups and businesses; who they are stands on cards, their coming and going in facts."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from hepartner.chinese import names
from hepartner.words.partner import EVENTS, FORGOTTEN, KINDS, LETTERS

from . import errors
from .areas import Area
from .book import Book
from .callnames import called
from .codes import code, last_number
from .lookup import called_before, only
from .particulars import BadPartner, CreditCode, Keys, Particulars, faults, keys_of, looked_up
from .persons import MergedAway
from .phone import PhoneNumber, tail
from .vouchers import Voucher

if TYPE_CHECKING:
    from .pasts import Past


DELTAS = {
    "joined": 1,
    "rejoined": 1,
    "moved_in": 1,
    "kind_in": 1,
    "left": -1,
    "merged": -1,
    "moved_out": -1,
    "kind_out": -1,
}


class Partner(NamedTuple):
    """A partner's card, with the name of the community; `phone` prints masked."""

    id: int
    code: str
    name: str
    kind: str
    status: str
    community_id: int
    community: str
    phone: PhoneNumber
    grid_id: int | None
    category: str
    skills: str
    contact: str
    address: str
    credit_code: CreditCode
    members: int | None
    joined_on: str
    merged_into_id: int | None
    remark: str

    @property
    def is_forgotten(self) -> bool:
        """Whether what was personal of it was blanked for good."""
        return self.name == FORGOTTEN


class IsForgotten(errors.Refused):
    """The partner was forgotten: nothing is written on its card any more."""

    def __init__(self, partner: Partner) -> None:
        super().__init__(f"{partner.code} 已经注销，卡片不再改动。再来的请重新登记：hep partner add")


class PartnerWritten(NamedTuple):
    """What a write did: the partner as it stands now and the voucher."""

    partner: Partner
    voucher: int


_CARD = (
    "p.id, p.code, p.name, p.kind, p.status, p.community_id, a.name, p.phone, p.grid_id, p.category, p.skills,"
    " p.contact, p.address, p.credit_code, p.members, p.joined_on, p.merged_into_id, p.remark"
)
_FROM = "FROM partner p JOIN area a ON a.id = p.community_id"
_INSERTED = (
    "issuer_id", "number", "code", "community_id", "grid_id", "kind", "name", *Keys._fields, "phone", "phone_tail",
    "category", "skills", "contact", "address", "credit_code", "members", "joined_on", "remark",
)  # fmt: skip
_REMEDY = "可换全名、编号或电话后四位再试。"


class SamePartner(errors.Refused):
    """The partner is in the ledger already; for certain if the phone is the same, too."""

    def __init__(self, partner: Partner, *, certain: bool) -> None:
        other = "" if certain else "；确是同名的另一位，请加 --same-name"
        super().__init__(
            f"{partner.community}已有“{partner.name}”（{partner.code}，电话 {partner.phone or '无'}），没有重复登记。"
            f"要改资料用 hep partner edit {partner.code}{other}。"
        )
        self.partner = partner


class BeforeJoining(errors.Refused):
    """A day before the partner joined, or after today."""

    def __init__(self, partner: Partner, day: str, today: str) -> None:
        late = day > today
        why = f"还没有到（今天是 {today}）" if late else f"早于加入日期 {partner.joined_on}"
        super().__init__(f"{partner.name}（{partner.code}）：日期 {day} {why}。请改正日期。")


class SameAgain(errors.Refused):
    """A partner can't be merged into or moved to what it is already."""

    def __init__(self, partner: Partner, what: str) -> None:
        super().__init__(f"{partner.name}（{partner.code}）{what}，没有改动。")


class Partners(Book):
    """The partners of the office."""

    def find(self, text: str, *, kind: str | None = None, merged: bool = False) -> Partner:
        """Return the partner named by code, name, short name, phone tail, pinyin or initials.

        The community worked in is searched first. Withdrawn partners are not found, merged ones only with `merged` and if
        nobody else is called so. Somebody of whose name the text is a part is found only if a person says so.
        Raises errors.NotFound, errors.Ambiguous, errors.Unsure, and MergedAway for what names only merged ones.
        """
        named, guessed = self._found(text, kind)
        gone = self._found(text, kind, merged=True)[0] if merged else self._refusing_merged(text, kind)
        again = [self.get(one) for one in called_before(self.ledger, "partner", text)]
        named = chain([again], named, gone)
        return only(self.ledger, "合伙人", text, named, guesses=guessed, shown=_shown, remedy=_REMEDY)

    def find_each(self, texts: Iterable[str]) -> list[Partner]:
        """Return the partners that the texts name; all that name nobody are told at once. Raises what `find` raises."""
        found, unknown = [], []
        for text in texts:
            try:
                found.append(self.find(text))
            except errors.NotFound:
                unknown.append(text)
        if unknown:
            raise errors.NotFound("合伙人", "”、“".join(unknown), _REMEDY)
        return found

    def matches(self, text: str) -> list[Partner]:
        """Return every partner that the strongest way of naming it finds, a part of the name too.

        Raises errors.NotFound, MergedAway.
        """
        named, guessed = self._found(text, None)
        for found in chain(named, self._refusing_merged(text, None), guessed):
            if found:
                return list(found)
        raise errors.NotFound("合伙人", text, _REMEDY)

    def get(self, partner_id: int) -> Partner:
        """Return a partner by id, whatever its status. Raises errors.NotFound when its enrolment was undone."""
        row = self.database.row(f"SELECT {_CARD} {_FROM} WHERE p.id = ? AND p.withdrawn = 0", (partner_id,))
        if row is None:
            raise errors.NotFound("合伙人", str(partner_id), "登记可能已经撤销。")
        return _partner(row)

    def cards(self, *, merged: bool = False) -> list[Partner]:
        """Return every partner in force, or all those merged into others, in one query, for matching a roster."""
        sql = f"SELECT {_CARD} {_FROM} WHERE p.withdrawn = 0 AND (p.status = 'merged') = ? ORDER BY p.id"
        return [_partner(row) for row in self.database.rows(sql, (int(merged),))]

    def enrol(
        self, particulars: Particulars, *, key: str | None = None, same_name: bool = False
    ) -> PartnerWritten:
        """Enrol one partner from the day it joined.

        Raises BadPartner, and SamePartner when the community has one of this name and kind (and phone, if both have one)
        unless `same_name` says it is another.
        """
        with self.ledger.voucher("partner.enrol", key=key, intention=particulars._asdict()) as voucher:
            for fault in faults(particulars, self.ledger.today().isoformat()):
                raise BadPartner(fault)
            self.check_grid(particulars.community_id, particulars.grid_id)
            self._refuse_same(particulars, same_name=same_name)
            partner_id = self.enrol_many(voucher, [particulars])[0]
        return PartnerWritten(self.get(partner_id), voucher.id)

    def enrol_many(self, voucher: Voucher, rows: Iterable[Particulars]) -> range:
        """Enrol partners in an open voucher; return their ids. The rows were checked with `faults` and matched before."""
        first = last = 0
        for some in voucher.in_pieces(self._cards(rows)):
            ids = voucher.add("partner", _INSERTED, some)
            voucher.post_each(
                "standing",
                "partner",
                ids,
                community_id="c.community_id",
                happened_on="c.joined_on",
                partner_id="c.id",
                kind="c.kind",
                event="'joined'",
                delta="1",
            )
            first, last = first or ids.start, ids.stop
        return range(first, last)

    def edit(self, partner: Partner, *, key: str | None = None, **fields: object) -> PartnerWritten:
        """Change fields of a card (those of Particulars except the community); every change leaves its history.

        A change of kind or of the day of joining posts counter-fact and new fact. Raises BadPartner, SameAgain,
        editing.LikeAnother, once.StillHas.
        """
        with self.ledger.voucher("partner.edit", key=key, intention=[partner.id, fields]) as voucher:
            if not self.edit_many(voucher, [(self.get(partner.id), fields)]):
                raise SameAgain(partner, "没有要修改的内容")
        return PartnerWritten(self.get(partner.id), voucher.id)

    def edit_many(self, voucher: Voucher, edits: Sequence[tuple[Partner, dict[str, object]]]) -> int:
        """Change fields of many cards in an open voucher; return how many cards changed. Raises what `edit` raises."""
        from . import editing

        changed = 0
        for partner, fields in edits:
            wanted = editing.check(self.ledger, partner, fields)
            if not wanted:
                continue
            said = editing.said_of(partner)._replace(**wanted)
            editing.repost(self.ledger, voucher, partner, said)
            voucher.edit("partner", partner.id, **wanted, **looked_up(said))
            changed += 1
        return changed

    def check_day(self, partner: Partner, day: str) -> None:
        """Refuse a day before the partner joined or after today. Raises BeforeJoining."""
        today = self.ledger.today().isoformat()
        if not partner.joined_on <= day <= today:
            raise BeforeJoining(partner, day, today)

    def listing(
        self,
        *,
        kind: str | None = None,
        under: Area | None = None,
        status: str | None = None,
        category: str | None = None,
        skill: str | None = None,
    ) -> list[Partner]:
        """Return partners by kind, area, status, category and skill, ordered by code; merged and withdrawn ones left out."""
        from sqlmodel import col, select

        from .tables.area import Area as AreaTable
        from .tables.partner import Partner as PartnerTable

        query = select(PartnerTable, AreaTable.name).join(
            AreaTable, col(AreaTable.id) == PartnerTable.community_id
        )
        query = query.where(PartnerTable.withdrawn == 0, PartnerTable.status != "merged")
        for column, wanted in (
            (PartnerTable.kind, kind),
            (PartnerTable.status, status),
            (PartnerTable.category, category),
        ):
            if wanted:
                query = query.where(column == wanted)
        if skill:
            query = query.where(col(PartnerTable.skills).contains(skill, autoescape=True))
        if under and under.kind == "grid":
            query = query.where(PartnerTable.grid_id == under.id)
        elif under:
            within = [community.id for community in self.ledger.areas.communities(under)]
            query = query.where(col(PartnerTable.community_id).in_(within))
        rows = self.ledger.session.exec(query.order_by(PartnerTable.code)).all()
        return [
            Partner(
                **{name: getattr(card, name) for name in _SHARED},
                community=area,
                phone=PhoneNumber(card.phone),
            )
            for card, area in rows
        ]

    def history(self, partner: Partner) -> "list[Past]":
        """Return what happened to a partner and its card, newest first."""
        from .pasts import past

        return past(self.database, partner.id, EVENTS)

    def _found(
        self, text: str, kind: str | None, *, merged: bool = False
    ) -> tuple[Iterator[list[Partner]], Iterator[list[Partner]]]:
        """Return who is named by a text, and who may be meant by a part of a name; test by test."""
        here = self.ledger.here
        named = called(text, here)
        parameters = {**named.parameters, "kind": kind, "merged": merged}

        def found(test: str) -> list[Partner]:
            sql = f"""SELECT {_CARD} {_FROM} WHERE {test} AND p.withdrawn = 0 AND (p.status = 'merged') = :merged
                AND (:kind IS NULL OR p.kind = :kind) ORDER BY p.code"""
            everywhere = [_partner(row) for row in self.database.rows(sql, parameters)]
            mine = [partner for partner in everywhere if here and partner.community_id == here.id]
            return mine or everywhere

        return map(found, named.naming), map(found, named.guessing)

    def _refusing_merged(self, text: str, kind: str | None) -> Iterator[list[Partner]]:
        """Find nobody, and refuse a text that names who was merged: it is asked when it names nobody else."""
        for found in self._found(text, kind, merged=True)[0]:
            if found:
                raise MergedAway([(card, self.ledger.points.holder(card.id)) for card in found])
        yield []

    @staticmethod
    def check_known(partner: Partner) -> None:
        """Refuse to write on the card of who was forgotten. Raises IsForgotten."""
        if partner.is_forgotten:
            raise IsForgotten(partner)

    def check_grid(self, community_id: int, grid_id: object) -> None:
        """Refuse a grid that is not one of the community. Raises BadPartner."""
        sql = "SELECT 1 FROM area WHERE id = ? AND kind = 'grid' AND parent_id = ?"
        if grid_id is not None and not self.database.value(sql, (grid_id, community_id)):
            community = self.ledger.areas.get(community_id).name
            raise BadPartner(f"这个网格不在{community}，没有记账。请写{community}的网格，见 hep area list。")

    def _refuse_same(self, particulars: Particulars, *, same_name: bool) -> None:
        sql = f"""SELECT {_CARD} {_FROM} WHERE p.name_key = ? AND p.community_id = ? AND p.kind = ?
            AND p.withdrawn = 0 AND p.status <> 'merged'"""
        key = names.match_key(particulars.name)
        for row in self.database.rows(sql, (key, particulars.community_id, particulars.kind)):
            known = _partner(row)
            same_phone = known.phone.full == particulars.phone
            certain = bool(same_phone and particulars.phone)
            if certain or (not same_name and (same_phone or not (known.phone and particulars.phone))):
                raise SamePartner(known, certain=certain)

    def _cards(self, rows: Iterable[Particulars]) -> Iterator[tuple[object, ...]]:
        communities: dict[int, tuple[Area, int]] = {}
        for row in rows:
            community_id = row.community_id
            if community_id not in communities:
                area = self.ledger.areas.get(community_id)
                communities[community_id] = (area, last_number(self.ledger, "partner", area))
            area, number = communities[community_id]
            communities[community_id] = (area, number + 1)
            yield (
                community_id, number + 1, code(LETTERS["partner"], area, number + 1), community_id, row.grid_id,
                row.kind, row.name, *keys_of(row.kind, row.name), row.phone, tail(row.phone), row.category,
                row.skills, row.contact, row.address, row.credit_code, row.members, row.joined_on, row.remark,
            )  # fmt: skip


def stand(
    voucher: Voucher, partner: Partner, event: str, day: str, *, month: str | None = None, **more: object
) -> None:
    """Post one standing fact, counted in `month` if one is given; `more` overrides its community or kind, or adds to it."""
    fact = {"community_id": partner.community_id, "kind": partner.kind, "into_id": None, **more}
    delta = DELTAS.get(event, 0)
    columns = ("partner_id", "kind", "event", "delta", "into_id")
    row = (fact["community_id"], day, partner.id, fact["kind"], event, delta, fact["into_id"])
    voucher.post("standing", columns, [row], counted_in=month)


_SHARED = tuple(name for name in Partner._fields if name not in ("community", "phone"))


_PHONE, _CREDIT_CODE = Partner._fields.index("phone"), Partner._fields.index("credit_code")


def _partner(row: Sequence[Any]) -> Partner:
    values = list(row)
    values[_PHONE], values[_CREDIT_CODE] = PhoneNumber(values[_PHONE]), CreditCode(values[_CREDIT_CODE])
    return Partner(*values)


def _shown(partner: Partner) -> str:
    return f"{partner.code} {partner.name}（{KINDS[partner.kind]}，{partner.community}，{partner.phone or '无电话'}）"
