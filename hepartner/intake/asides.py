"""What stands in brackets behind persons' names on rosters, as in 王芳（大）: no part of the name, but of the remark."""

import re
from collections.abc import Iterable, Iterator

from hepartner.chinese import names
from hepartner.intake.entries import BETWEEN_REMARKS, Entry
from hepartner.intake.people import People

_SHOWN = 5
_CLOSING = set(")）】〕")
# Words alone: digits may be a phone, which no list shows but masked, or an age that is another next year.
_ASIDE = re.compile(r"(.*[^\s(（【〔])\s*[(（【〔]\s*([\u4e00-\u9fff、，\s]{1,10})[)）】〕]")


class Asides:
    """Moves what stands in brackets to the remarks of the rows, unless a card is called so."""

    def __init__(self, people: People) -> None:
        self._people = people
        self._moved: list[str] = []

    def moved(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """Yield the rows, those with an aside changed."""
        for entry in entries:
            if entry.said.name[-1] not in _CLOSING or self._people.called(entry.said.community_id, entry.key):
                yield entry
            else:
                without = without_aside(entry)
                self._moved += [entry.said.name] * bool(without.aside)
                yield without

    def notes(self) -> Iterator[str]:
        """Tell of what was moved."""
        if self._moved:
            shown = "、".join(self._moved[:_SHOWN]) + ("等" if len(self._moved) > _SHOWN else "")
            yield f"{len(self._moved)} 位姓名后面括号里的话移到了备注：{shown}"


def without_aside(entry: Entry) -> Entry:
    """Move what stands in brackets behind a person's name to the remark; any other row is returned as it is."""
    said = entry.said
    found = _ASIDE.fullmatch(said.name) if said.kind == "individual" else None
    name, aside = map(names.tidy, found.groups()) if found else ("", "")
    key = names.match_key(name)
    if not key or not aside:
        return entry
    remark = BETWEEN_REMARKS.join(filter(None, (aside, said.remark)))
    return entry._replace(said=said._replace(name=name, remark=remark), key=key, aside=aside)
