"""How offices fill their files: what they call columns, how they write days and phones, what stands around the table."""

import random
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .world import Row, Sheet

HEADINGS = {
    "姓名": ("姓名", "姓 名", "合伙人姓名", "姓名/名称", "名称"),
    "类型": ("类型", "合伙人类型"),
    "联系电话": ("联系电话", "手机", "手机号码", "电话", "联系\n电话"),
    "社区": ("社区", "所属社区", "社 区"),
    "网格": ("网格", "所属网格"),
    "类别": ("类别",),
    "技能": ("技能", "特长"),
    "联系人": ("联系人", "负责人"),
    "地址": ("地址", "经营地址"),
    "统一社会信用代码": ("统一社会信用代码", "信用代码"),
    "人数": ("人数", "成员人数"),
    "加入日期": ("加入日期", "加入时间"),
    "电话": ("电话", "联系电话", "手机号"),
    "日期": ("日期",),
    "结对单位": ("结对单位", "单位名称"),
    "六联": ("六联", "六联内容", "结对内容"),
    "结对日期": ("结对日期", "签约日期"),
    "报到单位": ("报到单位", "单位"),
    "到场人数": ("到场人数", "报到人数"),
    "兑换商品": ("兑换商品", "兑换物品"),
    "时长": ("时长", "时长（小时）"),
}
"""Words that stand for a column; a column not named here is always called the same."""

_WIDE = str.maketrans("0123456789-", "０１２３４５６７８９－")
DATE_FORMS = ("iso", "slash", "dot", "compact", "words", "wide", "cell")
"""How an office writes days; `cell` needs a workbook."""


@dataclass(frozen=True, slots=True)
class Habit:
    """How one office fills one file."""

    container: str
    date_form: str
    phone_form: str
    headings: dict[str, str]
    titled: bool
    footed: bool
    grouped: bool
    """Whether the header has two rows: who answers, the phone and the address stand under 联系方式."""
    numbered: bool
    extra: bool
    """Whether there is a column that nobody asked for."""


def habit(rng: random.Random, sheet: Sheet, *, container: str) -> Habit:
    """Draw how an office fills a file of this kind."""
    forms = DATE_FORMS if container == "xlsx" else DATE_FORMS[:6]
    roster = sheet.what == "partners"
    return Habit(
        container=container,
        date_form=rng.choice(forms),
        phone_form=rng.choice(("number", "number", "text", "spaced", "country")),
        headings={column: rng.choice(words) for column, words in HEADINGS.items()},
        titled=rng.random() < 0.8,
        footed=rng.random() < 0.6,
        grouped=roster and container in ("xlsx", "html") and rng.random() < 0.35,
        numbered=rng.random() < 0.7,
        extra=roster and rng.random() < 0.3,
    )


def table(sheet: Sheet, habit: Habit) -> tuple[list[str], list[list[object]]]:
    """Return the header and the rows as the office writes them, numbered and with an odd column if that is its habit."""
    columns = list(sheet.rows[0])
    if habit.grouped:
        columns.remove("联系电话")
        columns.insert(columns.index("联系人") + 1, "联系电话")
    header = [habit.headings.get(column, column) for column in columns]
    rows = [[written(row[column], column, habit) for column in columns] for row in sheet.rows]
    if habit.extra:
        header, rows = [*header, "微信群"], [[*row, "已入群"] for row in rows]
    if habit.numbered:
        header, rows = ["序号", *header], [[n, *row] for n, row in enumerate(rows, 1)]
    return header, rows


def under_group(header: list[str], habit: Habit) -> range:
    """Return the places of the columns that stand under 联系方式."""
    first = header.index(habit.headings["联系人"])
    return range(first, first + 3)


def written(value: object, column: str, habit: Habit) -> object:
    """Return one value as the office writes it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return _day(value, habit.date_form)
    if isinstance(value, Decimal):
        return float(value)
    if column in ("联系电话", "电话") and isinstance(value, str):
        return _phone(value, habit.phone_form)
    return value


def above(sheet: Sheet, habit: Habit) -> list[str]:
    """Return the lines above the table."""
    if not habit.titled:
        return []
    return [sheet.title, f"填报单位：{sheet.title[:4]}　　填表人：李晓燕　　填表日期：2025年12月1日"]


def below(rows: list[Row], habit: Habit) -> list[list[object]]:
    """Return the rows below the table: a total that is nobody, and who signed it."""
    return [["合计", f"共{len(rows)}条"], ["制表人：李晓燕", "", "审核人："]] if habit.footed else []


def _day(day: date, form: str) -> object:
    texts: dict[str, object] = {
        "iso": day.isoformat(),
        "slash": f"{day.year}/{day.month}/{day.day}",
        "dot": f"{day.year}.{day.month}.{day.day}",
        "compact": f"{day:%Y%m%d}",
        "words": f"{day.year}年{day.month}月{day.day}日",
        "wide": day.isoformat().translate(_WIDE),
        "cell": day,
    }
    return texts[form]


def _phone(phone: str, form: str) -> object:
    if not phone.isdigit() or form == "text":
        return phone
    if form == "number":
        return int(phone)
    return f"{phone[:3]} {phone[3:7]} {phone[7:]}" if form == "spaced" else f"+86 {phone}"
