"""The command that shows the vouchers."""

from typing import TYPE_CHECKING, Annotated

import typer

from hepartner.terminal.tables import show_listing

from .opening import opened
from .parameters import FromDayOption, JsonOption, LimitOption, ToDayOption, check_days

if TYPE_CHECKING:
    from hepartner.ledger.history import Logged

app = typer.Typer()


@app.command()
def log(
    context: typer.Context,
    by: Annotated[str | None, typer.Option("--by", help="只看这位操作人记的")] = None,
    action: Annotated[str | None, typer.Option(help="只看这种操作，如 points 或 points.award")] = None,
    first: FromDayOption = None,
    last: ToDayOption = None,
    partner: Annotated[str | None, typer.Option(help="只看涉及这位合伙人的")] = None,
    limit: LimitOption = 50,
    as_json: JsonOption = False,
) -> None:
    """列出凭证，最新的在前。

    例：hep log --partner 武玉侪 --from 上月底
    """
    from hepartner.words import actions

    check_days(first, last)
    with opened(context) as ledger:
        who = ledger.partners.find(partner) if partner else None
        vouchers = ledger.history.log(
            operator=by,
            action=action,
            first=str(first) if first else None,
            last=str(last) if last else None,
            partner=who,
            limit=limit,
        )
    columns = {
        "凭证": lambda one: f"V{one.voucher}",
        "时间": lambda one: one.recorded_at[:16].replace("T", " "),
        "操作人": lambda one: f"{one.operator}（{one.second} 复核）" if one.second else one.operator,
        "操作": lambda one: actions()[one.action],
        "笔数": "facts",
        "来源": "source",
        "备注": "note",
        "撤销": _undoing,
    }
    show_listing(vouchers, columns, as_json=as_json)


@app.command()
def exports(context: typer.Context, as_json: JsonOption = False) -> None:
    """列出导出日志：谁在什么时候看了合伙人的完整电话，看了什么、多少行、为什么。

    例：hep log exports
    """
    from hepartner.ledger.releases import Releases

    with opened(context) as ledger:
        releases = ledger.book(Releases).log()
    columns = {
        "凭证": lambda one: f"V{one.voucher}",
        "时间": lambda one: one.recorded_at[:16].replace("T", " "),
        "操作人": "operator",
        "内容": "what",
        "行数": "rows",
        "原因": "reason",
        "SHA-256": lambda one: one.sha256[:12],
    }
    show_listing(releases, columns, as_json=as_json)


def _undoing(one: "Logged") -> str:
    does = [f"撤销 V{one.undoes}"] if one.undoes else []
    partly = "部分" * one.undone_partly
    return "，".join(does + [f"已由 V{one.undone_by} {partly}撤销"] * bool(one.undone_by))
