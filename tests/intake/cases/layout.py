"""C: how the workbook and its sheets are laid out."""

from collections.abc import Callable, Sequence
from typing import Any

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Font

from tests.intake.builders import (
    HEADER,
    LI,
    WANG,
    cell,
    header_row,
    raw_xlsx,
    row,
    saved,
    text,
    web,
    workbook,
    xlsx,
)

from .table import HERE, NAME, ROWS, Case, L, Verdict, W

TAKEN, MENDED, ROW, FILE, ASKED = Verdict

BLANK: tuple[Any, ...] = ()


def book_of(*rows: Sequence[Any], change: Callable[[Any], object]) -> Callable[[], bytes]:
    """The maker of a workbook of these rows, whose sheet is changed before it is saved."""

    def make() -> bytes:
        book = workbook(rows)
        change(book.active)
        return saved(book)

    return make


def of_sheets(**sheets: Sequence[Sequence[Any]]) -> Callable[[], bytes]:
    """The maker of a workbook of several sheets."""

    def make() -> bytes:
        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, rows in sheets.items():
            sheet = book.create_sheet(name)
            for values in rows:
                sheet.append(list(values))
        return saved(book)

    return make


def with_sheet(state: str) -> Callable[[], bytes]:
    """The maker of a workbook with a second sheet that is not seen."""

    def make() -> bytes:
        book = workbook(ROWS)
        book.create_sheet("旧名单").sheet_state = state
        book["旧名单"].append(list(HEADER))
        book["旧名单"].append(["赵六", "个体", "", HERE])
        return saved(book)

    return make


def with_chart() -> bytes:
    """A workbook of which one sheet is a chart and nothing else."""
    book = workbook(ROWS)
    sheet = book.create_chartsheet("图")
    chart = openpyxl.chart.BarChart()
    chart.add_data(openpyxl.chart.Reference(book["花名册"], min_col=3, min_row=1, max_row=3))
    sheet.add_chart(chart)
    return saved(book)


def merge(*ranges: str) -> Callable[[Any], None]:
    """A change of a sheet: cells merged."""

    def change(sheet: Any) -> None:
        for one in ranges:
            sheet.merge_cells(one)

    return change


def hide_row(sheet: Any) -> None:
    sheet.row_dimensions[3].hidden = True


def hidden_in_page() -> bytes:
    """A web page in which the row of 李四 is not shown, as Excel saves a filtered one."""
    row_of_li = f"<tr><td>{LI[0]}".encode("gb18030")
    return web(*ROWS).replace(row_of_li, row_of_li.replace(b"<tr", b"<tr height=0 style='display:none'"))


def without_height() -> bytes:
    """A workbook in which the row of 李四 has the height 0, which openpyxl does not write."""
    wang, li = (
        [cell(f"{letter}{number}", value) for letter, value in zip("ABCD", one, strict=True)]
        for number, one in ((2, WANG), (3, LI))
    )
    return raw_xlsx(header_row() + row(2, *wang) + row(3, *li, ht="0", customHeight="1"))


def filter_row(sheet: Any) -> None:
    sheet.auto_filter.ref = "A1:D3"
    sheet.auto_filter.add_filter_column(0, ["王芳"])
    sheet.row_dimensions[3].hidden = True


def hide_column(sheet: Any) -> None:
    sheet.column_dimensions["C"].hidden = True


def comment(sheet: Any) -> None:
    sheet["C2"].comment = Comment("实际电话见备注", "李梅")


def strike(sheet: Any) -> None:
    for struck in sheet[3]:
        struck.font = Font(strike=True)


def right_to_left(sheet: Any) -> None:
    sheet.sheet_view.rightToLeft = True


