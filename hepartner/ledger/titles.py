"""Titles: cards that have a code and a title, how people name them and how their codes are given out."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Protocol, TypeVar

from hepartner.chinese import names

from .codes import code, last_number
from .lookup import called_before, literal
from .sources import Source, cards_brought, former_names

if TYPE_CHECKING:
    from .ledger import Ledger


class Card(Protocol):
    """A card with a title, of a community."""

    @property
    def id(self) -> int:
        """The card's id."""

    @property
    def title(self) -> str:
        """What it is called."""

    @property
    def community_id(self) -> int:
        """The community's id."""


Titled = TypeVar("Titled", bound=Card)


def attempts(
    ledger: "Ledger", table: str, text: str, read: Callable[..., list[Titled]]
) -> Iterator[list[Titled]]:
    """Yield what a text may name, the surest way first: code, whole title, part of a title; blank text names nothing.

    First of all comes what it named when the command was sent before (`lookup.called_before`). `read` takes a SQL
    test on a card called `c` and its parameters. What is of the community worked in comes first.
    """
    key, here = names.match_key(text), ledger.here
    if not key:
        return
    asked = {
        "code": text.strip(),
        "here": f"{here.code}-" if here else "",
        "key": key,
        "within": f"%{literal(key)}%",
    }
    if these := called_before(ledger, table, text):
        yield read(_THESE, these=str(these))
    for test in _TESTS:
        found = read(test, **asked)
        mine = [one for one in found if here and one.community_id == here.id]
        yield mine or found


def titled(title: str) -> tuple[str, str]:
    """Return a title as it is kept, and the key by which titles are the same."""
    tidy = names.tidy(title)
    return tidy, names.match_key(tidy)


def by_title(ledger: "Ledger", table: str, cards: Sequence[Titled]) -> dict[tuple[int, str], list[Titled]]:
    """Put cards together by community and key of the title; a title that none bears any more stands for who bore it."""
    found: dict[tuple[int, str], list[Titled]] = {}
    for one in cards:
        found.setdefault((one.community_id, titled(one.title)[1]), []).append(one)
    return by_former_title(ledger, table, cards) | found


def by_former_title(
    ledger: "Ledger", table: str, cards: Iterable[Titled]
) -> dict[tuple[int, str], list[Titled]]:
    """Put renamed cards together by community and key of each title they bore before, the latest titles first."""
    by_id = {one.id: one for one in cards}
    former: dict[tuple[int, str], list[Titled]] = {}
    for card_id, key in former_names(ledger.database, table, "title_key"):
        if card_id in by_id:
            former.setdefault((by_id[card_id].community_id, key), []).append(by_id[card_id])
    return former


def once_titled(
    ledger: "Ledger", table: str, cards: Iterable[Titled], source: Source
) -> dict[tuple[int, str], list[Titled]]:
    """Put renamed cards that a source brought together by community and key of each title they bore before."""
    brought = cards_brought(ledger.database, source, table)
    return by_former_title(ledger, table, (one for one in cards if one.id in brought))


def issued(
    ledger: "Ledger", table: str, letter: str, community_ids: Iterable[int]
) -> Iterator[tuple[int, int, str]]:
    """Yield `issuer_id`, `number` and `code` of new cards of these communities, one after another."""
    given: dict[int, int] = {}
    for community_id in community_ids:
        community = ledger.areas.get(community_id)
        number = 1 + (given.get(community_id) or last_number(ledger, table, community))
        given[community_id] = number
        yield community_id, number, code(letter, community, number)


_THESE = "c.id IN (SELECT value FROM json_each(:these))"
_TESTS = (
    "c.code = upper(:code)",
    "c.code = :here || upper(:code)",
    "c.title_key = :key",
    "c.title_key LIKE :within ESCAPE '\\'",
)
