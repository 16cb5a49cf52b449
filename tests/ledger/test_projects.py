"""Service projects: landing, partners, sessions, and what figures count of them."""

from datetime import date

import pytest

from hepartner.ledger import Ledger, errors, steps
from hepartner.ledger.activities import Particulars as Event
from hepartner.ledger.evaluations import Evaluations
from hepartner.ledger.evaluations import Particulars as Found
from hepartner.ledger.joining import Idle, JoinedAlready, Joining, NotIn, PartedLater
from hepartner.ledger.meetings import Meetings
from hepartner.ledger.meetings import Particulars as Held
from hepartner.ledger.months import Span
from hepartner.ledger.needs import Needs
from hepartner.ledger.needs import Particulars as Wanted
from hepartner.ledger.partners import Partner
from hepartner.ledger.projects import (
    BadProject,
    BeforeLanding,
    NothingToChange,
    Particulars,
    Project,
    Projects,
    SameProject,
    ServedLater,
    months_after,
)
from hepartner.ledger.sessions import BadSession, NotRunning, SameSession, Sessions, idle
from hepartner.ledger.sessions import Particulars as Served
from tests.ledger.conftest import enrol

MARCH, MAY = date(2025, 3, 1), date(2025, 5, 6)


@pytest.fixture
def projects(ledger: Ledger) -> Projects:
    return ledger.book(Projects)


@pytest.fixture
def joining(ledger: Ledger) -> Joining:
    return ledger.book(Joining)


@pytest.fixture
def sessions(ledger: Ledger) -> Sessions:
    return ledger.book(Sessions)


@pytest.fixture
def shops(ledger: Ledger) -> list[Partner]:
    """Nine businesses."""
    return [enrol(ledger, f"第{number}家店", kind="business") for number in range(9)]


@pytest.fixture
def elders(ledger: Ledger, projects: Projects, shops: list[Partner]) -> Project:
    """Nine businesses serve elders living alone in 幸福里社区, since March, evaluated every six months."""
    community = ledger.areas.find("XF").id
    need = ledger.book(Needs).collect(Wanted(community, "elderly", "独居老人照料", 35, "2025-02-20")).now
    said = Particulars(community, "居家助老", "2025-03-01", "社区活动室", need.id, evaluate_every=6)
    return projects.land(said._replace(partners=tuple(shop.id for shop in shops))).now


def figure(ledger: Ledger, code: str, month: str) -> int:
    return sum(ledger.counts.additive(code, Span.month(month)).values())


def test_a_project_says_where_it_came_from_and_when_it_is_evaluated(
    projects: Projects, joining: Joining, elders: Project
) -> None:
    assert (elders.code, elders.status, elders.landed_on) == ("XF-X0001", "active", "2025-03-01")
    assert (elders.need_code, elders.need, elders.next_evaluation_on) == (
        "XF-Q0001", "独居老人照料", "2025-09-01",
    )  # fmt: skip
    assert len(joining.partners(elders)) == 9
    assert projects.find("助老") == elders
    assert projects.listing(need_id=elders.need_id) == [elders]


def test_projects_are_counted_as_they_land_stop_resume_and_finish(
    ledger: Ledger, projects: Projects, elders: Project
) -> None:
    projects.step(elders, "stopped", day=MAY, note="单位换人")
    projects.step(elders, "resumed", day=date(2025, 7, 1))
    projects.step(elders, "adjusted", day=date(2025, 8, 1))
    assert projects.step(elders, "finished", day=date(2025, 9, 30)).now.status == "finished"
    months = ("2025-02", "2025-03", "2025-05", "2025-07", "2025-09")
    assert [figure(ledger, "projects.active", month) for month in months] == [0, 1, 0, 1, 0]
    assert [figure(ledger, "projects.landed", month) for month in months] == [0, 1, 0, 0, 0]
    with pytest.raises(steps.WrongStep, match="现在是“已结项”，不能记“停办”；可以恢复"):
        projects.step(elders, "stopped")


def test_a_project_under_way_stands_once_in_a_community(projects: Projects, elders: Project) -> None:
    again = Particulars(elders.community_id, "居家助老", "2025-05-06")
    with pytest.raises(SameProject, match=r"从 2025-03-01 起已有项目“居家助老”（XF-X0001）"):
        projects.land(again)
    projects.step(elders, "stopped", day=MAY)
    projects.land(again)
    with pytest.raises(SameProject):
        projects.step(elders, "resumed")


