"""Closed months: what was reported is sealed, and printed from the seal for ever."""

import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from hepartner.ledger import Ledger
from hepartner.ledger.activities import Particulars as Event
from hepartner.ledger.areas import Area
from hepartner.ledger.closing import Closing, NothingToClose, SealBroken, SecondNeeded
from hepartner.ledger.errors import AlreadyRecorded
from hepartner.ledger.forgetting import Forgetting
from hepartner.ledger.honours import Honours, Title
from hepartner.ledger.months import Span
from hepartner.ledger.operators import NeedsManager
from hepartner.ledger.periods import MonthClosed, NothingToReopen
from hepartner.ledger.projects import Particulars as Landing
from hepartner.ledger.projects import Projects
from hepartner.ledger.signing import SheetLine
from hepartner.reports.errors import NotAsSealed, Unbalanced
from hepartner.reports.monthly import monthly_book, sealed_book, write_monthly
from hepartner.reports.monthly.sealing import close_month, drawing_up
from hepartner.reports.readings import counted, listed
from hepartner.reports.seals import Reported, sealed
from hepartner.reports.sheets import Book, Cell
from hepartner.reports.values import Minutes, Signed
from tests.ledger.conftest import CHINA, Clock, clock, empty, enrol, hire, ledger, templates

__all__ = ["clock", "empty", "ledger", "templates"]

OCTOBER = "2025-10"


@pytest.fixture
def awarded(ledger: Ledger) -> Ledger:
    """李梅 of 幸福里社区 was awarded 30 points at a clean-up on 10 October 2025."""
    partner = enrol(ledger, "李梅")
    event = Event(partner.community_id, "2025-10-10", "重阳清扫", "cleanup", place="滨海路")
    activity = ledger.activities.add(event).activity
    ledger.sheets.sign(activity, [SheetLine(partner, 90)])
    ledger.points.award(partner, 30, day=date(2025, 10, 10))
    return ledger


def names(areas: Iterator[tuple[Area, str]] | tuple[tuple[Area, str], ...]) -> list[str]:
    return [f"{area.code} {month}" for area, month in areas]


# What is sealed


def test_each_community_is_sealed_and_what_it_lies_in_when_its_last_one_closes(ledger: Ledger) -> None:
    first = close_month(ledger, OCTOBER, area="XF")
    assert names(first.sealed) == [f"XF {OCTOBER}"]
    last = close_month(ledger, OCTOBER)
    assert [one.code for one in last.communities] == ["HP"]
    assert names(last.sealed) == [f"{code} {OCTOBER}" for code in ("HP", "YM", "HC")]


def test_months_that_one_community_had_closed_alone_are_sealed_when_the_others_follow(ledger: Ledger) -> None:
    close_month(ledger, "2025-08", area="XF")
    close_month(ledger, "2025-09", area="XF")
    last = close_month(ledger, "2025-09", area="HP")
    assert names(last.sealed) == ["HP 2025-09", "YM 2025-08", "YM 2025-09", "HC 2025-08", "HC 2025-09"]


def test_a_month_that_is_closed_everywhere_is_not_closed_again(ledger: Ledger) -> None:
    close_month(ledger, OCTOBER)
    with pytest.raises(MonthClosed, match="海城区 2025-10 已经结账"):
        close_month(ledger, OCTOBER)


def test_an_area_without_communities_has_nothing_to_close(empty: Ledger) -> None:
    empty.areas.add("district", "海城区")
    with pytest.raises(NothingToClose, match="海城区还没有社区"):
        close_month(empty, OCTOBER)


def test_a_closing_sent_again_with_its_key_is_answered_with_its_voucher(ledger: Ledger) -> None:
    closed = close_month(ledger, OCTOBER, key="k1")
    with pytest.raises(AlreadyRecorded, match=f"凭证是 V{closed.voucher}"):
        close_month(ledger, OCTOBER, key="k1")


def test_what_does_not_balance_is_neither_closed_nor_sealed(awarded: Ledger) -> None:
    tampered(awarded, "UPDATE entry_tally SET points = 31 WHERE kind = 'award'")
    with pytest.raises(Unbalanced):
        close_month(awarded, OCTOBER)
    assert awarded.periods.closed_through(3) == ""
    assert awarded.database.value("SELECT count(*) FROM month_content") == 0


