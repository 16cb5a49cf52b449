"""Parameters that many commands share, so that each is spelled, read and explained in one way."""

import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from hepartner.terminal.parameters import Reading

T = TypeVar("T")


def today() -> date:
    """Return the day on this computer, the same that the ledger's clock shows a command."""
    return date.today()  # noqa: DTZ011 the local day is meant


def day(text: str) -> date:
    """Return the day meant by somebody typing today. Raises chinese.days.NotADay."""
    from hepartner.chinese.days import parse_day

    return parse_day(text, today())


def due_day(text: str) -> date:
    """Return the day meant where it may lie ahead. Raises chinese.days.NotADay."""
    from hepartner.chinese.days import parse_due_day

    return parse_due_day(text, today())


def due_day_or_none(text: str) -> date | str:
    """Return the day like `due_day`, or "" for blank text, which clears one that was said before. Raises chinese.days.NotADay."""
    return due_day(text) if text.strip() else ""


def month(text: str) -> str:
    """Return the month (YYYY-MM) meant by somebody typing today. Raises chinese.days.NotAMonth."""
    from hepartner.chinese.days import parse_month

    return parse_month(text, today())


def points(text: str) -> int:
    """Return whole points, at least 1. Raises chinese.numbers.NotANumber."""
    from hepartner.chinese.numbers import parse_points

    return parse_points(text, han_numerals=True)


def minutes(text: str) -> int:
    """Return the whole minutes of hours like 1.5, 1:30 or 一个半小时. Raises chinese.misread.NotADuration."""
    from hepartner.chinese.durations import parse_minutes

    return parse_minutes(text)


def minutes_of_a_year(text: str) -> int:
    """Return whole minutes like `minutes`, of up to a year. Raises chinese.misread.NotADuration."""
    from hepartner.chinese.durations import parse_minutes

    return parse_minutes(text, days=366)


def time(text: str) -> int:
    """Return minutes since midnight. Raises chinese.misread.NotATime."""
    from hepartner.chinese.clock import parse_time

    return parse_time(text)


def credit_code_text(text: str) -> str:
    """Return a credit code as rosters are read; blank stays blank. Raises ValueError for one whose check digit is wrong."""
    from hepartner.intake.columns import read_credit_code
    from hepartner.intake.problems import Fault

    read = read_credit_code(text) if text.strip() else ""
    if isinstance(read, Fault):
        raise ValueError(f"{read.reason}，{read.remedy}")  # noqa: TRY004 a fault is what was read, not a wrong type
    return read


def check_unmask(reason: str, *, unmask: bool) -> None:
    """Refuse `--unmask` without a reason and a reason without it. Raises typer.BadParameter (wrong usage)."""
    if unmask and not reason.strip():
        raise typer.BadParameter("显示完整电话要写明原因，请加上 --reason，如 --reason 通知台风转移。")
    if reason and not unmask:
        raise typer.BadParameter("--reason 只和 --unmask 一起用。")


def reason(text: str) -> str:
    """Return the reason. Raises ValueError for a blank one."""
    if not text.strip():
        raise ValueError("没有写原因，请写明原因。")
    return text


def key(text: str) -> str:
    """Return the idempotency key. Raises ValueError for a blank one, as a script with an unset variable gives."""
    if not text.strip():
        raise ValueError("防重复的键是空的，没有记账。请写一个键，或不写 --key。")
    return text


def anchor(text: str) -> str:
    """Return an anchor as it is printed: vouchers, points, head. Raises ValueError."""
    import re

    from hepartner.chinese.characters import plain

    typed = plain(text).lower()
    if not re.fullmatch(r"[0-9]{1,18}-[0-9]{1,18}-[0-9a-f]{12,64}", typed):
        raise ValueError(f"“{text}”不是核对码，应像 512-20340-9f31c2a87b60，印在小票和月报上。")
    return typed


def check_days(first: date | None, last: date | None) -> None:
    """Refuse days that end before they begin. Raises typer.BadParameter."""
    if first and last and first > last:
        raise typer.BadParameter(f"起始日期 {first} 晚于截止日期 {last}。请把 --from 和 --to 对调。")


def given(**fields: object) -> dict[str, Any]:
    """Return what options gave; one that was not given is None and left out."""
    return {name: value for name, value in fields.items() if value is not None}


def typed_lines(words: Sequence[str] | None, file: Path | None, lacking: str) -> list[str]:
    """Return the words, else the lines of the file, else those on standard input; blank ones are left out.

    Raises typer.BadParameter with `lacking` when none were given and standard input is the keyboard.
    """
    return [line for line in words or _read(file, lacking) if line.strip()]


