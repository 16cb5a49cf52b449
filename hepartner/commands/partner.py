"""Commands about partners 合伙人."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hepartner.terminal.parameters import Choice
from hepartner.terminal.tables import show_json, show_listing, show_record
from hepartner.terminal.talk import say, written
from hepartner.words.partner import KINDS, STATUSES

from .opening import opened
from .parameters import (
    CREDIT_CODE,
    DAY,
    DayOption,
    DryRunOption,
    FromMonthOption,
    JsonOption,
    KeyOption,
    ListingArea,
    PartnerArgument,
    ToMonthOption,
    UnmaskOption,
    UnmaskReason,
    YesOption,
    check_unmask,
    given,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hepartner.ledger import Ledger
    from hepartner.ledger.membership import Merged, Open
    from hepartner.ledger.partners import Partner, PartnerWritten

app = typer.Typer()


KindOption = Annotated[str | None, typer.Option("--kind", click_type=Choice(KINDS), help="类型")]
Phone = Annotated[str | None, typer.Option(help="联系电话")]
Category = Annotated[str | None, typer.Option(help="类别，如退休教师、行业协会、医疗")]
Skills = Annotated[str | None, typer.Option(help="技能特长")]
Contact = Annotated[str | None, typer.Option(help="联系人（社群、商企）")]
Address = Annotated[str | None, typer.Option(help="地址")]
CreditCode = Annotated[
    str | None, typer.Option(click_type=CREDIT_CODE, help="统一社会信用代码（社群、商企）")
]
Members = Annotated[int | None, typer.Option(min=1, help="人数（社群、商企）")]
Grid = Annotated[str | None, typer.Option(help="所在网格")]
Remark = Annotated[str | None, typer.Option(help="备注")]
Joined = Annotated[date | None, typer.Option("--joined", click_type=DAY, help="加入日期；不写是今天")]


_LISTED = {status: word for status, word in STATUSES.items() if status != "merged"}


@app.command()
def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="姓名或单位名称")],
    kind: Annotated[str, typer.Option(click_type=Choice(KINDS), help="类型")] = "individual",
    phone: Phone = None,
    joined: Joined = None,
    category: Category = None,
    skills: Skills = None,
    contact: Contact = None,
    address: Address = None,
    credit_code: CreditCode = None,
    members: Members = None,
    grid: Grid = None,
    remark: Remark = None,
    same_name: Annotated[bool, typer.Option("--same-name", help="确是同名的另一位")] = False,
    key: KeyOption = None,
) -> None:
    """登记一位合伙人：个体、社群或商企。

    例：hep partner add 武玉侪 --phone 13800138000 --category 退休教师 --community 幸福里
    """
    from hepartner.ledger.particulars import Particulars

    number, doubt = _phone(phone)
    said = given(
        phone=number, category=category, skills=skills, contact=contact, address=address, credit_code=credit_code,
        members=members, remark=remark,
    )  # fmt: skip
    with opened(context) as ledger:
        community = ledger.areas.community()
        grid_id = ledger.areas.find(grid, kind="grid", within=community).id if grid else None
        day = ledger.day(joined)
        particulars = Particulars(kind, name, community.id, day, grid_id=grid_id, **said)
        enrolled = ledger.partners.enrol(particulars, key=key, same_name=same_name)
    _stepped(f"已登记 {{}}（{KINDS[kind]}，{community.name}）", enrolled)
    _doubted(doubt, enrolled)


@app.command()
def find(
    context: typer.Context,
    text: Annotated[str, typer.Argument(help="编号、姓名、拼音、首字母或电话后几位")],
    as_json: JsonOption = False,
    unmask: UnmaskOption = False,
    reason: UnmaskReason = "",
) -> None:
    """查找合伙人，列出全部符合的。

    例：hep partner find wyc
    """
    with opened(context) as ledger:
        found = ledger.partners.matches(text)
        partners = _shown(ledger, "合伙人查找", found, reason, unmask=unmask)
    _listed(partners, as_json=as_json)


@app.command("list")
def list_(
    context: typer.Context,
    kind: KindOption = None,
    area: ListingArea = None,
    status: Annotated[str | None, typer.Option(click_type=Choice(_LISTED), help="状态")] = None,
    category: Category = None,
    skills: Skills = None,
    as_json: JsonOption = False,
    unmask: UnmaskOption = False,
    reason: UnmaskReason = "",
) -> None:
    """列出合伙人，可按类型、区域、状态、类别、技能筛选。

    例：hep partner list --kind 商企 --area 驿马街道 --skills 理发
    """
    with opened(context) as ledger:
        under = ledger.areas.asked(area)
        found = ledger.partners.listing(
            kind=kind, under=under, status=status, category=category, skill=skills
        )
        narrowed = (under and under.name, KINDS.get(kind or ""), STATUSES.get(status or ""), category, skills)
        what = "，".join(filter(None, ("合伙人名单", *narrowed)))
        partners = _shown(ledger, what, found, reason, unmask=unmask)
    _listed(partners, as_json=as_json)


@app.command("show")
def show_(
    context: typer.Context,
    partner: PartnerArgument,
    as_json: JsonOption = False,
    unmask: UnmaskOption = False,
    reason: UnmaskReason = "",
) -> None:
    """查看一位合伙人的卡片、积分和服务时长。

    例：hep partner show 武玉侪
    """
    with opened(context) as ledger:
        found = ledger.partners.find(partner)
        grid = ledger.areas.get(found.grid_id).name if found.grid_id else ""
        points, minutes = ledger.points.balance(found), ledger.statements.minutes(found)

        whole = {"points": points, "minutes": minutes}
        (found,) = _shown(ledger, f"合伙人 {found.code}", [found], reason, unmask=unmask, **whole)
    if as_json:
        show_json({"partner": found, **whole})
        return
    show_record(
        {
            "编号": found.code, "名称": found.name, "类型": KINDS[found.kind], "状态": STATUSES[found.status],
            "社区": found.community, "网格": grid, "电话": found.phone, "类别": found.category, "技能": found.skills,
            "联系人": found.contact, "地址": found.address, "信用代码": found.credit_code, "人数": found.members,
            "加入日期": found.joined_on, "备注": found.remark, "积分": points, "服务时长": f"{minutes / 60:.1f} 小时",
        }
    )  # fmt: skip


@app.command()
def edit(
    context: typer.Context,
    partner: PartnerArgument,
    name: Annotated[str | None, typer.Option(help="姓名或单位名称")] = None,
    kind: KindOption = None,
    phone: Phone = None,
    joined: Joined = None,
    category: Category = None,
    skills: Skills = None,
    contact: Contact = None,
    address: Address = None,
    credit_code: CreditCode = None,
    members: Members = None,
    grid: Grid = None,
    remark: Remark = None,
    key: KeyOption = None,
) -> None:
    """修改合伙人的卡片；改动前后都留在历史里。

    例：hep partner edit 武玉侪 --phone 13900139000
    """
    number, doubt = _phone(phone)
    said = given(
        name=name, kind=kind, phone=number, category=category, skills=skills, contact=contact, address=address,
        credit_code=credit_code, members=members, remark=remark, joined_on=joined and str(joined),
    )  # fmt: skip
    with opened(context) as ledger:
        found = ledger.partners.find(partner)
        if grid:
            community = ledger.areas.get(found.community_id)
            said["grid_id"] = ledger.areas.find(grid, kind="grid", within=community).id
        edited = ledger.partners.edit(found, key=key, **said)
    _stepped("已修改 {}", edited)
    _doubted(doubt, edited)


@app.command()
def suspend(
    context: typer.Context, partner: PartnerArgument, day: DayOption = None, key: KeyOption = None
) -> None:
    """暂停一位合伙人：仍计入人数，不再参加和得分。

    例：hep partner suspend 武玉侪
    """
    with opened(context) as ledger:
        step = ledger.membership.suspend(ledger.partners.find(partner), day=day, key=key)
    _stepped("已暂停 {}", step)


@app.command()
def leave(
    context: typer.Context, partner: PartnerArgument, day: DayOption = None, key: KeyOption = None
) -> None:
    """记一位合伙人退出；积分保留。结对、惠民服务等不自动结束，会列出来。

    例：hep partner leave 武玉侪 --day 昨天
    """
    with opened(context) as ledger:
        step = ledger.membership.leave(ledger.partners.find(partner), day=day, key=key)
        remaining = ledger.membership.still_open(step.partner)
    _stepped("{} 已退出", step, *_told_open(remaining, "它", "仍照常计数；不再继续的"))


@app.command()
def rejoin(
    context: typer.Context, partner: PartnerArgument, day: DayOption = None, key: KeyOption = None
) -> None:
    """记一位合伙人重新加入，或结束暂停。

    例：hep partner rejoin 武玉侪
    """
    with opened(context) as ledger:
        step = ledger.membership.rejoin(ledger.partners.find(partner), day=day, key=key)
    _stepped("{} 已恢复在册", step)


@app.command()
def move(
    context: typer.Context,
    partner: PartnerArgument,
    area: Annotated[str, typer.Argument(help="迁往的社区")],
    day: DayOption = None,
    dry_run: DryRunOption = False,
    key: KeyOption = None,
) -> None:
    """把一位合伙人迁到另一个社区，积分跟着走，获得日期不变。结对、惠民服务等留在原处，会列出来。

    例：hep partner move 武玉侪 和平社区
    """
    with opened(context, rehearse=dry_run) as ledger:
        found, community = ledger.partners.find(partner), ledger.areas.community(area)
        step = ledger.membership.move(found, community, day=day, key=key)
        remaining = ledger.membership.still_open(step.partner)
    told = _told_open(remaining, "它", "不随它迁移；不再继续的")
    _stepped(f"{{}} 已迁到{community.name}", step, *told, dry_run=dry_run)


@app.command()
def merge(
    context: typer.Context,
    partner: PartnerArgument,
    into: Annotated[str, typer.Argument(metavar="并入", help="并入哪一位")],
    day: DayOption = None,
    dry_run: DryRunOption = False,
    key: KeyOption = None,
) -> None:
    """把重复登记的一位并入另一位，积分一并转移；它没有结束的结对、惠民服务等会列出来。

    例：hep partner merge XF-P0031 XF-P0007
    """
    with opened(context, rehearse=dry_run) as ledger:
        found, stays = ledger.partners.find(partner, merged=True), ledger.partners.find(into)
        step = ledger.membership.merge(found, stays, day=day, key=key)
        remaining = ledger.membership.still_open(found, code=stays.code)
    whose, what = f"{found.code} {found.name} ", f"现在算 {stays.name} 的；重复或不再继续的"
    folded = [f"两位都有的{one}已合并，保留较早的一份，内容请核对。" for one in step.folded]
    folded += [f"{one}因合并而重复，或成了与自己的，已收回不计。" for one in step.taken_back]
    _stepped("已并入 {}", step, *folded, *_told_open(remaining, whose, what), dry_run=dry_run)


@app.command()
def forget(
    context: typer.Context, partner: PartnerArgument, yes: YesOption = False, key: KeyOption = None
) -> None:
    """清除一位已退出的合伙人的姓名、电话和有关备注，不能撤销；积分流水和各项指标不变。

    例：hep partner forget XF-P0031
    """
    from .partnerpage import forget_for_good

    with opened(context) as ledger:
        forget_for_good(ledger, partner, yes=yes, key=key)


@app.command()
def history(context: typer.Context, partner: PartnerArgument, as_json: JsonOption = False) -> None:
    """列出一位合伙人的加入、退出、迁移和卡片的每次改动，最新的在前。

    例：hep partner history 武玉侪
    """
    with opened(context) as ledger:
        past = ledger.partners.history(ledger.partners.find(partner))
    columns = {
        "日期": "happened_on", "凭证": lambda one: f"V{one.voucher}", "操作人": "operator", "事项": "what",
        "改前": "before", "改后": "after",
    }  # fmt: skip
    show_listing(past, columns, as_json=as_json)


@app.command()
def sheet(
    context: typer.Context,
    partner: PartnerArgument,
    first: FromMonthOption = None,
    last: ToMonthOption = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="写成一页 A4，写到哪个 xlsx 文件")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """列出一位合伙人贡献了什么、得到了什么；不写起始月份是从头算起，不写截止月份是到本月。

    例：hep partner sheet 幸福艺术团 --from 2025-01 -o 幸福艺术团.xlsx
    """
    from .partnerpage import show_sheet

    with opened(context) as ledger:
        show_sheet(ledger, partner, (first, last), output, as_json=as_json)


def _shown(
    ledger: "Ledger", what: str, partners: "Sequence[Partner]", reason: str, *, unmask: bool, **beside: object
) -> "Sequence[Partner]":
    """Return partners as they are to be shown: masked, or whole with a reason; `beside` is shown with the one."""
    check_unmask(reason, unmask=unmask)
    if not unmask:
        return partners
    from .unmasking import released

    return released(ledger, what, partners, reason, beside)


def _stepped(sentence: str, step: "PartnerWritten | Merged", *more: str, dry_run: bool = False) -> None:
    """Say what was done, with the partner in place of {}, more lines, and the voucher."""
    say(sentence.replace("{}", f"{step.partner.code} {step.partner.name}", 1) + "。", *more)
    written(step.voucher, dry_run=dry_run)


def _told_open(remaining: "Sequence[Open]", whose: str, what: str) -> list[str]:
    """Return what of a partner's goes on in lines, with the command that ends each."""
    heading = f"{whose}还有 {len(remaining)} 项没有结束，{what}请逐项结束："
    return [heading, *(f"  {one.what}：{one.remedy}" for one in remaining)] if remaining else []


def _phone(typed: str | None) -> tuple[str | None, str]:
    """Return a phone number as rosters are read, or as typed and what is odd about it: it is not refused."""
    if not typed or not typed.strip():
        return typed and "", ""
    from hepartner.intake.columns import read_phone
    from hepartner.intake.problems import Fault

    read = read_phone(typed)
    if isinstance(read, Fault):
        return typed.strip(), read.reason
    return read, ""


def _doubted(doubt: str, step: "PartnerWritten") -> None:
    """Say what is odd about a phone that was kept as it was typed, if anything."""
    if doubt:
        remedy = f"写错的用 hep partner edit {step.partner.code} --phone 改正"
        say(f"电话照写的记下了，请再核对：{doubt}。{remedy}。")


def _listed(partners: "Sequence[Partner]", *, as_json: bool) -> None:
    columns = {
        "编号": "code", "名称": "name", "类型": lambda one: KINDS[one.kind], "状态": lambda one: STATUSES[one.status],
        "社区": "community", "电话": "phone", "类别": "category", "技能": "skills",
    }  # fmt: skip
    show_listing(partners, columns, as_json=as_json)
