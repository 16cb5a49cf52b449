"""Match the rows of a roster to the partners in the ledger: added, changed, unchanged, or asked about."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from hepartner.chinese import names
from hepartner.intake.people import People, listed
from hepartner.intake.plan import ByHand
from hepartner.intake.problems import Fault, Misfit, masked
from hepartner.ledger.particulars import Particulars
from hepartner.ledger.partners import Partner
from hepartner.ledger.phone import masked as masked_phone
from hepartner.words.partner import KINDS


class Entry(NamedTuple):
    """One row of a roster; `states_day` is whether the day of joining stands in it or is only today."""

    row: int
    said: Particulars
    key: str
    states_day: bool


@dataclass
class Matched:
    """What becomes of the rows that are in the ledger already or can't be told apart; the others are new."""

    edits: list[tuple[Partner, dict[str, object]]] = field(default_factory=list)
    unchanged: int = 0
    refused: list[tuple[int, Misfit]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    renamed: list[str] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


class Roster:
    """The roster being matched: which card and which identity was taken by which row.

    A blank never erases, a changed value is told as a change, and what fits two cards is never decided here.
    """

    def __init__(
        self,
        people: People,
        grids: Mapping[int, str],
        by_hand: ByHand,
        refusal: Callable[..., Misfit | None],
        on_match: str,
    ) -> None:
        """`grids` are the names of the grids by id, `by_hand` tells what stays as a hand left it.

        `refusal` tells why a partner's card does not take changes of fields.
        `on_match` is that of a `Source`.
        """
        self.matched = Matched()
        self._grids = grids
        self._by_hand = by_hand
        self._refusal = refusal
        self._on_match = on_match
        self._people = people
        self._taken: dict[int, int] = {}
        self._seen: dict[object, Entry] = {}

    def new(self, entries: Iterable[Entry]) -> Iterator[Particulars]:
        """Match the rows; yield the new partners, each as soon as it is certain that it is one.

        First goes what identifies; rows with namesakes wait for the end, when it is known which cards are still free.
        """
        with_namesakes = []
        for entry in entries:
            if self.repeats(entry) or self.is_merged(entry) or self.meets_exactly(entry):
                continue
            if self._people.called(entry.said.community_id, entry.key):
                with_namesakes.append(entry)
            else:
                yield entry.said
        for entry in with_namesakes:
            if not self.meets_by_name(entry):
                yield entry.said

    def repeats(self, entry: Entry) -> bool:
        """Whether an earlier row is the same partner: the same again changes nothing, anything else is asked."""
        said, seen = entry.said, self._seen
        if said.phone:
            earlier = seen.setdefault((said.phone, entry.key, said.community_id), entry)
        else:
            earlier = seen.setdefault((said.kind, entry.key, said.community_id, said.grid_id), entry)
        if earlier is entry and said.credit_code:
            earlier = seen.setdefault(said.credit_code, entry)
        if earlier is entry:
            return False
        if earlier.said == said or earlier.said._replace(name=said.name) == said:
            # The key is the same: at most the spelling of the name is another.
            self.matched.unchanged += 1
        else:
            reason = f"与第 {earlier.row} 行像是同一个合伙人，但内容不同"
            self._refuse(entry, reason, "请合成一行；确是同名的另一位，请填上各自的电话")
        return True

    def is_merged(self, entry: Entry) -> bool:
        """Whether the row means a card that was merged into another: it stays so, and the other one is not touched."""
        said = entry.said
        card = self._people.merged(
            said, entry.key, lambda card_id: self._by_hand.changed(card_id, "phone", said.phone)
        )
        if card is None:
            return False
        now = self._people.by_id[self._people.now(card.id)]
        self.matched.unchanged += 1
        self.matched.merged.append(f"{said.name}（现为{now.name}，{now.code}）")
        return True

    def meets_exactly(self, entry: Entry) -> bool:
        """Whether a card bears the row's credit code, or its phone and name; compares the row with it."""
        found = self._people.exact(entry.said.credit_code, entry.said.phone, entry.key)
        if found:
            here = [one for one in found if one.community_id == entry.said.community_id]
            self._compare(entry, (here or found)[0])
        return bool(found)

    def meets_by_name(self, entry: Entry) -> bool:
        """Whether a free card bears the row's name and nothing tells the two apart, or that can't be known."""
        said = entry.said
        namesakes = [
            one
            for one in self._people.called(said.community_id, entry.key)
            if one.kind == said.kind and one.id not in self._taken
        ]
        # Whose phone a hand has changed since the list gave it, then who is in the grid.
        told_apart = [one for one in namesakes if self._by_hand.changed(one.id, "phone", said.phone)] or [
            one for one in namesakes if said.grid_id and one.grid_id == said.grid_id
        ]
        candidates = told_apart or namesakes
        if len(candidates) == 1 and (told_apart or _may_be(candidates[0], said)):
            self._compare(entry, candidates[0])
        elif candidates:
            once = "" if entry.key == names.match_key(candidates[0].name) else "从前"
            reason = f"台账里有{once}同名的{listed(candidates)}，不知道是不是同一位"
            remedy = "是同一位请先用 hep partner edit 改好电话或网格；是另一位请先用 hep partner add --same-name 登记"
            self._refuse(entry, reason, remedy)
        return bool(candidates)

    def _compare(self, entry: Entry, known: Partner) -> None:
        """Compare a row with its card: unchanged, changed, or refused because a card can't change so."""
        earlier = self._taken.setdefault(known.id, entry.row)
        if earlier != entry.row:
            self._refuse(entry, f"与第 {earlier} 行是同一个合伙人（{known.code}）", "请合成一行")
        elif known.community_id != entry.said.community_id:
            remedy = "请改正社区；确已搬迁请先用 hep partner move"
            self._refuse(entry, f"台账里 {known.code} 属于{known.community}，与名单不符", remedy)
        elif known.status == "left":
            remedy = "要重新加入请先用 hep partner rejoin，否则请从名单里删去"
            self._refuse(entry, f"{known.code} 已退出", remedy)
        else:
            self._edit(entry, known)

    def _edit(self, entry: Entry, known: Partner) -> None:
        """Note what the row says otherwise than its card."""
        said = dict(_changes(entry, known))
        changes = self._by_hand.but(known.id, f"{known.name}（{known.code}）", said)
        if "name" not in changes and entry.key != names.match_key(known.name):
            self.matched.renamed.append(f"{entry.said.name}（现名{known.name}，{known.code}）")
        if changes and self._on_match == "skip":
            self.matched.unchanged += 1
            self.matched.left.append(_told(entry, known, changes, self._grids))
        elif changes and self._on_match == "refuse":
            # What the card says is shown by a dry run, not written into the workbook of rejected rows.
            reason = f"与台账里的 {known.code} 不同：{'、'.join(_TITLES[name] for name in changes)}"
            self._refuse(entry, reason, "要修改请加 --on-match update，保留台账里的请加 --on-match skip")
        elif changes and (misfit := self._refusal(known, changes)):
            self.matched.refused.append((entry.row, misfit))
        elif changes:
            self.matched.edits.append((known, changes))
            self.matched.told.append(_told(entry, known, changes, self._grids))
        else:
            self.matched.unchanged += 1

    def _refuse(self, entry: Entry, reason: str, remedy: str) -> None:
        self.matched.refused.append((entry.row, Misfit("name", Fault(reason, remedy), entry.said.name)))


def _may_be(known: Partner, said: Particulars) -> bool:
    """Whether nothing tells a row and its only namesake apart."""
    other_phone = known.phone and said.phone and known.phone.full != said.phone
    other_grid = known.grid_id and said.grid_id and known.grid_id != said.grid_id
    return not other_phone and not other_grid


def _changes(entry: Entry, known: Partner) -> Iterator[tuple[str, object]]:
    """Fields that the row says and the card says otherwise; what is blank in the row stays."""
    said = entry.said
    for name in _COMPARED:
        new = getattr(said, name)
        old = known.phone.full if name == "phone" else getattr(known, name)
        if new not in ("", None) and new != old:
            yield name, new
    if entry.states_day and said.joined_on != known.joined_on:
        yield "joined_on", said.joined_on
    # Only a credit code outlives a name; one that was merged here still comes under its old name.
    same_code = said.credit_code and said.credit_code == known.credit_code
    if same_code and entry.key != names.match_key(known.name):
        yield "name", said.name


_COMPARED = (
    "kind", "phone", "grid_id", "category", "skills", "contact", "address", "credit_code", "members", "remark",
)  # fmt: skip
_TITLES = {
    "kind": "类型", "phone": "电话", "grid_id": "网格", "category": "类别", "skills": "技能", "contact": "联系人",
    "address": "地址", "credit_code": "统一社会信用代码", "members": "人数", "remark": "备注", "joined_on": "加入日期",
    "name": "名称",
}  # fmt: skip


def _told(entry: Entry, known: Partner, changes: dict[str, object], grids: Mapping[int, str]) -> str:
    told = "；".join(_change_told(name, getattr(known, name), new, grids) for name, new in changes.items())
    return f"第 {entry.row} 行 {known.name}（{known.code}）：{told}"


def _change_told(name: str, old: Any, new: Any, grids: Mapping[int, str]) -> str:
    if name == "grid_id":
        old, new = grids.get(old), grids[new]
    if name == "kind":
        old, new = KINDS[old], KINDS[new]
    if name == "phone":
        new = masked_phone(new)
    before = "无" if old in ("", None) or not old else masked(str(old))
    return f"{_TITLES[name]} {before} → {masked(str(new))}"
