"""Match the rows of a roster to the partners in the ledger: added, changed, unchanged, or asked about."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from hepartner.chinese import names
from hepartner.intake.doubts import LEAVE, Answer, Choice, Doubt
from hepartner.intake.earlier import EarlierRows
from hepartner.intake.entries import TITLES, Entry, changes_of, changes_told
from hepartner.intake.likeness import Likeness, may_be
from hepartner.intake.people import People, listed
from hepartner.intake.plan import ByHand
from hepartner.intake.problems import Fault, Misfit, masked
from hepartner.ledger.particulars import Particulars
from hepartner.ledger.partners import Partner
from hepartner.ledger.phone import masked as masked_phone
from hepartner.ledger.sources import Source
from hepartner.words.partner import KINDS

_Why = tuple[str, ...]
"""A reason, and for each … in it what the ledger has."""


@dataclass
class Matched:
    """What becomes of the rows that are in the ledger already or can't be told apart; the others are new."""

    edits: list[tuple[Partner, dict[str, object]]] = field(default_factory=list)
    answered: int = 0
    unchanged: int = 0
    refused: list[tuple[int, Misfit]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    renamed: list[str] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    left: set[int] = field(default_factory=set)
    meant: dict[str, int] = field(default_factory=dict)
    as_before: list[str] = field(default_factory=list)


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
        *,
        source: Source,
        answers: Mapping[Doubt, Answer],
        meant: Mapping[str, int],
    ) -> None:
        """`grids` are the names of the grids by id, `by_hand` tells what stays as a hand left it.

        `refusal` tells why a partner's card does not take changes of fields.
        Of a `source` is taken what becomes of rows that are like somebody known or say something else than their cards;
        `answers` are those to the doubts of an earlier pass, `meant` the cards that rows were said to mean in earlier lists.
        """
        self.matched = Matched()
        self._grids = grids
        self._by_hand = by_hand
        self._refusal = refusal
        self._source = source
        self._answers = answers
        self._meant = meant
        self._people = people
        self._likeness = Likeness(people)
        self._earlier = EarlierRows()
        self._taken: dict[int, Entry] = {}

    def new(self, entries: Iterable[Entry]) -> Iterator[Particulars]:
        """Match the rows; yield the new partners, each as soon as it is certain that it is one.

        First goes what identifies; who is like somebody waits for the end, when it is known which cards are still free.
        """
        waiting = []
        for entry in entries:
            if self.repeats(entry):
                continue
            is_known = self._people.know(entry.said, entry.key)
            if is_known and (self.is_merged(entry) or self.meets_exactly(entry)):
                continue
            if is_known or self._is_like_somebody(entry):
                waiting.append(entry)
            else:
                yield entry.said
        for entry in waiting:
            if not self.meets_by_name(entry):
                yield entry.said

    def _is_like_somebody(self, entry: Entry) -> bool:
        """Whether a card or an earlier row may be meant by a row that nothing identifies."""
        said = entry.said
        if self._likeness.is_unknown(said) and self._earlier.is_alone(said):
            return False
        return bool(self._likeness.candidates(said, entry.key) or self._earlier.like(entry))

    def repeats(self, entry: Entry) -> bool:
        """Whether an earlier row is the same partner: the same again changes nothing, anything else is asked."""
        earlier = self._earlier.same(entry)
        if earlier is None:
            return False
        if earlier.said == entry.said or earlier.said._replace(name=entry.said.name) == entry.said:
            # The key is the same: at most the spelling of the name is another.
            self.matched.unchanged += 1
        else:
            reason = f"与第 {earlier.row} 行像是同一个合伙人，但内容不同"
            self._refuse(entry, (reason,), "请合成一行；确是同名的另一位，请填上各自的电话")
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
        """Whether a free card bears the row's name and nothing tells the two apart, or the row may mean somebody known."""
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
        # Who writes 王芳（大） knows of another 王芳: only the card that says so is meant without asking.
        noted = [one for one in namesakes if entry.is_noted_of(one)]
        candidates = noted or told_apart or namesakes
        is_known = noted if entry.aside else told_apart or may_be(candidates[0], said) if candidates else ()
        if len(candidates) == 1 and is_known:
            self._compare(entry, candidates[0])
            return True
        if candidates:
            once = "" if entry.key == names.match_key(candidates[0].name) else "从前"
            reason = f"台账里有{once}同名的…，不知道是不是同一位"
            return self._is_decided(entry, (reason, listed(candidates)), [*candidates, *self._like(entry)])
        return self._is_like(entry)

    def _is_like(self, entry: Entry) -> bool:
        """Whether a row without namesakes may mean a free card or an earlier row: by its phone, or a name nearly the same."""
        said, cards, earlier = entry.said, self._like(entry), self._earlier.like(entry)
        if cards:
            is_person = said.kind == "individual"
            shown = "、".join(
                one.code if is_person else f"{one.name}（{one.code}）" for one in cards[:_SHOWN]
            )
            alike = "电话相同" if cards[0].phone.full == said.phone != "" else "名称相近"
            reason = f"疑似重复：与台账里的…{alike}，不知道是不是同一位"
            return self._is_decided(entry, (reason, f" {shown} " if is_person else shown), cards)
        if earlier:
            alike = "电话相同，姓名不同" if earlier.said.phone == said.phone != "" else "名称相近"
            return self._is_decided(entry, (f"疑似重复：与第 {earlier.row} 行{alike}",), (), earlier)
        return False

    def _like(self, entry: Entry) -> list[Partner]:
        """The free cards that a row is like."""
        found = self._likeness.candidates(entry.said, entry.key)
        return [one for one in found if one.id not in self._taken]

    def _is_decided(
        self, entry: Entry, why: _Why, cards: Sequence[Partner], earlier: Entry | None = None
    ) -> bool:
        """Do what is known of a row that may mean one of the cards or an earlier row; False if it is somebody else.

        Where neither the importer nor `repeats` said it, the row is refused.
        """
        doubt = self._who(entry, why, cards, earlier)
        answer = self._answers.get(doubt) or self._as_before(entry, cards) or self._by_option(entry, cards)
        if answer is None:
            self.matched.doubts.append(doubt)
            remedy = (
                _WHO_OF_ROWS if earlier else _WHO if _is_found_again(entry, cards) else _WHO_WITHOUT_PHONE
            )
            self._refuse(entry, why, remedy)
        elif answer.what == "new":
            return False
        elif answer.what == "leave":
            self._leave(entry, why)
        elif answer.what == "update" and answer.card_id is not None:
            self._compare(entry, self._people.by_id[answer.card_id], is_agreed=True)
        else:
            self.matched.unchanged += 1
            if answer.card_id is not None:
                self.matched.meant[entry.mark] = answer.card_id
        return True

    def _as_before(self, entry: Entry, cards: Sequence[Partner]) -> Answer | None:
        """What was answered of the same row in an earlier list of the source, as long as its card may be meant."""
        card_id = self._meant.get(entry.mark) if self._meant else None
        if card_id is None or all(one.id != card_id for one in cards):
            return None
        self.matched.as_before.append(entry.called)
        return Answer("skip", card_id)

    def _by_option(self, entry: Entry, cards: Sequence[Partner]) -> Answer | None:
        """What is said once for all rows that are like somebody known; taken down to be told."""
        if self._source.repeats == "skip":
            self.matched.same.append(entry.called)
            return Answer("skip")
        if self._source.repeats == "accept" and _is_found_again(entry, cards):
            self.matched.others.append(entry.called)
            return Answer("new")
        return None

    def _who(self, entry: Entry, why: _Why, cards: Sequence[Partner], earlier: Entry | None) -> Doubt:
        """The question whom a row means."""
        choices = []
        for card in cards[:_SHOWN]:
            named = f"就是 {card.name}（{card.code}，电话 {card.phone or '无'}{self._place(card)}）"
            if changes := self._said_otherwise(entry, card):
                told = changes_told(card, changes, self._grids)
                choices.append(Choice(Answer("update", card.id), f"{named}，按名单修改：{told}"))
            choices.append(Choice(Answer("skip", card.id), f"{named}，台账不改"))
        if earlier:
            same = f"就是第 {earlier.row} 行的{earlier.called}，不再登记"
            choices.append(Choice(Answer("skip"), same))
        choices += [Choice(Answer("new"), "另一位，新增"), LEAVE]
        said = entry.said
        phone = masked_phone(said.phone) if said.phone else "无"
        row = (
            f"第 {entry.row} 行 {masked(entry.called)}（{KINDS[said.kind]}，电话 {phone}{self._place(said)}）"
        )
        reason, *held = why
        return Doubt(entry.row, "who", f"{row}：{Fault(reason, '', tuple(held)).told}", tuple(choices))

    def _place(self, one: Partner | Particulars) -> str:
        return f"，{self._grids[one.grid_id]}" if one.grid_id else ""

    def _compare(self, entry: Entry, known: Partner, *, is_agreed: bool = False) -> None:
        """Compare a row with its card: unchanged, changed, or refused because a card can't change so.

        `is_agreed` is whether the importer said that the row means this card and changes it.
        """
        earlier = self._taken.setdefault(known.id, entry)
        if earlier is not entry:
            self._refuse(entry, (f"与第 {earlier.row} 行是同一个合伙人（…）", known.code), "请合成一行")
        elif known.community_id != entry.said.community_id:
            remedy = "请改正社区；确已搬迁请先用 hep partner move"
            self._refuse(entry, ("台账里的…属于…，与名单不符", f" {known.code} ", known.community), remedy)
        elif known.status == "left":
            remedy = "要重新加入请先用 hep partner rejoin，否则请从名单里删去"
            self._refuse(entry, ("台账里的…已退出", f" {known.code} "), remedy)
        else:
            self._edit(entry, known, is_agreed=is_agreed)

    def _edit(self, entry: Entry, known: Partner, *, is_agreed: bool) -> None:
        """Note what the row says otherwise than its card."""
        said = dict(changes_of(entry, known, is_named=is_agreed))
        changes = self._by_hand.but(known.id, f"{known.name}（{known.code}）", said)
        if "name" not in changes and entry.key != names.match_key(known.name):
            self.matched.renamed.append(f"{entry.said.name}（现名{known.name}，{known.code}）")
        what = "update" if is_agreed else self._source.on_match
        if not changes:
            self.matched.unchanged += 1
            return
        told = f"第 {entry.row} 行 {known.name}（{known.code}）：{changes_told(known, changes, self._grids)}"
        if what == "ask":
            what = self._asked(entry, known, changes, told)
        if what == "skip":
            self.matched.unchanged += 1
            self.matched.kept.append(told)
        elif what == "update":
            if misfit := self._refusal(known, changes):
                self.matched.refused.append((entry.row, misfit))
            else:
                self.matched.edits.append((known, changes))
                self.matched.answered += is_agreed
                self.matched.told.append(told)

    def _asked(self, entry: Entry, known: Partner, changes: dict[str, object], told: str) -> str:
        """What the importer wants of the changes that a row makes to a card; a row of which it is not known is refused."""
        doubt = Doubt(entry.row, "changes", told, _OF_CHANGES)
        answer = self._answers.get(doubt)
        # What the card says is shown by a dry run, not written into the workbook of rejected rows.
        why = f"与台账里的…不同：{'、'.join(TITLES[name] for name in changes)}", f" {known.code} "
        if answer is None:
            self.matched.doubts.append(doubt)
            self._refuse(entry, why, "要修改请加 --on-match update，保留台账里的请加 --on-match skip")
            return "leave"
        if answer.what == "leave":
            self._leave(entry, why)
        return answer.what

    def _said_otherwise(self, entry: Entry, known: Partner) -> dict[str, object]:
        """What a row changes of the card that it means, but for what a hand has changed since."""
        changes = changes_of(entry, known, is_named=True)
        return {name: new for name, new in changes if not self._by_hand.changed(known.id, name, new)}

    def _leave(self, entry: Entry, why: _Why) -> None:
        """Give a row back because the importer wants it so: that does not refuse the others."""
        self.matched.left.add(entry.row)
        self._refuse(entry, why, "问清楚后改正这一行，再导入问题清单")

    def _refuse(self, entry: Entry, why: _Why, remedy: str) -> None:
        reason, *held = why
        fault = Fault(reason, remedy, tuple(held))
        self.matched.refused.append((entry.row, Misfit("name", fault, entry.called)))


def _is_found_again(entry: Entry, cards: Iterable[Partner]) -> bool:
    """Whether something tells a row from its namesakes; who has nothing would be added anew by every import of the list."""
    said = entry.said
    return bool(said.phone) or all(
        entry.key != names.match_key(one.name) or (said.grid_id and said.grid_id != one.grid_id)
        for one in cards
    )


_WHO = "是同一位请把名单改成与台账一样，或加 --skip-repeat 不登记；是另一位请加 --accept-repeat"
_WHO_WITHOUT_PHONE = f"{_WHO}（请先填上电话，否则分不清）"
_WHO_OF_ROWS = "是同一位请合成一行；是另一位请加 --accept-repeat"
_OF_CHANGES = (Choice(Answer("update"), "按名单修改"), Choice(Answer("skip"), "台账不改"), LEAVE)
_SHOWN = 3
