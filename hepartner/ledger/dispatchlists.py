"""Lists of dispatches: a whistle with those it called, when they arrived with how many, and its end, posted in one voucher."""

from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from .dispatches import Dispatch, Dispatches, Whistle
from .moments import Moment
from .responding import Came
from .responses import Responses

if TYPE_CHECKING:
    from .ledger import Ledger
    from .partners import Partner
    from .vouchers import Voucher


@dataclass
class Listed:
    """What a list says of one dispatch: a whistle that is new, or more about one that is known.

    `called` are the partners that are to be called, `arrived` who came and when, `finished` the end if it is new.
    """

    dispatch: Whistle | Dispatch
    called: "list[Partner]" = field(default_factory=list)
    arrived: list[tuple[Moment, Came]] = field(default_factory=list)
    finished: Moment | None = None

    @property
    def whistled(self) -> Moment:
        """When the whistle was blown."""
        return self.dispatch.moment if isinstance(self.dispatch, Whistle) else self.dispatch.whistled


def enter(ledger: "Ledger", voucher: "Voucher", listed: Listed) -> None:
    """Post what a list says of a dispatch in an open voucher; partners are called at the whistle, and ends come last.

    Raises what dispatches.whistle, responses.roll_call and dispatches.end raise.
    """
    book, responses, dispatch = ledger.book(Dispatches), ledger.book(Responses), listed.dispatch
    dispatch_id = book.begin(voucher, dispatch) if isinstance(dispatch, Whistle) else dispatch.id
    now = book.get(dispatch_id)
    if listed.called:
        responses.call_many(voucher, now, listed.called, now.whistled)
    in_order = sorted(listed.arrived, key=lambda one: one[0])
    for moment, those in groupby(in_order, key=lambda one: one[0]):
        responses.arrive_many(voucher, now, [came for _, came in those], moment)
    if listed.finished:
        book.end(voucher, now, listed.finished)
