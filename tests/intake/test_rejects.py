"""The rows that were not imported come back as a workbook that imports as it is once mended."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from hepartner.intake.errors import FileUnwritable
from hepartner.intake.workbookfile import put, save
from hepartner.ledger import Ledger
from hepartner.ledger.particulars import Particulars

from .builders import HEADER, LI, WANG, saved, text, web, workbook, xlsx
from .conftest import Imported

BAD = ("李四", "个体", "1390013900", "幸福里社区")


def values(path: Path) -> list[list[Any]]:
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_a_rejected_row_comes_back_whole_with_reason_and_remedy(imported: Imported, tmp_path: Path) -> None:
    rows = (("和平社区花名册",), (*HEADER, "备注"), (*WANG, ""), (*BAD, "独居"))
    report = imported("花名册.xlsx", xlsx(*rows))
    assert report.rejects == tmp_path / "花名册_问题.xlsx"
    origin, title, header, row = values(report.rejects)
    assert "含个人信息" in origin[0]
    assert title[0] == "和平社区花名册"
    assert header == [*HEADER, "备注", "问题原因", "修改办法"]
    assert row == [*BAD, "独居", "电话只有 10 位", "手机号是 11 位，请补全后重新导入"]


def test_the_workbook_holds_nothing_of_the_ledger_though_the_screen_does(
    ledger: Ledger, imported: Imported
) -> None:
    community = ledger.areas.find("XF").id
    for name, phone in (("王芳", "13700137000"), ("王方", "13900139000")):
        ledger.partners.enrol(Particulars("individual", name, community, "2025-01-01", phone))
    report = imported("花名册.xlsx", xlsx(HEADER, WANG, ("王放", "个体", "13900139000", WANG[3])))
    assert "同名的XF-P0001（电话 137****7000）" in report.problems[0].message()
    assert "与台账里的 XF-P0002 电话相同" in report.problems[1].message()
    assert report.rejects
    namesake, family = (row[4] for row in values(report.rejects)[2:])
    assert namesake == "台账里有同名的…，不知道是不是同一位"
    assert family == "疑似重复：与台账里的…电话相同，不知道是不是同一位"


def test_only_the_faulty_cells_are_highlighted(imported: Imported) -> None:
    report = imported("花名册.xlsx", xlsx(HEADER, BAD))
    assert report.rejects
    sheet = openpyxl.load_workbook(report.rejects).active
    assert sheet is not None
    assert [cell.fill.fill_type for cell in sheet[3][:4]] == [None, None, "solid", None]


def test_a_mended_workbook_imports_as_it_is(ledger: Ledger, imported: Imported) -> None:
    # The community stands in the file's name only, and the header takes two rows.
    rows = (("姓名", "类型", "联系", ""), ("", "", "电话", "微信"), (*WANG[:3], "a"), (*BAD[:3], "b"))
    report = imported("和平社区名单.csv", text(*rows, encoding="gbk"), skip_bad=True)
    assert report.rejects
    book = openpyxl.load_workbook(report.rejects)
    book.active["C3"] = "13900139000"
    book.save(report.rejects)
    mended = imported(report.rejects.name, report.rejects.read_bytes())
    assert (mended.added, mended.problems) == (1, ())
    assert {partner.community for partner in ledger.partners.cards()} == {"和平社区"}


def test_what_looks_like_a_formula_comes_back_as_text(imported: Imported) -> None:
    hostile = ["=1+1", "+1", "-1", "@SUM(1)", "=cmd|'/C calc'!A0", "_x0041_", "a\x0bb", "#N/A"]
    report = imported("花名册.csv", text((*HEADER, "备注"), *((*BAD, one) for one in hostile)))
    assert report.rejects
    sheet = openpyxl.load_workbook(report.rejects).active
    assert sheet is not None
    cells = [row[4] for row in sheet.iter_rows(min_row=3)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in cells] == [*hostile[:5], "_x005F_x0041_", "ab", "#N/A"]


def test_a_text_too_long_for_a_cell_says_that_it_was_cut(imported: Imported) -> None:
    report = imported("花名册.csv", text((*HEADER, "备注"), (*BAD, "长" * 40_000)))
    assert report.rejects
    cut = values(report.rejects)[2][4]
    assert len(cut) <= 32_767
    assert cut.endswith("……（全文 40000 字，超出单元格上限，已截断）")


def test_a_number_that_was_destroyed_comes_back_as_it_stood(imported: Imported) -> None:
    report = imported("花名册.xlsx", xlsx(HEADER, ("王芳", "个体", 110101199003071234, "幸福里社区")))
    assert report.rejects
    assert values(report.rejects)[2][2] == "110101199003071200"


def test_a_workbook_that_may_be_half_mended_is_not_written_over(imported: Imported, tmp_path: Path) -> None:
    imported("花名册.xlsx", xlsx(HEADER, BAD))
    imported("花名册.xlsx", xlsx(HEADER, BAD))
    assert [path.name for path in tmp_path.glob("*问题*")] == ["花名册_问题.xlsx"]
    (tmp_path / "花名册_问题.xlsx").write_bytes(b"half mended\x00")
    report = imported("花名册.xlsx", xlsx(HEADER, BAD))
    assert report.rejects == tmp_path / "花名册_问题(2).xlsx"
    assert (tmp_path / "花名册_问题.xlsx").read_bytes() == b"half mended\x00"


def test_that_there_is_no_place_for_one_more_is_told(imported: Imported, tmp_path: Path) -> None:
    for name in ("花名册_问题.xlsx", *(f"花名册_问题({n}).xlsx" for n in range(2, 100))):
        (tmp_path / name).write_bytes(b"kept")
    report = imported("花名册.xlsx", xlsx(HEADER, BAD, LI), skip_bad=True)
    assert report.voucher
    assert report.rejects is None
    assert "问题清单太多，请先清理旧的" in report.no_rejects


def test_a_folder_that_takes_no_file_leaves_none_half_written(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    put(book.active.cell(1, 1), "王芳")
    (tmp_path / "占着.xlsx").mkdir()
    with pytest.raises(FileUnwritable, match="写不进文件"):
        save(book, tmp_path / "占着.xlsx")
    with pytest.raises(FileUnwritable, match="（没有这个文件夹）"):
        save(book, tmp_path / "没有" / "表.xlsx")
    assert [path.name for path in tmp_path.iterdir()] == ["占着.xlsx"]


def test_a_row_of_a_community_that_spans_rows_of_a_web_table_comes_back_with_it(imported: Imported) -> None:
    cells = ("王芳", "个体", LI[2], "和平社区")
    page = web(HEADER, cells, BAD[:3]).replace(
        "<td>和平社区".encode("gb18030"), "<td rowspan=2>和平社区".encode("gb18030")
    )
    report = imported("花名册.xls", page, skip_bad=True)
    assert report.rejects
    assert values(report.rejects)[2][:4] == [*BAD[:3], "和平社区"]


def test_a_row_of_a_merged_community_comes_back_with_it(imported: Imported) -> None:
    header = ("社区", "姓名", "类型", "电话")
    rows = (
        ("和平社区", "王芳", "个体", ""),
        (None, "李四", "个体", "1390013900"),
        (None, "赵一", "个体", "139"),
    )
    book = workbook([header, *rows])
    book.active.merge_cells("A2:A4")
    report = imported("花名册.xlsx", saved(book), skip_bad=True)
    assert report.rejects
    assert [line[:2] for line in values(report.rejects)[2:]] == [["和平社区", "李四"], ["和平社区", "赵一"]]