@pytest.mark.parametrize(
    ("wrong", "error", "why"),
    [
        ({"title": " \u200b"}, BadProject, "项目名称是空的"),
        ({"evaluate_every": 121}, BadProject, "评估间隔 121 个月不合理"),
        ({"next_evaluation_on": "2025-03-01"}, BadProject, "下次评估 2025-03-01 要晚于落地"),
        ({"landed_on": "2025-12-01"}, errors.NotYet, "还没有到"),
        ({"landed_on": "2023-12-31"}, BadProject, "2024-01-01 才加入。请改正单位或日期"),
    ],
)
def test_what_can_not_land(
    ledger: Ledger, projects: Projects, wrong: dict[str, object], error: type[Exception], why: str
) -> None:
    said = Particulars(ledger.areas.find("XF").id, "上门理发", "2025-03-01")
    with pytest.raises(error, match=why):
        projects.land(said._replace(partners=(enrol(ledger, "理发店").id,), **wrong))


def test_an_edit_of_the_interval_sets_the_next_evaluation_unless_it_is_said(
    ledger: Ledger, projects: Projects, elders: Project
) -> None:
    edited = projects.edit(elders, evaluate_every=3, remark="改为季度评估")
    assert edited.now.next_evaluation_on == "2025-06-01"
    assert projects.edit(elders, evaluate_every=0).now.next_evaluation_on is None
    assert projects.edit(elders, next_evaluation_on="2026-01-01").now.next_evaluation_on == "2026-01-01"
    with pytest.raises(NothingToChange):
        projects.edit(elders, title="居家助老")
    ledger.history.undo(ledger.history.log(action="project.edit")[0].voucher)
    assert projects.get(elders.id).next_evaluation_on is None


@pytest.mark.parametrize(
    ("day", "months", "due"),
    [("2025-03-01", 6, "2025-09-01"), ("2024-08-31", 6, "2025-02-28"), ("2025-12-15", 1, "2026-01-15"),
     ("2025-03-01", 0, None)],
)  # fmt: skip
def test_months_later_is_the_same_day_or_the_last_of_a_shorter_month(
    day: str, months: int, due: str | None
) -> None:
    assert months_after(day, months) == due


def test_a_project_lands_no_earlier_than_what_it_came_from(
    ledger: Ledger, projects: Projects, elders: Project
) -> None:
    """The need is of 20 February, the meeting of 10 March, the evaluation of 6 May."""
    meeting = ledger.book(Meetings).hold(Held(elders.community_id, "2025-03-10", "项目会")).now
    evaluate = ledger.book(Evaluations).evaluate
    for result in ("continue", "new"):
        evaluate(elders, Found("partly", result), day=MAY)
    went_on, asking = (one.id for one in reversed(ledger.book(Evaluations).listing()))
    origins = [
        ({"need_id": elders.need_id}, "2025-02-19", "2025-02-20", "出自的需求（2025-02-20）"),
        ({"meeting_id": meeting.id}, "2025-03-09", "2025-03-10", "出自的会议（2025-03-10）"),
        ({"evaluation_id": asking}, "2025-05-05", "2025-05-06", "出自的评估（2025-05-06）"),
    ]
    for number, (origin, early, on, why) in enumerate(origins):
        said = Particulars(elders.community_id, f"项目{number}", early)
        with pytest.raises(BadProject, match=f"项目 {early} 落地，早于它{why}，请改正出处或日期"):
            projects.land(said._replace(**origin))
        landed = projects.land(said).now
        with pytest.raises(BadProject, match=why):
            projects.edit(landed, **origin)
        projects.land(said._replace(title=f"另一个{number}", landed_on=on, **origin))
    with pytest.raises(BadProject, match="2025-05-06 的评估结论不是新立项目"):
        projects.land(Particulars(elders.community_id, "新项目", "2025-06-01", evaluation_id=went_on))


def test_a_project_meets_a_need_of_its_own_community_and_comes_of_a_meeting_of_any(
    ledger: Ledger, projects: Projects, elders: Project
) -> None:
    """Two matchmaking meetings landed the hundred projects of a district."""
    there = ledger.areas.find("HP").id
    meeting = ledger.book(Meetings).hold(Held(elders.community_id, "2025-03-10", "对接会", "matchmaking")).now
    said = Particulars(there, "居家助老", "2025-04-01")
    with pytest.raises(BadProject, match="它出自的需求是幸福里社区的，不是项目所在社区的，请改正出处"):
        projects.land(said._replace(need_id=elders.need_id))
    landed = projects.land(said._replace(meeting_id=meeting.id)).now
    with pytest.raises(BadProject, match="它出自的需求是幸福里社区的"):
        projects.edit(landed, need_id=elders.need_id)
    assert (landed.community, landed.meeting_code) == ("和平社区", "XF-M0001")


