"""Commands about journals for programs of others 导出: the points in plain text, for an outside witness."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hepartner.terminal.talk import say, show

from .opening import opened
from .parameters import AreaOption, ToMonthOption

if TYPE_CHECKING:
    from hepartner.reports.journals import Language

app = typer.Typer()

OutputOption = Annotated[Path, typer.Option("--output", "-o", help="写到哪个文件")]


@app.command()
def hledger(
    context: typer.Context, output: OutputOption, area: AreaOption = None, last: ToMonthOption = None
) -> None:
    """把积分账写成 hledger 的账本，每月每位合伙人的余额都写成断言，由 hledger check 独立核对。

    只写社区代码和合伙人编号，没有姓名和电话。积分记在统计的月份，补录记在那个月的 1 日并注明发生日；月末余额写在当月最后一天。

    例：hep export hledger -o 积分.journal，再运行 hledger -f 积分.journal check --strict
    """
    from hepartner.reports.journals import Hledger

    _write(context, Hledger(), output, area, last)


@app.command()
def beancount(
    context: typer.Context, output: OutputOption, area: AreaOption = None, last: ToMonthOption = None
) -> None:
    """把积分账写成 beancount 的账本，每月每位合伙人的余额都写成断言，由 bean-check 独立核对。

    只写社区代码和合伙人编号，没有姓名和电话。积分记在统计的月份，补录记在那个月的 1 日并注明发生日；月末余额写在下月 1 日，
    因为 beancount 的断言说的是一天开始时的余额。

    例：hep export beancount -o 积分.beancount，再运行 bean-check 积分.beancount
    """
    from hepartner.reports.journals import Beancount

    _write(context, Beancount(), output, area, last)


def _write(
    context: typer.Context, language: "Language", output: Path, area: str | None, last: str | None
) -> None:
    from hepartner.reports.journals import write_journal

    with opened(context) as ledger:
        saved = write_journal(ledger, language, output, area=area, last=last)
    say(*saved.notices, "积分账已写好：")
    show(str(saved.path))
