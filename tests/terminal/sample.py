"""A throwaway noun, written as a command file is, for the tests of the framework."""

# ruff: noqa: FBT002, PLR0917 typer makes options of parameters, as in commands/

from pathlib import Path
from typing import Annotated

import typer

from hepartner.commands.opening import office
from hepartner.commands.parameters import POINTS, DayOption, JsonOption, YesOption
from hepartner.terminal.parameters import Choice
from hepartner.terminal.questions import confirmed
from hepartner.terminal.tables import show_listing
from hepartner.terminal.talk import say, written

app = typer.Typer()

KINDS = {"individual": "个体", "group": "社群", "business": "商企"}


@app.command()
def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="姓名或名称")],
    kind: Annotated[str, typer.Option(click_type=Choice(KINDS), help="合伙人类型")] = "individual",
    members: Annotated[int | None, typer.Option(min=1, max=500, help="社群人数")] = None,
    day: DayOption = None,
    loud: Annotated[bool, typer.Option(help="大声")] = False,
) -> None:
    """登记一位合伙人。

    例：hep partner add 李梅 --kind 个体
    """
    say(f"{name} {kind} {members} {day} {loud} {office(context).operator}")
    written(7)


@app.command("list")
def list_(as_json: JsonOption = False) -> None:
    """列出合伙人。"""
    show_listing([{"name": "李梅"}], {"姓名": lambda row: row["name"]}, as_json=as_json)


@app.command()
def award(
    partner: str,
    points: Annotated[int, typer.Argument(click_type=POINTS)],
    skills: Annotated[list[str] | None, typer.Option()] = None,
) -> None:
    """发放积分。"""
    say(f"{partner} {points} {skills}")


@app.command()
def count(kind: Annotated[str, typer.Argument(click_type=Choice(KINDS))] = "group") -> None:
    """清点一类合伙人。"""
    say(kind)


@app.command("import")
def import_(files: list[Path], yes: YesOption = False) -> None:
    """导入文件。"""
    if confirmed("导入", yes=yes):
        say(*map(str, files))
