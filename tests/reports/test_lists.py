"""The lists of dispatches, meetings, resolutions, support, projects and evaluations, made of what offices do."""

from datetime import date

import pytest

from hepartner.ledger import Ledger
from hepartner.ledger.activities import Particulars as Event
from hepartner.ledger.cooperations import Cooperations
from hepartner.ledger.dispatches import Dispatch, Dispatches, Whistle
from hepartner.ledger.evaluations import Evaluations
from hepartner.ledger.evaluations import Particulars as Found
from hepartner.ledger.honours import Honours, Title
from hepartner.ledger.meetings import Meeting, Meetings
from hepartner.ledger.meetings import Particulars as Held
from hepartner.ledger.moments import Moment
from hepartner.ledger.needs import Needs
from hepartner.ledger.needs import Particulars as Wanted
from hepartner.ledger.offers import Offers
from hepartner.ledger.offers import Particulars as Offered
from hepartner.ledger.projects import Particulars, Project, Projects
from hepartner.ledger.resolutions import Resolutions
from hepartner.ledger.responding import Came
from hepartner.ledger.responses import Responses
from hepartner.ledger.sessions import Particulars as Served
from hepartner.ledger.sessions import Sessions
from hepartner.ledger.signing import SheetLine
from hepartner.ledger.supports import Support, Supports
from hepartner.reports.monthly.subject import TOTAL
from hepartner.reports.values import Median, Minutes, Ratio, Yuan
from tests.ledger.conftest import clock, empty, enrol, ledger, templates

from .test_monthly import book, row, table

__all__ = ["clock", "empty", "ledger", "templates"]

FOUND = Found("partly", "new", asked=30, satisfied=27, attendance=210, cost_fen=120_050)


def close(ledger: Ledger, month: str) -> None:
    ledger.periods.close(ledger.areas.communities(), month)


def blown(ledger: Ledger, day: str) -> Dispatch:
    """A typhoon in 幸福里社区: three were called, two came with 12 and 5 people."""
    groups = [enrol(ledger, f"应急队{name}", kind="group") for name in "甲乙丙"]
    whistle = Whistle("台风清障", "typhoon", ledger.areas.find("XF"), Moment(day, 480), "海滩路")
    dispatch = ledger.book(Dispatches).whistle(whistle, groups).now
    came = [Came(groups[0], 12, 3), Came(groups[1], 5)]
    ledger.book(Responses).roll_call(dispatch, came, Moment(day, 500))
    return dispatch


@pytest.fixture
def teeth(ledger: Ledger) -> Project:
    """A project of 幸福里社区 with a partner since 6 October, for a need, evaluated every month."""
    community = ledger.areas.find("XF").id
    clinic = enrol(ledger, "口腔诊所", kind="business")
    need = ledger.book(Needs).collect(Wanted(community, "medical", "看牙难", 40, "2025-10-01")).now
    said = Particulars(
        community, "补牙义诊", "2025-10-06", "广场", need.id, evaluate_every=1, partners=(clinic.id,)
    )
    return ledger.book(Projects).land(said).now


# 吹哨清单


def test_a_dispatch_shows_who_was_called_who_came_and_how_long_it_took(ledger: Ledger) -> None:
    dispatch = blown(ledger, "2025-11-08")
    ledger.book(Dispatches).finish(dispatch, Moment("2025-11-08", 720))
    made = book(ledger)
    assert row(made, "吹哨清单", (dispatch.community_id, dispatch.id)) == (
        1, date(2025, 11, 8), "幸福里社区", dispatch.code, "台风清障", "台风", "海滩路",
        1, 3, Ratio(2, 3), 2, 17, Minutes(240), "",
    )  # fmt: skip
    assert row(made, "吹哨清单", TOTAL)[7:] == (1, 3, Ratio(2, 3), 2, 17, Median(240, 1), "")