def test_the_next_evaluation_is_later_than_the_last(
    ledger: Ledger, projects: Projects, elders: Project
) -> None:
    ledger.book(Evaluations).evaluate(elders, Found("partly", "continue"), day=MAY)
    with pytest.raises(BadProject, match="下次评估 2025-05-06 要晚于落地和已有的评估（2025-05-06）"):
        projects.edit(elders, next_evaluation_on="2025-05-06")


# Partners


def test_partners_join_and_part_once(joining: Joining, elders: Project, shops: list[Partner]) -> None:
    first = shops[0]
    with pytest.raises(JoinedAlready, match=r"第0家店（XF-P0001）已在项目“居家助老”（XF-X0001）里"):
        joining.join(elders, first)
    with pytest.raises(BeforeLanding, match="2025-03-01 才落地"):
        joining.part(elders, first, day=date(2025, 2, 1))
    assert len(joining.part(elders, first, day=MAY, reason="搬走").now) == 8
    with pytest.raises(NotIn, match="不在项目“居家助老”（XF-X0001）里，不能退出"):
        joining.part(elders, first)
    with pytest.raises(PartedLater, match="2025-05-06 才退出"):
        joining.join(elders, first, day=date(2025, 4, 1))
    joining.join(elders, first, day=date(2025, 6, 1))
    with pytest.raises(NotIn, match="2025-06-01 才加入"):
        joining.part(elders, first, day=date(2025, 5, 20))


def test_nobody_joins_a_project_while_it_is_not_under_way(
    ledger: Ledger, projects: Projects, joining: Joining, elders: Project
) -> None:
    """It stops, or is finished, on 6 May; on that day a partner can still join."""
    for event, word in (("finished", "结项"), ("stopped", "停办")):
        ceased = projects.step(elders, event, day=MAY)
        late = enrol(ledger, f"{word}店", kind="business")
        with pytest.raises(
            Idle, match=rf"（XF-X0001） 2025-05-06 已{word}，2025-05-07 不能加入。.*hep project resume"
        ):
            joining.join(elders, late, day=date(2025, 5, 7))
        joining.join(elders, late, day=MAY)
        ledger.history.undo(ceased.voucher)


def test_a_project_does_not_cease_before_a_partner_joined(
    ledger: Ledger, projects: Projects, joining: Joining, elders: Project
) -> None:
    joined = joining.join(elders, enrol(ledger, "第10家店"), day=date(2025, 5, 7))
    why = f"在 2025-05-07 还有单位加入，不能从 2025-05-06 起停办.*凭证 V{joined.voucher}"
    with pytest.raises(ServedLater, match=why):
        projects.step(elders, "stopped", day=MAY)
    undone = ledger.history.undo(joined.voucher)
    projects.step(elders, "stopped", day=MAY)
    with pytest.raises(errors.Refused, match="项目在这一天没有实施，不能加入"):
        ledger.history.undo(undone.voucher)


def test_a_project_that_ceased_awaits_no_evaluation_until_it_goes_on(
    projects: Projects, elders: Project
) -> None:
    stopped = projects.step(elders, "stopped", day=MAY).now
    assert (stopped.due, stopped.next_evaluation_on) == (None, "2025-09-01")
    assert projects.edit(stopped, place="二楼").now.next_evaluation_on == "2025-09-01"
    assert projects.step(stopped, "resumed").now.due == "2025-09-01"


def test_partners_merged_are_one_in_a_project(
    ledger: Ledger, joining: Joining, elders: Project, shops: list[Partner]
) -> None:
    ledger.membership.merge(shops[0], shops[1])
    stays = ledger.partners.get(shops[1].id)
    assert len(joining.partners(elders)) == 8
    assert joining.projects_of(stays) == {elders.id}
    with pytest.raises(JoinedAlready):
        joining.join(elders, stays)
    assert len(joining.part(elders, stays).now) == 7


# Sessions


