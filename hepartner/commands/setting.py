"""Commands about the office's settings 设置."""

from typing import Annotated

import typer

from hepartner.terminal.tables import show_listing
from hepartner.terminal.talk import written

from .opening import opened
from .parameters import JsonOption, KeyOption

app = typer.Typer()


@app.command("list")
def list_(context: typer.Context, as_json: JsonOption = False) -> None:
    """列出办公室的设置：填报单位（office），清零办法（expiry），大额兑换（redeem.second_above）。

    例：hep setting list
    """
    with opened(context) as ledger:
        settings = ledger.settings.listing()
    show_listing(
        settings, {"设置": "title", "代码": "name", "说明": "meaning", "值": "word"}, as_json=as_json
    )


@app.command("set")
def set_(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="哪一项设置，见 hep setting list")],
    value: Annotated[str, typer.Argument(help="新的值")],
    key: KeyOption = None,
) -> None:
    """修改一项设置，由主管来做。

    填报单位（office）印在报表上；清零办法（expiry）是 结转（never）、每年清零（yearly）或 次年一月结清（january）；
    大额兑换（redeem.second_above）是积分，一张兑换单超过它要另一位操作人复核，或 不限。

    例：hep setting set 清零办法 每年清零
    例：hep setting set 大额兑换 500
    """
    with opened(context) as ledger:
        voucher = ledger.settings.set(name, value, key=key)
    written(voucher)
