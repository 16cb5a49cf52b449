"""Days that lost their date format: what a General cell holds in a column of days, and what stays a mistake."""

from datetime import date
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from hepartner.intake.serials import with_days
from hepartner.ledger import Ledger

from .builders import HEADER, LI, WANG, saved, text, workbook, xls, xlsx
from .conftest import Imported

JOINED = (*HEADER, "加入时间")
NOTE = "E 列“加入时间”有 1 格是日期的序号，已按日期读取（如 45356 是 2024-03-05），请核对"


def joined(ledger: Ledger) -> dict[str, str]:
    """The day on which each partner of the ledger joined."""
    return {partner.name: partner.joined_on for partner in ledger.partners.cards()}


@pytest.mark.parametrize(
    ("written", "name"), [(xlsx, "花名册.xlsx"), (xls, "花名册.xls"), (text, "花名册.csv")]
)
def test_a_day_that_stands_as_a_number_is_read_and_told(
    imported: Imported, ledger: Ledger, written: Any, name: str
) -> None:
    report = imported(name, written(JOINED, (*WANG, 45356), (*LI, "2024-03-06")))
    assert (report.added, report.problems) == (2, ())
    assert NOTE in report.notes
    assert joined(ledger) == {"王芳": "2024-03-05", "李四": "2024-03-06"}


def test_a_time_of_day_behind_the_number_is_dropped(imported: Imported, ledger: Ledger) -> None:
    imported("花名册.xlsx", xlsx(JOINED, (*WANG, 45356.75)))
    assert joined(ledger) == {"王芳": "2024-03-05"}


def test_a_workbook_that_counts_from_1904_means_the_same_day_also_in_its_rejects(
    imported: Imported, ledger: Ledger
) -> None:
    book = workbook([JOINED, (*WANG, 43894), (*LI[:2], "1390013900", LI[3], 43894)])
    book.epoch = CALENDAR_MAC_1904
    report = imported("花名册.xlsx", saved(book), skip_bad=True)
    assert report.rejects is not None
    mended = openpyxl.load_workbook(report.rejects)
    mended.active.cell(3, 3).value = LI[2]
    imported("改好.xlsx", saved(mended))
    assert joined(ledger) == {"王芳": "2024-03-05", "李四": "2024-03-05"}


def test_numbers_that_are_no_day_of_this_programme_stay_mistakes(imported: Imported) -> None:
    report = imported("花名册.xlsx", xlsx(JOINED, (*WANG, 60), (*LI, 99_999)))
    assert [problem.reason for problem in report.problems] == ["看不懂日期“60”", "看不懂日期“99999”"]


def test_only_columns_of_days_hold_such_numbers(imported: Imported) -> None:
    report = imported("花名册.xlsx", xlsx((*HEADER, "备注"), (*WANG, 45356)))
    assert (report.added, report.notes) == (1, ())


def test_both_ends_of_the_years_are_counted_right() -> None:
    _, days = with_days(["18264", "73050", "18263", "73051"])
    assert days == {"18264": date(1950, 1, 1).isoformat(), "73050": date(2099, 12, 31).isoformat()}