GROUPED = [
    ("姓名", "类型", "联系方式", None, "社区"),
    (None, None, "微信", "电话", None),
    ("王芳", "个体", "wx1", *WANG[2:]),
    ("李四", "个体", "wx2", *LI[2:]),
]
TITLED = [("幸福里社区花名册",), ("填表人：李梅", None, None, "日期：2025年3月5日"), BLANK]
DRESSED = ("姓 名", "合伙人\n类型", "手机号码(必填)", "＊所属社区：")
SPACED = ("姓　名", "类型 ", "联系\n电话", " 社 区")
FAR = [*[BLANK] * 6, *((None, None, None, *values) for values in ROWS)]
SIDE_BY_SIDE = [(*HEADER, None, *HEADER), (*WANG, None, *LI)]
STACKED = [HEADER, WANG, BLANK, ("姓名", "联系电话", "类型"), ("李四", LI[2], "个体")]
DRAWN = [("序号", *HEADER), (1, *WANG), (2,), BLANK, BLANK, (3, *LI), (4, None, " ", "", None)]
TOTALS = [
    HEADER,
    WANG,
    ("小计", None, "1 人"),
    LI,
    ("合 计", None, "2人"),
    ("总计：2人",),
    BLANK,
    ("制表人：李梅", None, "审核：王主任"),
]
MERGED = [
    ("姓名", "类型", "联系电话", "社区", "类别"),
    (*WANG, "教师"),
    (*LI[:3], None, None),
    ("赵六", "个体", None, None, None),
]
NUMBERED_TOTALS = [
    ("序号", *HEADER),
    (1, *WANG),
    (2, "小计：1人", "个体", None, HERE),
    (3, *LI),
    (4, "制表人：王某", "个体", None, HERE),
]
NOT_DOWN = [HEADER, WANG, (None, "个体", LI[2], HERE)]
WIDE = [(*[f"列{n}" for n in range(300)], *HEADER)] + [([None] * 300 + list(values)) for values in ROWS[1:]]
NARROW_WIDE = [(*HEADER, *[f"列{n}" for n in range(300)]), *ROWS[1:]]

