"""What the rest of the programme adds to the small district: dispatches, meetings, support, projects and evaluations."""

from collections.abc import Sequence
from datetime import date
from itertools import cycle

from hepartner.ledger import Ledger
from hepartner.ledger.areas import Area
from hepartner.ledger.dispatches import Dispatches, Whistle
from hepartner.ledger.evaluations import Evaluations
from hepartner.ledger.evaluations import Particulars as Found
from hepartner.ledger.meetings import Meetings
from hepartner.ledger.meetings import Particulars as Held
from hepartner.ledger.moments import Moment
from hepartner.ledger.needs import Needs
from hepartner.ledger.needs import Particulars as Wanted
from hepartner.ledger.partners import Partner
from hepartner.ledger.presence import absences
from hepartner.ledger.projects import Particulars as Landing
from hepartner.ledger.projects import Project, Projects
from hepartner.ledger.resolutions import Resolutions
from hepartner.ledger.responding import Came
from hepartner.ledger.responses import Responses
from hepartner.ledger.sessions import Particulars as Served
from hepartner.ledger.sessions import Sessions
from hepartner.ledger.supports import Support, Supports
from hepartner.words.need import CATEGORIES

KINDS = ("typhoon", "flood", "environment")
FIRST, LAST = "2025-10-06", "2025-11-30"
TITLES = ("居家助老", "四点半课堂", "家电义务维修进小区", "独居老人助餐", "法律咨询日", "社区就业帮扶")


def carried_out(ledger: Ledger) -> None:
    """Let every community blow the whistle, land projects, serve and evaluate, in October and November 2025."""
    for number, community in enumerate(ledger.areas.communities()):
        everyone = ledger.partners.listing(under=community)
        absent = absences(ledger.database, {(one.id, day) for one in everyone for day in (FIRST, LAST)})
        partners = [one for one in everyone if {(one.id, FIRST), (one.id, LAST)}.isdisjoint(absent)]
        for turn in range(2):
            _whistle(ledger, community, partners[turn : turn + 5], KINDS[(number + turn) % len(KINDS)], turn)
        projects = [
            _project(ledger, community, partners[turn : turn + 3], title, turn)
            for turn, title in enumerate(TITLES)
        ]
        _evaluate(ledger, projects)
        _meet(ledger, community, partners)
        _support(ledger, community, partners)


def _whistle(ledger: Ledger, community: Area, called: Sequence[Partner], kind: str, turn: int) -> None:
    book, day = ledger.book(Dispatches), f"2025-11-{8 + turn:02d}"
    whistle = Whistle("台风过境清理倒伏树木", kind, community, Moment(day, 450), "人民路沿线")
    dispatch = book.whistle(whistle, called).now
    came = [Came(partner, 12 + turn, 2) for partner in called[:-1]]
    ledger.book(Responses).roll_call(dispatch, came, Moment(day, 500))
    if not turn:
        book.finish(dispatch, Moment(day, 700))


def _project(ledger: Ledger, community: Area, partners: Sequence[Partner], title: str, turn: int) -> Project:
    category = dict(zip(range(len(TITLES)), cycle(CATEGORIES), strict=False))[turn]
    wanted = Wanted(community.id, category, f"{title}需求", 15 * (turn + 1), "2025-10-02")
    need = ledger.book(Needs).collect(wanted).now
    said = Landing(
        community.id, title, f"2025-{10 + turn % 2}-06", "党群服务中心", need.id,
        evaluate_every=1, partners=tuple(partner.id for partner in partners),
    )  # fmt: skip
    project = ledger.book(Projects).land(said).now
    ledger.book(Sessions).hold(project, Served(project.id, "2025-11-20", 35 + turn, 90))
    return project


def _evaluate(ledger: Ledger, projects: Sequence[Project]) -> None:
    book = ledger.book(Evaluations)
    for project, result in zip(projects[1:4], ("continue", "new", "stop"), strict=True):
        found = Found("partly", result, asked=30, satisfied=27, attendance=210, cost_fen=120_050)
        new = f"{project.title}二期" if result == "new" else None
        book.evaluate(project, found, day=date(2025, 11, 28), new_title=new)


def _meet(ledger: Ledger, community: Area, partners: Sequence[Partner]) -> None:
    book, resolutions = ledger.book(Meetings), ledger.book(Resolutions)
    for kind, day in (("joint", "2025-10-15"), ("joint", "2025-11-12"), ("matchmaking", "2025-11-19")):
        there = tuple(one.id for one in partners[:6])
        said = Held(community.id, day, "社区联席会议研究停车和飞线充电", kind, "议事厅", 25, partners=there)
        meeting = book.hold(said).now
        parking = resolutions.make(
            meeting, "协调周边单位夜间开放停车位", owner="网格长", due_on=date(2025, 11, 25)
        ).now
        resolutions.make(meeting, "增设两处电动车充电桩", partner=partners[0], due_on=date(2025, 11, 20))
        if day.startswith("2025-10"):
            resolutions.step(parking, "done", day=date(2025, 11, 3))


def _support(ledger: Ledger, community: Area, partners: Sequence[Partner]) -> None:
    book = ledger.book(Supports)
    hall = book.venue("党群服务中心多功能厅", community).now
    for number, partner in enumerate(partners):
        book.book(hall, partner, date(2025, 11, 3 + number), (540, 660), purpose="排练")
        book.give(Support(community.id, partner.id, "publicity", "2025-11-20"))
