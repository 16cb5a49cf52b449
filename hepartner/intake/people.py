"""Which partner a row means: by code, credit code, phone and name, or name where only one bears it."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from hepartner.chinese import names
from hepartner.intake.problems import Fault, Misfit
from hepartner.ledger.areas import Area
from hepartner.ledger.particulars import Particulars
from hepartner.ledger.partners import Partner

if TYPE_CHECKING:
    from hepartner.ledger import Ledger

_SHOWN = 3


class People:
    """The partners of one ledger, merged ones too: they answer with the partner they were merged into.

    Who was renamed or moved is also found as lists before that called it, unless somebody else is called so now;
    `former` says so, as `ledger.membership.former` does.
    """

    def __init__(self, cards: Iterable[Partner], former: Iterable[tuple[int, int, str]] = ()) -> None:
        self.by_id: dict[int, Partner] = {}
        self._by_code: dict[str, Partner] = {}
        self._by_credit_code: dict[str, Partner] = {}
        self._by_phone: dict[tuple[str, str], list[Partner]] = {}
        self._by_name: dict[tuple[int, str], list[Partner]] = {}
        self._organisations: dict[str, list[Partner]] = {}
        self._former: dict[tuple[int, str], list[Partner]] = {}
        self._former_by_phone: dict[tuple[str, str], list[Partner]] = {}
        for partner in cards:
            self._enter(partner)
        self._former_names: dict[int, set[str]] = {}
        for partner_id, community_id, key in former:
            self._former_names.setdefault(partner_id, set()).add(key)
            partner = self.by_id[partner_id]
            self._former.setdefault((community_id, key), []).append(partner)
            self._former_by_phone.setdefault((partner.phone.full, key), []).append(partner)

    @staticmethod
    def of(ledger: "Ledger") -> "People":
        """The partners of a ledger as they stand now; read again only after a partner's card was written."""
        edition, known = ledger.history.edition("partner"), _READ.get(ledger)
        if known is None or known[0] != edition:
            cards = [*ledger.partners.cards(), *ledger.partners.cards(merged=True)]
            known = _READ[ledger] = edition, People(cards, ledger.membership.former())
        return known[1]

    def know(self, said: Particulars, name_key: str) -> bool:
        """Whether any card bears, or bore, a row's credit code, its phone with its name, or its name there: mostly none does."""
        known, place = (said.phone, name_key), (said.community_id, name_key)
        return (
            place in self._by_name
            or known in self._by_phone
            or said.credit_code in self._by_credit_code
            or place in self._former
            or known in self._former_by_phone
        )

    def exact(self, credit_code: str, phone: str, name_key: str) -> list[Partner]:
        """Those who bear this credit code, else this phone together with this name; at most one in a community."""
        if credit_code and (holder := self._by_credit_code.get(credit_code)):
            return [self._survivor(holder)]
        if not phone:
            return []
        known = (phone, name_key)
        return self._survivors(self._by_phone.get(known) or self._former_by_phone.get(known) or ())

    def merged(self, said: Particulars, name_key: str, had_phone: Callable[[int], bool]) -> Partner | None:
        """The merged card that a row of a roster means, where no card in force bears the same: its code, phone, or name there.

        The name may be one that it bore before. `had_phone` tells of a card whether the roster gave it the row's phone before.
        """
        if said.credit_code and (holder := self._by_credit_code.get(said.credit_code)):
            return holder if holder.merged_into_id is not None else None
        known, place = (said.phone, name_key), (said.community_id, name_key)
        named = self._by_name.get(place) or self._former.get(place) or ()
        found: Iterable[Partner] = named
        if said.phone:
            found = self._by_phone.get(known) or self._former_by_phone.get(known) or ()
            found = found or [one for one in named if had_phone(one.id)]
        in_force = any(one.merged_into_id is None for one in found)
        return None if in_force else next(iter(found), None)

    def called(self, community_id: int, name_key: str) -> list[Partner]:
        """Those of this name in a community; where there are none, those who once were of this name or there."""
        known = (community_id, name_key)
        return self._survivors(self._by_name.get(known) or self._former.get(known) or ())

    def once_meant(self, partner_ids: tuple[int, ...]) -> list[tuple[int, ...]]:
        """Whom a list meant by these partners' names while others bore them: with each in turn one who did before."""
        return [
            (*partner_ids[:place], one.id, *partner_ids[place + 1 :])
            for place, partner in enumerate(map(self.by_id.__getitem__, partner_ids))
            for one in self._survivors(
                self._former.get((partner.community_id, names.match_key(partner.name)), ())
            )
            if one.id != partner.id
        ]

    def once_called(self, partner_id: int, text: str, named: Collection[int] = ()) -> list[int]:
        """Who else a list meant by the name of a partner while others bore it; who is `named` on the list itself is not."""
        if names.match_key(text) != names.match_key(self.by_id[partner_id].name):
            return []
        return [one for (one,) in self.once_meant((partner_id,)) if one not in named]

    def now(self, partner_id: int) -> int:
        """The partner that one of the ledger's facts counts for today: itself, or whom it was merged into.

        A fact that was taken back may name one whose enrolment was undone since.
        """
        known = self.by_id.get(partner_id)
        return self._survivor(known).id if known else partner_id

    def besides(self, partner_ids: Iterable[int], known: Iterable[int]) -> tuple[int, ...]:
        """The partners but those for whom one of the known ones counts today, or who bear its name of before.

        One that is named itself is not meant by another's name.
        """
        named = tuple(partner_ids)
        there = set(map(self.now, known))
        once = there.difference(named)
        return tuple(
            one
            for one in named
            if one not in there and not any(before in once for (before,) in self.once_meant((one,)))
        )

    def alike(self, organisation: str, community_id: int | None) -> list[Partner]:
        """Groups and businesses of a community (of all if None) that may be this one, were parts of the name left out."""
        found = self._organisations.get(names.organisation_key(organisation), ())
        return self._survivors(
            one
            for one in found
            if community_id in (None, one.community_id)
            and names.may_be_one_organisation(one.name, organisation)
        )

    def meant(self, text: str, phone: str, community: Area) -> Partner | Fault:
        """The one partner that a sheet of this community names by code or name, told apart by phone.

        An organisation may come from another community if only one bears the name; a person needs the phone too.
        """
        if holder := self._holder(text, community):
            return self._survivor(holder)
        key = names.match_key(text)
        # The phone first: somebody of another community may have a namesake in this one.
        found = self.exact("", phone, key) or self.called(community.id, key)
        found = [one for one in found if one.community_id == community.id] or found
        if not found:
            found = self._organisations_called(text, key, community.id)
        if len(found) > 1 and phone:
            found = [one for one in found if one.phone.full == phone] or found
        if len(found) == 1:
            return found[0]
        if found:
            shown = listed(found, by_name=len({one.name for one in found}) > 1)
            return Fault(f"有 {len(found)} 位同名的合伙人：…", "请把姓名换成编号，或填上电话", (shown,))
        if others := self._organisations.get(names.organisation_key(text)):
            return Fault(
                "没有叫这个名称的合伙人，只有相近的…",
                "是它请换成编号，不是请先用 hep partner add 登记",
                (listed(self._survivors(others), by_name=True),),
            )
        return Fault(f"{community.name}没有这位合伙人", "请核对姓名，或先用 hep partner add 登记")

    def on_row(
        self, community: Area, *, code: str | None, name: str | None, phone: str | None
    ) -> Partner | Misfit:
        """The one partner that a row of a sheet means by a code, a name or both: the code decides, the name must be theirs."""
        if code is None:
            found = self.meant(name or "", phone or "", community)
            return Misfit("name", found, name or "") if isinstance(found, Fault) else found
        holder = self._holder(code, community)
        if holder is None:
            return Misfit(
                "code", Fault("没有这个编号的合伙人", "请核对编号，可用 hep partner list 查看"), code
            )
        partner = self._survivor(holder)
        if name is not None and not any(self._is_called(one, name) for one in (holder, partner)):
            held = (f" {holder.code} ", holder.name)
            fault = Fault("编号…是…，与姓名不是同一位", "请核对编号和姓名，改正写错的一处", held)
            return Misfit("name", fault, name)
        return partner

    def is_named(self, partner_id: int, text: str, community: Area) -> bool:
        """Whether a list means this very card, merged or not, by a code or name."""
        card = self.by_id.get(partner_id)
        return card is not None and (card is self._holder(text, community) or self._is_called(card, text))

    def _holder(self, text: str, community: Area) -> Partner | None:
        """Who bears a code, with or without its community."""
        code = text.strip().upper()
        return self._by_code.get(code) or self._by_code.get(f"{community.code}-{code}")

    def _is_called(self, partner: Partner, name: str) -> bool:
        """Whether a partner bears this name or once bore it; parts of an organisation's name may be left out."""
        key = names.match_key(name)
        if key == names.match_key(partner.name) or key in self._former_names.get(partner.id, ()):
            return True
        return partner.kind != "individual" and names.may_be_one_organisation(partner.name, name)

    def _organisations_called(self, text: str, key: str, community_id: int) -> list[Partner]:
        """Those of the full name anywhere, else those whose names leave out a 北海市 or 有限公司, the community's first."""
        alike = self._organisations.get(names.organisation_key(text), ())
        same = [one for one in alike if names.match_key(one.name) == key]
        return self._survivors(same) or self.alike(text, community_id) or self.alike(text, None)

    def _enter(self, partner: Partner) -> None:
        self.by_id[partner.id] = partner
        self._by_code[partner.code] = partner
        key = names.match_key(partner.name)
        if partner.credit_code:
            # Cards in force come first: a merged one may bear the code of the one it was merged into.
            self._by_credit_code.setdefault(partner.credit_code, partner)
        if partner.phone:
            self._by_phone.setdefault((partner.phone.full, key), []).append(partner)
        self._by_name.setdefault((partner.community_id, key), []).append(partner)
        if partner.kind != "individual":
            self._organisations.setdefault(names.organisation_key(partner.name), []).append(partner)

    def _survivors(self, found: Iterable[Partner]) -> list[Partner]:
        if found == ():
            return []
        return list({one.id: one for one in map(self._survivor, found)}.values())

    def _survivor(self, partner: Partner) -> Partner:
        while partner.merged_into_id is not None:
            partner = self.by_id[partner.merged_into_id]
        return partner


_READ: "WeakKeyDictionary[Ledger, tuple[str, People]]" = WeakKeyDictionary()
"""The partners of an open ledger by the edition of its cards: offices send dozens of files at once."""


def listed(partners: Sequence[Partner], *, by_name: bool = False) -> str:
    """Name a few partners so that they can be told apart: by their phones, masked, or `by_name` where names differ."""
    shown = "、".join(
        f"{one.name}（{one.code}）" if by_name else f"{one.code}（电话 {one.phone or '无'}）"
        for one in partners[:_SHOWN]
    )
    return shown + ("等" if len(partners) > _SHOWN else "")
