"""The command that shows support one screen."""

import sys

import typer

from hepartner.terminal.tables import show_json, show_listing

from .opening import office
from .parameters import JsonOption

app = typer.Typer()


@app.command()
def doctor(context: typer.Context, as_json: JsonOption = False) -> None:
    """一屏看清程序、台账和备份的状况，求助时把它整屏发给维护人员；台账打不开也能用，那时退出码为 5。

    不改动台账，也不显示任何人的信息。

    例：hep doctor
    """
    from hepartner.ledger.diagnosis import diagnosed
    from hepartner.ledger.ledger import local_time

    here = office(context)
    seen = diagnosed(here.ledger, encoding=sys.stdout.encoding, operator=here.operator, clock=local_time)
    if as_json:
        show_json({"usable": seen.trouble is None, "lines": seen.lines})
    else:
        show_listing(seen.lines, {"项目": "title", "情况": "found", "建议": "advice"})
    if seen.trouble:
        raise typer.Exit(seen.trouble.exit_code)
