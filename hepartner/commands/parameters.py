"""Parameters that many commands share, so that each is spelled, read and explained in one way."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from hepartner.terminal.parameters import Reading


def _today() -> date:
    """Return the day on this computer, the same that the ledger's clock shows a command."""
    return date.today()  # noqa: DTZ011 the local day is meant


def day(text: str) -> date:
    """Return the day meant by somebody typing today. Raises chinese.days.NotADay."""
    from hepartner.chinese.days import parse_day

    return parse_day(text, _today())


def month(text: str) -> str:
    """Return the month (YYYY-MM) meant by somebody typing today. Raises chinese.days.NotAMonth."""
    from hepartner.chinese.days import parse_month

    return parse_month(text, _today())


def points(text: str) -> int:
    """Return whole points, at least 1. Raises chinese.numbers.NotANumber."""
    from hepartner.chinese.numbers import parse_points

    return parse_points(text, han_numerals=True)


def minutes(text: str) -> int:
    """Return the whole minutes of hours like 1.5, 1:30 or 一个半小时. Raises chinese.misread.NotADuration."""
    from hepartner.chinese.durations import parse_minutes

    return parse_minutes(text)


def files(paths: list[Path]) -> list[Path]:
    """Return the files that the paths and patterns name: Windows leaves *.xlsx to the program."""
    found: list[Path] = []
    for path in paths:
        matches = sorted(path.parent.glob(path.name)) if {"*", "?"} & set(path.name) else []
        found += matches or [path]
    return found


DAY = Reading(day, "日期")
MONTH = Reading(month, "月份")
POINTS = Reading(points, "积分")
MINUTES = Reading(minutes, "时长")

DayOption = Annotated[
    date | None, typer.Option("--day", click_type=DAY, help="发生日期，如 3月5日、昨天；不写是今天")
]
MonthArgument = Annotated[str, typer.Argument(click_type=MONTH, help="月份，如 2025-11、上月")]
FromMonthOption = Annotated[str | None, typer.Option("--from", click_type=MONTH, help="起始月份，如 2025-01")]
ToMonthOption = Annotated[str | None, typer.Option("--to", click_type=MONTH, help="截止月份，如 2025-11")]
FromDayOption = Annotated[date | None, typer.Option("--from", click_type=DAY, help="起始日期")]
ToDayOption = Annotated[date | None, typer.Option("--to", click_type=DAY, help="截止日期")]
FilesArgument = Annotated[
    list[Path], typer.Argument(callback=files, help="xlsx、xls、csv 等文件，可写多个，也可写 *.xlsx")
]
PartnerArgument = Annotated[str, typer.Argument(help="合伙人：编号、姓名、拼音、首字母或电话后几位")]
AreaOption = Annotated[str | None, typer.Option("--area", help="区域：名称、代码、拼音或首字母")]
KeyOption = Annotated[str | None, typer.Option("--key", help="防重复的键：同一个键只记一次账")]
NoteOption = Annotated[str, typer.Option("--note", help="备注")]
LimitOption = Annotated[int, typer.Option("--limit", min=1, help="最多列出几条")]
JsonOption = Annotated[bool, typer.Option("--json", help="输出 JSON，供程序读取")]
YesOption = Annotated[bool, typer.Option("--yes", "-y", help="不再询问，直接执行")]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="试运行：只显示结果，不写入")]

FILE_KINDS = {
    "partners": "合伙人",
    "activities": "活动",
    "signins": "签到表",
    "issues": "问题",
    "items": "商品",
    "opening": "期初",
}
"""The kinds of file that are imported, and for which empty lists are written."""