def test_a_dispatch_that_goes_on_into_the_next_month_is_listed_there_again(ledger: Ledger) -> None:
    dispatch = blown(ledger, "2025-10-31")
    ledger.book(Dispatches).finish(dispatch, Moment("2025-11-01", 480))
    (october, _) = table(book(ledger, month="2025-10"), "吹哨清单").rows
    (november, _) = table(book(ledger), "吹哨清单").rows
    assert (october.values[7], october.values[11:]) == (1, (17, None, ""))
    assert (november.values[7], november.values[11:]) == (0, (0, Minutes(1440), "续报"))


def test_a_whistle_of_a_closed_month_is_taken_back_in_the_open_one(ledger: Ledger) -> None:
    called = ledger.areas.find("XF")
    whistle = Whistle("台风清障", "typhoon", called, Moment("2025-10-08", 480))
    written = ledger.book(Dispatches).whistle(whistle, [enrol(ledger, "应急队甲", kind="group")])
    close(ledger, "2025-10")
    before = table(book(ledger, month="2025-10"), "吹哨清单")
    ledger.history.undo(written.voucher)
    assert table(book(ledger, month="2025-10"), "吹哨清单") == before
    (line, total) = table(book(ledger), "吹哨清单").rows
    assert (line.values[7], line.values[-1], total.values[7]) == (-1, "撤销", -1)


# 会议清单 and 决议清单


def held(ledger: Ledger, day: str, kind: str = "joint") -> Meeting:
    """A meeting of 幸福里社区 with 25 people, two partners among them."""
    there = tuple(enrol(ledger, f"商会{day}{name}", kind="business").id for name in "甲乙")
    said = Held(ledger.areas.find("XF").id, day, "停车联席会", kind, "议事厅", 25, partners=there)
    return ledger.book(Meetings).hold(said).now


def test_a_meeting_shows_who_came_what_was_resolved_and_closed(ledger: Ledger) -> None:
    meeting, shop = held(ledger, "2025-11-05", "matchmaking"), enrol(ledger, "理发店", kind="business")
    parking = ledger.book(Resolutions).make(meeting, "错时停车").now
    ledger.book(Resolutions).make(meeting, "加装充电桩")
    ledger.book(Resolutions).step(parking, "done")
    ledger.book(Cooperations).close(shop, ledger.areas.find("XF"), meeting=meeting)
    made = book(ledger)
    assert row(made, "会议清单", (meeting.community_id, meeting.id)) == (
        1, date(2025, 11, 5), "幸福里社区", meeting.code, "停车联席会", "资源对接会", "议事厅", 0, 1, 25, 2, 2, 1, 1, "",
    )  # fmt: skip
    assert row(made, "会议清单", TOTAL)[7:] == (0, 1, 25, 2, 2, 1, 1, "")


def test_who_became_one_in_the_month_is_one_on_its_lists(ledger: Ledger) -> None:
    """Two that were called, met and signed in together: lines say what the total of different partners says."""
    dispatch, meeting = blown(ledger, "2025-11-06"), held(ledger, "2025-11-05")
    groups = {one.name: one for one in ledger.partners.cards()}
    event = Event(dispatch.community_id, "2025-11-04", "清扫", "cleanup")
    activity = ledger.activities.add(event).activity
    pairs = (("应急队乙", "应急队甲"), ("商会2025-11-05乙", "商会2025-11-05甲"))
    ledger.sheets.sign(activity, [SheetLine(groups[name], 30) for pair in pairs for name in pair])
    for one, other in pairs:
        ledger.membership.merge(groups[one], groups[other])
    made = book(ledger)
    line, total = (row(made, "吹哨清单", key) for key in ((dispatch.community_id, dispatch.id), TOTAL))
    assert line[8:12] == total[8:12] == (2, Ratio(1, 2), 1, 17)
    assert row(made, "会议清单", (meeting.community_id, meeting.id))[10] == 1
    assert row(made, "活动", (activity.community_id, activity.id))[9:11] == (4, 2)


