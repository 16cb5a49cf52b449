"""The command that makes a backup a ledger again."""

from pathlib import Path
from typing import Annotated

import typer

from hepartner.terminal.tables import show_listing
from hepartner.terminal.talk import say
from hepartner.words import actions

from .opening import office
from .parameters import AnchorOption

app = typer.Typer()


@app.command()
def restore(
    context: typer.Context,
    backup: Annotated[Path, typer.Argument(help="备份文件，见 hep backup list")],
    output: Annotated[Path, typer.Option("--output", "-o", help="恢复成哪个新文件，不能是已有的文件")],
    anchor: AnchorOption = None,
) -> None:
    """把备份恢复成一本新台账：与清单逐位核对，完整核验，旧格式顺便换好；原来的台账不动。

    列出备份以后记的、恢复后没有的凭证。没有清单的备份，要写 --anchor 才恢复。

    例：hep restore 台账-备份/台账-2026-11-24-090512.db -o 恢复的台账.db
    """
    from hepartner.ledger.custody import DifferencesFound
    from hepartner.ledger.ledger import local_time
    from hepartner.ledger.restoring import restore as restored

    here = office(context)
    done = restored(
        backup, output, present=here.ledger, operator=here.operator, clock=local_time, anchor=anchor
    )
    if done.migrated_from:
        say(f"备份是旧格式 {done.migrated_from}，已换成本程序的格式。")
    if done.forgotten_again:
        say(
            f"备份以后注销的 {len(done.forgotten_again)} 位在恢复的台账里已再次注销：{'、'.join(done.forgotten_again)}。"
        )
    say(f"已恢复成 {done.path}：{done.verified.vouchers} 张凭证，核对码 {done.verified.anchor}。")
    if done.lost is None:
        say(f"没有能比较的现有台账（{here.ledger}），说不出少了哪些凭证。")
    else:
        word = actions()
        columns = {
            "凭证": lambda one: f"V{one.voucher}",
            "时间": lambda one: one.recorded_at[:16].replace("T", " "),
            "操作人": "operator",
            "操作": lambda one: word.get(one.action, one.action),
        }
        show_listing(done.lost, columns)
        say(f"现有台账 {here.ledger} 里有 {len(done.lost)} 张凭证是恢复的台账没有的，要用它就得补记。")
    say(f"核对以后要改用它，请写 --ledger {done.path}，或把原来的台账改名留存、让它顶替；不要了，删掉就行。")
    if done.verified.findings:
        raise DifferencesFound(done.verified)