CASES = (
    Case(41, "title rows above", lambda: xlsx(*TITLED, *ROWS), TAKEN),
    Case(
        42,
        "two-row header, merged",
        book_of(*GROUPED, change=merge("A1:A2", "B1:B2", "C1:D1", "E1:E2")),
        TAKEN,
        {"": "没有导入的列：联系方式微信"},
    ),
    Case(
        43,
        "a community for three rows",
        book_of(*MERGED, change=merge("D2:D4")),
        TAKEN,
        {},
        view="where",
        stored=("王芳 幸福里社区", "李四 幸福里社区", "赵六 幸福里社区"),
    ),
    Case(
        43,
        "what was filled down is told",
        book_of(*MERGED, change=merge("D2:D4")),
        TAKEN,
        {"": "D 列“社区”有合并单元格，2 行用的是它的内容"},
        stored=(W, L, "赵六"),
    ),
    Case(
        43,
        "a name for two rows",
        book_of(*NOT_DOWN, change=merge("A2:A3")),
        ROW,
        {f"第 3 行｜{NAME}": "“姓名”是空的"},
    ),
    Case(
        44, "header on every page", lambda: xlsx(HEADER, WANG, HEADER, LI), TAKEN, {"第 3 行": "重复的表头"}
    ),
    Case(
        45,
        "totals and signatures",
        lambda: xlsx(*TOTALS),
        TAKEN,
        {"第 3 行": "合计行", "第 5 行": "合计行", "第 6 行": "合计行", "第 8 行": "表尾"},
    ),
    Case(
        45,
        "totals and signatures behind serial numbers",
        lambda: xlsx(*NUMBERED_TOTALS),
        TAKEN,
        {"第 3 行": "合计行", "第 5 行": "表尾"},
    ),
    Case(
        45,
        "a person called 合计明",
        lambda: xlsx(HEADER, ("合计明", *WANG[1:])),
        TAKEN,
        {},
        stored=(f"合计明 {WANG[2]}",),
    ),
    Case(46, "serial numbers drawn only", lambda: xlsx(*DRAWN), TAKEN),
    Case(
        47,
        "two tables side by side",
        lambda: xlsx(*SIDE_BY_SIDE),
        ASKED,
        {"第 1 行": "A 列“姓名”、F 列“姓名”"},
    ),
    Case(
        48, "two tables one above another", lambda: xlsx(*STACKED), ASKED, {"第 4 行": "一张工作表里有两个表"}
    ),
    Case(49, "hidden sheet", with_sheet("hidden"), TAKEN, {"": "隐藏的工作表没有导入：旧名单"}),
    Case(50, "very hidden sheet", with_sheet("veryHidden"), TAKEN, {"": "隐藏的工作表没有导入：旧名单"}),
    Case(
        51,
        "hidden row",
        book_of(*ROWS, change=hide_row),
        ASKED,
        {"工作表“花名册”": "有 1 行被隐藏或筛掉（第 3 行）"},
    ),
    Case(51, "row without height", without_height, ASKED, {"": "请取消隐藏和筛选"}),
    Case(51, "filtered row", book_of(*ROWS, change=filter_row), ASKED, {"": "请取消隐藏和筛选"}),
    Case(51, "hidden row of a web page", hidden_in_page, ASKED, {"": "请取消隐藏和筛选"}, "花名册.xls"),
    Case(
        51,
        "hidden row asked for",
        book_of(*ROWS, change=hide_row),
        TAKEN,
        {"": "有 1 行被隐藏或筛掉（第 3 行），也读取了"},
        choices={"include_hidden": True},
    ),
    Case(52, "hidden column", book_of(*ROWS, change=hide_column), TAKEN, {"": "有隐藏的列，也读取了"}),
    Case(53, "one sheet that matches", of_sheets(说明=[("请每月更新",)], 名单=ROWS), TAKEN),
    Case(
        53,
        "two sheets that match",
        of_sheets(三月=ROWS, 四月=ROWS),
        ASKED,
        {"": "有 2 张工作表都像要导入的名单：三月、四月"},
    ),
    Case(
        53,
        "the sheet that was named",
        of_sheets(三月=ROWS[:2], 四月=[HEADER, LI]),
        TAKEN,
        {},
        stored=(L,),
        choices={"sheet": "四月"},
    ),
    Case(54, "chart sheet", with_chart, TAKEN),
    Case(55, "titles in other words", lambda: xlsx(DRESSED, *ROWS[1:]), MENDED),
    Case(55, "titles with blanks and breaks", lambda: xlsx(SPACED, *ROWS[1:]), MENDED),
    Case(
        56,
        "used title twice",
        lambda: xlsx((*HEADER, "备注", "备注"), WANG),
        FILE,
        {"第 1 行": "E 列“备注”、F 列“备注”"},
    ),
    Case(
        56,
        "unused title twice",
        lambda: xlsx((*HEADER, "民族", "民族"), *ROWS[1:]),
        TAKEN,
        {"": "没有导入的列：民族、民族"},
    ),
    Case(
        57,
        "no name column",
        lambda: xlsx(HEADER[1:], WANG[1:]),
        FILE,
        {"第 1 行": "表头缺少“姓名”，找到的列是：类型、联系电话、社区"},
    ),
    Case(
        58,
        "columns nobody needs",
        lambda: xlsx((*HEADER, "民族", "政治面貌"), (*WANG, "汉", "群众"), (*LI, "壮", "")),
        TAKEN,
        {"": "没有导入的列：民族、政治面貌"},
    ),
    Case(59, "another order", lambda: xlsx(*(values[::-1] for values in ROWS)), TAKEN),
    Case(60, "begins at D7", lambda: xlsx(*FAR), TAKEN),
    Case(61, "comment on a cell", book_of(*ROWS, change=comment), TAKEN, {"": "单元格上的批注没有读取"}),
    Case(62, "struck through", book_of(*ROWS, change=strike), TAKEN, {"": "1 行画了删除线（第 3 行）"}),
    Case(63, "right to left", book_of(*ROWS, change=right_to_left), TAKEN),
    Case(63, "300 columns behind", lambda: xlsx(*NARROW_WIDE), TAKEN, {"": "没有导入的列：列0、"}),
    Case(63, "300 columns before", lambda: xlsx(*WIDE), TAKEN, {"": "没有导入的列：列0、"}),
    Case(
        64,
        "sample row",
        lambda: xlsx(HEADER, ("张三（示例）", *WANG[1:]), *ROWS[1:]),
        TAKEN,
        {"第 2 行": "示例行"},
    ),
    Case(
        64,
        "sample row marked in the first column",
        lambda: xlsx(("序号", *HEADER), ("示例", "张三", *WANG[1:]), (1, *WANG), (2, *LI)),
        TAKEN,
        {"第 2 行": "示例行"},
    ),
    Case(
        64,
        "sample row in text",
        lambda: text(HEADER, ("例：张三", *WANG[1:]), *ROWS[1:]),
        TAKEN,
        {"第 2 行": "示例行"},
        "花名册.csv",
    ),
)