def test_a_seal_holds_no_name_and_no_other_word_about_partners(awarded: Ledger) -> None:
    close_month(awarded, OCTOBER)
    found = sealed(awarded, awarded.areas.find("XF"), OCTOBER)
    assert found
    assert [word for word in ("李梅", "重阳清扫", "滨海路") if word in found.seal.content] == []
    assert "幸福里社区" in found.seal.content


def test_what_is_read_of_a_seal_is_what_was_drawn_up(district: Ledger) -> None:
    draw_up = drawing_up(district)
    for area in district.areas.tree():
        text = draw_up(area, OCTOBER)
        assert Reported.read(text).text() == text


# Printing a closed month


def cells(book: Book) -> list[Cell]:
    return [
        value
        for sheet in book.sheets
        for table in sheet.tables
        for row in (*((column.heading,) for column in table.columns), *(row.values for row in table.rows))
        for value in row
    ] + [text for sheet in book.sheets for text in (sheet.title, *sheet.notes)]


NAMES = ("武玉侪", "单雄信", "秦叔宝", "程咬金")
"""Partners of C1 who are on the lists of October."""


@pytest.fixture
def worked(district: Ledger, tmp_path: Path) -> Iterator[Ledger]:
    """The small district with four more partners, to be written in: its clock shows 5 December 2025."""
    shutil.copy(district.database.path, tmp_path / "海城.db")
    now = Clock(datetime(2025, 12, 5, 10, tzinfo=CHINA))
    with Ledger.open(tmp_path / "海城.db", operator="李梅", clock=now) as copy:
        people = [enrol(copy, name, community="C1") for name in NAMES]
        here = people[0].community_id
        hosts = tuple(one.id for one in people)
        event = Event(here, "2025-10-09", "重阳义诊", "welfare", beneficiaries=40, organisers=hosts)
        activity = copy.activities.add(event).activity
        copy.sheets.sign(activity, [SheetLine(one, 60) for one in people])
        said = Landing(here, "邻里理发", "2025-10-06", "活动室", partners=hosts)
        copy.book(Projects).land(said)
        for one in people:
            copy.points.award(one, 3000, day=date(2025, 10, 10))
            copy.book(Honours).give(Title("优秀合伙人", "subdistrict"), [one], day=date(2025, 10, 12))
        yield copy


def after_the_close(ledger: Ledger) -> dict[str, str]:
    """Do whatever reaches back to October: return what partners are called now, by what they were called before."""
    one, other, third, _ = (ledger.partners.find(name) for name in NAMES)
    called = {"武玉侪": "改名甲", "秦叔宝": "改名丙", "程咬金": "已注销"}
    for partner in (one, third):
        ledger.partners.edit(partner, name=called[partner.name])
    ledger.points.award(one, 500, day=date(2025, 10, 9))
    activity = ledger.activities.find("重阳义诊")
    ledger.activities.edit(activity, name="另一场", place="别处", beneficiaries=777)
    ledger.membership.merge(other, ledger.partners.get(one.id), day=date(2025, 10, 20))
    ledger.membership.move(ledger.partners.get(third.id), ledger.areas.find("C2"))
    ledger.membership.leave(ledger.partners.find("程咬金"))
    ledger.book(Forgetting).forget(ledger.partners.find("程咬金"))
    project = ledger.book(Projects).find("邻里理发")
    ledger.book(Projects).edit(project, title="另一项", place="别处")
    ledger.shop.edit(ledger.shop.listing()[0], name="另一件")
    here = one.community_id
    ledger.activities.add(Event(here, "2025-10-11", "补报的活动", "welfare", beneficiaries=60))
    ledger.history.undo(ledger.database.value("SELECT max(voucher_id) FROM honour_given"))
    ledger.settings.set("office", "另一家单位")
    return called


def test_a_closed_month_prints_the_same_for_ever_but_calls_partners_as_now(worked: Ledger) -> None:
    close_month(worked, OCTOBER)
    areas = [area for area in worked.areas.tree() if area.kind != "grid"]
    before = {area: sealed_book(worked, OCTOBER, area) for area in areas}
    called = after_the_close(worked)
    changed = 0
    for area, book in before.items():
        now = sealed_book(worked, OCTOBER, area)
        assert book
        assert now
        for was, is_now in zip(cells(book), cells(now), strict=True):
            renamed = is_now
            for old, new in called.items():
                if isinstance(renamed, str):
                    renamed = renamed.replace(new, old)
            assert renamed == was
            changed += is_now != was
    assert changed


