"""The points as journals of hledger and beancount: what stands in them, and that these find what does not add up."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from hepartner.ledger import Ledger
from hepartner.ledger.areas import GridHasNoFigures
from hepartner.reports.errors import MonthNotCome, TargetIsLedger, TargetUnwritable
from hepartner.reports.journals import Beancount, Hledger, Language, write_journal
from tests.faults.limits import files_of_at_most
from tests.ledger.conftest import clock, empty, enrol, ledger, templates
from tests.recount.witnesses import HLEDGER, LACKING, UTF8

__all__ = ["clock", "empty", "ledger", "templates"]


@pytest.fixture
def office(ledger: Ledger) -> Ledger:
    """Thirty points given in August; September closed; ten of them taken back late; a move to 和平 with the other twenty."""
    partner, heping = enrol(ledger, "武玉侪", phone="13800138000"), ledger.areas.find("HP")
    first = ledger.points.award(partner, 10, day=date(2025, 8, 4), reason="巡查").voucher
    ledger.points.award(partner, 20, day=date(2025, 8, 31))
    ledger.periods.close(ledger.areas.communities(), "2025-09")
    (entry,) = ledger.database.row("SELECT id FROM entry WHERE voucher_id = ?", (first,))
    ledger.points.reverse(entry, reason="重复")
    ledger.membership.move(partner, heping, day=date(2025, 10, 20))
    return ledger


def written(ledger: Ledger, language: Language, target: Path, **asked: str) -> list[str]:
    """Write a journal and return its lines below the head, which ends with the unit."""
    saved = write_journal(ledger, language, target, **asked)
    text = saved.path.read_text(encoding="utf-8")
    return text.partition("\n\n")[2].splitlines()


HLEDGER_OFFICE = """\
commodity 1000. 积分
account 合伙人  ; type: A

account 合伙人:XF:XF-P0001
account 发放:XF
2025-08-04 * (V7) 发放
    合伙人:XF:XF-P0001  10 积分  ; 流水:1
    发放:XF  -10 积分

2025-08-31 * (V8) 发放
    合伙人:XF:XF-P0001  20 积分  ; 流水:2
    发放:XF  -20 积分

2025-08-31 * 2025-08 月末余额
    合伙人:XF:XF-P0001  0 积分 = 30 积分

2025-09-30 * 2025-09 月末余额
    合伙人:XF:XF-P0001  0 积分 = 30 积分

2025-10-01 * (V10) 发放  ; 发生日:2025-08-04
    合伙人:XF:XF-P0001  -10 积分  ; 流水:3, 冲正:1
    发放:XF  10 积分

account 合伙人:HP:XF-P0001
2025-10-20 * (V11) 转移
    合伙人:XF:XF-P0001  -20 积分  ; 流水:4
    合伙人:HP:XF-P0001  20 积分  ; 流水:5

2025-10-31 * 2025-10 月末余额
    合伙人:XF:XF-P0001  0 积分 = 0 积分
    合伙人:HP:XF-P0001  0 积分 = 20 积分
"""


def test_hledger_reads_what_moved_by_months_and_what_each_month_ends_with(
    office: Ledger, tmp_path: Path
) -> None:
    assert (
        written(office, Hledger(), tmp_path / "积分.journal", last="2025-10") == HLEDGER_OFFICE.splitlines()
    )


BEANCOUNT_OFFICE = """\
option "title" "海城区合伙人积分账"
option "operating_currency" "JIFEN"
1970-01-01 commodity JIFEN
  name: "积分"

2025-08-04 open Assets:XF:XF-P0001 JIFEN
2025-08-04 open Income:Award:XF JIFEN
2025-08-04 * "V7 发放"
  Assets:XF:XF-P0001  10 JIFEN
    entry: 1
  Income:Award:XF  -10 JIFEN

2025-08-31 * "V8 发放"
  Assets:XF:XF-P0001  20 JIFEN
    entry: 2
  Income:Award:XF  -20 JIFEN

2025-09-01 balance Assets:XF:XF-P0001  30 JIFEN

2025-10-01 balance Assets:XF:XF-P0001  30 JIFEN

2025-10-01 * "V10 发放"
  happened: 2025-08-04
  Assets:XF:XF-P0001  -10 JIFEN
    entry: 3
    reverses: 1
  Income:Award:XF  10 JIFEN

2025-10-20 open Assets:HP:XF-P0001 JIFEN
2025-10-20 * "V11 转移"
  Assets:XF:XF-P0001  -20 JIFEN
    entry: 4
  Assets:HP:XF-P0001  20 JIFEN
    entry: 5

