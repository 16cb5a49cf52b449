"""The command that lists what deserves a look."""

from typing import TYPE_CHECKING

import typer

from hepartner.terminal.tables import show_listing
from hepartner.words.audit import KINDS

from .opening import opened
from .parameters import AreaOption, FromDayOption, JsonOption, ToDayOption, check_days

if TYPE_CHECKING:
    from hepartner.ledger.audits.shape import Notable

app = typer.Typer()


@app.command()
def audit(
    context: typer.Context,
    area: AreaOption = None,
    first: FromDayOption = None,
    last: ToDayOption = None,
    as_json: JsonOption = False,
) -> None:
    """列出值得看一眼的：得分最多的、给自己发放的、整数发放、共用电话、夜间记账、冲正撤销、收不回的积分、时钟倒退。

    按记账的日期看，不写是本月一日到今天；共用电话按现在的花名册。列出的未必有错，只是请人看一看。

    例：hep audit --area 幸福里社区 --from 11月1日
    """
    from hepartner.ledger.audits import Audits

    with opened(context) as ledger:
        today = ledger.today()
        first, last = first or (last or today).replace(day=1), last or today
        check_days(first, last)
        under = ledger.areas.find(area) if area else None
        noted = ledger.book(Audits).noted(str(first), str(last), under=under)
    columns = {
        "事项": lambda one: KINDS[one.audit],
        "凭证": lambda one: f"V{one.voucher}" if one.voucher else "",
        "时间": _time,
        "操作人": "operator",
        "合伙人": "partner",
        "积分": "points",
        "说明": "what",
    }
    show_listing(noted, columns, as_json=as_json, title=f"{first} 至 {last} 记的账")


def _time(one: "Notable") -> str:
    return one.recorded_at[:16].replace("T", " ") if one.recorded_at else ""