def test_the_workbook_of_a_closed_month_is_what_an_open_one_was(worked: Ledger, tmp_path: Path) -> None:
    def read(name: str) -> dict[str, list[tuple[object, ...]]]:
        write_monthly(worked, OCTOBER, tmp_path / name)
        return {sheet.title: list(sheet.values) for sheet in load_workbook(tmp_path / name).worksheets}

    opened = read("前.xlsx")
    closed = close_month(worked, OCTOBER)
    anchor = str(worked.anchor)
    called = after_the_close(worked)
    sealed_ = read("后.xlsx")
    notes = str(sealed_.pop("口径说明"))
    opened.pop("口径说明")
    was = {name: str(rows) for name, rows in opened.items()}
    for old, new in called.items():
        was = {name: text.replace(old, new) for name, text in was.items()}
    assert {name: str(rows) for name, rows in sealed_.items()} == was
    assert f"台账核对码：{anchor}" in notes
    found = worked.custody.verify(anchor=anchor).findings
    assert [one for one in found if one.check in {"核对码", "封条", "封存"}] == []
    assert closed.voucher == int(anchor.partition("-")[0])


def test_what_the_ledger_counts_of_a_closed_month_is_what_was_sealed(worked: Ledger) -> None:
    close_month(worked, OCTOBER)
    called = after_the_close(worked)
    for code in ("C1", "S2", "HC"):
        area = worked.areas.find(code)
        book, _ = monthly_book(worked, OCTOBER, area)
        seal = sealed_book(worked, OCTOBER, area)
        assert called
        assert seal
        numbers = [[value for value in cells(one) if not isinstance(value, str)] for one in (book, seal)]
        assert numbers[0] == numbers[1]


# Figures and rows of a closed month


def test_figures_of_a_closed_month_are_read_from_the_seal(awarded: Ledger) -> None:
    close_month(awarded, OCTOBER)
    tampered(awarded, "UPDATE entry SET points = 99 WHERE kind = 'award'")
    for code, first in (("XF", OCTOBER), ("HC", "2025-01"), ("YM", "0000-01")):
        lines = listed(awarded, awarded.areas.find(code), Span(first, OCTOBER))
        assert {line.code: line.value for line in lines}["points.awarded"] == "30"
    lines = listed(awarded, awarded.areas.find("XF"), Span("2025-09", OCTOBER))
    assert {line.code: line.value for line in lines}["points.awarded"] == "99"


def test_rows_of_a_closed_month_are_those_that_were_sealed_or_none_are_shown(awarded: Ledger) -> None:
    close_month(awarded, OCTOBER)
    where, month = awarded.areas.find("XF"), Span.month(OCTOBER)
    before = counted(awarded, "points.awarded", where, month)
    assert (before.value, len(before.rows)) == ("30 分", 1)
    awarded.points.award(awarded.partners.find("李梅"), 5, day=date(2025, 10, 11))
    assert counted(awarded, "points.awarded", where, month) == before
    tampered(awarded, "UPDATE entry SET points = 99 WHERE id = 1")
    said = "幸福里社区 2025-10 的“发放积分”结账时封存的是 30（1 行），现在台账里是 99（1 行）"
    with pytest.raises(NotAsSealed, match=re.escape(said)) as refused:
        counted(awarded, "points.awarded", where, month)
    assert refused.value.exit_code == 6


def test_a_seal_that_was_altered_is_not_used_and_is_found(awarded: Ledger) -> None:
    closed = close_month(awarded, OCTOBER)
    tampered(awarded, "UPDATE month_content SET packed = x'00'")
    with pytest.raises(SealBroken, match=f"幸福里社区 2025-10 封存的月报（凭证 V{closed.voucher}）被改动过"):
        sealed_book(awarded, OCTOBER, awarded.areas.find("XF"))
    found = [one for one in awarded.custody.verify().findings if one.check == "封存"]
    assert [(one.message, one.voucher) for one in found] == [
        (f"{name} 2025-10 封存的月报不在了，或被改动过。", closed.voucher)
        for name in ("幸福里社区", "和平社区", "驿马街道", "海城区")
    ]