2025-11-01 balance Assets:XF:XF-P0001  0 JIFEN
2025-11-01 balance Assets:HP:XF-P0001  20 JIFEN
"""


def test_beancount_reads_the_same_and_asserts_on_the_first_of_the_next_month(
    office: Ledger, tmp_path: Path
) -> None:
    lines = written(office, Beancount(), tmp_path / "积分.beancount", last="2025-10")
    assert lines == BEANCOUNT_OFFICE.splitlines()


PROGRAMS: dict[str, tuple[Language, list[str]]] = {
    "hledger": (Hledger(), ["hledger", "check", "--strict", "--file"]),
    "beancount": (Beancount(), [sys.executable, "-m", "beancount.scripts.check", "--no-cache"]),
}


def checked(program: str, journal: Path) -> subprocess.CompletedProcess[str]:
    """Let a program check a journal; skip the test where it is not installed."""
    if program == "hledger" and not HLEDGER:
        pytest.skip(LACKING)
    return subprocess.run(
        [*PROGRAMS[program][1], str(journal)], capture_output=True, check=False, encoding="utf-8", env=UTF8
    )


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize("area", ["海城区", "幸福里", "和平"])
def test_the_program_accepts_the_journal_of_the_whole_and_of_a_community(
    office: Ledger, tmp_path: Path, program: str, area: str
) -> None:
    journal = write_journal(office, PROGRAMS[program][0], tmp_path / "积分.journal", area=area).path
    ended = checked(program, journal)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


@pytest.mark.parametrize("program", PROGRAMS)
def test_names_and_codes_of_areas_that_the_program_might_take_for_its_own_signs_are_no_trouble(
    empty: Ledger, tmp_path: Path, program: str
) -> None:
    district = empty.areas.add("district", '海"城\\区; 甲  乙').area
    street = empty.areas.add("subdistrict", "驿马街道", parent=district).area
    empty.areas.add("community", "一社区", parent=street, code="101", since=date(2025, 1, 1))
    empty.points.award(enrol(empty, "武玉侪", community="101"), 5)
    journal = write_journal(empty, PROGRAMS[program][0], tmp_path / "积分.journal").path
    ended = checked(program, journal)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


ALTERED = [
    ("hledger", "  10 积分", "  11 积分"),
    ("hledger", "  -20 积分", "  -21 积分"),
    ("hledger", "= 30 积分", "= 31 积分"),
    ("beancount", "  10 JIFEN", "  11 JIFEN"),
    ("beancount", "  -20 JIFEN", "  -21 JIFEN"),
    ("beancount", "  30 JIFEN", "  31 JIFEN"),
]


@pytest.mark.parametrize(("program", "true", "false"), ALTERED)
def test_the_program_refuses_a_journal_in_which_points_were_altered(
    office: Ledger, tmp_path: Path, program: str, true: str, false: str
) -> None:
    journal = write_journal(office, PROGRAMS[program][0], tmp_path / "积分.journal").path
    text = journal.read_text(encoding="utf-8")
    assert true in text
    journal.write_text(text.replace(true, false, 1), encoding="utf-8")
    assert checked(program, journal).returncode == 1


def test_a_community_alone_names_where_points_came_from_and_not_who_else_has_some(
    office: Ledger, tmp_path: Path
) -> None:
    enrolled = enrol(office, "李四")
    office.points.award(enrolled, 5, day=date(2025, 11, 3))
    lines = written(office, Hledger(), tmp_path / "和平.journal", area="和平")
    assert lines[3:] == [
        "account 转移:XF",
        "account 合伙人:HP:XF-P0001",
        "2025-10-20 * (V11) 转移",
        "    转移:XF  -20 积分",
        "    合伙人:HP:XF-P0001  20 积分  ; 流水:5",
        "",
        "2025-10-31 * 2025-10 月末余额",
        "    合伙人:HP:XF-P0001  0 积分 = 20 积分",
        "",
        "2025-11-30 * 2025-11 月末余额",
        "    合伙人:HP:XF-P0001  0 积分 = 20 积分",
    ]


@pytest.mark.parametrize("language", [Hledger(), Beancount()], ids=["hledger", "beancount"])
def test_what_was_written_of_closed_months_is_written_so_for_ever(
    office: Ledger, tmp_path: Path, language: Language
) -> None:
    before = written(office, language, tmp_path / "先.journal", last="2025-09")
    partner = office.partners.find("武玉侪")
    office.points.award(partner, 7, day=date(2025, 8, 20))
    office.partners.edit(partner, name="吴玉侪")
    office.points.deduct(partner, 3, reason="投诉", day=date(2025, 10, 25))
    assert written(office, language, tmp_path / "后.journal", last="2025-09") == before


@pytest.mark.parametrize("language", [Hledger(), Beancount()], ids=["hledger", "beancount"])
def test_a_journal_holds_codes_and_the_anchor_and_nothing_personal(
    office: Ledger, tmp_path: Path, language: Language
) -> None:
    text = write_journal(office, language, tmp_path / "积分.journal").path.read_text(encoding="utf-8")
    assert f"; 海城区合伙人积分账，到 2025-11，核对码 {office.anchor}\n" in text
    for personal in ("武玉侪", "wuyuchai", "13800138000", "138****8000", "巡查", "重复"):
        assert personal not in text


def test_a_ledger_without_points_gives_a_journal_without_movements(ledger: Ledger, tmp_path: Path) -> None:
    assert written(ledger, Hledger(), tmp_path / "空.journal") == HLEDGER_OFFICE.splitlines()[:2]


def test_what_can_not_be_exported_is_refused_and_an_older_journal_stands(
    office: Ledger, tmp_path: Path
) -> None:
    target = tmp_path / "积分.journal"
    target.write_text("旧", encoding="utf-8")
    with pytest.raises(MonthNotCome):
        write_journal(office, Hledger(), target, last="2025-12")
    with pytest.raises(TargetIsLedger):
        write_journal(office, Hledger(), office.database.path)
    office.areas.add("grid", "第一网格", parent=office.areas.find("XF"))
    with pytest.raises(GridHasNoFigures):
        write_journal(office, Hledger(), target, area="第一网格")
    with files_of_at_most(100), pytest.raises(TargetUnwritable, match="磁盘已满"):
        write_journal(office, Hledger(), target)
    assert [file.read_text(encoding="utf-8") for file in tmp_path.glob("*.journal")] == ["旧"]
