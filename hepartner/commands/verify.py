"""The command that verifies the ledger."""

import typer

from hepartner.terminal.tables import show_json, show_listing
from hepartner.terminal.talk import say

from .opening import opened
from .parameters import AnchorOption, JsonOption

app = typer.Typer()


@app.command()
def verify(
    context: typer.Context,
    anchor: AnchorOption = None,
    as_json: JsonOption = False,
) -> None:
    """核验台账：结构、引用、封条、余额、库存、账期与守恒；有不符退出码为 6。

    例：hep verify --anchor 512-20340-9f31c2a87b60
    """
    from hepartner.ledger.custody import DifferencesFound

    with opened(context) as ledger:
        verified = ledger.custody.verify(anchor=anchor)
    if as_json:
        show_json(
            {
                "vouchers": verified.vouchers,
                "facts": verified.facts,
                "anchor": str(verified.anchor),
                "first_bad_voucher": verified.first_bad_voucher,
                "findings": verified.findings,
            }
        )
    elif verified.findings:
        columns = {
            "检查": "check",
            "不符": "message",
            "凭证": lambda one: f"V{one.voucher}" if one.voucher else "",
        }
        show_listing(verified.findings, columns)
    if verified.findings:
        raise DifferencesFound(verified)
    say(f"核验通过：{verified.vouchers} 张凭证、{verified.facts} 笔事实，核对码 {verified.anchor}。")
