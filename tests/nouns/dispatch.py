"""Dispatches, the responses to them and the arrivals."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from hepartner.ledger import Ledger
from hepartner.ledger.dispatches import Dispatch, Dispatches, Whistle
from hepartner.ledger.moments import Moment, now
from hepartner.ledger.responding import Response
from hepartner.ledger.responses import Came, Responses
from hepartner.ledger.rewarding import Reward
from tests.ledger.conftest import enrol

if TYPE_CHECKING:
    from tests.recount.recount import Recount
    from tests.recount.sheets import Persons
    from tests.recount.story import Story


def fill(ledger: Ledger) -> None:
    """Three dispatches of XF in July: one finished, one with arrivals, one that only called; four groups."""
    book, responses, community = ledger.book(Dispatches), ledger.book(Responses), ledger.areas.find("XF")
    groups = [enrol(ledger, f"应急队{name}", kind="group") for name in "甲乙丙丁"]
    finished, running, called = (
        book.whistle(Whistle(title, "typhoon", community, Moment(f"2025-07-0{day}", 480)), groups).now
        for day, title in ((3, "台风"), (4, "内涝"), (5, "倒树"))
    )
    for dispatch in (finished, running):
        day = dispatch.whistled_on
        responses.roll_call(dispatch, [Came(group, 5, 2) for group in groups[:2]], Moment(day, 540))
        responses.answer(dispatch, groups[2], Moment(day, 541))
    book.finish(finished, Moment("2025-07-03", 720), reward=Reward(points=3))
    book.edit(called, remark="待命")
    responses.call_again(called, [enrol(ledger, "应急队戊", kind="group")], Moment("2025-07-05", 500))


TAKEN_BACK = {
    "dispatch_event": "event = 'whistled' AND dispatch_id > 1",
    "response_event": "event = 'called' AND dispatch_id = 3",
}
_HEAD = "voucher_id, line, community_id, happened_on, counted_in, sign"
_V = "(SELECT max(id) FROM voucher)"


def _over(minutes: int, *, day: str = "2025-07-04", minute: int, kind: str = "typhoon") -> str:
    return f"""INSERT INTO dispatch_event ({_HEAD}, dispatch_id, kind, event, delta, minute, minutes)
        VALUES ({_V}, 1, 3, '{day}', '2025-11', 1, 2, '{kind}', 'finished', -1, {minute}, {minutes})"""


def _step(
    event: str,
    minutes: int,
    *,
    minute: int,
    delta: int = 0,
    day: str = "2025-07-05",
    of: str = "dispatch_id = 3",
    offset: int = 0,
    community: int = 3,
    round_: int = 1,
) -> str:
    return f"""INSERT INTO response_event ({_HEAD}, response_id, dispatch_id, partner_id, event, delta, round, minute,
        minutes) SELECT {_V}, 1, {community}, '{day}', '2025-11', 1, id, dispatch_id, partner_id, '{event}', {delta}, {round_},
        {minute}, {minutes} FROM response WHERE {of} ORDER BY id LIMIT 1 OFFSET {offset}"""


def _arrival(*, heads: int = 5, day: str = "2025-07-04") -> str:
    return f"""INSERT INTO arrival ({_HEAD}, response_event_id, dispatch_id, partner_id, heads)
        SELECT {_V}, 1, 3, '{day}', '2025-11', 1, id, dispatch_id, partner_id, {heads} FROM response_event
        WHERE event = '{{event}}' AND dispatch_id = 2 ORDER BY id LIMIT 1"""


def _reward(entry: str, arrival: str = "dispatch_id = 2") -> str:
    return f"""INSERT INTO arrival_reward ({_HEAD}, response_event_id, entry_id) SELECT {_V}, 9, 3, '2025-07-04', '2025-11', 1,
        (SELECT min(response_event_id) FROM arrival WHERE {arrival}), {entry}"""


_AWARD = f"""INSERT INTO entry ({_HEAD}, partner_id, kind, points, earned_on)
    VALUES ({_V}, 1, 3, '2025-07-04', '2025-11', 1, 1, 'award', 3, '2025-07-04')"""
_COPIED = f"""INSERT OR REPLACE INTO response (uid, created_in, voucher_id, community_id, dispatch_id, partner_id, withdrawn)
    SELECT 'other', {_V}, {_V}, community_id, dispatch_id, partner_id, {{withdrawn}} FROM response WHERE id = 1"""
_TWICE = (
    f"""INSERT INTO dispatch (uid, created_in, voucher_id, issuer_id, number, code, community_id, kind, title, title_key,
        whistled_on, whistled_at) SELECT 'twice', {_V}, {_V}, issuer_id, 999, 'XF-C0999', community_id, kind, title, title_key,
        whistled_on, whistled_at FROM dispatch WHERE id = 2""",
    f"""INSERT INTO dispatch_event ({_HEAD}, dispatch_id, kind, event, delta, minute)
        SELECT {_V}, 1, community_id, whistled_on, '2025-11', 1, id, kind, 'whistled', 1, whistled_at FROM dispatch
        WHERE uid = 'twice'""",
    f"""INSERT INTO response (uid, created_in, voucher_id, community_id, dispatch_id, partner_id)
        SELECT 'twice' || partner_id, {_V}, {_V}, community_id, (SELECT id FROM dispatch WHERE uid = 'twice'), partner_id
        FROM response WHERE dispatch_id = 2""",
    f"""INSERT INTO response_event ({_HEAD}, response_id, dispatch_id, partner_id, event, delta, round, minute)
        SELECT {_V}, 1 + row_number() OVER (), 3, '2025-07-04', '2025-11', 1, id, dispatch_id, partner_id, 'called', 1, 1, 480
        FROM response WHERE uid LIKE 'twice%'""",
    f"""INSERT INTO seal (voucher_id, seq, version, facts, changes, points, sha256)
        SELECT {_V}, seq + 1, 1, 5, 0, points, hex(randomblob(32)) FROM seal ORDER BY seq DESC LIMIT 1""",
)
REFUSED = {
    "dispatch_twice": _TWICE,
    "dispatch_titled": (
        _TWICE[0].replace("title_key,\n        whistled_on, whistled_at FROM", "'别的', whistled_on, whistled_at FROM"),
        *_TWICE[1:4],
        f"""UPDATE dispatch SET voucher_id = {_V}, title_key = (SELECT title_key FROM dispatch WHERE id = 2)
            WHERE uid = 'twice'""",
    ),
    "response_guard: same partner": (_COPIED.format(withdrawn=0),),
    "response_place": (
        f"""INSERT INTO response (uid, created_in, voucher_id, community_id, dispatch_id, partner_id)
            VALUES ('new', {_V}, {_V}, 4, 3, 1)""",
    ),
    "response_edit: same partner": (
        _COPIED.format(withdrawn=1),
        f"UPDATE OR REPLACE response SET withdrawn = 0, voucher_id = {_V} WHERE uid = 'other'",
    ),
    "dispatch_event_order": (_over(200, minute=680), _over(200, minute=680).replace(f"{_V}, 1,", f"{_V}, 2,")),
    "dispatch_event_begun": (
        _over(200, minute=680),
        f"""INSERT INTO dispatch_event ({_HEAD}, dispatch_id, kind, event, delta, minute)
            VALUES ({_V}, 2, 3, '2025-07-05', '2025-11', 1, 2, 'typhoon', 'whistled', 1, 480)""",
    ),
    "dispatch_event_same": (_over(200, minute=680, kind="flood"),),
    "dispatch_event_time: future": (_over(139 * 1440 + 300, day="2025-11-20", minute=780),),
    "dispatch_event_time: minutes": (_over(100, minute=700),),
    "dispatch_event_time: before the last arrival": (_over(50, minute=530),),
    "response_event_days": (
        _step("answered", 1440, minute=480, day="2025-07-06"),
        _step("arrived", 60, minute=540).replace(f"{_V}, 1,", f"{_V}, 2,"),
    ),
    "response_event_order": (_step("called", 0, minute=600, delta=1),),
    "response_event_fits: future": (_step("answered", 138 * 1440 + 300, minute=780, day="2025-11-20"),),
    "response_event_fits: community": (_step("answered", 20, minute=500, community=4),),
    "response_event_fits: finished": (
        _step("called", 0, minute=800, day="2025-07-03", delta=1, of="dispatch_id = 1", offset=3, round_=2),
    ),
    "response_event_fits: before the whistle": (
        f"""INSERT INTO response (uid, created_in, voucher_id, community_id, dispatch_id, partner_id)
            VALUES ('new', {_V}, {_V}, 3, 3, 1)""",
        _step("called", 0, minute=470, delta=1, of="uid = 'new'"),
    ),
    "response_event_fits: minutes": (_step("answered", 21, minute=500),),
    "response_event_fits: earlier": (_step("arrived", 60, minute=540, day="2025-07-04", of="dispatch_id = 2", offset=2),),
    "response_event_fits: left before it came": (_step("left", 20, minute=500, delta=-1),),
    "response_event_fits: answered twice": (
        _step("silent", 70, minute=550, delta=-1, day="2025-07-04", of="dispatch_id = 2", offset=2),
    ),
    "arrival_fits: no arrival": (_arrival().format(event="answered"),),
    "arrival_fits: twice": (_arrival(heads=6).format(event="arrived"),),
    "arrival_reward_fits: old entry": (_reward("(SELECT min(id) FROM entry)"),),
    "arrival_reward_fits: twice": (_AWARD, _reward("(SELECT max(id) FROM entry)", "dispatch_id = 1")),
}  # fmt: skip


LATE = {
    "dispatches": (
        ("社区", "吹哨事项", "类别", "吹哨日期", "吹哨时间", "单位", "报到时间", "到场人数"),
        ("幸福里社区", "台风", "台风", "2025-03-05", "8点", "爱心协会", "8点半", "6"),
    ),
}
TURNED = {
    "dispatch": ("UPDATE dispatch SET status = 'open' WHERE id = 1", "吹哨"),
    "response": ("UPDATE response SET status = 'arrived' WHERE status = 'answered'", "应答"),
    "response: undone": ("UPDATE response SET withdrawn = 1 WHERE id = 1", "应答"),
}


# A random story


def _moment(story: "Story", after: Moment | None = None) -> Moment:
    """Draw a moment of the last days, not before another one."""
    drawn = Moment(str(story.day(late=0.2)), story.random.randint(0, 1439))
    return min(max(drawn, after) if after else drawn, now(story.ledger))


def _running(story: "Story") -> Dispatch:
    running = story.ledger.book(Dispatches).listing(status="open")[:4]
    return story.random.choice(running or story.nothing())


def _latest(story: "Story", dispatch: Dispatch) -> Moment:
    replies = story.ledger.book(Responses).replies(dispatch)
    return max([dispatch.whistled, *(reply.at for reply in replies)])


def _response(story: "Story", dispatch: Dispatch, *statuses: str) -> Response:
    found = [one for one in story.ledger.book(Responses).of(dispatch) if one.status in statuses]
    return story.random.choice(found or story.nothing())


def whistle(story: "Story") -> object:
    said = Whistle(
        f"险情{story.number('dispatch')}",
        story.random.choice(("typhoon", "fire")),
        story.community(),
        _moment(story),
    )
    return story.ledger.book(Dispatches).whistle(said, story.partners(story.random.randint(1, 4)))


def reply(story: "Story") -> object:
    dispatch, book = _running(story), story.ledger.book(Responses)
    response = _response(story, dispatch, "called", "answered")
    partner = story.ledger.points.holder(response.partner_id)
    moment = _moment(story, _latest(story, dispatch))
    if story.random.random() < 0.3:
        return book.give_back(dispatch, partner, moment, reason="不在本地")
    return story.random.choice((book.answer, book.decline))(dispatch, partner, moment)


def roll_call(story: "Story") -> object:
    dispatch = _running(story)
    waiting = [
        one for one in story.ledger.book(Responses).of(dispatch) if one.status in ("called", "answered")
    ]
    chosen = {story.ledger.points.holder(one.partner_id) for one in waiting[: story.random.randint(1, 3)]}
    came = [
        Came(partner, story.random.randint(2, 30), 2) for partner in sorted(chosen, key=lambda one: one.id)
    ]
    return story.ledger.book(Responses).roll_call(
        dispatch, came or story.nothing(), _moment(story, _latest(story, dispatch))
    )


def leave(story: "Story") -> object:
    dispatch = story.random.choice(story.ledger.book(Dispatches).listing()[:6] or story.nothing())
    response = _response(story, dispatch, "arrived")
    partner = story.ledger.points.holder(response.partner_id)
    return story.ledger.book(Responses).leave(dispatch, partner, _moment(story, _latest(story, dispatch)))


def call_again(story: "Story") -> object:
    dispatch = _running(story)
    moment = _moment(story, _latest(story, dispatch))
    return story.ledger.book(Responses).call_again(dispatch, story.partners(2), moment)


def finish(story: "Story") -> object:
    dispatch = _running(story)
    reward = story.random.choice((None, Reward(points=4), Reward(rule=story.rule())))
    return story.ledger.book(Dispatches).finish(
        dispatch, _moment(story, _latest(story, dispatch)), reward=reward
    )


def edit_dispatch(story: "Story") -> object:
    dispatch = story.random.choice(story.ledger.book(Dispatches).listing() or story.nothing())
    return story.ledger.book(Dispatches).edit(dispatch, kind=story.random.choice(("flood", "other")))


DECK = {whistle: 4, reply: 4, roll_call: 5, leave: 2, call_again: 2, finish: 3, edit_dispatch: 1}


# Its promises

CARDS = ("dispatch", "response")
READING = ("dispatch rates",)
LARGE = ("dispatch whistle", "dispatch rollcall", "dispatch finish")


# The recount

FACTS = ("dispatch_event", "response_event", "arrival", "arrival_reward")
FLOWS = ("dispatches.held", "dispatches.people")
HEADS = {"dispatches.groups": ("arrival",)}
PART_TAKING = ("arrival",)


def state(recount: "Recount", month: str) -> Iterator[tuple[str, int, int]]:
    for step in recount.standing("dispatch_event", month):
        if step.event == "whistled":
            yield "dispatches.held", step.community_id, 1
    for came in recount.standing("arrival", month):
        yield "dispatches.people", came.community_id, came.heads


def response_rate(recount: "Recount", communities: list[int], first: str, last: str) -> tuple[int, int]:
    """What cards of a person were called for together, as persons stand at the end of the months, is one call."""
    into = {step.partner_id: step.into_id for step in recount.standing("standing", last) if step.into_id}
    fates: dict[tuple[int, int], set[str]] = {}
    for step in recount.standing("response_event", last):
        fates.setdefault((step.response_id, step.round), set()).add(step.event)
    calls: dict[tuple[int, int, int], bool] = {}
    for step in recount.standing("response_event", last):
        fate = fates[step.response_id, step.round]
        here = step.counted_in >= first and step.community_id in communities
        if step.event == "called" and here and "returned" not in fate:
            call = step.dispatch_id, step.round, _became(into, step.partner_id)
            calls[call] = calls.get(call, False) or "arrived" in fate
    return sum(calls.values()), len(calls)


def _became(into: dict[int, int], partner_id: int) -> int:
    """Whom a partner stands as; of those merged into each other, the first."""
    walked = [partner_id]
    while walked[-1] in into and into[walked[-1]] not in walked:
        walked.append(into[walked[-1]])
    if walked[-1] not in into:
        return walked[-1]
    return min(walked[walked.index(into[walked[-1]]) :])


def lengths(recount: "Recount", communities: list[int], first: str, last: str) -> list[int]:
    """Those known at the span's end and not before it."""
    known, before_it = _lasted(recount, communities, last), _lasted(recount, communities, before(first))
    return [minutes for dispatch, minutes in known.items() if before_it.get(dispatch) != minutes]


def _lasted(recount: "Recount", communities: list[int], month: str) -> dict[int, int]:
    """From whistle to end, from the days and minutes of both steps, by dispatch."""
    steps = recount.standing("dispatch_event", month)
    begun = {step.dispatch_id: step for step in steps if step.event == "whistled"}
    return {
        step.dispatch_id: _at(step) - _at(begun[step.dispatch_id])
        for step in steps
        if step.event == "finished" and step.community_id in communities
    }


def before(month: str) -> str:
    year, number = int(month[:4]), int(month[5:])
    return f"{year - (number == 1):04d}-{number - 1 or 12:02d}"


def _at(step: object) -> int:
    return date.fromisoformat(step.happened_on).toordinal() * 1440 + step.minute  # type: ignore[attr-defined]


OTHERS = {"dispatches.response_rate": response_rate}
MEDIANS = {"dispatches.hours_median": lengths}


def exchanged(persons: "Persons", month: str) -> Iterator[tuple[object, ...]]:
    for came in persons.recount.standing("arrival", month):
        yield "dispatches.arrived", came.partner_id, 1, came.dispatch_id
        yield "dispatches.people", came.partner_id, came.heads