# Opening again


def second(ledger: Ledger) -> int:
    """Another operator with a PIN, who confirms."""
    hire(ledger, "王强", pin="2468")
    return ledger.operators.attest("王强", "2468")


def test_a_month_that_was_opened_again_is_not_sealed_until_it_is_closed_again(awarded: Ledger) -> None:
    close_month(awarded, OCTOBER)
    where = {code: awarded.areas.find(code) for code in ("XF", "HP", "HC")}
    opened = awarded.book(Closing).reopen(where["XF"], OCTOBER, "漏了一张签到表", second_id=second(awarded))
    assert [area.code for area in opened.lifted] == ["XF", "YM", "HC"]
    held = {code: sealed(awarded, area, OCTOBER) is not None for code, area in where.items()}
    assert held == {"XF": False, "HP": True, "HC": False}
    awarded.points.award(awarded.partners.find("李梅"), 5, day=date(2025, 10, 11))
    again = close_month(awarded, OCTOBER)
    assert names(again.sealed) == [f"{code} {OCTOBER}" for code in ("XF", "YM", "HC")]
    lines = listed(awarded, where["HC"], Span.month(OCTOBER))
    assert {line.code: line.value for line in lines}["points.awarded"] == "35"
    assert awarded.custody.verify().findings == ()


def test_only_the_latest_month_opens_again_and_nothing_is_lifted_otherwise(ledger: Ledger) -> None:
    close_month(ledger, "2025-09")
    close_month(ledger, OCTOBER, area="XF")
    with pytest.raises(NothingToReopen, match="幸福里社区 2025-09 不能重新打开：最近结账的是 2025-10"):
        ledger.book(Closing).reopen(ledger.areas.find("HC"), "2025-09", "有误", second_id=second(ledger))
    assert sealed(ledger, ledger.areas.find("HC"), "2025-09")


def test_nobody_opens_a_month_alone_and_only_a_manager_does(ledger: Ledger) -> None:
    close_month(ledger, OCTOBER)
    top, other = ledger.areas.find("HC"), second(ledger)
    with pytest.raises(SecondNeeded, match="要另一位操作人当场复核，没有打开。请加 --second"):
        ledger.book(Closing).reopen(top, OCTOBER, "有误", second_id=None)
    with Ledger.open(ledger.database.path, operator="王强") as clerks, pytest.raises(NeedsManager):
        clerks.book(Closing).reopen(top, OCTOBER, "有误", second_id=1)
    assert ledger.book(Closing).reopen(top, OCTOBER, "有误", second_id=other).communities


def test_what_was_closed_with_a_first_closing_opens_with_it(ledger: Ledger) -> None:
    close_month(ledger, "2025-09", area="XF")
    close_month(ledger, OCTOBER, area="HP")
    assert sealed(ledger, ledger.areas.find("HC"), "2025-09")
    ledger.book(Closing).reopen(ledger.areas.find("HP"), OCTOBER, "有误", second_id=second(ledger))
    assert sealed(ledger, ledger.areas.find("HC"), "2025-09") is None
    assert names(close_month(ledger, "2025-09", area="HP").sealed) == [
        "HP 2025-09",
        "YM 2025-09",
        "HC 2025-09",
    ]


def tampered(ledger: Ledger, sql: str) -> None:
    """Change something past the guards, as somebody with another tool can."""
    with closing(sqlite3.connect(ledger.database.path)) as raw:
        guards = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?"
        for (name,) in raw.execute(guards, (sql.split()[1],)).fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        raw.execute(sql)
        raw.commit()


# What comes late


def late(ledger: Ledger, month: str = "2025-11", area: str = "HC") -> list[tuple[Cell, ...]]:
    """The lines of what came late, without their number, unit and voucher."""
    book, _ = monthly_book(ledger, month, ledger.areas.find(area))
    rows = [row.values for row in book.sheet("补录更正").tables[0].rows]
    return [(*row[1:6], row[7], *row[9:]) for row in rows]


