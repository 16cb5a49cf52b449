"""The rows of a roster that came before: which of them is the same partner, and which may be."""

from itertools import islice

from hepartner.chinese import names
from hepartner.intake.entries import Entry
from hepartner.intake.likeness import are_near
from hepartner.ledger.particulars import Particulars

_LOOKED_AT = 20
"""Of more rows that share something it tells nothing: a phone fills a gap, a name is a branch's."""


class EarlierRows:
    """The rows so far, by what identifies a partner and by what several may share."""

    def __init__(self) -> None:
        self._seen: dict[object, Entry] = {}
        self._of_phone: dict[str, Entry] = {}
        self._sharing: dict[str, dict[tuple[str, int], Entry]] = {}
        self._organisations: dict[tuple[int, str], list[Entry]] = {}

    def same(self, entry: Entry) -> Entry | None:
        """The row before that means the same partner; else the row is kept for those that follow."""
        said, seen = entry.said, self._seen
        if said.phone:
            earlier = self._of_phone.setdefault(said.phone, entry)
            if earlier is not entry:
                sharing = self._sharing.setdefault(said.phone, {_place(earlier): earlier})
                earlier = sharing.setdefault(_place(entry), entry)
        else:
            earlier = seen.setdefault((said.kind, entry.key, said.community_id, said.grid_id), entry)
        if earlier is entry and said.credit_code:
            earlier = seen.setdefault(said.credit_code, entry)
        if earlier is not entry:
            return earlier
        if said.kind != "individual":
            self._organisations.setdefault(_core(said), []).append(entry)
        return None

    def is_alone(self, said: Particulars) -> bool:
        """Whether no row so far can be like this one, which is no organisation's and the only one of its phone."""
        return said.phone not in self._sharing and said.kind == "individual"

    def like(self, entry: Entry) -> Entry | None:
        """The row before that may mean the same partner under another name.

        For persons it has the same phone, as in a family; for organisations also a name nearly the same, for a contact may have
        several.
        """
        said, is_person = entry.said, entry.said.kind == "individual"
        for one in islice(self._sharing.get(said.phone, {}).values(), _LOOKED_AT):
            if one.row >= entry.row:
                break
            is_of_sort = one.key != entry.key and is_person == (one.said.kind == "individual")
            if is_of_sort and (is_person or are_near(one.key, entry.key)):
                return one
        if is_person:
            return None
        for one in islice(self._organisations.get(_core(said), ()), _LOOKED_AT):
            if one.row >= entry.row:
                break
            is_coded = said.credit_code and one.said.credit_code
            if one.key != entry.key and not is_coded and names.may_be_one_organisation(one.key, entry.key):
                return one
        return None


def _place(entry: Entry) -> tuple[str, int]:
    return entry.key, entry.said.community_id


def _core(said: Particulars) -> tuple[int, str]:
    return said.community_id, names.organisation_key(said.name)
