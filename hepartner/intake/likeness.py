"""Whom a row of a roster may mean though it bears neither their name nor their code; it proposes and never decides."""

from collections import defaultdict
from collections.abc import Iterable

from hepartner.chinese import names
from hepartner.intake.people import People
from hepartner.ledger.particulars import Particulars
from hepartner.ledger.partners import Partner

_LEAST_HEARD = 3
"""Names of fewer characters sound like each other too often to say anything where nothing else does."""


class Likeness:
    """The partners in force by phone and by the sound of their names.

    Lists are typed by people: 王芳 becomes 王方, a 北海市 or 有限公司 is left out, a family shares one phone.
    """

    def __init__(self, people: People) -> None:
        self._people = people
        self._cards = [one for one in people.by_id.values() if one.merged_into_id is None]
        self._by_phone: dict[str, list[Partner]] = {}
        self._without_phone: set[int] = set()
        for one in self._cards:
            if one.phone:
                self._by_phone.setdefault(one.phone.full, []).append(one)
            elif one.kind == "individual":
                self._without_phone.add(one.community_id)
        self._heard: dict[tuple[int, bool], dict[str, list[Partner]]] = {}

    def is_unknown(self, said: Particulars) -> bool:
        """Whether a row certainly is like nobody, as most are: its phone is nobody's, and everybody near has another."""
        return (
            said.phone not in self._by_phone
            and said.phone != ""
            and said.kind == "individual"
            and said.community_id not in self._without_phone
        )

    def candidates(self, said: Particulars, key: str) -> list[Partner]:
        """Whom a row may mean, those of its phone first; `key` is the match key of its name."""
        is_person = said.kind == "individual"
        found = [
            one
            for one in self._by_phone.get(said.phone, ())
            if is_person == (one.kind == "individual")
            and (is_person or are_near(key, names.match_key(one.name)))
        ]
        if is_person:
            found += [one for one in self._of_one_sound(said, key) if may_be(one, said)]
        else:
            found += self._people.alike(said.name, said.community_id)
            found += self._of_one_sound(said, names.organisation_key(said.name))
        # Equal codes would have identified it.
        return list({one.id: one for one in found if not (said.credit_code and one.credit_code)}.values())

    def _of_one_sound(self, said: Particulars, key: str) -> Iterable[Partner]:
        """Those of the community whose names sound the same."""
        is_person = said.kind == "individual"
        place = said.community_id, is_person
        if place not in self._heard:
            heard = self._heard[place] = defaultdict(list)
            for one in self._cards:
                if (one.community_id, one.kind == "individual") == place:
                    heard[_sound(one.name, is_person=is_person)].append(one)
        found = self._heard[place].get(names.sound(key, surname=is_person), ())
        if len(key) < _LEAST_HEARD:
            # 王芳 and 王方 may be one if they live in one grid; 舞社 and 武社 may not.
            found = [one for one in found if is_person and said.grid_id and one.grid_id == said.grid_id]
        return found


def are_near(one: str, other: str) -> bool:
    """Whether two organisations of one phone may be one: by a slip, or by a part of the name that was left out."""
    key, other_key = names.organisation_key(one), names.organisation_key(other)
    shorter, longer = sorted((key, other_key), key=len)
    return names.may_be_slip(key, other_key) or (len(shorter) >= _LEAST_HEARD and shorter in longer)


def _sound(name: str, *, is_person: bool) -> str:
    key = names.match_key(name) if is_person else names.organisation_key(name)
    return names.sound(key, surname=is_person)


def may_be(known: Partner, said: Particulars) -> bool:
    """Whether neither phone nor grid tells a row and a card of its name apart."""
    other_phone = known.phone and said.phone and known.phone.full != said.phone
    other_grid = known.grid_id and said.grid_id and known.grid_id != said.grid_id
    return not other_phone and not other_grid