def test_a_meeting_of_a_closed_month_is_taken_back_in_the_open_one(ledger: Ledger) -> None:
    said = Held(ledger.areas.find("XF").id, "2025-10-05", "停车联席会", attendance=25)
    written = ledger.book(Meetings).hold(said)
    close(ledger, "2025-10")
    before = table(book(ledger, month="2025-10"), "会议清单")
    ledger.history.undo(written.voucher)
    assert table(book(ledger, month="2025-10"), "会议清单") == before
    (line, _) = table(book(ledger), "会议清单").rows
    assert line.values[7:] == (-1, 0, -25, 0, 0, 0, 0, "撤销")


def test_resolutions_are_listed_until_they_are_done_and_when_they_are(ledger: Ledger) -> None:
    meeting, resolutions = held(ledger, "2025-10-05"), ledger.book(Resolutions)
    parking = resolutions.make(meeting, "错时停车", owner="网格长", due_on=date(2025, 10, 20)).now
    light = resolutions.make(meeting, "修路灯", partner=enrol(ledger, "电工队", kind="group")).now
    close(ledger, "2025-10")
    assert "超期的共 1 项。" in book(ledger, month="2025-10").sheet("决议清单").notes[0]
    before = table(book(ledger, month="2025-10"), "决议清单")
    resolutions.step(parking, "done", day=date(2025, 11, 3))
    assert table(book(ledger, month="2025-10"), "决议清单") == before
    shown = [one.values[3:] for one in before.rows]
    due = date(2025, 10, 20)
    assert shown == [
        ("错时停车", "停车联席会", "网格长", due, "在办", None, 0, 1, 11),
        ("修路灯", "停车联席会", "电工队", None, "在办", None, 0, 1, None),
        ("", "", "", "", "", "", 0, 2, None),
    ]
    made = book(ledger)
    assert row(made, "决议清单", (meeting.community_id, parking.id))[6:] == (
        due, "已办结", date(2025, 11, 3), 1, 0, None,
    )  # fmt: skip
    resolutions.step(light, "dropped")
    assert row(book(ledger), "决议清单", (meeting.community_id, light.id))[7] == "已撤下"


def test_a_resolution_opened_again_is_open_in_the_month_it_was_and_done_less_one(ledger: Ledger) -> None:
    meeting, resolutions = held(ledger, "2025-10-05"), ledger.book(Resolutions)
    parking = resolutions.make(meeting, "错时停车").now
    resolutions.step(parking, "done", day=date(2025, 10, 20))
    close(ledger, "2025-10")
    before = table(book(ledger, month="2025-10"), "决议清单")
    resolutions.step(parking, "reopened", day=date(2025, 11, 3))
    assert table(book(ledger, month="2025-10"), "决议清单") == before
    where = (meeting.community_id, parking.id)
    assert row(book(ledger), "决议清单", where)[7:] == ("在办", None, -1, 1, None)
    assert row(book(ledger), "决议清单", TOTAL)[9:] == (-1, 1, None)
    resolutions.step(parking, "dropped", day=date(2025, 11, 4))
    assert row(book(ledger), "决议清单", where)[7:] == ("已撤下", date(2025, 11, 4), -1, 0, None)
    resolutions.step(parking, "reopened", day=date(2025, 11, 5))
    again = resolutions.make(meeting, "划线").now
    resolutions.step(again, "dropped", day=date(2025, 11, 4))
    resolutions.step(again, "reopened", day=date(2025, 11, 5))
    resolutions.step(again, "done", day=date(2025, 11, 6))
    assert row(book(ledger), "决议清单", (meeting.community_id, again.id))[7:] == (
        "已办结", date(2025, 11, 6), 1, 0, None,
    )  # fmt: skip


