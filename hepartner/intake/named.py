"""Cards that rows of a list name by code or by title: the needs, meetings, offers and projects of the ledger."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from hepartner.ledger.titles import Card, by_former_title, by_title, titled

if TYPE_CHECKING:
    from hepartner.ledger import Ledger
    from hepartner.ledger.areas import Area


class CodedCard(Card, Protocol):
    """A card with a title and a code."""

    @property
    def code(self) -> str:
        """Its code, as XF-M0003."""


Coded = TypeVar("Coded", bound=CodedCard)


class Named(Generic[Coded]):
    """The cards of one table, by what lists call them."""

    def __init__(self, ledger: "Ledger", table: str, cards: Sequence[Coded]) -> None:
        self._by_code = {one.code: one for one in cards}
        self._by_title = by_title(ledger, table, cards)
        self._by_former = by_former_title(ledger, table, cards)

    def called(self, text: str, community: "Area") -> list[Coded]:
        """The one of this code, with or without its community; else those of this title there, in the order of the cards."""
        code = text.strip().upper()
        if coded := self._by_code.get(code) or self._by_code.get(f"{community.code}-{code}"):
            return [coded]
        return self._by_title.get((community.id, titled(text)[1]), [])

    def once_called(self, text: str, community_id: int) -> list[Coded]:
        """Those that once bore this title there, whoever bears it now."""
        return self._by_former.get((community_id, titled(text)[1]), [])
