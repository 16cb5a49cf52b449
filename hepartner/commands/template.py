"""The command that writes empty lists to be filled in 模板."""

from pathlib import Path
from typing import Annotated

import typer

from hepartner.terminal.parameters import Choice
from hepartner.terminal.talk import say
from hepartner.words import gathered

app = typer.Typer()


@app.command()
def template(
    kind: Annotated[str, typer.Argument(click_type=Choice(gathered("FILES")), help="哪种表格")],
    output: Annotated[Path, typer.Option("--output", "-o", help="写到哪个 xlsx 文件")],
) -> None:
    """写出一张空白的导入表格：有表头、下拉选项、示例行和填写说明。

    例：hep template partners -o 花名册.xlsx
    """
    from datetime import date

    from hepartner.intake.template import write_template

    write_template(kind, output, date.today())  # noqa: DTZ011 the local day is meant
    say(f"已写出 {output}。第 2 行是示例，导入时自动跳过。填好后：hep import {kind} {output}")
