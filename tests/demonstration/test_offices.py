"""Files as offices send them: every container holds what was meant, and looks the way such files look."""

import csv
import re
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from demonstration.generate import DIARY, INBOX, write
from demonstration.habits import HEADINGS, Habit
from demonstration.offices import send
from demonstration.replay import read_diary
from demonstration.rosters import FIXED, read_fixed
from demonstration.story import tell
from demonstration.world import HALVES, Sheet

PLAIN = Habit(
    container="csv",
    date_form="iso",
    phone_form="text",
    headings={column: words[0] for column, words in HEADINGS.items()},
    titled=False,
    footed=False,
    grouped=False,
    numbered=False,
    extra=False,
)
ROSTER = Sheet(
    "partners",
    "花名册/幸福里社区",
    "幸福里社区“合伙人”花名册",
    [
        {
            "姓名": "李𠮷祥",
            "类型": "个体",
            "联系电话": "19907790001",
            "联系人": None,
            "地址": None,
            "加入日期": date(2022, 6, 1),
        },
        {
            "姓名": "阿依古丽·吐尔逊",
            "类型": "个体",
            "联系电话": "0779-2021234",
            "联系人": "王芳",
            "地址": "海角大道1号",
            "加入日期": date(2023, 12, 31),
        },
    ],
)


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the offices send of the first half-year."""
    folder = tmp_path_factory.mktemp("demo")
    write(folder, tell(5, HALVES[:1]), seed=5)
    return folder / INBOX


def csv_rows(path: Path, encoding: str) -> list[list[str]]:
    return list(csv.reader(path.read_text(encoding=encoding).splitlines()))


@pytest.mark.parametrize(
    ("container", "encoding"), [("csv", "utf-8"), ("csv-bom", "utf-8-sig"), ("csv-gb18030", "gb18030")]
)
def test_text_keeps_rare_characters_and_middle_dots(tmp_path: Path, container: str, encoding: str) -> None:
    path = send(tmp_path, ROSTER, replace(PLAIN, container=container))
    assert [row[0] for row in csv_rows(path, encoding)] == ["姓名", "李𠮷祥", "阿依古丽·吐尔逊"]
    assert path.read_bytes().startswith(b"\xef\xbb\xbf") == (container == "csv-bom")


def test_a_web_table_calls_itself_xls(tmp_path: Path) -> None:
    path = send(tmp_path, ROSTER, replace(PLAIN, container="html"))
    page = path.read_bytes().decode("gb18030")
    assert path.suffix == ".xls"
    assert "charset=gb2312" in page
    assert re.findall("<td>(.*?)</td>", page)[6:8] == ["李𠮷祥", "个体"]


def test_a_workbook_holds_phones_as_numbers_and_days_as_dates(tmp_path: Path) -> None:
    path = send(tmp_path, ROSTER, replace(PLAIN, container="xlsx", phone_form="number", date_form="cell"))
    page = load_workbook(path).worksheets[0]
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    assert rows[1][2] == 19907790001
    assert rows[2][2] == "0779-2021234"
    assert rows[1][5] == datetime(2022, 6, 1)  # noqa: DTZ001 a workbook knows no zone
    assert page["F2"].number_format == "yyyy/m/d"


@pytest.mark.parametrize("container", ["xlsx", "html"])
def test_a_header_of_two_rows_puts_phone_and_address_under_one_heading(
    tmp_path: Path, container: str
) -> None:
    path = send(tmp_path, ROSTER, replace(PLAIN, container=container, grouped=True))
    if container == "xlsx":
        page = load_workbook(path).worksheets[0]
        assert [cell.value for cell in page[1]] == ["姓名", "类型", "联系方式", None, None, "加入日期"]
        assert [cell.value for cell in page[2]] == [None, None, "联系人", "联系电话", "地址", None]
        assert "C1:E1" in {str(merged) for merged in page.merged_cells.ranges}
    else:
        page_text = path.read_bytes().decode("gb18030")
        assert '<td colspan="3">联系方式</td>' in page_text
        assert "<tr><td>联系人</td><td>联系电话</td><td>地址</td></tr>" in page_text


def test_titles_stand_above_and_totals_below(tmp_path: Path) -> None:
    path = send(tmp_path, ROSTER, replace(PLAIN, titled=True, footed=True, numbered=True, extra=True))
    rows = csv_rows(path, "utf-8")
    assert rows[0] == ["幸福里社区“合伙人”花名册"]
    assert (rows[2][0], rows[2][-1]) == ("序号", "微信群")
    assert [row[0] for row in rows[3:]] == ["1", "2", "合计", "制表人：李晓燕"]


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("iso", "2022-06-01"), ("slash", "2022/6/1"), ("dot", "2022.6.1"), ("compact", "20220601"),
        ("words", "2022年6月1日"), ("wide", "２０２２－０６－０１"),
    ],
)  # fmt: skip
def test_days_are_written_in_every_usual_way(tmp_path: Path, form: str, text: str) -> None:
    path = send(tmp_path, ROSTER, replace(PLAIN, date_form=form))
    assert csv_rows(path, "utf-8")[1][-1] == text


@pytest.mark.parametrize(("form", "text"), [("spaced", "199 0779 0001"), ("country", "+86 19907790001")])
def test_phones_are_dressed_as_people_dress_them(tmp_path: Path, form: str, text: str) -> None:
    path = send(tmp_path, ROSTER, replace(PLAIN, phone_form=form))
    assert csv_rows(path, "utf-8")[1][2] == text


def test_hours_and_answers_are_written_as_on_paper(tmp_path: Path) -> None:
    sheet = Sheet(
        "issues",
        "问题",
        "台账",
        [{"时长": Decimal("1.25"), "满意": True, "备注": None}, {"时长": None, "满意": False, "备注": None}],
    )
    assert csv_rows(send(tmp_path, sheet, PLAIN), "utf-8")[1:] == [["1.25", "是", ""], ["", "否", ""]]


def test_the_kept_binary_roster_lists_the_people_of_its_text() -> None:
    assert FIXED.read_bytes().startswith(b"\xd0\xcf\x11\xe0")
    rows = CalamineWorkbook.from_path(str(FIXED)).get_sheet_by_index(0).to_python()
    listed = [row for row in rows if isinstance(row[0], int | float)]
    people = read_fixed()
    assert [row[1] for row in listed] == [partner.name for partner in people]
    assert [row[12] for row in listed] == [partner.joined_on for partner in people]
    phones = [f"{row[3]:.0f}" if isinstance(row[3], int | float) else row[3] for row in listed]
    assert phones == [partner.phone for partner in people]


def test_the_inbox_holds_41_rosters_of_all_containers_and_every_file_of_the_diary(inbox: Path) -> None:
    rosters, *others = read_diary(inbox / DIARY)
    assert len(rosters["files"]) == 41
    starts = {(inbox / file).read_bytes()[:2] for file in rosters["files"]}
    assert {b"PK", b"\xd0\xcf", b"<h", b"\xef\xbb"} <= starts
    assert all((inbox / line["file"]).is_file() for line in others if line["do"] == "import")