def test_a_closed_month_shows_a_resolution_as_it_was_worded_then(ledger: Ledger) -> None:
    meeting, resolutions = held(ledger, "2025-10-05"), ledger.book(Resolutions)
    parking = resolutions.make(meeting, "错时停车", owner="网格长", due_on=date(2025, 10, 20)).now
    close(ledger, "2025-10")
    before = table(book(ledger, month="2025-10"), "决议清单")
    crew = enrol(ledger, "电工队", kind="group")
    resolutions.edit(parking, title="错峰停车", owner="", partner_id=crew.id, due_on="2025-12-01")
    assert table(book(ledger, month="2025-10"), "决议清单") == before
    shown = row(book(ledger), "决议清单", (meeting.community_id, parking.id))
    assert (shown[3], *shown[5:7], shown[11]) == ("错峰停车", "电工队", date(2025, 12, 1), None)


# 扶持清单


def test_support_is_listed_by_partner(ledger: Ledger) -> None:
    book_, group = ledger.book(Supports), enrol(ledger, "艺术团", kind="group")
    hall = book_.venue("多功能厅", ledger.areas.find("XF")).now
    book_.book(hall, group, date(2025, 11, 3), (540, 660))
    book_.book(hall, group, date(2025, 11, 4), (540, 570))
    book_.give(Support(hall.community_id, group.id, "publicity", "2025-11-05"))
    made = book(ledger)
    assert row(made, "扶持清单", (hall.community_id, group.id))[1:] == (
        "幸福里社区", group.code, "艺术团", "多功能厅", 2, Minutes(150), 1, 0, 0,
    )  # fmt: skip
    assert row(made, "扶持清单", TOTAL)[5:] == (2, Minutes(150), 1, 0, 0)


# Months that were reopened


def test_a_step_may_count_in_a_month_before_that_of_what_it_is_a_step_of(ledger: Ledger) -> None:
    """What was told while October was closed counts in November; what is told once it is open again, in October."""
    xf, group = ledger.areas.find("XF"), enrol(ledger, "应急队", kind="group")
    close(ledger, "2025-09")
    close(ledger, "2025-10")
    whistle = Whistle("台风清障", "typhoon", xf, Moment("2025-10-30", 480))
    dispatch = ledger.book(Dispatches).whistle(whistle, [group]).now
    need = ledger.book(Needs).collect(Wanted(xf.id, "meals", "老人助餐", 90, "2025-10-01")).now
    project = ledger.book(Projects).land(Particulars(xf.id, "居家助老", "2025-10-06")).now
    meeting = held(ledger, "2025-10-08")
    ledger.periods.reopen(ledger.areas.communities(), "2025-10")
    ledger.book(Responses).roll_call(dispatch, [Came(group, 12, 3)], Moment("2025-10-30", 500))
    ledger.book(Needs).step(need, "met", day=date(2025, 10, 31))
    ledger.book(Sessions).hold(project, Served(project.id, "2025-10-20", 30))
    resolution = ledger.book(Resolutions).make(meeting, "错时停车").now
    ledger.book(Resolutions).step(resolution, "done", day=date(2025, 10, 9))
    for month in ("2025-10", "2025-11"):
        book(ledger, month=month)
    october = book(ledger, month="2025-10")
    assert row(october, "吹哨清单", (xf.id, dispatch.id))[11] == 12
    assert row(october, "项目清单", (xf.id, project.id))[8:13] == ("", 0, 0, 1, 30)
    assert row(october, "会议清单", (xf.id, meeting.id))[7:12] == (0, 0, 0, 0, 1)


# 惠民服务清单


