"""Commands about the office's settings 设置."""

from typing import Annotated

import typer

from hepartner.terminal.tables import show_listing
from hepartner.terminal.talk import written

from .opening import opened
from .parameters import JsonOption

app = typer.Typer()


@app.command("list")
def list_(context: typer.Context, as_json: JsonOption = False) -> None:
    """列出办公室的设置：office 填报单位，expiry 积分清零办法。

    例：hep setting list
    """
    with opened(context) as ledger:
        settings = ledger.settings.listing()
    show_listing(settings, {"设置": "name", "说明": "meaning", "值": "value"}, as_json=as_json)


@app.command("set")
def set_(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="哪一项设置，见 hep setting list")],
    value: Annotated[str, typer.Argument(help="新的值")],
) -> None:
    """修改一项设置。清零办法 expiry：never 结转、yearly 每年清零、january 次年一月结清。

    例：hep setting set expiry yearly
    """
    with opened(context) as ledger:
        voucher = ledger.settings.set(name, value)
    written(voucher)
