"""Meetings, their resolutions and cooperations."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from hepartner.ledger import Ledger
from hepartner.ledger.cooperations import Cooperations
from hepartner.ledger.meetings import Meeting, Meetings, Particulars
from hepartner.ledger.needs import Needs
from hepartner.ledger.needs import Particulars as Wanted
from hepartner.ledger.offers import Offers
from hepartner.ledger.offers import Particulars as Offered
from hepartner.ledger.resolutions import Resolutions
from tests.ledger.conftest import enrol

if TYPE_CHECKING:
    from tests.recount.recount import Recount
    from tests.recount.sheets import Persons
    from tests.recount.story import Story


def fill(ledger: Ledger) -> None:
    meetings, resolutions, community = (
        ledger.book(Meetings),
        ledger.book(Resolutions),
        ledger.areas.find("XF"),
    )
    guests = [enrol(ledger, name, kind="business") for name in ("茶馆", "书店", "米店")]
    both = tuple(one.id for one in guests)
    held = [
        meetings.hold(Particulars(community.id, "2025-07-04", title, kind, partners=both)).now
        for title, kind in (("联席会议", "joint"), ("对接会", "matchmaking"), ("碰头会", "joint"))
    ]
    for title in ("修路灯", "改门禁", "装扶手"):
        resolutions.make(held[0], title, due_on=date(2025, 8, 1))
    meetings.raise_matter(held[0], "路灯")
    meetings.raise_matter(held[0], "门禁")
    resolutions.step(resolutions.find("装扶手"), "done", day=date(2025, 7, 8))
    offers = ledger.book(Offers)
    tea = offers.open(Offered(community.id, guests[0].id, "喝茶", "2025-07-03")).now
    need = ledger.book(Needs).collect(Wanted(community.id, "meals", "送茶", 9, "2025-07-04")).now
    for meeting in held[1:]:
        cooperations = ledger.book(Cooperations)
        cooperations.close(guests[0], community, with_=guests[1], meeting=meeting, offer=tea, need=need)


TAKEN_BACK = {
    "meeting_held": "1",
    "attending": "1",
    "resolution_event": "event = 'made' AND resolution_id < 3",
    "cooperation": "1",
}
_V = "(SELECT max(id) FROM voucher)"
_MEETING = f"""INSERT OR REPLACE INTO meeting (uid, created_in, voucher_id, issuer_id, number, code, community_id, title,
    title_key, held_on) SELECT 'other', {_V}, {_V}, issuer_id, 999, 'XF-M0999', community_id, title, '{{key}}', held_on
    FROM meeting WHERE id = 1"""
_MATTER = f"""INSERT OR REPLACE INTO matter (uid, created_in, voucher_id, meeting_id, text, text_key)
    SELECT 'other', {_V}, {_V}, meeting_id, text, '{{key}}' FROM matter WHERE id = 1"""
_RESOLUTION = f"""INSERT INTO resolution (uid, created_in, voucher_id, issuer_id, number, code, community_id, meeting_id, title,
    title_key, due_on) SELECT 'other', {_V}, {_V}, issuer_id, 999, 'XF-J0999', community_id, meeting_id, title, title_key,
    '{{due}}' FROM resolution WHERE id = 1"""


def _fact(table: str, columns: str, values: str, *, day: str = "2025-07-04", line: int = 1) -> str:
    head = "voucher_id, line, community_id, happened_on, counted_in, sign"
    return (
        f"INSERT INTO {table} ({head}, {columns}) VALUES ({_V}, {line}, 3, '{day}', '2025-11', 1, {values})"
    )


def _merging(one: str, into: str) -> tuple[str, ...]:
    """Merge a partner into another as its first fact, and nothing else of it."""
    card, stays = (f"(SELECT id FROM partner WHERE name = '{name}')" for name in (one, into))
    return (
        f"""INSERT INTO standing (voucher_id, line, community_id, happened_on, counted_in, sign, partner_id, kind, event, delta,
            into_id) SELECT {_V}, 1, community_id, '2025-11-20', '2025-11', 1, id, kind, 'merged', -1, {stays} FROM partner
            WHERE id = {card}""",
        f"UPDATE partner SET status = 'merged', merged_into_id = {stays}, voucher_id = {_V} WHERE id = {card}",
    )


def _sealing(facts: int, changes: int) -> str:
    return f"""INSERT INTO seal (voucher_id, seq, version, facts, changes, points, sha256)
        SELECT {_V}, seq + 1, 1, {facts}, {changes}, points, hex(randomblob(32)) FROM seal ORDER BY seq DESC LIMIT 1"""


def _cooperation(
    partner: str,
    other: str,
    meeting: str,
    offer: str = "NULL",
    *,
    need: str = "NULL",
    day: str = "2025-07-04",
) -> str:
    """Values are SQL; partners are names."""
    ids = [f"(SELECT id FROM partner WHERE name = '{name}')" for name in (partner, other)]
    columns = "partner_id, with_id, meeting_id, offer_id, need_id"
    return _fact("cooperation", columns, f"{', '.join(ids)}, {meeting}, {offer}, {need}", day=day)


_DONE = "(SELECT id FROM resolution WHERE status = 'done')"
_TEA = "(SELECT id FROM offer WHERE title = '喝茶')"
_TEA_NEED = "(SELECT id FROM need WHERE title = '送茶')"
_GUEST = "(SELECT id FROM partner WHERE name = '{name}')"
REFUSED = {
    "meeting_guard: same title": (_MEETING.format(key="联席会议"),),
    "meeting_edit: same title": (
        _MEETING.format(key="另"),
        f"UPDATE OR REPLACE meeting SET title_key = '联席会议', voucher_id = {_V} WHERE uid = 'other'",
    ),
    "meeting_fixed": (f"UPDATE meeting SET held_on = '2025-07-05', voucher_id = {_V} WHERE id = 1",),
    "meeting_held_fits: again": (_fact("meeting_held", "meeting_id, kind", "1, 'joint'"),),
    "meeting_held_fits: day": (
        _MEETING.format(key="另"),
        _fact(
            "meeting_held",
            "meeting_id, kind",
            "(SELECT id FROM meeting WHERE uid = 'other'), 'joint'",
            day="2025-07-05",
        ),
    ),
    "attending_fits: again": (
        _fact("attending", "meeting_id, partner_id", f"1, {_GUEST.format(name='茶馆')}"),
    ),
    "attending_fits: day": (_fact("attending", "meeting_id, partner_id", "1, 1", day="2025-07-05"),),
    "matter_guard: same": (_MATTER.format(key="路灯"),),
    "matter_edit: same": (
        _MATTER.format(key="另"),
        f"UPDATE OR REPLACE matter SET text_key = '路灯', voucher_id = {_V} WHERE uid = 'other'",
    ),
    "resolution_new": (_RESOLUTION.format(due="2025-07-03"),),
    "resolution_moved": (
        _RESOLUTION.format(due="2025-07-05"),
        f"UPDATE resolution SET due_on = '2025-07-03', voucher_id = {_V} WHERE uid = 'other'",
    ),
    "resolution_event_of": (
        _fact("resolution_event", "resolution_id, event, delta", "1, 'dropped', -1").replace(
            ", 3, '", ", 4, '"
        ),
    ),
    "resolution_event_order": (_fact("resolution_event", "resolution_id, event, delta", "1, 'reopened', 1"),),
    "resolution_event_begun": (
        _fact("resolution_event", "resolution_id, event, delta", "1, 'dropped', -1"),
        _fact("resolution_event", "resolution_id, event, delta", "1, 'made', 1", line=2),
    ),
    "resolution_event_taken: done stays": (
        _fact(
            "resolution_event",
            "resolution_id, event, delta, done",
            f"{_DONE}, 'reopened', 1, 0",
            day="2025-07-08",
        ),
    ),
    "resolution_event_taken: never done": (
        _fact("resolution_event", "resolution_id, event, delta, done", "1, 'dropped', -1, 0"),
        _fact("resolution_event", "resolution_id, event, delta, done", "1, 'reopened', 1, -1", line=2),
    ),
    "resolution_event_days": (
        _fact("resolution_event", "resolution_id, event, delta", "1, 'dropped', -1", day="2025-07-03"),
    ),
    "resolution_event_made": (
        _RESOLUTION.format(due="2025-07-05"),
        _fact(
            "resolution_event",
            "resolution_id, event, delta",
            "(SELECT id FROM resolution WHERE uid = 'other'), 'made', 1",
            day="2025-07-05",
        ),
    ),
    "cooperation_persons: oneself": (
        *_merging("书店", "米店"),
        _cooperation("书店", "米店", "NULL").replace(f"{_V}, 1,", f"{_V}, 2,"),
        _sealing(2, 2),
    ),
    "cooperation_persons: twice": (
        _cooperation("米店", "茶馆", "2"),
        *(statement.replace(f"{_V}, 1,", f"{_V}, 2,") for statement in _merging("书店", "米店")),
        _sealing(2, 2),
    ),
    "cooperation_fits: again": (_cooperation("书店", "茶馆", "2"),),
    "cooperation_fits: business": (_cooperation("武玉侪", "茶馆", "NULL"),),
    "cooperation_fits: early": (_cooperation("书店", "茶馆", "1", day="2025-07-03"),),
    "cooperation_fits: offer": (_cooperation("书店", "米店", "1", _TEA),),
    "cooperation_fits: need elsewhere": (
        _cooperation("书店", "米店", "NULL", need=_TEA_NEED).replace("1, 3, '2025", "1, 4, '2025"),
    ),
    "cooperation_fits: need": (_cooperation("书店", "米店", "NULL", need=_TEA_NEED, day="2025-07-03"),),
}
TURNED = {
    "meeting": ("UPDATE meeting SET withdrawn = 1 WHERE id = 1", "会议"),
    "resolution": ("UPDATE resolution SET status = 'dropped' WHERE status = 'done'", "决议"),
    "resolution: never done": ("UPDATE resolution SET status = 'done' WHERE id = 1", "决议"),
}


READING = ("meeting resolutions", "meeting cooperations")
LARGE = ("meeting attend",)

LATE = {
    "meetings": (
        ("日期", "社区", "会议名称", "类型", "参会单位"),
        ("2025-03-05", "幸福里社区", "一季度联席会议", "联席会议", "爱心协会"),
    ),
    "resolutions": (
        ("会议日期", "社区", "会议名称", "决议"),
        ("2025-03-05", "幸福里社区", "三月会", "修路灯"),
    ),
    "cooperations": (("日期", "社区", "商企", "合作方"), ("2025-03-05", "幸福里社区", "三月店", "爱心协会")),
}


def before_late(ledger: Ledger) -> None:
    ledger.book(Meetings).hold(Particulars(ledger.areas.find("XF").id, "2025-03-05", "三月会"))
    enrol(ledger, "三月店", kind="business")


# A random story


def _one(story: "Story") -> Meeting:
    return story.random.choice(story.ledger.book(Meetings).listing() or story.nothing())


def hold(story: "Story") -> object:
    kind, guests = story.random.choice(("joint", "joint", "matchmaking")), story.partners(2)
    said = Particulars(
        story.community().id, str(story.day()), f"会议{story.random.randint(1, 50)}", kind,
        attendance=story.random.randint(0, 60), partners=tuple(one.id for one in guests),
    )  # fmt: skip
    return story.ledger.book(Meetings).hold(said)


def attend(story: "Story") -> object:
    return story.ledger.book(Meetings).attend(_one(story), story.partners(2))


def change(story: "Story") -> object:
    changed = story.random.choice(({"kind": "matchmaking"}, {"attendance": story.random.randint(0, 60)}))
    return story.ledger.book(Meetings).edit(_one(story), **changed)


def resolve(story: "Story") -> object:
    return story.ledger.book(Resolutions).make(_one(story), f"决议{story.random.randint(1, 50)}")


def carry_out(story: "Story") -> object:
    resolutions = story.ledger.book(Resolutions)
    event = story.random.choice(("done", "done", "dropped", "reopened"))
    fitting = [one for one in resolutions.listing() if (one.status == "open") == (event != "reopened")]
    return resolutions.step(story.random.choice(fitting or story.nothing()), event, day=story.day(late=0.1))


def amend(story: "Story") -> object:
    resolutions = story.ledger.book(Resolutions)
    one = story.random.choice(resolutions.listing() or story.nothing())
    return resolutions.edit(one, owner=f"经理{story.random.randint(1, 9)}")


def cooperate(story: "Story") -> object:
    businesses = [one for one in story.ledger.partners.cards() if one.kind == "business"]
    partner, meeting = story.random.choice(businesses or story.nothing()), None
    if story.random.random() < 0.5:
        meeting = _one(story)
    day = None if meeting else story.day()
    on = meeting.held_on if meeting else str(day)
    raised = [one for one in story.ledger.book(Needs).listing() if one.raised_on <= on]
    need = raised[0] if raised else None
    return story.ledger.book(Cooperations).close(
        partner, story.community(), meeting=meeting, need=need, day=day
    )


DECK = {hold: 6, attend: 3, change: 2, resolve: 5, carry_out: 6, amend: 1, cooperate: 4}


# The recount

CARDS = ("matter", "meeting", "resolution")
FACTS = ("meeting_held", "attending", "resolution_event", "cooperation")
FLOWS = ("meetings.joint", "meetings.matchmaking", "meetings.resolutions_done", "cooperations.closed")
PART_TAKING = ("attending",)


def _done(recount: "Recount", step: Any) -> int:
    """Tell from the step before it whether opening a resolution again takes back that it was done."""
    if step.event == "done":
        return 1
    earlier = [
        one
        for one in recount.tables["resolution_event"]
        if one.resolution_id == step.resolution_id and one.reverses_id is None and one.id < step.id
    ]
    back = recount.back["resolution_event"]
    standing = [one for one in earlier if one.id not in back or back[one.id].id > step.id]
    return -1 if standing[-1].event == "done" else 0


def state(recount: "Recount", month: str) -> Iterator[tuple[str, int, int]]:
    for held in recount.standing("meeting_held", month):
        yield f"meetings.{held.kind}", held.community_id, 1
    for step in recount.standing("resolution_event", month):
        if step.event in ("done", "reopened"):
            yield "meetings.resolutions_done", step.community_id, _done(recount, step)
    for closed in recount.standing("cooperation", month):
        yield "cooperations.closed", closed.community_id, 1


def exchanged(persons: "Persons", month: str) -> Iterator[tuple[object, ...]]:
    for attended in persons.recount.standing("attending", month):
        yield "meetings.attended", attended.partner_id, 1, attended.meeting_id
    for one in persons.recount.standing("cooperation", month):
        sides = [(one.partner_id, one.with_id), *([(one.with_id, one.partner_id)] if one.with_id else [])]
        for side, other in sides:
            pair = persons.of(other) if other else f"社区 {one.community_id}"
            yield "cooperations.closed", side, 1, (one.meeting_id or one.happened_on, pair)
