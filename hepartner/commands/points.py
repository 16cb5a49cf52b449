"""Commands about points 积分."""

from typing import TYPE_CHECKING, Annotated

import typer

from hepartner.terminal.parameters import Reading
from hepartner.terminal.questions import can_ask, confirmed
from hepartner.terminal.tables import show_json, show_listing
from hepartner.terminal.talk import not_written, say, show, written
from hepartner.words.points import KINDS

from .opening import opened
from .parameters import (
    MINUTES,
    POINTS,
    DayOption,
    DryRunOption,
    FromMonthOption,
    JsonOption,
    KeyOption,
    LimitOption,
    ListingArea,
    PartnerArgument,
    ReasonOption,
    RequiredReason,
    ToMonthOption,
    YesOption,
)

if TYPE_CHECKING:
    from hepartner.ledger.expiry import Cleared

app = typer.Typer()


def entry_number(text: str) -> int:
    """Return the number of an entry. Raises ValueError for a voucher's number, and chinese.numbers.NotANumber."""
    from hepartner.chinese.numbers import parse_whole

    if text.strip()[:1] in ("V", "v"):
        raise ValueError(
            f"“{text}”是凭证号，流水号见 hep points statement；整张凭证用 hep undo {text} 撤销。"
        )
    return parse_whole(text, noun="流水号", least=1)


@app.command()
def award(
    context: typer.Context,
    partner: PartnerArgument,
    points: Annotated[int | None, typer.Argument(click_type=POINTS, help="积分；用 --rule 时不写")] = None,
    rule: Annotated[str | None, typer.Option(help="按哪条规则给分：代码、名称、拼音或首字母")] = None,
    hours: Annotated[
        int | None, typer.Option(click_type=MINUTES, help="时长，如 1.5、90分钟（按小时的规则）")
    ] = None,
    reason: ReasonOption = "",
    day: DayOption = None,
    key: KeyOption = None,
) -> None:
    """给一位合伙人发放积分：直接写分数，或写规则和时长由规则算。

    例：hep points award 武玉侪 10 --reason 网格巡查
    例：hep points award 武玉侪 --rule 网格巡查 --hours 1.5
    """
    if points is None and rule is None:
        raise typer.BadParameter("没有写给多少分。请写积分，或用 --rule 按规则给分。")
    if points is not None and rule is not None:
        raise typer.BadParameter("写了积分，又写了 --rule。两样只写一样。")
    if hours is not None and rule is None:
        raise typer.BadParameter("--hours 要和 --rule 一起写，由规则按时长算分。")
    with opened(context) as ledger:
        found = ledger.partners.find(partner)
        if rule is not None:
            moved = ledger.points.award_by_rule(
                found, ledger.rulebook.find(rule), minutes=hours, day=day, reason=reason, key=key
            )
        else:
            moved = ledger.points.award(found, points or 0, day=day, reason=reason, key=key)
    say(f"{moved.partner.code} {moved.partner.name} 得 {moved.points} 分，现有 {moved.balance} 分。")
    if moved.cap:
        say(moved.cap)
    written(moved.voucher)


@app.command()
def deduct(
    context: typer.Context,
    partner: PartnerArgument,
    points: Annotated[int, typer.Argument(click_type=POINTS, help="积分")],
    reason: RequiredReason,
    day: DayOption = None,
    key: KeyOption = None,
) -> None:
    """核实后扣减积分；已花掉的扣不到，差额会记下。

    例：hep points deduct 武玉侪 5 --reason 报名未到
    """
    with opened(context) as ledger:
        moved = ledger.points.deduct(ledger.partners.find(partner), points, reason=reason, day=day, key=key)
    say(f"{moved.partner.code} {moved.partner.name} 扣 {-moved.points} 分，现有 {moved.balance} 分。")
    _short(moved.shortfall)
    written(moved.voucher)


