"""Commands about months 账期: closing them, opening them again, and which are closed."""

import typer

from hepartner.terminal.tables import show_json, show_listing
from hepartner.terminal.talk import not_written, say, take_down
from hepartner.words.area import LEVELS

from .opening import confirming, opened
from .parameters import (
    AreaOption,
    DryRunOption,
    JsonOption,
    KeyOption,
    MonthArgument,
    RequiredReason,
    SecondOption,
)

app = typer.Typer()


@app.command()
def close(
    context: typer.Context,
    month: MonthArgument,
    area: AreaOption = None,
    dry_run: DryRunOption = False,
    key: KeyOption = None,
) -> None:
    """结账：先核对平衡，再封存各社区本月的全部指标和月报各表；街道、城区随最后一个社区一起封存。

    结了账的月份不再变：以后才到的算作补录，记在其后第一个未结账的月份。结账不能撤销；确要改，用 hep month reopen 重新打开。

    例：hep month close 上月
    例：hep month close 2026-10 --area 幸福里社区 --dry-run
    """
    from hepartner.reports.monthly.sealing import close_month

    with opened(context, rehearse=dry_run) as ledger:
        closed = close_month(ledger, month, area=area, key=key)
        anchor = ledger.anchor
    say(f"{'可以' if dry_run else '已'}结账 {month}：{len(closed.communities)} 个社区，已核对平衡。")
    say(
        f"封存月报 {len(closed.sealed)} 份：{'、'.join(f'{one.name} {of}' for one, of in closed.sealed[-9:])}。"
    )
    if dry_run:
        not_written()
        return
    take_down(f"V{closed.voucher}")
    say(f"已记账：凭证 V{closed.voucher}，核对码 {anchor}，请抄存。结账不能撤销。")


@app.command()
def reopen(
    context: typer.Context,
    month: MonthArgument,
    reason: RequiredReason,
    area: AreaOption = None,
    second: SecondOption = None,
    key: KeyOption = None,
) -> None:
    """重新打开最近结账的月份：由主管来做，写明原因，另一位操作人当场复核；街道、城区这个月的封存随之解除。

    原来的封存仍留在台账里。再结账时重新封存，月报“补录更正”表写明何时、何人、为何打开过。重新打开不能撤销。

    例：hep month reopen 2026-10 --area 幸福里社区 --reason 漏报一张签到表 --second 王强
    """
    from hepartner.ledger.closing import Closing
    from hepartner.reports.readings import area_named

    with opened(context) as ledger:
        under = area_named(ledger, area)
        second_id = confirming(ledger, second)
        done = ledger.book(Closing).reopen(under, month, reason, second_id=second_id, key=key)
    say(f"已重新打开 {month}：{'、'.join(one.name for one in done.communities)}。")
    if done.lifted:
        say(f"解除封存：{'、'.join(one.name for one in done.lifted)}。改好后请用 hep month close 再结账。")
    take_down(f"V{done.voucher}")
    say(f"已记账：凭证 V{done.voucher}。重新打开不能撤销。")


@app.command("list")
def list_(context: typer.Context, as_json: JsonOption = False) -> None:
    """列出结过账的月份：几个社区已结账，封存了几份月报，重新打开过几次。

    例：hep month list
    """
    from hepartner.ledger.closedmonths import ClosedMonths

    with opened(context) as ledger:
        months = ledger.book(ClosedMonths).listing()
    columns = {
        "月份": "month",
        "已结账": "closed",
        "社区": "communities",
        "封存": "sealed",
        "重新打开": "reopened",
    }
    show_listing(months, columns, as_json=as_json)


@app.command()
def show(
    context: typer.Context, month: MonthArgument, area: AreaOption = None, as_json: JsonOption = False
) -> None:
    """查看一个月在各区域的结账和封存：何时、何人、哪张凭证，和能证明它的核对码。

    例：hep month show 2026-10 --area 驿马街道
    """
    from hepartner.ledger.closedmonths import ClosedMonths
    from hepartner.reports.readings import area_named

    with opened(context) as ledger:
        under, closed = area_named(ledger, area), ledger.book(ClosedMonths)
        areas, reopened = closed.areas(under, month), closed.reopened(under, month)
    if as_json:
        show_json({"month": month, "areas": areas, "reopened": reopened})
        return
    columns = {
        "级别": lambda one: LEVELS[one.kind],
        "区域": "area",
        "已结账": "closed",
        "结账时间": lambda one: one.closed_at[:16].replace("T", " "),
        "操作人": "operator",
        "凭证": lambda one: f"V{one.voucher}" if one.voucher else "",
        "封存": lambda one: bool(one.sha256),
        "核对码": "anchor",
    }
    show_listing(areas, columns)
    for one in reopened:
        say(
            f"V{one.voucher} {one.opened_at[:10]} {one.operator}（{one.second or '无人'}复核）"
            f"重新打开过{one.communities}：{one.reason or '没有写原因'}"
        )