def test_a_session_counts_people_and_makes_its_partners_active(
    ledger: Ledger, sessions: Sessions, elders: Project, shops: list[Partner]
) -> None:
    said = Served(elders.id, "2025-05-06", 35, 120, (shops[0].id, shops[1].id, shops[0].id))
    held = sessions.hold(elders, said, note="入户")
    assert (held.now.sessions, held.now.served) == (1, 35)
    (one,) = sessions.listing(elders)
    assert (one.served, one.minutes, one.partners, one.note) == (35, 120, "第0家店、第1家店", "入户")
    active = {partner for _, partner in ledger.counts.distinct("partners.active", Span.month("2025-05"))}
    assert active == {shops[0].id, shops[1].id}
    ledger.history.undo(held.voucher)
    assert sessions.listing(elders) == []
    assert ledger.counts.distinct("partners.active", Span.month("2025-05")) == []


def test_people_served_are_those_of_sessions_and_of_welfare_activities(
    ledger: Ledger, sessions: Sessions, elders: Project
) -> None:
    for served in (35, 12):
        sessions.hold(elders, Served(elders.id, "2025-05-06", served))
    for kind in ("welfare", "arts"):
        ledger.activities.add(Event(elders.community_id, "2025-05-08", f"{kind}活动", kind, beneficiaries=60))
    assert figure(ledger, "service.person_times", "2025-05") == 107
    headings, rows = ledger.counts.rows("service.person_times", Span.month("2025-05"), [elders.community_id])
    shown = [dict(zip(headings, row, strict=True)) for row in rows]
    assert sorted((row["来自"], row["编号"], row["名称"], row["人次"]) for row in shown) == [
        ("公益惠民活动", "XF-H0001", "welfare活动", 60),
        ("服务项目", "XF-X0001", "居家助老", 12), ("服务项目", "XF-X0001", "居家助老", 35),
    ]  # fmt: skip


def test_a_project_serves_only_while_it_is_under_way(
    projects: Projects, sessions: Sessions, elders: Project
) -> None:
    with pytest.raises(
        BeforeLanding, match=r"（XF-X0001） 2025-03-01 才落地，日期 2025-02-28 比它早。请改正日期。$"
    ):
        sessions.hold(elders, Served(elders.id, "2025-02-28", 5))
    projects.step(elders, "stopped", day=MAY)
    sessions.hold(elders, Served(elders.id, "2025-05-06", 5))
    with pytest.raises(NotRunning, match=r"（XF-X0001） 2025-05-06 已停办，不能记 2025-05-07 的服务"):
        sessions.hold(elders, Served(elders.id, "2025-05-07", 5))


@pytest.mark.parametrize(
    ("day", "why"),
    [(1, "02 才落地"), (2, None), (3, None), (4, None), (5, "04 已停办"), (6, None), (7, "06 已结项")],
)
def test_a_project_runs_from_its_landing_through_the_day_it_stops(day: int, why: str | None) -> None:
    """It lands on the 2nd, stops on the 4th, resumes on the 6th and is finished that day."""
    course = [
        ("02", 1, "landed"),
        ("03", 0, "adjusted"),
        ("04", -1, "stopped"),
        ("06", 1, "resumed"),
        ("06", -1, "finished"),
    ]
    assert idle(course, f"{day:02d}") == why


def test_the_same_session_is_not_recorded_twice_unless_its_note_says_that_it_is_another(
    ledger: Ledger, sessions: Sessions, elders: Project, shops: list[Partner]
) -> None:
    said = Served(elders.id, "2025-05-06", 35, 120, (shops[0].id, shops[1].id))
    held = sessions.hold(elders, said)
    ledger.membership.merge(shops[2], shops[0])
    with pytest.raises(SameSession, match=rf"2025-05-06 服务 35 人次的一场已经记过（凭证 V{held.voucher}）"):
        sessions.hold(elders, said._replace(partners=(shops[1].id, shops[0].id)))
    sessions.hold(elders, said, note="下午场")
    sessions.hold(elders, said._replace(partners=(shops[0].id,)))
    sessions.hold(elders, said._replace(minutes=60))
    assert len(sessions.listing(elders)) == 4
    ledger.membership.merge(shops[1], shops[0])
    assert {one.partners for one in sessions.listing(elders)} == {"第0家店"}


