"""Commands about backups 备份."""

from pathlib import Path
from typing import Annotated

import typer

from hepartner.terminal.tables import show_json, show_listing
from hepartner.terminal.talk import say, show

from .opening import opened
from .parameters import JsonOption

app = typer.Typer()

FolderOption = Annotated[
    Path | None,
    typer.Option("--folder", help="备份到哪个文件夹；不写是设置里的备份文件夹，没有设就在台账旁边"),
]


@app.command()
def backup(
    context: typer.Context,
    folder: FolderOption = None,
    full: Annotated[bool, typer.Option("--full", help="备份后再像 hep verify 那样完整核验这一份")] = False,
) -> None:
    """备份台账：复制、检查副本、写下清单（校验和、行数、核对码），再轮换旧备份（留 7 日、4 周、12 月）。

    每天第一次记账之前会自动备份一次。

    例：hep backup --folder E:\\备份
    """
    from hepartner.ledger.backups import Backups
    from hepartner.ledger.custody import DifferencesFound

    with opened(context) as ledger:
        made = ledger.book(Backups).make(folder)
        verified = ledger.book(Backups).verified(made.backup) if full else None
    manifest = made.backup.manifest
    if made.gone:
        say(f"轮换删去旧备份 {len(made.gone)} 份。")
    say(*(f"旧备份 {path} 删不掉，请手工删除。" for path in made.stuck))
    say(f"已备份并检查：{manifest.vouchers} 张凭证，核对码 {manifest.anchor}。")
    show(str(made.backup.path))
    if verified and verified.findings:
        raise DifferencesFound(verified)


@app.command("list")
def list_(context: typer.Context, folder: FolderOption = None, as_json: JsonOption = False) -> None:
    """列出这本台账的备份，新的在前；“保留到”按每天备份一次推算。

    例：hep backup list
    """
    from hepartner.ledger.backups import Backups

    with opened(context) as ledger:
        found = ledger.book(Backups).listing(folder)
    if as_json:
        show_json(
            [
                {"path": str(one.backup.path), "until": one.until, **one.backup.manifest.fields}
                for one in found
            ]
        )
        return
    columns = {
        "时间": lambda one: one.backup.manifest.taken_at[:16].replace("T", " "),
        "凭证": lambda one: one.backup.manifest.vouchers,
        "核对码": lambda one: one.backup.manifest.anchor,
        "格式": lambda one: one.backup.manifest.schema,
        "保留到": "until",
        "文件": lambda one: one.backup.path,
    }
    show_listing(found, columns)
