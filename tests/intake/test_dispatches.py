"""Lists of dispatches into the ledger."""

import pytest

from hepartner.ledger import Ledger
from hepartner.ledger.dispatches import Dispatches
from hepartner.ledger.moments import Moment
from hepartner.ledger.responses import Responses
from tests.ledger.conftest import enrol

from .builders import xlsx
from .conftest import Imported

HEADER = (
    "社区", "吹哨事项", "类别", "吹哨日期", "吹哨时间", "单位", "报到时间", "到场人数", "党员人数", "结束时间",
)  # fmt: skip
WHISTLE = ("幸福里社区", "台风摩羯", "台风", "2025-09-06", "20:30")
CAME = (*WHISTLE, "义工队", "晚上9点", "30", "12", "")
MIDNIGHT = (*WHISTLE, "家政协会", "1点半", "8人", "", "")
ABSENT = (*WHISTLE, "消防协会", "", "", "", "")


@pytest.fixture(autouse=True)
def groups(ledger: Ledger) -> None:
    for name in ("义工队", "家政协会", "消防协会", "迟来社"):
        enrol(ledger, name, kind="group", joined_on="2025-10-01" if name == "迟来社" else "2024-01-01")


def ended(row: tuple[str, ...]) -> tuple[str, ...]:
    return (*row[:-1], "2:00")


def test_a_list_blows_the_whistle_and_takes_down_who_came_also_after_midnight(
    ledger: Ledger, imported: Imported
) -> None:
    content = xlsx(HEADER, *map(ended, (CAME, MIDNIGHT, ABSENT, ABSENT)))
    report = imported("台风.xlsx", content, kind="dispatches")
    assert (report.added, report.unchanged, report.problems) == (3, 1, ())
    (one,) = ledger.book(Dispatches).listing()
    assert (one.code, one.kind, one.called, one.groups, one.people, one.party_members) == (
        "XF-C0001", "typhoon", 3, 2, 38, 12,
    )  # fmt: skip
    assert (str(one.finished), one.minutes) == ("2025-09-07 02:00", 330)
    told = {
        each.partner: (each.status, each.arrived, each.minutes) for each in ledger.book(Responses).of(one)
    }
    assert told == {
        "义工队": ("arrived", "2025-09-06 21:00", 30),
        "家政协会": ("arrived", "2025-09-07 01:30", 300),
        "消防协会": ("silent", None, None),
    }
    again = imported("台风.xlsx", content, kind="dispatches")
    assert (again.added, again.changed, again.unchanged, again.voucher) == (0, 0, 4, None)


def test_a_later_list_adds_partners_arrivals_and_the_end(ledger: Ledger, imported: Imported) -> None:
    assert imported("一.xlsx", xlsx(HEADER, (*CAME[:6], "", "", "", "")), kind="dispatches").added == 1
    report = imported("二.xlsx", xlsx(HEADER, ended(CAME), ABSENT), kind="dispatches")
    assert (report.added, report.changed) == (1, 1)
    assert report.changes == ("第 2 行“台风摩羯”义工队：2025-09-06 21:00 报到 30 人，2025-09-07 02:00 结束",)
    (one,) = ledger.book(Dispatches).listing()
    assert (one.called, one.people, one.status) == (2, 30, "finished")


