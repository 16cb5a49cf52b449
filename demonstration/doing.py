"""What the verbs of the diary do that tell of pairings and dispatches: each is one call of the ledger's."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from hepartner.ledger.dispatches import Dispatch, Dispatches, Whistle
from hepartner.ledger.moments import Moment
from hepartner.ledger.pairings import Pairings
from hepartner.ledger.responding import Came
from hepartner.ledger.responses import Responses
from hepartner.ledger.rewarding import Reward
from hepartner.words.dispatch import KINDS
from hepartner.words.pairing import LINKS

if TYPE_CHECKING:
    from .replay import Replay

Line = dict[str, Any]


def pair(replay: "Replay", line: Line) -> None:
    """Pair a partner with a community."""
    links = [code for code, word in LINKS.items() if word in line["links"]]
    partner, community = replay.partner(line["partner"]), replay.community(line)
    replay.ledger.book(Pairings).start(partner, community, links=links, day=day_of(line))


def unpair(replay: "Replay", line: Line) -> None:
    """End a pairing."""
    pairings = replay.ledger.book(Pairings)
    pairing = pairings.find(replay.partner(line["partner"]), replay.community(line))
    pairings.end(pairing, day=day_of(line), reason="单位退出")


def whistle(replay: "Replay", line: Line) -> None:
    """Blow the whistle and call partners."""
    kind = code_of(KINDS, line["kind"])
    said = Whistle(line["dispatch"], kind, replay.community(line), _moment(line))
    replay.ledger.book(Dispatches).whistle(said, [replay.partner(one) for one in line["partners"]])


def answer(replay: "Replay", line: Line) -> None:
    """Let a partner say that it will come."""
    partner = replay.partner(line["partner"])
    replay.ledger.book(Responses).answer(_dispatch(replay, line), partner, _moment(line))


def decline(replay: "Replay", line: Line) -> None:
    """Let a partner say that it will not come."""
    partner, reason = replay.partner(line["partner"]), line["reason"]
    replay.ledger.book(Responses).decline(_dispatch(replay, line), partner, _moment(line), reason=reason)


def give_back(replay: "Replay", line: Line) -> None:
    """Let a partner give the call back."""
    partner, reason = replay.partner(line["partner"]), line["reason"]
    replay.ledger.book(Responses).give_back(_dispatch(replay, line), partner, _moment(line), reason=reason)


def call_again(replay: "Replay", line: Line) -> None:
    """Call a partner instead of one that was called."""
    partner, instead = replay.partner(line["partner"]), replay.partner(line["instead"])
    responses = replay.ledger.book(Responses)
    responses.call_again(_dispatch(replay, line), [partner], _moment(line), instead=instead)


def roll_call(replay: "Replay", line: Line) -> None:
    """Take down who came with how many."""
    came = [Came(replay.partner(one), one["heads"]) for one in line["came"]]
    replay.ledger.book(Responses).roll_call(_dispatch(replay, line), came, _moment(line))


def finish(replay: "Replay", line: Line) -> None:
    """End a dispatch; who came is given points."""
    reward = Reward(points=line["points"])
    replay.ledger.book(Dispatches).finish(_dispatch(replay, line), _moment(line), reward=reward)


DOING: dict[str, Callable[["Replay", Line], None]] = {
    "pair": pair,
    "unpair": unpair,
    "whistle": whistle,
    "answer": answer,
    "decline": decline,
    "return": give_back,
    "again": call_again,
    "rollcall": roll_call,
    "finish": finish,
}
"""What each verb does."""


def day_of(line: Line) -> date:
    """Return the day that a line names."""
    return date.fromisoformat(line["day"])


def code_of(words: dict[str, str], word: str) -> str:
    """Return the code that is called so."""
    return next(code for code, called in words.items() if called == word)


def _moment(line: Line) -> Moment:
    return Moment(line["day"], line["minute"])


def _dispatch(replay: "Replay", line: Line) -> Dispatch:
    return replay.ledger.book(Dispatches).find(line["dispatch"], day=day_of(line))
