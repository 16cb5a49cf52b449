"""Commands about months 账期: closing them."""

import typer

from hepartner.terminal.talk import not_written, say, take_down

from .opening import opened
from .parameters import AreaOption, DryRunOption, KeyOption, MonthArgument

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

    结了账的月份不再变：以后才到的算作补录，记在其后第一个未结账的月份。结账不能撤销；确要改，可以重新打开账期。

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