def fields(line: str, most: int) -> list[str] | None:
    """Return the fields of a line, parted by tabs, else by = or , or else by blanks, filled up with empty ones; None if too many.

    What was copied from a spreadsheet has tabs, and its commas part thousands.
    """
    marked = line if "\t" in line else line.translate(str.maketrans("=＝，", ",,,"))
    mark = next((mark for mark in "\t," if mark in marked), None)
    found = [field.strip() for field in marked.split(mark)]
    return None if len(found) > most else [*found, *[""] * (most - len(found))]


def read_each(lines: Iterable[str], read: Callable[[str], T]) -> list[T]:
    """Return what is read of each line. Raises typer.BadParameter with what is wrong with all that can't be read."""
    found, wrong = [], []
    for line in lines:
        try:
            found.append(read(line))
        except typer.BadParameter as error:
            wrong.append(str(error))
    if wrong:
        raise typer.BadParameter("\n".join(wrong))
    return found


def value(reading: Reading, field: str) -> Any:
    """Return what an option of this type would read from a field. Raises typer.BadParameter."""
    return reading.convert(field, None, None)


def _read(file: Path | None, lacking: str) -> list[str]:
    from hepartner.intake.texttable import decode

    if file is not None:
        return decode(file.name, file.read_bytes()).splitlines()
    if sys.stdin.isatty():
        raise typer.BadParameter(lacking)
    # Bytes, because what is piped in is a file, with its own encoding and maybe a BOM.
    return decode("标准输入", sys.stdin.buffer.read()).splitlines()


DAY = Reading(day, "日期")
DUE_DAY = Reading(due_day, "日期")
DUE_DAY_OR_NONE = Reading(due_day_or_none, "日期")
MONTH = Reading(month, "月份")
POINTS = Reading(points, "积分")
MINUTES = Reading(minutes, "时长")
MINUTES_OF_A_YEAR = Reading(minutes_of_a_year, "时长")
TIME = Reading(time, "时间")
CREDIT_CODE = Reading(credit_code_text, "信用代码")
REASON = Reading(reason, "原因")
KEY = Reading(key, "文字")
ANCHOR = Reading(anchor, "核对码")

DayOption = Annotated[
    date | None, typer.Option("--day", click_type=DAY, help="发生日期，如 3月5日、昨天；不写是今天")
]
TimeOption = Annotated[
    int | None, typer.Option("--at", click_type=TIME, help="几点，如 8:30、下午3点；今天的可以不写，就是现在")
]
MonthArgument = Annotated[str, typer.Argument(click_type=MONTH, help="月份，如 2025-11、上月")]
FromMonthOption = Annotated[str | None, typer.Option("--from", click_type=MONTH, help="起始月份，如 2025-01")]
ToMonthOption = Annotated[str | None, typer.Option("--to", click_type=MONTH, help="截止月份，如 2025-11")]
FromDayOption = Annotated[date | None, typer.Option("--from", click_type=DAY, help="起始日期")]
ToDayOption = Annotated[date | None, typer.Option("--to", click_type=DAY, help="截止日期")]
FilesArgument = Annotated[
    list[Path], typer.Argument(help="xlsx、xls、csv 等文件，可写多个，也可写 *.xlsx 或文件夹；- 是标准输入")
]
PartnerArgument = Annotated[str, typer.Argument(help="合伙人：编号、姓名、拼音、首字母或电话后几位")]
AreaOption = Annotated[
    str | None, typer.Option("--area", help="区域：名称、代码、拼音或首字母；不写是整本台账")
]
ListingArea = Annotated[
    str | None, typer.Option("--area", help="区域：名称、代码、拼音或首字母；不写是当前社区，没有设就是全部")
]
KeyOption = Annotated[
    str | None, typer.Option("--key", click_type=KEY, help="防重复的键：同一个键只记一次账")
]
ReasonOption = Annotated[str, typer.Option("--reason", help="原因")]
RequiredReason = Annotated[str, typer.Option("--reason", click_type=REASON, help="原因，必须写")]
SecondOption = Annotated[
    str | None,
    typer.Option(
        "--second", metavar="姓名", help="复核的另一位操作人；口令当场输入，脚本里放进 HEPARTNER_SECOND_PIN"
    ),
]
NoteOption = Annotated[str, typer.Option("--note", help="备注")]
LimitOption = Annotated[int, typer.Option("--limit", min=1, help="最多列出几条")]
AnchorOption = Annotated[
    str | None,
    typer.Option("--anchor", click_type=ANCHOR, help="以前印出的核对码，查台账是否含有那时的状态"),
]
JsonOption = Annotated[bool, typer.Option("--json", help="输出 JSON，供程序读取")]
UnmaskOption = Annotated[bool, typer.Option("--unmask", help="显示完整电话；必须写 --reason，并记入导出日志")]
UnmaskReason = Annotated[str, typer.Option("--reason", help="为什么要完整电话")]
YesOption = Annotated[bool, typer.Option("--yes", "-y", help="不再询问，直接执行")]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="试运行：只显示结果，不写入")]
