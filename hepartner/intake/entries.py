"""What a row of a roster says, and what of it is otherwise than on the card that it means."""

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any, NamedTuple

from hepartner.chinese import names
from hepartner.intake.problems import masked
from hepartner.ledger.particulars import Particulars
from hepartner.ledger.partners import Partner
from hepartner.ledger.phone import masked as masked_phone
from hepartner.words.partner import KINDS

_MARK_LENGTH = 16


class Entry(NamedTuple):
    """One row of a roster; `states_day` is whether the day of joining stands in it or is only today.

    `aside` is what stood in brackets behind a person's name and was moved to the remark, as in 王芳（大）.
    """

    row: int
    said: Particulars
    key: str
    states_day: bool
    aside: str = ""

    @property
    def mark(self) -> str:
        """What the row is known by in the next list, though no name or phone can be read in it."""
        said = self.said
        about = (said.kind, self.key, self.aside, said.phone, said.community_id, said.grid_id)
        return sha256(repr(about).encode()).hexdigest()[:_MARK_LENGTH]

    @property
    def called(self) -> str:
        """The name with what stood in brackets behind it."""
        return f"{self.said.name}（{self.aside}）" if self.aside else self.said.name

    def is_noted_of(self, known: Partner) -> bool:
        """Whether the remark of a card says what stood in brackets."""
        return self.aside != "" and self.aside in known.remark.split(BETWEEN_REMARKS)


BETWEEN_REMARKS = "；"


def changes_of(entry: Entry, known: Partner, *, is_named: bool) -> Iterator[tuple[str, object]]:
    """Fields that the row says and the card says otherwise; what is blank in the row stays.

    `is_named` is whether the card shall have the row's name, whatever else says that the two are one.
    """
    said = entry.said
    for name in _COMPARED:
        new = getattr(said, name)
        old = known.phone.full if name == "phone" else getattr(known, name)
        if name == "remark" and entry.aside == new != "":
            # The row has no remark of its own, which would stand instead of the card's.
            new = old if entry.is_noted_of(known) else BETWEEN_REMARKS.join(filter(None, (old, new)))
        if new not in ("", None) and new != old:
            yield name, new
    if entry.states_day and said.joined_on != known.joined_on:
        yield "joined_on", said.joined_on
    # Only a credit code outlives a name; one that was merged here still comes under its old name.
    same_code = said.credit_code and said.credit_code == known.credit_code
    is_renamed = same_code or (is_named and not _leaves_out(said.name, known))
    if is_renamed and entry.key != names.match_key(known.name):
        yield "name", said.name


_COMPARED = (
    "kind", "phone", "grid_id", "category", "skills", "contact", "address", "credit_code", "members", "remark",
)  # fmt: skip
TITLES = {
    "kind": "类型", "phone": "电话", "grid_id": "网格", "category": "类别", "skills": "技能", "contact": "联系人",
    "address": "地址", "credit_code": "统一社会信用代码", "members": "人数", "remark": "备注", "joined_on": "加入日期",
    "name": "名称",
}  # fmt: skip


def _leaves_out(name: str, known: Partner) -> bool:
    """Whether a name is an organisation's with parts left out: it does not replace the one that is registered."""
    is_shorter = known.kind != "individual" and len(name) < len(known.name)
    return is_shorter and names.may_be_one_organisation(name, known.name)


def changes_told(known: Partner, changes: Mapping[str, object], grids: Mapping[int, str]) -> str:
    """Say the changes of a card, phones masked; `grids` are the names of the grids by id."""
    return "；".join(_change_told(name, getattr(known, name), new, grids) for name, new in changes.items())


def _change_told(name: str, old: Any, new: Any, grids: Mapping[int, str]) -> str:
    if name == "grid_id":
        old, new = grids.get(old), grids[new]
    if name == "kind":
        old, new = KINDS[old], KINDS[new]
    if name == "phone":
        new = masked_phone(new)
    before = "无" if old in ("", None) or not old else masked(str(old))
    return f"{TITLES[name]} {before} → {masked(str(new))}"
