"""Commands about areas 区域."""

from datetime import date
from typing import Annotated

import typer

from hepartner.terminal.parameters import Choice
from hepartner.terminal.tables import show_listing
from hepartner.terminal.talk import say, written

from .opening import opened
from .parameters import DAY, JsonOption

app = typer.Typer()
KINDS = {"district": "城区", "subdistrict": "街道", "community": "社区", "grid": "网格"}


@app.command()
def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="区域名称")],
    kind: Annotated[str | None, typer.Option(click_type=Choice(KINDS), help="级别；不写按名称判断")] = None,
    parent: Annotated[str | None, typer.Option(help="上级区域；不写是最上级")] = None,
    code: Annotated[str, typer.Option(help="代码，如 XF；不写按首字母取")] = "",
    since: Annotated[date | None, typer.Option(click_type=DAY, help="社区从哪天起计入；不写是今天")] = None,
) -> None:
    """增加一个区域：先城区，再街道、社区、网格。

    例：hep area add 幸福里社区 --parent 驿马街道 --code XF
    """
    with opened(context) as ledger:
        above = ledger.areas.find(parent) if parent else None
        added = ledger.areas.add(kind, name, parent=above, code=code, since=since)
    say(f"已增加{KINDS[added.area.kind]} {added.area.name}，代码 {added.area.code}。")
    if added.closed_through:
        say(f"周边社区都已结账到 {added.closed_through}，这个社区从下个月起计入，更早的业务算作补录。")
    written(added.voucher)


@app.command("list")
def list_(context: typer.Context, as_json: JsonOption = False) -> None:
    """列出全部区域，下级跟在上级后面。

    例：hep area list
    """
    with opened(context) as ledger:
        areas = ledger.areas.tree()
    show_listing(
        areas, {"级别": lambda area: KINDS[area.kind], "代码": "code", "名称": "name"}, as_json=as_json
    )
