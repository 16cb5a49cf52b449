"""Nothing is written that doesn't add up, and the sentence names the cell."""

import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from hepartner.ledger import Ledger
from hepartner.reports.errors import Unbalanced
from hepartner.reports.monthly import monthly_book, write_monthly
from hepartner.reports.monthly.balances import CHECKS, check
from hepartner.reports.monthly.subject import TOTAL, Subject
from hepartner.reports.readings import area_named
from hepartner.reports.sheets import Book, Cell

from .district import built


@pytest.fixture(scope="module")
def made(district: Ledger) -> tuple[Book, Subject]:
    """The sheets of November, and what they were made of."""
    return monthly_book(district, "2025-11", area_named(district, None))


def broken(book: Book, name: str, row: object, column: str, value: Cell, *, table: int = 0) -> Book:
    """Return the book with one cell changed."""
    sheet = book.sheet(name)
    tables = list(sheet.tables)
    tables[table] = tables[table].changed(row, column, value)
    return book.with_sheet(replace(sheet, tables=tuple(tables)))


def test_sheets_as_they_are_made_balance(made: tuple[Book, Subject]) -> None:
    check(*made)


@pytest.mark.parametrize(
    ("run", "cell", "place"),
    [
        ("flows_continue", ("月报总表", 0, "points.awarded", "in_all"), None),
        ("communities_add", ("分街道社区", 0, TOTAL, "points.awarded"), "N11"),
        ("communities_add", ("月报总表", 0, "issues.open", "month"), None),
        ("no_fact_left_out", ("月报总表", 0, "activities.held", "month"), None),
        ("partners_roll", ("合伙人", 0, TOTAL, "group.closing"), "J11"),
        ("points_roll", ("积分收支", 0, TOTAL, "balance"), "K11"),
        ("stock_rolls", ("积分超市", 0, "first", "closing"), "M4"),
        ("open_issues_roll", ("问题办结", 1, TOTAL, "issues.open"), "I20"),
        ("lists_add", ("活动", 0, TOTAL, "attendance"), None),
        ("lists_add", ("积分超市", 0, TOTAL, "points"), "N20"),
        ("lists_add", ("问题办结", 0, TOTAL, "issues.resolved"), "D9"),
        ("lists_add", ("吹哨清单", 0, TOTAL, "people"), None),
        ("lists_add", ("会议清单", 0, TOTAL, "matchmaking"), None),
        ("lists_add", ("决议清单", 0, TOTAL, "done"), None),
        ("lists_add", ("惠民服务清单", 0, TOTAL, "uses"), None),
        ("lists_add", ("扶持清单", 0, TOTAL, "venue"), None),
        ("lists_add", ("荣誉清单", 0, TOTAL, "given"), None),
        ("lists_add", ("项目清单", 0, TOTAL, "active"), None),
        ("lists_add", ("评估", 0, TOTAL, "needs"), "C7"),
        ("lists_add", ("评估", 1, TOTAL, "held"), None),
        ("service_adds", ("资源项目", 0, TOTAL, "service.person_times"), None),
        ("sheets_agree", ("积分收支", 0, TOTAL, "awarded"), "D11"),
        ("sheets_agree", ("问题办结", 1, TOTAL, "issues.confirmed"), "E20"),
        ("categories_add", ("问题办结", 1, TOTAL, "issues.resolved"), "D20"),
        ("ratios_add", ("问题办结", 0, TOTAL, "issues.satisfied_rate"), "H9"),
        ("ratios_add", ("问题办结", 1, TOTAL, "issues.on_time_rate"), "G20"),
        ("heads_fit", ("分街道社区", 0, TOTAL, "partners.active"), "G11"),
    ],
)
def test_each_check_finds_a_wrong_cell_and_names_it(
    made: tuple[Book, Subject], run: str, cell: tuple[str, int, str, str], place: str | None
) -> None:
    book, subject = made
    sheet, table, row, column = cell
    key = book.sheet(sheet).tables[0].rows[0].key if row == "first" else row
    wrong = broken(book, sheet, key, column, 987_654, table=table)
    (one,) = [check for check in CHECKS if check.__name__ == run]
    breaches = list(one(wrong, subject))
    where = place or book.sheet(sheet).place(table, key, column)
    assert any(f"“{sheet}”表 {where}（" in breach and "是 987,654，" in breach for breach in breaches)


def test_every_check_is_tried_above() -> None:
    tried = {mark[0] for mark in test_each_check_finds_a_wrong_cell_and_names_it.pytestmark[0].args[1]}
    assert tried == {check.__name__ for check in CHECKS}


def test_the_sentence_names_the_first_cell_and_counts_the_others(made: tuple[Book, Subject]) -> None:
    book, subject = made
    wrong = broken(book, "积分收支", TOTAL, "balance", 7)
    with pytest.raises(Unbalanced) as refused:
        check(wrong, subject)
    assert str(refused.value).startswith(
        "报表数据不平，没有写出或封存：“积分收支”表 K11（合计·月末结余）是 7，"
    )
    assert str(refused.value).endswith("；另有 1 处。请运行 hep verify 检查台账。")
    assert refused.value.exit_code == 6


def test_points_altered_behind_the_ledgers_back_stop_the_workbook(district: Ledger, tmp_path: Path) -> None:
    path, target = tmp_path / "台账.db", tmp_path / "月报.xlsx"
    shutil.copy(district.database.path, path)
    target.write_bytes(b"last month's")
    raw = sqlite3.connect(path)
    raw.execute("DROP TRIGGER entry_no_update")
    raw.execute(
        "UPDATE entry SET points = points + 1 WHERE counted_in = '2025-11' AND kind = 'award' AND sign = 1"
    )
    raw.commit()
    raw.close()
    with Ledger.open(path, operator="李梅", clock=district.now) as ledger, pytest.raises(Unbalanced):
        write_monthly(ledger, "2025-11", target)
    assert target.read_bytes() == b"last month's"


def test_goods_altered_behind_the_ledgers_back_stop_the_workbook(tmp_path: Path) -> None:
    path = tmp_path / "台账.db"
    built(path, seed=3).close()
    raw = sqlite3.connect(path)
    raw.execute("DROP TRIGGER stock_guard")
    raw.execute("UPDATE stock SET quantity = quantity + 1 WHERE item_id = 1")
    raw.commit()
    raw.close()
    with Ledger.open(path, operator="李梅") as ledger, pytest.raises(Unbalanced, match="“积分超市”表 M4（"):
        write_monthly(ledger, "2025-11", tmp_path / "月报.xlsx")
    assert not (tmp_path / "月报.xlsx").exists()
