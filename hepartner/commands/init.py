"""The command that makes a new ledger."""

import os
from typing import Annotated

import typer

from hepartner.terminal.parameters import Choice
from hepartner.terminal.talk import say
from hepartner.words.area import LEVELS
from hepartner.words.setting import EXPIRY

from .opening import office

app = typer.Typer()


@app.command()
def init(
    context: typer.Context,
    area: Annotated[str, typer.Argument(help="最上级区域：整个城区、一个街道或一个社区")],
    kind: Annotated[
        str | None, typer.Option(click_type=Choice(LEVELS), help="它的级别；不写按名称判断")
    ] = None,
    office_name: Annotated[str, typer.Option("--office", help="填报单位，印在报表上")] = "",
    expiry: Annotated[str, typer.Option(click_type=Choice(EXPIRY), help="积分清零办法")] = "never",
) -> None:
    """建立一本新台账：最上级区域、默认积分规则和问题类别，并记住它的位置和操作人。

    台账放在 --ledger 指明的文件；没有指明就放在“文档”文件夹的 合伙人台账 里。
    环境变量 HEPARTNER_LEDGER、HEPARTNER_OPERATOR 已指明的，不改动记住的那一项。

    例：hep init 海城区 --operator 李梅 --office 海城区社区合伙人办公室
    """
    from hepartner.ledger.founding import found
    from hepartner.terminal.installation import remember

    chosen = office(context)
    root = found(
        chosen.ledger, area=area, operator=chosen.operator, kind=kind, office=office_name, expiry=expiry
    )
    settings = {"ledger": str(chosen.ledger.absolute()), "operator": chosen.operator}
    if unnamed := {
        name: said for name, said in settings.items() if f"HEPARTNER_{name.upper()}" not in os.environ
    }:
        remember(**unnamed)
    say(f"已建立台账 {chosen.ledger}，操作人 {chosen.operator}。")
    say(f"最上级区域是{LEVELS[root.kind]}“{root.name}”，默认积分规则和问题类别已装入。")
    say("下一步：hep area add 增加街道、社区（hep area add --help），再 hep import partners 导入花名册。")