@app.command()
def reverse(
    context: typer.Context,
    entry: Annotated[
        int,
        typer.Argument(
            metavar="流水号",
            click_type=Reading(entry_number, "流水号"),
            help="流水号，见 hep points statement",
        ),
    ],
    reason: ReasonOption = "",
    key: KeyOption = None,
) -> None:
    """冲正一笔积分流水；每笔只能冲正一次。

    例：hep points reverse 1024 --reason 记错人
    """
    with opened(context) as ledger:
        moved = ledger.points.reverse(entry, reason=reason, key=key)
    say(
        f"已冲正流水 {entry}：{moved.partner.code} {moved.partner.name} {moved.points:+d} 分，现有 {moved.balance} 分。"
    )
    _short(moved.shortfall)
    written(moved.voucher)


@app.command()
def balance(context: typer.Context, partner: PartnerArgument, as_json: JsonOption = False) -> None:
    """查一位合伙人的积分余额。

    例：hep points balance wyc
    """
    with opened(context) as ledger:
        found = ledger.partners.find(partner)
        points = ledger.points.balance(found)
    if as_json:
        show_json({"code": found.code, "name": found.name, "points": points})
    else:
        show(f"{found.code} {found.name} {points} 分")


@app.command()
def statement(context: typer.Context, partner: PartnerArgument, as_json: JsonOption = False) -> None:
    """列出一位合伙人的积分流水，旧的在前，每笔之后的余额在右。

    例：hep points statement 武玉侪
    """
    with opened(context) as ledger:
        lines = ledger.statements.entries(ledger.partners.find(partner))
    columns = {
        "流水": "entry_id", "凭证": lambda one: f"V{one.voucher}", "日期": "happened_on",
        "计入": lambda one: one.counted_in + ("（补录）" if one.counted_in > one.happened_on[:7] else ""),
        "种类": lambda one: KINDS[one.kind] + (f"（冲正 {one.reverses}）" if one.reverses else ""),
        "积分": "points", "未扣足": lambda one: one.shortfall or "", "余额": "balance", "备注": "note",
    }  # fmt: skip
    show_listing(lines, columns, as_json=as_json)


@app.command()
def board(
    context: typer.Context,
    first: FromMonthOption = None,
    last: ToMonthOption = None,
    area: ListingArea = None,
    limit: LimitOption = 50,
    as_json: JsonOption = False,
) -> None:
    """积分榜：一段月份里得分最多的合伙人；不写月份是本月。

    例：hep points board --from 2025-01 --to 2025-11 --area 驿马街道
    """
    from hepartner.reports.readings import asked_span

    with opened(context) as ledger:
        under = ledger.areas.asked(area)
        span = asked_span(first, last, ledger.today())
        ranked = ledger.statements.board(span, under=under, limit=limit)
    columns = {
        "名次": "rank",
        "编号": "code",
        "名称": "name",
        "社区": "community",
        "得分": "awarded",
        "现有积分": "balance",
    }
    show_listing(ranked, columns, as_json=as_json, title=f"{span.first} 至 {span.last}")


@app.command()
def expire(
    context: typer.Context, dry_run: DryRunOption = False, as_json: JsonOption = False, yes: YesOption = False
) -> None:
    """按设置的办法清零整本台账里过期的积分，先得的先花；同一天再运行不会重复清。

    例：hep points expire --dry-run
    """
    from hepartner.ledger.expiry import Expiry

    with opened(context) as ledger:
        cleared = ledger.book(Expiry).due()
        asks = cleared.expired and can_ask() and not (dry_run or yes)
        if asks and not confirmed(f"{_expired(cleared)}全部清零吗？", yes=False):
            return
        if not dry_run:
            cleared = ledger.book(Expiry).expire()
    columns = {"编号": "code", "名称": "name", "清零积分": "points", "剩余积分": "left"}
    show_listing(cleared.expired, columns, as_json=as_json)
    say(_expired(cleared))
    if dry_run:
        not_written()
    elif cleared.voucher is None:
        say("没有到期的积分，没有写入任何内容。")
    else:
        written(cleared.voucher)


def _expired(cleared: "Cleared") -> str:
    return (
        f"{cleared.earned_until} 及以前获得、没有花掉的积分：{len(cleared.expired)} 人，{cleared.points} 分。"
    )


def _short(shortfall: int) -> None:
    if shortfall:
        say(f"另有 {shortfall} 分已经花掉或那天还没有，扣不到，差额已记下。")
