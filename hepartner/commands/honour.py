"""Commands about honours and star levels 激励."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from hepartner.terminal.parameters import Choice
from hepartner.terminal.tables import show_listing
from hepartner.terminal.talk import say, written
from hepartner.words.honour import LEVELS
from hepartner.words.partner import KINDS

from .opening import opened
from .parameters import (
    DAY,
    MINUTES_OF_A_YEAR,
    POINTS,
    DayOption,
    FromDayOption,
    JsonOption,
    KeyOption,
    LimitOption,
    ListingArea,
    NoteOption,
    ToDayOption,
    check_days,
)

if TYPE_CHECKING:
    from hepartner.ledger.starlevels import Star
    from hepartner.ledger.stars import Lacking

app = typer.Typer()


@app.command()
def give(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="荣誉", help="荣誉名称，如 优秀合伙人")],
    partners: Annotated[list[str], typer.Argument(help="合伙人：编号、姓名等，可写多位")],
    level: Annotated[
        str | None, typer.Option(click_type=Choice(LEVELS), help="哪一级的；已有的荣誉可不写")
    ] = None,
    giver: Annotated[str, typer.Option(help="授予单位，如 驿马街道党工委")] = "",
    day: DayOption = None,
    note: NoteOption = "",
    key: KeyOption = None,
) -> None:
    """授予一位或几位合伙人一项荣誉，一张凭证。

    例：hep honour give 优秀合伙人 柏乐口腔 武玉侪 --level 街道 --day 2025-07-01
    """
    from hepartner.ledger.honours import Honours, Title

    with opened(context) as ledger:
        found = ledger.partners.find_each(partners)
        given = ledger.book(Honours).give(Title(name, level or "", giver), found, day=day, note=note, key=key)
    names = "、".join(f"{one.partner}（{one.partner_code}）" for one in given.now)
    first = given.now[0]
    say(f"已授予 {names}“{first.honour}”（{LEVELS[first.level]}级，{first.happened_on}）。")
    written(given.voucher)


@app.command("list")
def list_(
    context: typer.Context,
    area: ListingArea = None,
    partner: Annotated[str | None, typer.Option(help="只看这位合伙人的")] = None,
    level: Annotated[str | None, typer.Option(click_type=Choice(LEVELS), help="只看这一级的")] = None,
    first: FromDayOption = None,
    last: ToDayOption = None,
    as_json: JsonOption = False,
) -> None:
    """列出授予过的荣誉，新的在前。

    例：hep honour list --level 街道 --from 2025-01-01
    """
    from hepartner.ledger.honours import Honours

    check_days(first, last)
    with opened(context) as ledger:
        given = ledger.book(Honours).listing(
            under=ledger.areas.asked(area),
            partner=ledger.partners.find(partner) if partner else None,
            level=level,
            first=first,
            last=last,
        )
    columns = {
        "日期": "happened_on", "凭证": lambda one: f"V{one.voucher}", "社区": "community", "编号": "partner_code",
        "合伙人": "partner", "荣誉": "honour", "级别": lambda one: LEVELS[one.level], "授予单位": "given_by", "备注": "note",
    }  # fmt: skip
    show_listing(given, columns, as_json=as_json)


@app.command()
def rule(
    context: typer.Context,
    stars: Annotated[int, typer.Argument(metavar="星级", min=1, max=5, help="几星，1 到 5")],
    hours: Annotated[int, typer.Option(click_type=MINUTES_OF_A_YEAR, help="当年服务时长至少多少")] = 0,
    points: Annotated[int, typer.Option(click_type=POINTS, help="当年得到的积分至少多少")] = 0,
    years: Annotated[int, typer.Option(min=0, help="到年底做合伙人满几年")] = 0,
    valid_from: Annotated[date | None, typer.Option(click_type=DAY, help="从哪天起生效；不写是今天")] = None,
    key: KeyOption = None,
) -> None:
    """设定一个星级的条件，写了的都要达到，哪一项都不能比低一级的少；某年评星用到该年年底已生效的条件。

    例：hep honour rule 3 --hours 100 --points 500 --years 1 --valid-from 2025-01-01
    """
    from hepartner.ledger.starlevels import StarLevels
    from hepartner.ledger.stars import Asked

    with opened(context) as ledger:
        asked = Asked(stars, hours, points, years, ledger.day(valid_from))
        done = ledger.book(StarLevels).rule(asked, key=key)
    say(
        f"{done.now.level} 星的条件：{_asked(done.now.minutes, points, years)}，自 {done.now.valid_from} 起。"
    )
    written(done.voucher)


@app.command()
def rules(
    context: typer.Context,
    history: Annotated[bool, typer.Option("--all", help="以前的条件也列出")] = False,
    as_json: JsonOption = False,
) -> None:
    """列出各星级的条件。

    例：hep honour rules
    """
    from hepartner.ledger.starlevels import StarLevels

    with opened(context) as ledger:
        found = ledger.book(StarLevels).rules(history=history)
    columns = {
        "星级": "level", "时长": lambda one: _hours(one.minutes), "积分": "points", "年限": "years",
        "生效": "valid_from", "现行": "now",
    }  # fmt: skip
    show_listing(found, columns, as_json=as_json)


@app.command("stars")
def stars_(
    context: typer.Context,
    year: Annotated[int, typer.Argument(metavar="年份", min=2000, max=2999, help="哪一年，如 2025")],
    area: ListingArea = None,
    freeze: Annotated[
        bool, typer.Option("--freeze", help="定档：这一年的星级从此不变，没有星的也在内，年底起可用")
    ] = False,
    limit: LimitOption = 1000,
    as_json: JsonOption = False,
    key: KeyOption = None,
) -> None:
    """评星：算出年底在册的每位合伙人这一年的星级，离上一级还差什么；--freeze 定档。

    定了档的照当时的列出，后来迁走、退出的也在内；定档以后才登记的另算，可再定档一次补上。

    例：hep honour stars 2025 --area 驿马街道
    """
    from hepartner.ledger.starlevels import StarLevels

    with opened(context) as ledger:
        levels, under = ledger.book(StarLevels), ledger.areas.asked(area)
        frozen = levels.freeze(year, under=under, key=key) if freeze else None
        found = levels.stars(year, under=under)
    columns = {
        "编号": "code", "合伙人": "name", "类型": lambda one: KINDS[one.kind], "社区": "community", "星级": "level",
        "时长": lambda one: _hours(one.had.minutes), "积分": lambda one: one.had.points,
        "年限": lambda one: one.had.years, "说明": _explained,
    }  # fmt: skip
    show_listing(found[:limit], columns, as_json=as_json)
    if len(found) > limit:
        say(f"另有 {len(found) - limit} 位没有列出，可用 --limit 放宽。")
    if frozen:
        starred = sum(one.level > 0 for one in frozen.now)
        say(f"{year} 年的星级已定档，{len(frozen.now)} 位合伙人，其中 {starred} 位有星。")
        written(frozen.voucher)


def _explained(star: "Star") -> str:
    frozen = f"已定档（V{star.frozen}）" if star.frozen else ""
    lacking = f"距 {star.lacking.level} 星还差 {_lacking(star.lacking)}" if star.lacking else ""
    return "，".join(part for part in (frozen, lacking) if part)


def _lacking(lacking: "Lacking") -> str:
    return _said(_hours(lacking.minutes), lacking.points, lacking.years)


def _asked(minutes: int, points: int, years: int) -> str:
    hours = f"时长 {_hours(minutes)}" if minutes else ""
    parts = (hours, f"积分 {points} 分" if points else "", f"满 {years} 年" if years else "")
    return "、".join(part for part in parts if part)


def _said(hours: str, points: int, years: int) -> str:
    parts = (hours, f"{points} 分" if points else "", f"{years} 年" if years else "")
    return "、".join(part for part in parts if part)


def _hours(minutes: int) -> str:
    """Write minutes as hours and minutes: what is lacking must not be rounded away."""
    hours, rest = divmod(minutes, 60)
    return " ".join(
        part for part in (f"{hours} 小时" if hours else "", f"{rest} 分钟" if rest else "") if part
    )