def test_offers_are_listed_with_their_uses_until_they_close(ledger: Ledger) -> None:
    community, offers = ledger.areas.find("XF").id, ledger.book(Offers)
    shop = enrol(ledger, "理发店", kind="business")
    said = Offered(community, shop.id, "剪发", "2025-10-06", "housing", "lowcost", 3000, 1500)
    cut = offers.open(said).now
    wash = offers.open(Offered(community, shop.id, "洗头", "2025-11-01")).now
    offers.use(cut, times=7, day=date(2025, 10, 20))
    close(ledger, "2025-10")
    before = table(book(ledger, month="2025-10"), "惠民服务清单")
    assert [one.values[10:] for one in before.rows] == [("开放", 1, 7, 7), ("", 1, 7, 7)]
    offers.use(cut, times=5, day=date(2025, 11, 3))
    offers.edit(cut, title="义剪", price_after=1000, trade="other")
    offers.close(wash, day=date(2025, 11, 5))
    assert table(book(ledger, month="2025-10"), "惠民服务清单") == before
    made = book(ledger)
    assert row(made, "惠民服务清单", (community, cut.id))[1:] == (
        "其他", "幸福里社区", cut.code, "理发店", "义剪", "低偿", Yuan(3000), Yuan(1000), date(2025, 10, 6),
        "开放", 1, 5, 12,
    )  # fmt: skip
    assert row(made, "惠民服务清单", (community, wash.id))[7:] == (
        None, None, date(2025, 11, 1), "已停止", 0, 0, 0,
    )  # fmt: skip
    assert row(made, "惠民服务清单", TOTAL)[11:] == (1, 5, 12)


def test_an_offer_of_a_closed_month_is_taken_back_in_the_open_one(ledger: Ledger) -> None:
    shop = enrol(ledger, "理发店", kind="business")
    written = ledger.book(Offers).open(Offered(shop.community_id, shop.id, "剪发", "2025-10-06"))
    close(ledger, "2025-10")
    before = table(book(ledger, month="2025-10"), "惠民服务清单")
    ledger.history.undo(written.voucher)
    assert table(book(ledger, month="2025-10"), "惠民服务清单") == before
    (line, _) = table(book(ledger), "惠民服务清单").rows
    assert line.values[9:] == (date(2025, 10, 6), "已撤销", 0, 0, 0)


# Words


@pytest.mark.parametrize("closed", ["2025-10", ""])
def test_a_closed_month_keeps_its_words_but_calls_partners_as_now_and_an_open_one_takes_corrections(
    ledger: Ledger, closed: str
) -> None:
    group = enrol(ledger, "海城义工", kind="group")
    here, day = group.community_id, "2025-10-06"
    meetings, dispatches, projects = ledger.book(Meetings), ledger.book(Dispatches), ledger.book(Projects)
    meeting = meetings.hold(Held(here, day, "商量停车", place="一楼", partners=(group.id,))).now
    ledger.book(Resolutions).make(meeting, "修路灯", partner=group, due_on=date(2025, 10, 9))
    whistle = dispatches.whistle(
        Whistle("清障", "flood", ledger.areas.get(here), Moment(day, 480), "桥头"), [group]
    ).now
    project = projects.land(
        Particulars(here, "助老", day, "一号楼", meeting_id=meeting.id, partners=(group.id,))
    ).now
    ledger.book(Evaluations).evaluate(project, FOUND, day=date(2025, 10, 20))
    hall = ledger.book(Supports).venue("大厅", ledger.areas.get(here)).now
    ledger.book(Supports).book(hall, group, date(2025, 10, 7), (540, 660))
    sheets = ("吹哨清单", "会议清单", "决议清单", "扶持清单", "项目清单", "评估")

    def words() -> str:
        made = book(ledger, month="2025-10")
        return str(
            [line.values for name in sheets for shown in made.sheet(name).tables for line in shown.rows]
        )

    before = words()
    said = ("商量停车", "一楼", "清障", "桥头", "助老", "一号楼", "大厅")
    assert [one for one in said if one not in before] == []
    if closed:
        close(ledger, closed)
    meetings.edit(meeting, title="议事会", place="二楼")
    dispatches.edit(whistle, title="改名哨", place="桥尾")
    projects.edit(project, title="敬老", place="二号楼")
    ledger.book(Supports).venue("大厅", ledger.areas.get(here), rename="小厅")
    ledger.partners.edit(group, name="海城志愿者")
    assert (words() == before.replace("海城义工", "海城志愿者")) is bool(closed)
    assert [one for one in said if (one in words()) is not bool(closed)] == []