def test_a_project_does_not_cease_before_its_last_session(
    ledger: Ledger, projects: Projects, sessions: Sessions, elders: Project
) -> None:
    held = sessions.hold(elders, Served(elders.id, "2025-06-10", 5))
    for event, word in (("stopped", "停办"), ("finished", "结项")):
        with pytest.raises(
            ServedLater, match=f"在 2025-06-10 还有服务，不能从 2025-05-06 起{word}.*凭证 V{held.voucher}"
        ):
            projects.step(elders, event, day=MAY)
    stopped = projects.step(elders, "stopped", day=date(2025, 6, 10))
    ledger.history.undo(stopped.voucher)
    ledger.history.undo(held.voucher)
    said = Found("partly", "continue")
    went_on = ledger.book(Evaluations).evaluate(elders, said, day=date(2025, 6, 1))
    with pytest.raises(ServedLater, match="在 2025-06-01 评估的结论还是继续，不能从 2025-05-06 起停办"):
        projects.step(elders, "stopped", day=MAY)
    ledger.history.undo(went_on.voucher)
    assert projects.step(elders, "stopped", day=MAY).now.status == "stopped"


def test_a_resumption_is_not_undone_under_what_was_served_since(
    ledger: Ledger, projects: Projects, sessions: Sessions, elders: Project
) -> None:
    projects.step(elders, "stopped", day=MAY)
    resumed = projects.step(elders, "resumed", day=date(2025, 6, 1))
    sessions.hold(elders, Served(elders.id, "2025-06-10", 5))
    with pytest.raises(errors.Refused, match="项目在这以后还有服务"):
        ledger.history.undo(resumed.voucher)
    assert projects.get(elders.id).status == "active"


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (Served(1, "2025-05-06", -1), "服务人次 -1 不合理"),
        (Served(1, "2025-05-06", 1, 1441), "时长 1441 分钟不行"),
        (Served(1, "2025-05-06", 1, 60, (99,)), "第10家店（XF-P0010）2025-11-01 才加入"),
    ],
)
def test_what_can_not_be_served(
    ledger: Ledger, sessions: Sessions, elders: Project, said: Served, why: str
) -> None:
    late = enrol(ledger, "第10家店", kind="business", joined_on="2025-11-01")
    partners = tuple(late.id for _ in said.partners)
    with pytest.raises(BadSession, match=why):
        sessions.hold(elders, said._replace(project_id=elders.id, partners=partners))


def test_undoing_a_landing_keeps_what_later_work_stands_on(
    ledger: Ledger, projects: Projects, sessions: Sessions, elders: Project
) -> None:
    landed = ledger.history.log(action="project")[0].voucher
    held = sessions.hold(elders, Served(elders.id, "2025-05-06", 35))
    with pytest.raises(errors.Refused, match="要用到它"):
        ledger.history.undo(landed)
    ledger.history.undo(held.voucher)
    ledger.history.undo(landed)
    assert projects.listing() == []
    assert figure(ledger, "projects.landed", "2025-03") == 0


def test_a_meeting_that_a_project_was_edited_to_name_is_not_undone_until_the_edit_is(
    ledger: Ledger, projects: Projects, elders: Project
) -> None:
    held = ledger.book(Meetings).hold(Held(elders.community_id, "2025-02-10", "对接会"))
    edited = projects.edit(elders, meeting_id=held.now.id)
    with pytest.raises(errors.Refused, match=f"之后的凭证 V{edited.voucher}（项目）要用到它"):
        ledger.history.undo(held.voucher)
    other = projects.land(Particulars(elders.community_id, "理发", "2025-03-01", meeting_id=held.now.id))
    ledger.history.undo(edited.voucher)
    with pytest.raises(errors.Refused, match=f"之后的凭证 V{other.voucher}（项目）要用到它"):
        ledger.history.undo(held.voucher)
    ledger.history.undo(other.voucher)
    ledger.history.undo(held.voucher)
    assert ledger.book(Meetings).listing() == []
    assert projects.get(elders.id).meeting_code is None


def test_a_project_whose_landing_was_undone_serves_nobody(
    ledger: Ledger, projects: Projects, sessions: Sessions
) -> None:
    landed = projects.land(Particulars(ledger.areas.find("XF").id, "居家助老", "2025-03-01"))
    ledger.history.undo(landed.voucher)
    with pytest.raises(NotRunning, match="登记已撤销，不能记 2025-03-08 的服务"):
        sessions.hold(landed.now, Served(landed.now.id, "2025-03-08", 12))