def with_(row: tuple[str, ...], **changed: str) -> tuple[str, ...]:
    fields = ("community", "title", "kind", "day", "at", "partner", "came", "heads", "party", "end")
    return tuple(changed.get(name, cell) for name, cell in zip(fields, row, strict=True))


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (with_(CAME, community="桃花源"), "社区", "没有这个社区"),
        (with_(CAME, partner="没有的队"), "单位", "没有这位合伙人"),
        (with_(CAME, partner="迟来社"), "单位", "才加入"),
        (with_(CAME, heads=""), "到场人数", "到场人数 0 不行"),
        (with_(CAME, party="31"), "到场人数", "其中党员 31 人"),
        (with_(CAME, came=""), "报到时间", "没有报到时间"),
        (with_(CAME, at="25:00"), "吹哨时间", "没有“25:00”这个时间"),
        (with_(CAME, day="2025-11-20", at="9:50", came="9:55", end="10:30"), "结束时间", "还没有到（现在是"),
        (with_(CAME, end="20:45"), "结束时间", "早于上一步"),
        (with_(CAME, title="\u200b"), "吹哨事项", "没有看得见的字"),
    ],
)
def test_what_does_not_fit_is_a_problem_of_its_row(
    imported: Imported, row: tuple[str, ...], column: str, reason: str
) -> None:
    report = imported("台风.xlsx", xlsx(HEADER, row), kind="dispatches")
    (problem,) = report.problems
    assert column in problem.column
    assert reason in problem.reason
    assert (problem.row, report.voucher) == (2, None)


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (with_(MIDNIGHT, at="20:40"), "吹哨事项", "时间或类别与前面的行不同"),
        (with_(MIDNIGHT, kind="内涝"), "吹哨事项", "时间或类别与前面的行不同"),
        (with_(MIDNIGHT, end="3:00"), "结束时间", "结束时间与前面的行不同"),
        (with_(CAME, heads="31", end="2:00"), "单位", "写了两次"),
        (
            with_(MIDNIGHT, came="2点1分"),
            "报到时间",
            "2025-09-07 02:01 报到，晚于前面的行写的结束 2025-09-07 02:00",
        ),
    ],
)
def test_rows_of_one_dispatch_agree(
    imported: Imported, row: tuple[str, ...], column: str, reason: str
) -> None:
    report = imported("台风.xlsx", xlsx(HEADER, ended(CAME), row), kind="dispatches")
    (problem,) = report.problems
    assert (problem.row, column in problem.column, reason in problem.reason) == (3, True, True)


def test_an_end_before_what_rows_above_it_say_is_a_problem_of_its_row_alone(
    ledger: Ledger, imported: Imported
) -> None:
    rows = (MIDNIGHT, with_(CAME, end="1:00"), with_(ABSENT, end="2:00"))
    report = imported("台风.xlsx", xlsx(HEADER, *rows), kind="dispatches", skip_bad=True)
    (problem,) = report.problems
    assert (problem.row, problem.reason) == (3, "2025-09-07 01:00 早于前面的行的报到 2025-09-07 01:30")
    (one,) = ledger.book(Dispatches).listing()
    assert (one.called, one.people, str(one.finished)) == (2, 8, "2025-09-07 02:00")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (with_(CAME, came="21:14"), "台账里这家 2025-09-06 21:15 应答，报到比它早"),
        (
            with_(ABSENT, partner="家政协会", came="21:29", heads="3"),
            "台账里这家 2025-09-06 21:30 呼叫，报到比它早",
        ),
        (with_(ABSENT, end="21:29"), "台账里这次吹哨 2025-09-06 21:30 还有后续，结束比它早"),
    ],
)
def test_a_list_does_not_come_before_what_the_ledger_has_of_a_call(
    ledger: Ledger, imported: Imported, row: tuple[str, ...], reason: str
) -> None:
    imported("台风.xlsx", xlsx(HEADER, with_(CAME, came="", heads="", party=""), ABSENT), kind="dispatches")
    (one,), responses = ledger.book(Dispatches).listing(), ledger.book(Responses)
    responses.answer(one, ledger.partners.find("义工队"), Moment("2025-09-06", 21 * 60 + 15))
    responses.call_again(one, [ledger.partners.find("家政协会")], Moment("2025-09-06", 21 * 60 + 30))
    report = imported("到场.xlsx", xlsx(HEADER, row), kind="dispatches")
    (problem,) = report.problems
    assert (problem.row, problem.reason, report.read) == (2, reason, 1)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (with_(CAME, at="20:31"), "台账里是 2025-09-06 20:30 吹哨"),
        (with_(CAME, kind="内涝"), "台账里类别是台风"),
        (with_(CAME, end="3:00"), "台账里是 2025-09-07 02:00 结束"),
        (with_(CAME, heads="31"), "报到 30 人，其中党员 12 人"),
        (with_(CAME, partner="家政协会"), "已经结束，不能再补"),
        (with_(CAME, partner="消防协会"), "台账里这家是“未应答”"),
    ],
)
def test_a_list_does_not_rewrite_what_happened(imported: Imported, row: tuple[str, ...], reason: str) -> None:
    imported("台风.xlsx", xlsx(HEADER, ended(CAME), ended(ABSENT)), kind="dispatches")
    report = imported("改.xlsx", xlsx(HEADER, row), kind="dispatches")
    (problem,) = report.problems
    assert reason in problem.reason
    assert report.voucher is None