def test_what_comes_after_the_close_stands_in_the_next_workbook_with_what_it_adds(awarded: Ledger) -> None:
    close_month(awarded, OCTOBER)
    assert late(awarded) == []
    partner = awarded.partners.find("李梅")
    awarded.points.award(partner, 5, day=date(2025, 10, 11))
    event = Event(partner.community_id, "2025-10-12", "补报的义诊", "welfare", beneficiaries=60)
    activity = awarded.activities.add(event).activity
    awarded.sheets.sign(activity, [SheetLine(partner, 90)])
    where = ("幸福里社区", "补录", OCTOBER)
    assert late(awarded) == [
        (*where, date(2025, 10, 11), "发放积分", "发放积分", 1, Signed(5)),
        (*where, date(2025, 10, 11), "发放积分", "积分结余", 1, Signed(5)),
        (*where, date(2025, 10, 12), "登记活动", "开展活动", 1, Signed(1)),
        (*where, date(2025, 10, 12), "登记活动", "公益惠民活动", 1, Signed(1)),
        (*where, date(2025, 10, 12), "登记活动", "活动受益人次", 1, Signed(60)),
        (*where, date(2025, 10, 12), "登记活动", "服务人次", 1, Signed(60)),
        (*where, date(2025, 10, 12), "签到", "参与的合伙人（去重）", 1, None),
        (*where, date(2025, 10, 12), "签到", "活动参与人次", 1, Signed(1)),
        (*where, date(2025, 10, 12), "签到", "活动参与人数（去重）", 1, None),
        (*where, date(2025, 10, 12), "签到", "服务时长", 1, Signed(Minutes(90))),
    ]
    assert late(awarded, area="HP") == late(awarded, OCTOBER) == []


def test_what_is_taken_back_or_stated_anew_is_a_correction(awarded: Ledger) -> None:
    event = Event(awarded.areas.find("XF").id, "2025-10-15", "义剪", "welfare", beneficiaries=20)
    activity = awarded.activities.add(event).activity
    close_month(awarded, OCTOBER)
    entry = awarded.database.value("SELECT max(id) FROM entry")
    awarded.points.reverse(entry, reason="弄错了")
    awarded.activities.edit(activity, beneficiaries=25)
    where = ("幸福里社区", "更正", OCTOBER)
    assert late(awarded) == [
        (*where, date(2025, 10, 10), "冲正流水", "发放积分", 1, Signed(-30)),
        (*where, date(2025, 10, 10), "冲正流水", "积分结余", 1, Signed(-30)),
        (*where, date(2025, 10, 15), "修改活动", "活动受益人次", 2, Signed(5)),
        (*where, date(2025, 10, 15), "修改活动", "服务人次", 2, Signed(5)),
    ]


def test_days_of_one_voucher_in_a_month_stand_on_one_line(awarded: Ledger) -> None:
    close_month(awarded, OCTOBER)
    with awarded.voucher("points.award") as voucher:
        columns = ("partner_id", "kind", "points", "earned_on")
        rows = [(3, day, 1, "award", 2, day) for day in ("2025-10-02", "2025-10-28", "2025-09-30")]
        voucher.post("entry", columns, rows)
    lines = [line for line in late(awarded) if line[5] == "发放积分"]
    assert [(line[2:4], line[-2:]) for line in lines] == [
        (("2025-09", date(2025, 9, 30)), (1, Signed(2))),
        ((OCTOBER, "02日至28日"), (2, Signed(4))),
    ]


def test_a_month_that_was_opened_again_says_so_with_who_and_why(awarded: Ledger) -> None:
    close_month(awarded, OCTOBER)
    awarded.book(Closing).reopen(
        awarded.areas.find("XF"), OCTOBER, "漏了一张签到表", second_id=second(awarded)
    )
    close_month(awarded, OCTOBER)
    book = sealed_book(awarded, OCTOBER, awarded.areas.find("HC"))
    assert book
    for month in (book, monthly_book(awarded, "2025-11", awarded.areas.find("HC"))[0]):
        (row,) = month.sheet("补录更正").tables[1].rows
        assert (*row.values[1:4], *row.values[5:]) == (
            "幸福里社区", OCTOBER, date(2025, 11, 20), "李梅", "王强", "漏了一张签到表",
        )  # fmt: skip
    other = sealed_book(awarded, OCTOBER, awarded.areas.find("HP"))
    assert other
    assert other.sheet("补录更正").tables[1].rows == ()
