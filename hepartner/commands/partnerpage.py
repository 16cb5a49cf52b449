"""What of partners is seldom asked for: their give-and-get sheet, and forgetting them."""

from typing import TYPE_CHECKING

from hepartner.terminal.tables import show_json, show_table
from hepartner.terminal.talk import say, show, take_down

if TYPE_CHECKING:
    from pathlib import Path

    from hepartner.ledger import Ledger


def show_sheet(
    ledger: "Ledger",
    partner: str,
    months: tuple[str | None, str | None],
    output: "Path | None",
    *,
    as_json: bool,
) -> None:
    """Show what a partner gave and received in some months, or write it into a workbook, or both as JSON."""
    from hepartner.reports.partnersheet import give_and_get, write_sheet

    told = give_and_get(ledger, ledger.partners.find(partner), *months)
    saved = write_sheet(ledger, told, output) if output else None
    if as_json:
        show_json(told.json)
    elif saved:
        show(str(saved.path))
    else:
        headers = ("方面", "项目", "数量", "单位", "明细")
        show_table(headers, told.lines, title=f"{told.partner.name} {told.when}")
    if saved:
        say(*saved.notices)


def forget_for_good(ledger: "Ledger", partner: str, *, yes: bool, key: str | None) -> None:
    """Forget a partner who left, after asking, and tell what was blanked and where else its name stands."""
    from hepartner.ledger.forgetting import Forgetting
    from hepartner.terminal.questions import confirmed

    found = ledger.partners.find(partner)
    question = f"要永久清除 {found.code} {found.name} 的个人信息，以后找不回来，确定吗？"
    if not confirmed(question, yes=yes):
        return
    book = ledger.book(Forgetting)
    done = book.forget(found, key=key)
    backups = book.backups_with(found)
    take_down(f"V{done.voucher}")
    say(f"{done.code} 已注销：姓名、电话等和 {done.notes} 条备注已清除，连同修改前的 {done.values} 处。")
    if done.mentions:
        places = (f"  {one}" for one in done.mentions)
        say("这些文字里还有这个姓名或电话，请看是不是同一位，能改的请逐条修改：", *places)
    if backups:
        files = (f"  {one.backup.path.name}，到 {one.until} 轮换掉" for one in backups)
        say("这些备份里还有，恢复它们时会再次注销；拷到别处的备份请自己删：", *files)
    say(f"已记账：凭证 V{done.voucher}，不能撤销。")
