"""Editing 修改资料: which changes a partner's card takes, and what is posted anew for those that figures count by."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from hepartner.chinese import names
from hepartner.words.partner import STATUSES

from . import errors
from .facts import stands
from .once import StillHas, kept_from
from .particulars import BadPartner, Particulars, changes, faults
from .partners import Partner, stand
from .phone import PhoneNumber

if TYPE_CHECKING:
    from .ledger import Ledger
    from .vouchers import Voucher


class LikeAnother(errors.Refused):
    """An edit would make a card say of whom it is just what another card says: name and phone, or the credit code."""

    def __init__(self, partner: Partner, other: Partner, what: str) -> None:
        super().__init__(
            f"{partner.name}（{partner.code}）改后的{what}与{other.community}的“{other.name}”（{other.code}）相同，没有改动。"
            f"请核对；是同一位请用 hep partner merge {partner.code} {other.code}。"
        )


def said_of(partner: Partner) -> Particulars:
    """Return what a card says."""
    return Particulars(**{name: _plain(getattr(partner, name)) for name in Particulars._fields})


def check(ledger: "Ledger", partner: Partner, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that an edit changes, none if it says what stands already.

    Raises BadPartner, LikeAnother, once.StillHas.
    """
    ledger.partners.check_known(partner)
    before = said_of(partner)
    wanted = changes(before, fields)
    said = before._replace(**wanted)
    if not wanted:
        return {}
    for fault in faults(said, ledger.today().isoformat()):
        raise BadPartner(fault)
    ledger.partners.check_grid(partner.community_id, wanted.get("grid_id"))
    _check_alone(ledger, partner, said, wanted)
    if said.joined_on != partner.joined_on:
        _, *later = _steps(ledger, partner)
        if any(day < said.joined_on for _, _, _, day in later):
            raise BadPartner(
                f"加入日期 {said.joined_on} 晚于这位合伙人后来的变动（{later[0][3]}）。请改正加入日期。"
            )
    if said.kind != partner.kind:
        if partner.status in ("left", "merged"):
            raise _uncounted(partner)
        if opens := kept_from(ledger, partner, said.kind):
            raise StillHas(partner, said.kind, opens)
    return wanted


def repost(ledger: "Ledger", voucher: "Voucher", partner: Partner, said: Particulars) -> None:
    """Take back and post anew what counts a partner, where its day of joining or its kind changes; `check` it first."""
    if said.joined_on != partner.joined_on:
        _rejoin_on(ledger, voucher, partner, said.joined_on)
    if said.kind != partner.kind:
        today = ledger.today().isoformat()
        stand(voucher, partner, "kind_out", today)
        stand(voucher, partner, "kind_in", today, kind=said.kind)


def _check_alone(ledger: "Ledger", partner: Partner, said: Particulars, wanted: Mapping[str, Any]) -> None:
    """Refuse what would make a card bear what tells another apart. Raises LikeAnother."""
    asked = {"card": partner.id, "community": partner.community_id, "name": names.match_key(said.name)}
    asked |= {"phone": said.phone, "code": said.credit_code}
    for fields, what, test in _ALONE:
        if fields & wanted.keys() and (other := ledger.database.value(f"{_OTHER} AND {test}", asked)):
            raise LikeAnother(partner, ledger.partners.get(other), what)


def _rejoin_on(ledger: "Ledger", voucher: "Voucher", partner: Partner, day: str) -> None:
    steps = _steps(ledger, partner)
    joined, community, kind, _ = steps[0]
    counts = sum(1 for step in steps if step[1:3] == (community, kind)) % 2
    # One who no longer counts there is posted anew first, so that at no time fewer than none are counted.
    for again in (not counts, bool(counts)):
        if again:
            stand(voucher, partner, "joined", day, community_id=community, kind=kind)
        else:
            voucher.counter("standing", [joined])


def _steps(ledger: "Ledger", partner: Partner) -> list[tuple[Any, ...]]:
    return ledger.database.rows(_STEPS, (partner.id,))


def _uncounted(partner: Partner) -> BadPartner:
    """Say why one who no longer counts keeps its kind: the facts that counted it bear it, and undo may bring them back."""
    remedy = "请先恢复在册：hep partner rejoin" if partner.status == "left" else "请改用它并入的那一位"
    return BadPartner(
        f"{partner.name}（{partner.code}）现在是“{STATUSES[partner.status]}”，不能改类型。{remedy}。"
    )


def _plain(value: Any) -> Any:
    return value.full if isinstance(value, PhoneNumber) else value


_OTHER = "SELECT id FROM partner WHERE id <> :card AND withdrawn = 0 AND status <> 'merged'"
_ALONE = (
    (
        {"name", "phone"},
        "名称和电话",
        "community_id = :community AND name_key = :name AND phone = :phone AND phone <> ''",
    ),
    ({"credit_code"}, "统一社会信用代码", "credit_code = :code AND credit_code <> ''"),
)
"""What no two cards bear alike, as the indexes partner_same_person and partner_credit_code have it: by fields, a word, SQL."""
_STEPS = f"""SELECT id, community_id, kind, happened_on FROM standing s WHERE partner_id = ? AND delta <> 0
    AND {stands("standing", "s")} ORDER BY event <> 'joined', happened_on, id"""
