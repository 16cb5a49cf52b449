"""Service projects, their sessions and evaluations."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from hepartner.ledger import Ledger
from hepartner.ledger import evaluations as evaluating
from hepartner.ledger import sessions as serving
from hepartner.ledger.joining import Joining
from hepartner.ledger.meetings import Meetings
from hepartner.ledger.meetings import Particulars as Held
from hepartner.ledger.needs import Needs
from hepartner.ledger.needs import Particulars as Wanted
from hepartner.ledger.projects import Particulars, Project, Projects
from tests.ledger.conftest import enrol

if TYPE_CHECKING:
    from tests.recount.recount import Recount
    from tests.recount.sheets import Persons
    from tests.recount.story import Story


def fill(ledger: Ledger) -> None:
    projects, community = ledger.book(Projects), ledger.areas.find("XF").id
    shops = [enrol(ledger, name, kind="business").id for name in ("理发店", "修鞋店")]
    landed = [
        projects.land(Particulars(community, title, "2025-07-03", partners=tuple(shops))).now
        for title in ("居家助老", "上门理发", "修鞋", "送餐")
    ]
    ledger.book(Meetings).hold(Held(community, "2025-07-10", "项目会"))
    ledger.book(Needs).collect(Wanted(community, "repair", "修伞", 9, "2025-07-10"))
    projects.step(landed[0], "stopped", day=date(2025, 7, 18))
    for day in ("2025-07-05", "2025-07-06"):
        said = serving.Particulars(landed[0].id, day, 9, 60, tuple(shops))
        ledger.book(serving.Sessions).hold(landed[0], said)
        ledger.book(evaluating.Evaluations).evaluate(
            landed[1], evaluating.Particulars("no", "new", 9, 8), day=date.fromisoformat(day)
        )
    ledger.book(serving.Sessions).hold(landed[3], serving.Particulars(landed[3].id, "2025-07-12", 9))


TAKEN_BACK = {
    "project_event": "event = 'landed' AND project_id IN (2, 3)",
    "project_session": "1",
}
_V = "(SELECT max(id) FROM voucher)"
_COPIED = """INSERT OR REPLACE INTO project (uid, created_in, voucher_id, issuer_id, number, code, community_id, status, title,
    title_key) SELECT 'other', {v}, {v}, issuer_id, 999, 'XF-X0999', community_id, '{status}', title, title_key
    FROM project WHERE id = 2"""


def _fact(table: str, day: str, columns: str, values: str, community: int = 3) -> str:
    return f"""INSERT INTO {table} (voucher_id, line, community_id, happened_on, counted_in, sign, {columns})
        VALUES ({_V}, 1, {community}, '{day}', '2025-11', 1, {values})"""


_SHOP = "(SELECT id FROM partner WHERE name = '理发店')"
_FOUND = "project_id, asked, satisfied, need_met, result"
_STEP, _JOINED = "project_id, event, delta", "project_id, partner_id, delta"
_ORIGINS = {
    "meeting_id": "(SELECT id FROM meeting WHERE title = '项目会')",
    "need_id": "(SELECT id FROM need WHERE title = '修伞')",
    "evaluation_id": "(SELECT max(id) FROM evaluation WHERE result = 'new')",
    "next_evaluation_on": "'2025-07-05'",
}
"""Of after the projects landed, on 3 July."""
_NEED_ELSEWHERE = f"""INSERT INTO need (uid, created_in, voucher_id, issuer_id, number, code, community_id, title, title_key)
    VALUES ('elsewhere', {_V}, {_V}, 4, 999, 'HP-Q0999', 4, '修鞋', '修鞋')"""
_ELSEWHERE = "(SELECT id FROM need WHERE uid = 'elsewhere')"
REFUSED = {
    "project_guard: same title": (_COPIED.format(v=_V, status="active"),),
    "project_edit: same title": (
        _COPIED.format(v=_V, status="finished"),
        f"UPDATE OR REPLACE project SET status = 'active', voucher_id = {_V} WHERE uid = 'other'",
    ),
    "project_event_order": (_fact("project_event", "2025-07-06", _STEP, "2, 'resumed', 1"),),
    "project_event_begun: again": (_fact("project_event", "2025-07-19", _STEP, "1, 'landed', 1"),),
    "project_event_begun: not yet": (
        _COPIED.format(v=_V, status="finished"),
        _fact(
            "project_event", "2025-07-06", _STEP, "(SELECT id FROM project WHERE uid = 'other'), 'resumed', 1"
        ),
    ),
    "project_event_days": (_fact("project_event", "2025-07-01", _STEP, "2, 'adjusted', 0"),),
    **{
        f"project_event_landed: {column}": (
            _COPIED.format(v=_V, status="finished"),
            f"UPDATE project SET {column} = {value}, voucher_id = {_V} WHERE uid = 'other'",
            _fact(
                "project_event",
                "2025-07-05",
                _STEP,
                "(SELECT id FROM project WHERE uid = 'other'), 'landed', 1",
            ),
        )
        for column, value in _ORIGINS.items()
    },
    **{
        f"project_origin_fits: {column}": (
            f"UPDATE project SET {column} = {value}, voucher_id = {_V} WHERE id = 2",
        )
        for column, value in _ORIGINS.items()
        if column != "next_evaluation_on"
    },
    "project_event_landed: need elsewhere": (
        _NEED_ELSEWHERE,
        _COPIED.format(v=_V, status="finished")
        .replace("title_key)", "title_key, need_id)")
        .replace("title, title_key\n", f"title, title_key, {_ELSEWHERE}\n"),
        _fact(
            "project_event", "2025-07-05", _STEP, "(SELECT id FROM project WHERE uid = 'other'), 'landed', 1"
        ),
    ),
    "project_origin_fits: need elsewhere": (
        _NEED_ELSEWHERE,
        f"UPDATE project SET need_id = {_ELSEWHERE}, voucher_id = {_V} WHERE id = 2",
    ),
    "project_next_fits": (
        f"UPDATE project SET next_evaluation_on = '2025-07-06', voucher_id = {_V} WHERE id = 2",
    ),
    "project_event_served": (_fact("project_event", "2025-07-05", _STEP, "4, 'stopped', -1"),),
    "project_partner_fits: twice": (_fact("project_partner", "2025-07-06", _JOINED, f"2, {_SHOP}, 1"),),
    "project_partner_fits: landed": (_fact("project_partner", "2025-07-02", _JOINED, "2, 1, 1"),),
    "project_partner_fits: community": (
        _fact("project_partner", "2025-07-06", _JOINED, "2, 1, 1", community=4),
    ),
    "project_partner_fits: days": (
        _fact("project_partner", "2025-07-06", _JOINED, f"2, {_SHOP}, -1"),
        _fact("project_partner", "2025-07-05", _JOINED, f"2, {_SHOP}, 1").replace(f"{_V}, 1", f"{_V}, 2"),
    ),
    "project_event_served: joined": (
        _fact("project_partner", "2025-07-20", _JOINED, "2, 1, 1"),
        _fact("project_event", "2025-07-19", _STEP, "2, 'stopped', -1"),
    ),
    "project_partner_fits: stopped": (_fact("project_partner", "2025-07-19", _JOINED, "1, 1, 1"),),
    "project_session_fits: stopped": (_fact("project_session", "2025-07-19", "project_id, served", "1, 9"),),
    "project_session_fits: landed": (_fact("project_session", "2025-07-02", "project_id, served", "1, 9"),),
    "project_session_fits: community": (
        _fact("project_session", "2025-07-05", "project_id, served", "1, 9", community=4),
    ),
    "project_presence_fits: twice": (
        _fact("project_presence", "2025-07-05", "session_id, partner_id", f"1, {_SHOP}"),
    ),
    "project_presence_fits: day": (
        _fact("project_presence", "2025-07-06", "session_id, partner_id", "1, 1"),
    ),
    "evaluation_fits: landed": (_fact("evaluation", "2025-07-02", _FOUND, "2, 9, 8, 'no', 'new'"),),
    **{
        f"evaluation_fits: {result}": (
            _fact("evaluation", "2025-07-19", _FOUND, f"1, 9, 8, 'no', '{result}'"),
        )
        for result in ("adjust", "stop")
    },
    "evaluation_fits: stopped": (_fact("evaluation", "2025-07-19", _FOUND, "1, 9, 8, 'no', 'continue'"),),
}
TURNED = {
    "project": ("UPDATE project SET status = 'finished' WHERE status = 'stopped'", "项目"),
    "project: under way": ("UPDATE project SET status = 'stopped' WHERE id = 2", "项目"),
}

READING = ("evaluation overdue",)
LATE = {
    "projects": (("社区", "项目名称", "落地日期"), ("幸福里社区", "居家助老服务", "2025-03-05")),
    "sessions": (("社区", "项目名称", "日期", "服务人次"), ("幸福里社区", "居家助老", "2025-03-05", "35")),
    "evaluations": (
        ("社区", "项目名称", "日期", "结论", "需求满足"),
        ("幸福里社区", "居家助老", "2025-03-05", "继续", "部分满足"),
    ),
}


def before_late(ledger: Ledger) -> None:
    said = Particulars(ledger.areas.find("XF").id, "居家助老", "2025-03-01")
    ledger.book(Projects).land(said)


# A random story


def _one(story: "Story", *statuses: str) -> Project:
    found = [one for one in story.ledger.book(Projects).listing() if one.status in statuses]
    return story.random.choice(found or story.nothing())


def land(story: "Story") -> object:
    needs = story.ledger.book(Needs).listing()
    partners = tuple(one.id for one in story.partners(2))
    title = f"项目{story.random.randint(1, 30)}"
    said = Particulars(story.community().id, title, str(story.day()), partners=partners)
    raised = [
        one.id for one in needs if one.raised_on <= said.landed_on and one.community_id == said.community_id
    ]
    said = said._replace(need_id=story.random.choice(raised) if raised else None)
    held = [one.id for one in story.ledger.book(Meetings).listing() if one.held_on <= said.landed_on]
    origin = {"meeting_id": held[0]} if held else {}
    return story.ledger.book(Projects).land(
        said._replace(evaluate_every=story.random.choice((0, 3)), **origin)
    )


def step_project(story: "Story") -> object:
    event = story.random.choice(("adjusted", "stopped", "finished", "resumed"))
    project = _one(story, *(("stopped", "finished") if event == "resumed" else ("active",)))
    return story.ledger.book(Projects).step(project, event, day=story.day(late=0.1))


def hold_session(story: "Story") -> object:
    project = _one(story, "active", "stopped")
    present = tuple(one.id for one in story.partners(story.random.randint(1, 2)))
    said = serving.Particulars(project.id, str(story.day(late=0.2)), story.random.randint(0, 40), 90, present)
    return story.ledger.book(serving.Sessions).hold(project, said)


def join_or_part(story: "Story") -> object:
    project, joining = _one(story, "active", "stopped"), story.ledger.book(Joining)
    inside = joining.partners(project)
    if inside and story.random.random() < 0.5:
        return joining.part(project, story.random.choice(inside), day=story.day(late=0.1))
    return joining.join(project, story.partner(), day=story.day(late=0.1))


def evaluate(story: "Story") -> object:
    result = story.random.choice(("continue", "adjust", "stop", "new"))
    new = f"新项目{story.random.randint(1, 30)}" if result == "new" else None
    said = evaluating.Particulars("partly", result, 20, story.random.randint(0, 20), None, 12050)
    return story.ledger.book(evaluating.Evaluations).evaluate(
        _one(story, "active"), said, day=story.day(late=0.1), new_title=new
    )


def edit_project(story: "Story") -> object:
    return story.ledger.book(Projects).edit(_one(story, "active"), evaluate_every=story.random.randint(0, 9))


DECK = {land: 6, step_project: 4, hold_session: 8, join_or_part: 3, evaluate: 4, edit_project: 1}


# The recount

CARDS = ("project",)
SHEET_STOCKS = ("projects.joined",)
FACTS = ("project_event", "project_partner", "project_session", "project_presence", "evaluation")
FLOWS = ("projects.landed", "projects.evaluated", "service.person_times")
STOCKS = ("projects.active",)
KEPT = {
    "projects.active": "SELECT community_id, count(*) FROM project WHERE withdrawn = 0 AND status = 'active' GROUP BY 1",
}
PART_TAKING = ("project_presence",)
_ADDS = {"landed": 1, "resumed": 1, "stopped": -1, "finished": -1, "adjusted": 0}


def state(recount: "Recount", month: str) -> Iterator[tuple[str, int, int]]:
    for step in recount.standing("project_event", month):
        yield "projects.active", step.community_id, _ADDS[step.event]
        if step.event == "landed":
            yield "projects.landed", step.community_id, 1
    for done in recount.standing("evaluation", month):
        yield "projects.evaluated", done.community_id, 1
    for held in recount.standing("project_session", month):
        yield "service.person_times", held.community_id, held.served
    for held in recount.standing("activity_held", month):
        if held.kind == "welfare":
            yield "service.person_times", held.community_id, held.beneficiaries


def exchanged(persons: "Persons", month: str) -> Iterator[tuple[object, ...]]:
    going: Counter[int] = Counter()
    for step in persons.recount.standing("project_event", month):
        going[step.project_id] += _ADDS[step.event]
    for joined in persons.recount.standing("project_partner", month):
        if going[joined.project_id] > 0:
            yield "projects.joined", joined.partner_id, joined.delta, joined.project_id
    for present in persons.recount.standing("project_presence", month):
        yield "projects.sessions", present.partner_id, 1, present.session_id
