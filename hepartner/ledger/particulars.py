"""What is said of a partner by a roster line or a command, what may be wrong with it, and what it is looked up by."""

from collections.abc import Mapping
from operator import attrgetter
from typing import Any, NamedTuple

from hepartner.chinese import names
from hepartner.words.partner import FORGOTTEN, KINDS

from . import errors
from .phone import tail

MOST_MEMBERS = 1_000_000
MOST_CHARACTERS = 100
"""No name of a person, group or business is longer, in a roster or a command."""


class CreditCode(str):
    """A unified social credit code: public, so it is shown whole, though it may be all digits like a bank card's number."""

    __slots__ = ()

    def __str__(self) -> str:
        return self[:]


class Particulars(NamedTuple):
    """What a roster line or a command says of a partner; empty text for what it does not say."""

    kind: str
    name: str
    community_id: int
    joined_on: str
    phone: str = ""
    grid_id: int | None = None
    category: str = ""
    skills: str = ""
    contact: str = ""
    address: str = ""
    credit_code: str = ""
    members: int | None = None
    remark: str = ""


OF_ORGANISATIONS = {"contact": "联系人", "credit_code": "统一社会信用代码", "members": "人数"}
"""The fields that only groups and businesses have, and what they are called."""


_of_organisations = attrgetter(*OF_ORGANISATIONS)
_NOTHING_OF_THEM = tuple(Particulars._field_defaults[field] for field in OF_ORGANISATIONS)


class BadPartner(errors.Refused):
    """What is said of a partner can't be."""


def faults(particulars: Particulars, today: str) -> list[str]:
    """Return what is wrong with a partner's particulars, one sentence each; empty when nothing is."""
    found = []
    if not names.match_key(particulars.name):
        found.append("名称是空的，请填写姓名或单位名称。")
    if names.match_key(particulars.name) == FORGOTTEN:
        found.append(f"名称不能是“{FORGOTTEN}”，那是给已经注销的人的。请填写姓名或单位名称。")
    if holds_phone(particulars.name):
        found.append("名称里有电话号码，会在各种列表上整个显示。请把号码写进电话，名称里只留名字。")
    if len(particulars.name) > MOST_CHARACTERS:
        found.append(f"名称有 {len(particulars.name)} 个字，太长，请缩短到 {MOST_CHARACTERS} 字以内。")
    if particulars.kind not in KINDS:
        found.append(f"类型“{particulars.kind}”不对，应是个体、社群或商企。")
    if particulars.joined_on > today:
        found.append(f"加入日期 {particulars.joined_on} 还没有到，请改正。")
    if particulars.members is not None and not 1 <= particulars.members <= MOST_MEMBERS:
        found.append(f"人数 {particulars.members} 不合理，应在 1 到 {MOST_MEMBERS} 之间。")
    found += [
        f"个体合伙人不记{OF_ORGANISATIONS[field]}，只有社群和商企才有。请不要写，或改正类型。"
        for field in foreign(particulars)
    ]
    return found


def holds_phone(name: str) -> bool:
    """Return whether a name holds a phone, which no screen or sheet shows whole, while they all show names."""
    if not any(map(str.isdigit, name)):
        return False
    from hepartner.chinese.personal import identity_number, masked_numbers

    # An identity number is refused wherever it stands, by its own sentence (`personal.refuse_identity_numbers`).
    return identity_number(name) is None and masked_numbers(name) != name


def foreign(said: Particulars) -> list[str]:
    """Return the fields in which something is said of an individual that only organisations have."""
    # Asked of every line of a roster.
    if said.kind != "individual" or _of_organisations(said) == _NOTHING_OF_THEM:
        return []
    return [field for field in OF_ORGANISATIONS if getattr(said, field) not in ("", None)]


def without_foreign(said: Particulars) -> Particulars:
    """Return what is said without what only organisations have, if it is of an individual."""
    return said._replace(**{field: Particulars._field_defaults[field] for field in foreign(said)})


def changes(before: Particulars, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that an edit changes. Who becomes an individual loses what only organisations have, unless it is said."""
    changed = {name: value for name, value in fields.items() if value != getattr(before, name)}
    if "kind" in changed:
        lost = foreign(before._replace(kind=changed["kind"]))
        changed |= {name: fields.get(name, Particulars._field_defaults[name]) for name in lost}
    return changed


class Keys(NamedTuple):
    """What a partner is looked up by: the card's fields of these names.

    Of an organisation `short_key` is its name without region and 有限公司 or 协会, spelled in the other two; these are empty
    where nothing was left out.
    """

    name_key: str
    short_key: str
    pinyin: str
    initials: str
    short_pinyin: str
    short_initials: str


def keys_of(kind: str, name: str) -> Keys:
    """Return what a partner of this kind and name is looked up by."""
    individual = kind == "individual"
    key, short = names.match_key(name), "" if individual else names.organisation_key(name)
    spelled = names.spelled(short, surname=False) if short not in ("", key) else ("", "")
    return Keys(key, short, *names.spelled(name, surname=individual), *spelled)


def looked_up(said: Particulars) -> dict[str, object]:
    """Return the card fields that look-up uses, computed from what is said."""
    return {**keys_of(said.kind, said.name)._asdict(), "phone_tail": tail(said.phone)}
