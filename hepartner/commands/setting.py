"""Commands about the office's settings 设置."""

from typing import Annotated

import typer

from hepartner.terminal.parameters import Choice
from hepartner.terminal.tables import show_listing
from hepartner.terminal.talk import say, written

from .opening import opened
from .parameters import EXPIRY, JsonOption, KeyOption, value

app = typer.Typer()
NAMES = {"office": "填报单位", "expiry": "清零办法"}


@app.command("list")
def list_(context: typer.Context, as_json: JsonOption = False) -> None:
    """列出办公室的设置：office 填报单位，expiry 积分清零办法。

    例：hep setting list
    """
    with opened(context) as ledger:
        settings = ledger.settings.listing()
    columns = {"设置": "name", "说明": "meaning", "值": lambda one: _shown(one.name, one.value)}
    show_listing(settings, columns, as_json=as_json)


@app.command("set")
def set_(
    context: typer.Context,
    name: Annotated[str, typer.Argument(click_type=Choice(NAMES), help="哪一项设置")],
    new: Annotated[str, typer.Argument(metavar="值", help="新的值；清零办法是 结转、每年清零、次年一月结清")],
    key: KeyOption = None,
) -> None:
    """修改一项设置：填报单位，或积分清零办法。

    例：hep setting set 清零办法 每年清零
    例：hep setting set office 海城区社区合伙人办公室
    """
    code = value(Choice(EXPIRY), new) if name == "expiry" else new
    with opened(context) as ledger:
        voucher = ledger.settings.set(name, code, key=key)
    say(f"{NAMES[name]}：{_shown(name, code) or '（空）'}。")
    written(voucher)


def _shown(name: str, code: str) -> str:
    return EXPIRY[code] if name == "expiry" else code
