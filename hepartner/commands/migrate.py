"""The command that brings a ledger of an older format to this program's."""

import typer

from hepartner.terminal.talk import say, show

from .opening import office

app = typer.Typer()


@app.command()
def migrate(context: typer.Context) -> None:
    """把旧格式的台账换成本程序的格式：先备份，用副本试换并完整核验，再一次换好；中途出错台账不变。

    内容、凭证号和以前印出的核对码都不变。请先关掉别的窗口。

    例：hep migrate
    """
    from hepartner.ledger.ledger import local_time
    from hepartner.ledger.migrations import migrate as migrated

    here = office(context)
    done = migrated(here.ledger, operator=here.operator, clock=local_time)
    say(f"台账 {here.ledger} 已由格式 {done.before} 换成本程序的格式，记为凭证 V{done.voucher}。")
    say("换之前的备份：")
    show(str(done.backup.path))
