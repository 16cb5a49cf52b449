"""F: phones, points and days in all their forms."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from openpyxl.utils.datetime import CALENDAR_MAC_1904

from hepartner.ledger import Ledger
from tests.intake.builders import HEADER, saved, text, workbook, xlsx

from .cell_types import DAY, POINTS, opening, said
from .table import HERE, Case, Verdict, W, phones, with_column

TAKEN, MENDED, ROW, FILE, ASKED = Verdict

HELD = ("活动名称", "日期", "社区")
ON = "B 列“日期”"
HALF_PAST_ONE = dt.datetime(2024, 3, 5, 13, 30)  # noqa: DTZ001 cells have no zone
JOINED = "E 列“加入日期”"


def held(*days: object) -> Callable[[], bytes]:
    """The maker of a list of activities: one on a day that is clear, and below it one on each of these."""
    return lambda: xlsx(HELD, *((f"义诊{n}", day, HERE) for n, day in enumerate((DAY, *days))))


def activities(number: int, what: str, verdict: Verdict, days: tuple[object, ...], **more: Any) -> Case:
    """A case of days of activities."""
    if verdict is Verdict.ROW:
        more = {"stored": (f"义诊0 {DAY}",), **more}
    return Case(number, what, held(*days), verdict, kind="activities", **more)


def on(*days: str) -> tuple[str, ...]:
    """What stands in the ledger where every day was read."""
    return tuple(f"义诊{n} {day}" for n, day in enumerate((DAY, *days)))


def of_1904() -> bytes:
    """A workbook that counts its days from 1904, with a day as a date and as a bare number."""
    book = workbook([(*HEADER, "加入日期")])
    book.epoch = CALENDAR_MAC_1904
    book.active.append(["王芳", "个体", "", HERE, dt.date(2024, 3, 5)])
    book.active.append(["李一", "个体", "", HERE, 43894])
    return saved(book)


def close_march(ledger: Ledger) -> None:
    """March 2025 and all before it are closed in 幸福里社区."""
    ledger.periods.close([ledger.areas.find("XF")], "2025-03")


CASES = (
    Case(
        103,
        "full-width digits",
        lambda: phones("１３９００１３９０００"),
        MENDED,
        stored=(W, "李一 13900139000"),
    ),
    Case(
        103,
        "other digits",
        lambda: phones("١٣٩٠٠١٣٩٠٠٠", "1_3900139000", "²13900139000"),
        ROW,
        said(*["电话里有看不懂的字符"] * 3),
    ),
    opening(
        103,
        "digits that Python would take",
        ROW,
        ("1_000", "٣", "²"),
        said=said(*["看不懂"] * 3, column=POINTS),
        stored=("王芳 10",),
    ),
    opening(103, "points between blanks", MENDED, (" 12 ", "１２"), stored=("王芳 10", "王芳 12", "王芳 12")),
    Case(
        104,
        "O and l in phones",
        lambda: phones("139OO139000", "l3900139000"),
        ROW,
        said("把 0 写成 O", "把 1 写成 l"),
    ),
    Case(
        105,
        "country codes, blanks, hyphens, extensions",
        lambda: phones("+86 13900139000", "0086-139-0013-9001", "86-13900139002", "（0571）8812 3456 转 8"),
        MENDED,
        stored=(W, "李一 13900139000", "李二 13900139001", "李三 13900139002", "李四 057188123456-8"),
    ),
    Case(
        105,
        "two phones",
        lambda: phones("13900139000/13700137000", "13900139000、057188123456"),
        ROW,
        said("一格里写了几个电话", "一格里写了几个电话"),
    ),
    Case(
        106,
        "landlines, 400, short codes",
        lambda: phones("0779-2021234", "2021234", "4008008000", "12345"),
        TAKEN,
        stored=(W, "李一 07792021234", "李二 2021234", "李三 4008008000", "李四 12345"),
    ),
    opening(
        107,
        "points out of range",
        ROW,
        (-5, 0, 0.1, 1e9, str(2**63)),
        said=said("超出范围", "超出范围", "不是整数", "超出范围", "超出范围", column=POINTS),
        stored=("王芳 10",),
    ),
    opening(
        108,
        "points in Han numerals",
        ROW,
        ("三十", "壹佰"),
        said=said("看不懂", "看不懂", column=POINTS),
        stored=("王芳 10",),
    ),
    Case(
        109,
        "identity number in a remark",
        lambda: with_column("备注", "", "45050219900101123x"),
        ROW,
        {"第 3 行｜E 列“备注”": "台账不保存身份证号"},
        stored=("王芳",),
    ),
    Case(
        109,
        "old identity number for a phone",
        lambda: phones("450502900101123"),
        ROW,
        said("台账不保存身份证号"),
    ),
    activities(
        110,
        "days in many forms",
        MENDED,
        ("2024/3/5", "2024.3.5", "2024-3-5", "2024年3月5日", "20240305", "3月5日", "24.3.5"),
        stored=on(*["2024-03-05"] * 5, "2025-03-05", "2024-03-05"),
    ),
    activities(110, "ambiguous days", ASKED, ("05/03/2024",), said=said("分不清", column=ON)),
    activities(
        110,
        "days that are none",
        ROW,
        ("2024.2.30", "2024年13月", "2024年13月1日"),
        said=said("没有“2024.2.30”这一天", "几号", "没有", column=ON),
    ),
    Case(
        111,
        "serial number in a column of days",
        lambda: with_column("加入日期", 45356, "45357"),
        MENDED,
        {"": "2 格是日期的序号，已按日期读取（如 4535"},
        stored=("王芳 2024-03-05", "李一 2024-03-06"),
        view="joined",
    ),
    Case(
        111,
        "the same number elsewhere",
        lambda: with_column("备注", 45356),
        TAKEN,
        stored=("王芳 45356",),
        view="remarks",
    ),
    Case(
        112,
        "workbook that counts from 1904",
        of_1904,
        TAKEN,
        stored=("王芳 2024-03-05", "李一 2024-03-05"),
        view="joined",
    ),
    activities(
        113,
        "the days before March 1900",
        ROW,
        (59, 60, 61, dt.date(1900, 3, 1)),
        said=said("看不懂日期", "看不懂日期", "看不懂日期", "年份不在", column=ON),
    ),
    activities(
        114,
        "numbers that no calendar has",
        ROW,
        (2_958_466, 99_999_999, 1e20),
        said=said("看不懂日期", "年份不在", "无法恢复", column=ON),
    ),
    activities(
        115,
        "times of day behind days",
        MENDED,
        ("2024-03-05 13:30", HALF_PAST_ONE),
        stored=on("2024-03-05", "2024-03-05"),
    ),
    activities(
        115,
        "times that are no days",
        ROW,
        ("24:00", "1:30 PM", dt.timedelta(hours=30), "2024-03-05T13:30+09:00"),
        said=said(*["看不懂日期"] * 4, column=ON),
    ),
    activities(
        116,
        "days to come",
        ROW,
        ("2025-11-21", "2099-01-01"),
        said=said("还没有到（今天是 2025-11-20）", "还没有到", column=ON),
    ),
    Case(
        116,
        "points before the partner joined",
        lambda: xlsx(
            ("姓名", "期初积分", "日期", "社区"), ("王芳", 10, DAY, HERE), ("王芳", 20, "2023-12-31", HERE)
        ),
        ROW,
        {"第 3 行｜C 列“日期”": "加入"},
        kind="opening",
        before=opening(0, "", TAKEN, ()).before,
        stored=("王芳 10",),
    ),
    activities(
        116,
        "day of a closed month",
        TAKEN,
        (),
        said={"": "1 行的月份已经结账，按补录计入下一个未结的月份"},
        before=close_march,
        stored=on(),
    ),
    activities(117, "lunar days", ROW, ("三月初五", "腊月廿三"), said=said("农历", "农历", column=ON)),
    Case(
        117,
        "days in text",
        lambda: text(HELD, ("义诊0", DAY, HERE), ("义诊1", "农历三月初五", HERE)),
        ROW,
        said("农历", column=ON),
        "活动.csv",
        (f"义诊0 {DAY}",),
        kind="activities",
    ),
)