# 荣誉清单


def test_honours_are_listed_and_taken_back_in_the_open_month(ledger: Ledger) -> None:
    honours, partner = ledger.book(Honours), enrol(ledger, "武玉侪")
    best = Title("优秀合伙人", "subdistrict", "驿马街道党工委")
    early = honours.give(best, [partner], day=date(2025, 10, 6))
    close(ledger, "2025-10")
    before = table(book(ledger, month="2025-10"), "荣誉清单")
    assert before.rows[0].values == (
        1, "幸福里社区", partner.code, "武玉侪", "优秀合伙人", "街道", "驿马街道党工委", date(2025, 10, 6), 1, "",
    )  # fmt: skip
    honours.give(best, [partner], day=date(2025, 10, 7))
    ledger.history.undo(early.voucher)
    assert table(book(ledger, month="2025-10"), "荣誉清单") == before
    shown = [one.values[7:] for one in table(book(ledger), "荣誉清单").rows]
    assert shown == [(date(2025, 10, 6), -1, "撤销"), (date(2025, 10, 7), 1, "补录"), ("", 0, "")]


# 项目清单


def test_a_project_shows_where_it_came_from_who_is_in_it_and_whom_it_served(
    ledger: Ledger, teeth: Project
) -> None:
    for day, served in (("2025-10-20", 30), ("2025-11-03", 40), ("2025-11-10", 50)):
        ledger.book(Sessions).hold(teeth, Served(teeth.id, day, served))
    made = book(ledger)
    assert row(made, "项目清单", (teeth.community_id, teeth.id)) == (
        1, "幸福里社区", teeth.code, "补牙义诊", "广场", "需求“看牙难”", "口腔诊所", date(2025, 10, 6), "实施中",
        0, 1, 2, 90, 120,
    )  # fmt: skip
    assert row(made, "项目清单", TOTAL)[9:] == (0, 1, 2, 90, 120)
    resources = table(made, "资源项目")
    assert resources.value(TOTAL, "service.person_times") == 90


def test_a_project_of_a_closed_month_is_taken_back_in_the_open_one(ledger: Ledger) -> None:
    said = Particulars(ledger.areas.find("XF").id, "居家助老", "2025-10-06")
    written = ledger.book(Projects).land(said)
    close(ledger, "2025-10")
    before = table(book(ledger, month="2025-10"), "项目清单")
    ledger.history.undo(written.voucher)
    assert table(book(ledger, month="2025-10"), "项目清单") == before
    (line, _) = table(book(ledger), "项目清单").rows
    assert line.values[7:11] == (date(2025, 10, 6), "已撤销", -1, 0)


def test_a_closed_month_shows_a_project_as_it_was_then(ledger: Ledger, teeth: Project) -> None:
    close(ledger, "2025-10")
    before = table(book(ledger, month="2025-10"), "项目清单")
    ledger.book(Projects).step(teeth, "stopped", day=date(2025, 11, 5))
    assert table(book(ledger, month="2025-10"), "项目清单") == before
    assert row(book(ledger), "项目清单", (teeth.community_id, teeth.id))[8:11] == ("已停办", 0, 0)


def test_a_closed_month_shows_a_project_as_its_card_said_then(ledger: Ledger, teeth: Project) -> None:
    close(ledger, "2025-10")
    before = table(book(ledger, month="2025-10"), "项目清单")
    ledger.book(Projects).edit(teeth, title="补牙", place="礼堂", need_id=None)
    assert table(book(ledger, month="2025-10"), "项目清单") == before
    assert row(book(ledger), "项目清单", (teeth.community_id, teeth.id))[3:6] == ("补牙", "礼堂", "")


# 评估


