"""D: what a cell holds, whatever its type and number format."""

from collections.abc import Callable
from typing import Any

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
    workbook,
    xlsx,
)
from tests.ledger.conftest import enrol

from .table import HERE, NAME, PHONE, Case, Verdict, W, names, phones, with_column

TAKEN, MENDED, ROW, FILE, ASKED = Verdict

OPENING = ("姓名", "期初积分", "日期", "社区")
DAY = "2025-03-05"


def second(kind: str) -> Callable[[], bytes]:
    """The maker of a sheet in which the phone of 李四 is this XML."""
    good = row(2, *(cell(f"{letter}2", value) for letter, value in zip("ABCD", WANG, strict=True)))
    bad = row(3, cell("A3", "李四"), cell("B3", "个体"), kind, cell("D3", HERE))
    return lambda: raw_xlsx(header_row() + good + bad)


def with_format(column: str, value: Any, code: str) -> Callable[[], bytes]:
    """The maker of a workbook in which one cell of 李四 has a number format."""

    def make() -> bytes:
        book = workbook([HEADER, WANG, LI])
        book.active[f"{column}3"] = value
        book.active[f"{column}3"].number_format = code
        return saved(book)

    return make


def points(*values: object) -> Callable[[], bytes]:
    """The maker of a list of opening balances: 王芳 has 10, and below her each of these."""
    rows = [("王芳", value, DAY, HERE) for value in (10, *values)]
    return lambda: xlsx(OPENING, *rows)


def with_wang(ledger: Any) -> None:
    """王芳 is a partner already."""
    enrol(ledger, "王芳")


def said(*phrases: str, column: str = PHONE, first: int = 3) -> dict[str, str]:
    """What is said of consecutive rows, in one column."""
    return {f"第 {row} 行｜{column}": phrase for row, phrase in enumerate(phrases, first)}


def opening(number: int, what: str, verdict: Verdict, values: tuple[object, ...], **more: Any) -> Case:
    """A case of opening balances."""
    return Case(number, what, points(*values), verdict, kind="opening", before=with_wang, **more)


POINTS = "B 列“期初积分”"
LOST = "已被表格软件抹掉，无法恢复"
ONE_LI = (W, "李一 13900139000")

CASES = (
    Case(65, "phone as a whole number", lambda: phones(13900139000), TAKEN, stored=ONE_LI),
    Case(66, "phone as a float", second('<c r="C3"><v>13900139000.0</v></c>'), MENDED),
    Case(66, "phone as a float in text", lambda: phones("13900139000.0"), MENDED, stored=ONE_LI),
    Case(67, "phone in exponents", lambda: phones("1.39E+10"), ROW, said("后面的数字已经丢失")),
    Case(
        68,
        "phone with a fraction",
        lambda: phones(13900139000.5, "13900139000.5"),
        ROW,
        said("电话带有小数", "电话带有小数"),
    ),
    Case(69, "identity number as a number", lambda: phones(110101199003071234), ROW, said(LOST)),
    Case(70, "number kept as text", with_format("C", LI[2], "@"), TAKEN),
    Case(71, "apostrophe in front", lambda: phones("'13900139000"), MENDED, stored=ONE_LI),
    Case(
        72,
        "zeros by number format",
        with_format("C", 7792021234, "00000000000"),
        MENDED,
        stored=(W, "李四 07792021234"),
    ),
    opening(
        73,
        "TRUE for points",
        ROW,
        (True, False),
        said=said("TRUE/FALSE", "TRUE/FALSE", column=POINTS),
        stored=("王芳 10",),
    ),
    Case(74, "error cell", second('<c r="C3" t="e"><v>#N/A</v></c>'), ROW, said("单元格是错误值 #N/A")),
    Case(
        74,
        "error as text",
        lambda: phones("#REF!", "#VALUE!", "#####"),
        ROW,
        said("#REF!", "#VALUE!", "#####"),
    ),
    Case(74, "error as the text of a name", lambda: names("#N/A"), ROW, said("错误值", column=NAME)),
    Case(
        75,
        "formula with its value",
        second('<c r="C3"><f>C2+1</f><v>13900139000</v></c>'),
        TAKEN,
        {"": "1 个单元格是公式，用的是保存时的结果"},
    ),
    Case(76, "formula without value", second('<c r="C3"><f>C2+1</f></c>'), ROW, said("打开并保存一次")),
    Case(
        77,
        "formula on another workbook",
        second('<c r="C3"><f>[1]表!C2</f><v>13900139000</v></c>'),
        ROW,
        said("引用了另一个文件"),
    ),
    Case(
        78,
        "rich text with a phonetic guide",
        second(
            '<c r="C3" t="inlineStr"><is><r><t>139</t></r><r><t>00139000</t></r><rPh sb="0" eb="1"><t>yao</t></rPh></is></c>'
        ),
        TAKEN,
    ),
    Case(79, "date in a phone column", with_format("C", 45356, "yyyy-mm-dd"), ROW, said("电话一栏里是日期")),
    Case(
        79,
        "phone in a date column",
        lambda: with_column("加入日期", "", 13900139000),
        ROW,
        {"第 3 行｜E 列“加入日期”": "看不懂日期"},
        stored=("王芳",),
    ),
    opening(
        80, "percent", ROW, (0.05, "5%"), said=said("不是整数", "看不懂", column=POINTS), stored=("王芳 10",)
    ),
    opening(
        81,
        "points in other dress",
        MENDED,
        ("￥10.00", "11分", "+12", "13.0", "1,000", "１４"),
        stored=("王芳 10", "王芳 10", "王芳 11", "王芳 12", "王芳 13", "王芳 1000", "王芳 14"),
    ),
    Case(
        82,
        "escapes decoded once",
        second('<c r="C3" t="inlineStr"><is><t>13900139000_x000D_</t></is></c>'),
        TAKEN,
    ),
    Case(
        82,
        "escaped escape",
        lambda: raw_xlsx(
            header_row() + row(2, cell("A2", "王_x005F_x0041_"), cell("B2", "个体"), cell("D2", HERE))
        ),
        TAKEN,
        stored=("王_x0041_",),
    ),
    Case(
        83,
        "names that mean nothing to programs",
        lambda: names("NA", "null", "None", "nan", "TRUE"),
        TAKEN,
        stored=(W, "NA", "null", "None", "nan", "TRUE"),
    ),
    Case(
        83,
        "the same in text",
        lambda: text(
            HEADER, WANG, *((name, "个体", "", HERE) for name in ("NA", "null", "None", "nan", "TRUE"))
        ),
        TAKEN,
        {},
        "花名册.csv",
        (W, "NA", "null", "None", "nan", "TRUE"),
    ),
    Case(
        84,
        "words for nothing",
        lambda: with_column("备注", "无", "—", "/", "  ", "", None),
        TAKEN,
        stored=("王芳", "李一", "李二", "李三", "李四", "李五"),
        view="remarks",
    ),
    Case(
        84,
        "a name of blanks",
        lambda: names("   ", ""),
        ROW,
        said("“姓名”是空的", "“姓名”是空的", column=NAME),
    ),
)
