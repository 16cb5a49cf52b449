"""Commands about activities 活动 and their sign-in sheets."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hepartner.terminal.parameters import Choice
from hepartner.terminal.tables import show_json, show_listing, show_record
from hepartner.terminal.talk import say, written
from hepartner.words.activity import KINDS, ROLES, STATES, THEMES
from hepartner.words.rule import CAPS

from .opening import opened
from .parameters import (
    DAY,
    MINUTES,
    DayOption,
    DryRunOption,
    FromDayOption,
    JsonOption,
    KeyOption,
    ListingArea,
    PartnerArgument,
    RequiredReason,
    ToDayOption,
    check_days,
    fields,
    given,
    read_each,
    typed_lines,
    value,
)

if TYPE_CHECKING:
    from hepartner.ledger import Ledger
    from hepartner.ledger.activities import Activity
    from hepartner.ledger.signing import Line, SheetLine, Signed

app = typer.Typer()

ActivityArgument = Annotated[str, typer.Argument(help="活动：编号或名称")]
WhichDay = Annotated[
    date | None, typer.Option("--day", click_type=DAY, help="活动的日期，用来区分同名的活动")
]
Theme = Annotated[str | None, typer.Option(click_type=Choice(THEMES), help="主题（八共）")]
Place = Annotated[str | None, typer.Option(help="地点")]
Organiser = Annotated[list[str] | None, typer.Option(help="主办的合伙人，可写多次")]
Beneficiaries = Annotated[int | None, typer.Option(min=0, help="受益人数")]
EthnicGroups = Annotated[int | None, typer.Option(min=1, max=56, help="参加的民族数")]
Remark = Annotated[str | None, typer.Option(help="备注")]


@app.command()
def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="活动名称")],
    kind: Annotated[str, typer.Option(click_type=Choice(KINDS), help="类别")] = "other",
    theme: Theme = None,
    day: DayOption = None,
    place: Place = None,
    organiser: Organiser = None,
    beneficiaries: Beneficiaries = None,
    ethnic_groups: EthnicGroups = None,
    remark: Remark = None,
    key: KeyOption = None,
) -> None:
    """登记当前社区办过的一场活动。

    例：hep activity add 义诊义剪 --kind 公益惠民 --theme 共享 --day 昨天 --organiser 柏乐口腔 --beneficiaries 60
    """
    from hepartner.ledger.activities import Particulars

    said = given(
        theme=theme, place=place, beneficiaries=beneficiaries, ethnic_groups=ethnic_groups, remark=remark
    )
    with opened(context) as ledger:
        said["organisers"] = _ids(ledger, organiser or ())
        particulars = Particulars(ledger.areas.community().id, ledger.day(day), name, kind=kind, **said)
        added = ledger.activities.add(particulars, key=key)
    say(f"已登记 {_named(added.activity)}。签到：hep activity sign {added.activity.code} 姓名=时长 …")
    written(added.voucher)


@app.command()
def sign(
    context: typer.Context,
    activity: ActivityArgument,
    lines: Annotated[
        list[str] | None,
        typer.Argument(metavar="姓名=时长[,角色[,规则]]", help="每人一项，如 武玉侪=2 李四=1.5"),
    ] = None,
    file: Annotated[Path | None, typer.Option(help="签到文件，每人一行；不写就从标准输入读")] = None,
    rule: Annotated[str | None, typer.Option(help="按哪条规则给分；不写只计时长")] = None,
    hours: Annotated[int | None, typer.Option(click_type=MINUTES, help="没有写时长的人各计多久")] = None,
    role: Annotated[str, typer.Option(click_type=Choice(ROLES), help="没有写角色的人的角色")] = "member",
    day: WhichDay = None,
    again: Annotated[bool, typer.Option("--again", help="同一个人可以再签一次")] = False,
    dry_run: DryRunOption = False,
    key: KeyOption = None,
) -> None:
    """整张签到表一次记下，按规则给分；规则需确认的，确认后才给。

    每行写姓名、时长，可再写角色和规则，用等号、逗号或空格隔开。

    例：hep activity sign 义诊义剪 武玉侪=2 李四=1.5,主讲 --rule 公益惠民
    例：hep activity sign XF-H0012 --file 签到.txt --rule WELFARE --dry-run
    """
    typed = typed_lines(lines, file, "没有写签到的人。请写 姓名=时长，或用 --file 指明文件。")
    with opened(context, rehearse=dry_run) as ledger:
        found = ledger.activities.find(activity, day=day)
        sheet = _sheet(ledger, typed, minutes=hours, role=role)
        by = ledger.rulebook.find(rule) if rule else None
        signed = ledger.sheets.sign(found, sheet, by, again=again, key=key)
    _show_signed(found, signed, dry_run=dry_run)


@app.command()
def confirm(
    context: typer.Context,
    activity: ActivityArgument,
    partners: Annotated[list[str] | None, typer.Argument(help="只确认这几位；不写是全部")] = None,
    day: WhichDay = None,
    dry_run: DryRunOption = False,
    key: KeyOption = None,
) -> None:
    """确认一场活动里等确认的签到，按活动那天给分。

    例：hep activity confirm 上门助老 --day 11月18日
    """
    with opened(context, rehearse=dry_run) as ledger:
        found = ledger.activities.find(activity, day=day)
        one_by_one = ledger.sheets.waiting_of(found, ledger.partners.find_each(partners or ()))
        signed = ledger.sheets.confirm(one_by_one or found, key=key)
    _show_signed(found, signed, dry_run=dry_run)


@app.command()
def complain(
    context: typer.Context,
    activity: ActivityArgument,
    partner: PartnerArgument,
    reason: RequiredReason,
    day: WhichDay = None,
    line: Annotated[
        int | None, typer.Option(min=1, help="第几行（见 hep activity show），一个人有几行时写明")
    ] = None,
    key: KeyOption = None,
) -> None:
    """投诉属实：把一位合伙人在一场活动里的一行签到连同时长和积分收回；已并入他人的，也可写原来的编号。

    例：hep activity complain 义诊义剪 李四 --reason 签到后没有到场
    例：hep activity complain 义诊义剪 李四 --line 3 --reason 重复签到
    """
    with opened(context) as ledger:
        found = ledger.activities.find(activity, day=day)
        of = ledger.sheets.line_of(found, ledger.partners.find(partner, merged=True), line)
        done = ledger.sheets.complain(of, reason, key=key)
    say(f"已收回 {of.partner_code} {of.partner} 在“{of.activity}”的签到，扣回 {done.taken} 分。")
    if done.shortfall:
        say(f"另有 {done.shortfall} 分已经花掉，没有扣到，已记下。")
    written(done.voucher)


@app.command("list")
def list_(
    context: typer.Context,
    area: ListingArea = None,
    kind: Annotated[str | None, typer.Option(click_type=Choice(KINDS), help="类别")] = None,
    theme: Theme = None,
    first: FromDayOption = None,
    last: ToDayOption = None,
    as_json: JsonOption = False,
) -> None:
    """列出活动，新的在前，可按区域、类别、主题、日期筛选。

    例：hep activity list --area 驿马街道 --kind 公益惠民 --from 2025-11-01
    """
    check_days(first, last)
    with opened(context) as ledger:
        under = ledger.areas.asked(area)
        activities = ledger.activities.listing(under=under, kind=kind, theme=theme, first=first, last=last)
    columns = {
        "编号": "code",
        "日期": "held_on",
        "社区": "community",
        "活动名称": "name",
        "类别": lambda one: KINDS[one.kind],
        "主题": lambda one: THEMES.get(one.theme, ""),
        "人次": "attendance",
        "时长": lambda one: _hours(one.minutes),
        "受益人数": "beneficiaries",
    }
    show_listing(activities, columns, as_json=as_json)


@app.command()
def show(
    context: typer.Context, activity: ActivityArgument, day: WhichDay = None, as_json: JsonOption = False
) -> None:
    """查看一场活动和它的签到。

    例：hep activity show XF-H0012
    """
    with opened(context) as ledger:
        found = ledger.activities.find(activity, day=day)
        organisers = ledger.activities.organisers(found)
        lines = ledger.sheets.lines(found)
    if as_json:
        show_json({"activity": found, "organisers": organisers, "lines": lines})
        return
    show_record(
        {
            "编号": found.code,
            "活动名称": found.name,
            "社区": found.community,
            "日期": found.held_on,
            "类别": KINDS[found.kind],
            "主题": THEMES.get(found.theme, ""),
            "地点": found.place,
            "主办": "、".join(partner.name for partner in organisers),
            "受益人数": found.beneficiaries or None,
            "民族数": found.ethnic_groups,
            "备注": found.remark,
            "签到": f"{found.attendance} 人次，{_hours(found.minutes)} 小时",
        }
    )
    _show_lines(lines, further=True)


@app.command()
def edit(
    context: typer.Context,
    activity: ActivityArgument,
    day: WhichDay = None,
    name: Annotated[str | None, typer.Option(help="新的名称")] = None,
    held_on: Annotated[date | None, typer.Option(click_type=DAY, help="改到哪天（还没有人签到时）")] = None,
    kind: Annotated[str | None, typer.Option(click_type=Choice(KINDS), help="类别")] = None,
    theme: Theme = None,
    place: Place = None,
    organiser: Organiser = None,
    beneficiaries: Beneficiaries = None,
    ethnic_groups: EthnicGroups = None,
    remark: Remark = None,
    key: KeyOption = None,
) -> None:
    """修改一场活动；写了 --organiser 就以所写的为全部主办方。

    例：hep activity edit 义诊义剪 --beneficiaries 85
    """
    said = given(
        name=name, held_on=held_on and str(held_on), kind=kind, theme=theme, place=place,
        beneficiaries=beneficiaries, ethnic_groups=ethnic_groups, remark=remark,
    )  # fmt: skip
    with opened(context) as ledger:
        if organiser:
            said["organisers"] = _ids(ledger, organiser)
        edited = ledger.activities.edit(ledger.activities.find(activity, day=day), key=key, **said)
    say(f"已修改 {_named(edited.activity)}。")
    written(edited.voucher)


@app.command()
def waiting(context: typer.Context, area: ListingArea = None, as_json: JsonOption = False) -> None:
    """列出等确认的签到。

    例：hep activity waiting --area 幸福里社区
    """
    with opened(context) as ledger:
        lines = ledger.sheets.waiting(ledger.areas.asked(area))
    _show_lines(lines, as_json=as_json, activity=True)


def _ids(ledger: "Ledger", organisers: Iterable[str]) -> tuple[int, ...]:
    return tuple(organiser.id for organiser in ledger.partners.find_each(organisers))


def _sheet(ledger: "Ledger", typed: Sequence[str], *, minutes: int | None, role: str) -> "list[SheetLine]":
    """Read lines of 姓名=时长,角色,规则; what is left out is as the options say. Raises typer.BadParameter with all bad lines."""
    from hepartner.ledger.signing import SheetLine

    lines = read_each(typed, lambda text: _line(text, minutes=minutes, role=role))
    partners = ledger.partners.find_each(name for name, *_ in lines)
    return [
        SheetLine(partner, length, named_role, ledger.rulebook.find(rule) if rule else None)
        for partner, (_, length, named_role, rule) in zip(partners, lines, strict=True)
    ]


def _line(text: str, *, minutes: int | None, role: str) -> tuple[str, int, str, str]:
    """Return the name, the minutes, the role and the rule of a line. Raises typer.BadParameter."""
    name, length, named_role, rule = fields(text, most=4) or [""] * 4
    if not (name and (length or minutes)):
        raise typer.BadParameter(f"签到行“{text}”应是 姓名=时长，如 武玉侪=2，可再写 ,角色,规则。")
    try:
        time = value(MINUTES, length) if length else minutes or 0
        return name, time, value(Choice(ROLES), named_role) if named_role else role, rule
    except typer.BadParameter as error:
        raise typer.BadParameter(f"签到行“{text}”：{error}") from error


def _show_signed(activity: "Activity", signed: "Signed", *, dry_run: bool) -> None:
    columns = {
        "编号": "partner_code",
        "姓名": "partner",
        "时长": lambda line: _hours(line.minutes),
        "积分": "points",
        "说明": lambda line: "待确认" if line.waiting else f"到{CAPS[line.cap]}上限" if line.cap else "",
    }
    show_listing(signed.lines, columns)
    wait = f"，{signed.waiting} 行待确认" if signed.waiting else ""
    say(f"{_named(activity)}：{len(signed.lines)} 人次，共 {signed.points} 分{wait}。")
    written(signed.voucher, dry_run=dry_run)


def _show_lines(
    lines: "Sequence[Line]", *, as_json: bool = False, activity: bool = False, further: bool = False
) -> None:
    which = {"活动": "activity_code", "日期": "happened_on", "活动名称": "activity"} if activity else {}
    columns = {
        "行": "number",
        "编号": "partner_code",
        "姓名": "partner",
        "角色": lambda line: ROLES[line.role],
        "时长": lambda line: _hours(line.minutes),
        "规则": "rule",
        "积分": "points",
        "状态": lambda line: STATES[line.state],
    }
    show_listing(lines, {**which, **columns}, as_json=as_json, further=further)


def _named(activity: "Activity") -> str:
    return f"{activity.code} {activity.name}（{activity.community}，{activity.held_on}）"


def _hours(minutes: int) -> str:
    """Write minutes as hours: 1.5; a third of an hour has no end, so two decimals at most."""
    return f"{minutes / 60:.2f}".rstrip("0").rstrip(".")