def test_an_evaluation_shows_what_was_found_and_what_it_led_to(ledger: Ledger, teeth: Project) -> None:
    ledger.book(Evaluations).evaluate(teeth, FOUND, day=date(2025, 11, 6), new_title="补牙义诊二期")
    shown, total = table(book(ledger), "评估", 1).rows
    assert shown.values == (
        1, "幸福里社区", 1, date(2025, 11, 6), "补牙义诊", Ratio(27, 30), 210, Yuan(120_050), "部分满足", "新立项目",
        "补牙义诊二期", "",
    )  # fmt: skip
    assert total.values[2:8] == (1, "", "", Ratio(27, 30), 210, Yuan(120_050))


def test_what_no_evaluation_counted_has_no_total(ledger: Ledger, teeth: Project) -> None:
    ledger.book(Evaluations).evaluate(
        teeth, Found("partly", "continue", asked=30, satisfied=27), day=date(2025, 11, 6)
    )
    assert table(book(ledger), "评估", 1).rows[-1].values[5:8] == (Ratio(27, 30), None, None)


def test_needs_are_ranked_by_heads_in_each_subdistrict(ledger: Ledger, teeth: Project) -> None:
    ledger.book(Needs).collect(Wanted(teeth.community_id, "meals", "老人助餐", 90, "2025-11-01"))
    first, total = table(book(ledger), "评估").rows
    assert first.values[:7] == (1, "驿马街道", 2, 130, "助餐\n90人（1项）", "医疗\n40人（1项）", "")
    assert total.values[2:4] == (2, 130)


def overdue(ledger: Ledger, month: str) -> list[str]:
    rows = table(book(ledger, month=month), "评估", 1).rows
    return [str(one.values[-1]) for one in rows if one.values[-3] == "未评估"]


def test_an_evaluation_is_overdue_at_the_end_of_a_month_or_today(ledger: Ledger, teeth: Project) -> None:
    assert teeth.next_evaluation_on == "2025-11-06"
    assert overdue(ledger, "2025-10") == []
    assert overdue(ledger, "2025-11") == ["应于 2025-11-06 评估，已超期 14 天"]


def test_what_was_overdue_in_a_closed_month_stays_so(ledger: Ledger) -> None:
    """The next day on the card is moved on by the late evaluation, and by an edit; the closed month keeps what stood."""
    said = Particulars(ledger.areas.find("XF").id, "补牙义诊", "2025-08-20", evaluate_every=1)
    teeth = ledger.book(Projects).land(said).now
    late = ["应于 2025-09-20 评估，已超期 10 天"]
    assert overdue(ledger, "2025-09") == late
    close(ledger, "2025-08")
    close(ledger, "2025-09")
    ledger.book(Evaluations).evaluate(teeth, FOUND, day=date(2025, 9, 25))
    assert overdue(ledger, "2025-09") == late
    ledger.book(Projects).edit(ledger.book(Projects).get(teeth.id), evaluate_every=0)
    assert (overdue(ledger, "2025-09"), overdue(ledger, "2025-11")) == (late, [])


def test_an_evaluation_written_down_late_for_an_open_month_is_not_overdue_in_it(
    ledger: Ledger, teeth: Project
) -> None:
    ledger.book(Evaluations).evaluate(teeth, FOUND, day=date(2025, 10, 30))
    assert overdue(ledger, "2025-11") == []
    assert overdue(ledger, "2025-10") == []


def test_an_evaluation_of_a_closed_month_is_taken_back_in_the_open_one(
    ledger: Ledger, teeth: Project
) -> None:
    done = ledger.book(Evaluations).evaluate(teeth, FOUND, day=date(2025, 10, 30))
    close(ledger, "2025-10")
    before = table(book(ledger, month="2025-10"), "评估", 1)
    ledger.history.undo(done.voucher)
    assert table(book(ledger, month="2025-10"), "评估", 1) == before
    rows = table(book(ledger), "评估", 1).rows
    assert [(one.values[2], one.values[-1]) for one in rows[:1]] == [(-1, "撤销")]
    assert rows[-1].values[2:8] == (-1, "", "", Ratio(-27, -30), -210, Yuan(-120_050))
