"""The workbook on paper: printed by LibreOffice and looked at, page by page."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from hepartner.ledger import Ledger
from hepartner.reports.monthly import write_monthly
from hepartner.reports.partnersheet import give_and_get, write_sheet
from hepartner.reports.sheets import Book, Column, Row, Sheet, Table
from hepartner.reports.workbook import write

from .pages import faults, missing_tools

pytestmark = pytest.mark.skipif(
    bool(missing_tools()), reason=f"prints with {' and '.join(missing_tools())}, not installed here"
)


def test_every_page_of_the_monthly_workbook_is_as_it_should_be(printed: Path) -> None:
    assert faults(printed) == []


def test_so_are_the_pages_of_a_single_community(district: Ledger, tmp_path: Path) -> None:
    assert faults(write_monthly(district, "2025-11", tmp_path / "社区.xlsx", area="C1").path) == []


def test_what_a_partner_gave_and_received_is_one_page(district: Ledger, tmp_path: Path) -> None:
    told = give_and_get(district, district.partners.get(1), None, None)
    assert faults(write_sheet(district, told, tmp_path / "合伙人.xlsx").path) == []


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """A sheet of twelve columns and sixty rows, wider and longer than a page."""
    columns = tuple(Column(str(n), f"第{n}栏标题", 8) for n in range(12))
    rows = tuple(Row(line, (1_234_567,) * 12) for line in range(60))
    book = Book("月报", "海城区", date(2025, 12, 5), (Sheet("明细", "题目", (Table(columns, rows),)),))
    return write(book, tmp_path / "明细.xlsx").path


def test_a_long_sheet_takes_the_pages_that_its_rows_make(plain: Path) -> None:
    assert faults(plain) == []


def test_a_number_too_wide_for_its_column_is_found(plain: Path) -> None:
    workbook = load_workbook(plain)
    workbook["明细"].column_dimensions["D"].width = 4
    workbook.save(plain)
    assert any("shows ####" in fault for fault in faults(plain))


def test_a_cut_column_is_found(plain: Path) -> None:
    workbook = load_workbook(plain)
    workbook["明细"].sheet_properties.pageSetUpPr.fitToPage = False
    workbook.save(plain)
    found = faults(plain)
    assert any("lacks the heading 第0栏标题 or 第11栏标题" in fault for fault in found)
    assert any("pages instead of" in fault for fault in found)
