"""The commands of support, as typed."""

import json

import pytest

from hepartner.ledger import Ledger
from tests.commands.conftest import Hep
from tests.ledger.conftest import enrol


@pytest.fixture(autouse=True)
def dentist(ledger: Ledger) -> None:
    enrol(ledger, "柏乐口腔", kind="business")


@pytest.fixture
def room(hep: Hep) -> Hep:
    hep("support", "venue", "党群活动室", "--place", "一楼")
    return hep


def test_a_venue_is_booked_used_cancelled_and_listed(room: Hep) -> None:
    times = ("--from", "下午2点", "--to", "16:30")
    said = room(
        "support", "book", "活动室", "柏乐口腔", "--day", "2025-03-01", *times, "--purpose", "口腔课堂"
    )
    assert said.err.splitlines()[0] == (
        "已预订并记为使用 XF-Y0001：幸福里社区党群活动室 2025-03-01 14:00–16:30，柏乐口腔（XF-P0001），口腔课堂。"
    )
    clash = room(
        "support", "book", "活动室", "柏乐口腔", "--day", "2025-03-01", "--from", "1600", "--to", "24:00"
    )
    assert (clash.code, "预订号 XF-Y0001" in clash.err) == (1, True)
    assert (
        room(
            "扶持", "预订", "活动室", "P0001", "--日期", "2025-03-02", "--起", "8点", "--止", "9点", "--待用"
        ).code
        == 0
    )
    assert "已使用 XF-Y0002" in room("扶持", "使用", "y0002").err
    assert "已取消 XF-Y0002" in room("扶持", "取消", "Y0002", "--原因", "没有来").err
    rows = [line.split("\t") for line in room("support", "bookings").out.splitlines()[1:]]
    assert [(row[0], row[2], row[-1]) for row in rows] == [
        ("XF-Y0001", "14:00–16:30", "已使用"), ("XF-Y0002", "08:00–09:00", "已取消"),
    ]  # fmt: skip
    (venue,) = json.loads(room("support", "venues", "--json").out)
    assert (venue["name"], venue["uses"], venue["ahead"]) == ("党群活动室", 1, 0)


def test_a_booking_is_moved(room: Hep) -> None:
    room("support", "venue", "会议室")
    times = ("--from", "9:00", "--to", "10:00")
    room("support", "book", "党群活动室", "柏乐口腔", "--day", "2025-03-01", *times, "--planned")
    words = ("扶持", "改订", "Y0001", "--日期", "2025-03-02", "--起", "14点", "--场地", "会议室", "--键", "k")
    moved = room(*words)
    assert moved.err.splitlines()[0] == (
        "已改订 XF-Y0001：幸福里社区会议室 2025-03-02 14:00–15:00，柏乐口腔（XF-P0001）。"
    )
    again = room(*words)
    assert (again.code, "没有重复记账" in again.err) == (0, True)


def test_support_is_given_and_listed(room: Hep) -> None:
    said = room("support", "give", "柏乐口腔", "宣传", "--note", "公众号推送", "--day", "2025-03-05")
    assert said.err.splitlines()[0] == "已记 幸福里社区 2025-03-05 给柏乐口腔（XF-P0001）的扶持：宣传。"
    assert room("扶持", "给予", "P0001", "场地", "--场地", "活动室", "--时长", "1.5").code == 0
    rows = json.loads(room("support", "list", "--json").out)
    assert [(row["kind"], row["venue"], row["minutes"], row["note"]) for row in rows] == [
        ("venue", "党群活动室", 90, ""), ("publicity", "", 0, "公众号推送"),
    ]  # fmt: skip
    wrong = room("support", "give", "柏乐口腔", "宣传", "--hours", "1")
    assert (wrong.code, "只有场地扶持才写场地和时长" in wrong.err) == (1, True)


def test_a_time_that_is_none_is_wrong_usage(room: Hep) -> None:
    said = room("support", "book", "活动室", "柏乐口腔", "--from", "25点", "--to", "26点")
    assert (said.code, "时刻" in said.err or "25点" in said.err) == (2, True)


def test_a_booking_that_is_not_there_is_not_found(room: Hep) -> None:
    said = room("support", "use", "Y0009")
    assert (said.code, said.err) == (4, "没有找到预订“Y0009”。可用 hep support bookings 查看预订号。\n")
