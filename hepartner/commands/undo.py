"""The command that takes a voucher back."""

import re
from typing import Annotated

import typer

from hepartner.chinese.characters import plain
from hepartner.terminal.parameters import Reading
from hepartner.terminal.talk import say, written
from hepartner.words import actions

from .opening import opened
from .parameters import DryRunOption, KeyOption

app = typer.Typer()


class NotAVoucher(ValueError):
    """What was typed is not a voucher's number."""

    def __init__(self, text: str) -> None:
        super().__init__(f"“{text}”不是凭证号，应像 V123。")


def voucher_number(text: str) -> int:
    """Return the number of V123, v123 or 123. Raises NotAVoucher."""
    digits = plain(text).upper().removeprefix("V")
    if not re.fullmatch(r"[0-9]{1,18}", digits):  # more do not fit an SQLite integer
        raise NotAVoucher(text)
    return int(digits)


@app.command()
def undo(
    context: typer.Context,
    voucher: Annotated[
        int | None,
        typer.Argument(
            click_type=Reading(voucher_number, "凭证"),
            help="凭证号，如 V123；不写是自己最近记的、还没撤销的那一张",
        ),
    ] = None,
    dry_run: DryRunOption = False,
    key: KeyOption = None,
) -> None:
    """撤销一张凭证：冲正它记的事实，恢复它改的卡片；之后的工作要用到的会保留并列出。撤销本身也可以撤销，内容随之恢复。

    例：hep undo
    例：hep undo V123
    例：hep undo V123 --dry-run
    """
    with opened(context, rehearse=dry_run) as ledger:
        if voucher is None:
            voucher, action = ledger.history.latest(key=key)
            say(f"{ledger.operator}最近记的是 V{voucher}：{actions()[action]}。")
        undone = ledger.history.undo(voucher, key=key)
    say(
        f"{'可以' if dry_run else '已'}撤销 V{undone.undoes}：记了 {undone.facts} 笔更正，恢复 {undone.cards} 张卡片。"
    )
    for done, counted in (("收回", undone.taken_back), ("重新生效", undone.given_again)):
        if counted:
            say(f"{done} {'、'.join(f'{called} {count}' for called, count in counted)}")
    if undone.shortfall:
        say(f"有 {undone.shortfall} 分已经花掉，没有可收回的。")
    for kept in undone.kept:
        say(f"保留 {kept}")
    for refused in undone.refused:
        say(f"不能撤销 {refused}")
    written(undone.voucher, dry_run=dry_run)
