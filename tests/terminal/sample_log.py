"""A throwaway noun of a single command."""

import typer

from hepartner.terminal.talk import show

app = typer.Typer()


@app.command()
def log(limit: int = 20) -> None:
    """查看凭证。"""
    show(str(limit))
