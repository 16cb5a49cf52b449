"""Commands about areas 区域."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hepartner.terminal.parameters import Choice
from hepartner.terminal.tables import show_listing
from hepartner.terminal.talk import say, written
from hepartner.words.area import LEVELS

from .opening import opened
from .parameters import DAY, DryRunOption, JsonOption, KeyOption, fields, typed_lines, value

if TYPE_CHECKING:
    from hepartner.ledger.areas import NewArea

app = typer.Typer()


@app.command()
def add(
    context: typer.Context,
    names: Annotated[
        list[str] | None, typer.Argument(metavar="名称[,上级[,代码[,起始日期]]]", help="区域，可写多个")
    ] = None,
    file: Annotated[Path | None, typer.Option(help="区域文件，每行一个；不写就从标准输入读")] = None,
    kind: Annotated[str | None, typer.Option(click_type=Choice(LEVELS), help="级别；不写按名称判断")] = None,
    parent: Annotated[str | None, typer.Option(help="没有写上级的，属于哪个区域；不写是最上级")] = None,
    code: Annotated[str, typer.Option(help="代码，如 XF；不写按首字母取")] = "",
    since: Annotated[
        date | None, typer.Option(click_type=DAY, help="社区从哪天起计入，更早的记录会提醒；不写是今天")
    ] = None,
    dry_run: DryRunOption = False,
    key: KeyOption = None,
) -> None:
    """增加区域：先城区，再街道、社区、网格；一次可以写许多个，记在一张凭证里。

    每行写名称，可再写上级、代码、起始日期，用逗号、等号或空格隔开；上级可以是前面几行刚写的。

    例：hep area add 幸福里社区 --parent 驿马街道 --code XF
    例：hep area add 第一网格 第二网格 第三网格 --parent 幸福里社区
    例：hep area add --file 区域.txt --since 2022-01-01 --dry-run
    """
    lines = typed_lines(names, file, "没有写区域名称。请写名称，或用 --file 指明文件。")
    wanted = [_wanted(line, parent, kind, since) for line in lines]
    if code:
        if len(wanted) > 1:
            raise typer.BadParameter("有几个区域，代码请各写在名称后面，如 幸福里社区,驿马街道,XF。")
        wanted = [one._replace(code=code) for one in wanted]
    with opened(context, rehearse=dry_run) as ledger:
        added = ledger.areas.add_many(wanted, key=key)
    for area in added.areas:
        say(f"已增加{LEVELS[area.kind]} {area.name}，代码 {area.code}。")
    if added.closed_through:
        say(f"周边社区都已结账到 {added.closed_through}，新社区从下个月起计入，更早的业务算作补录。")
    written(added.voucher, dry_run=dry_run)


@app.command("list")
def list_(context: typer.Context, as_json: JsonOption = False) -> None:
    """列出全部区域，下级跟在上级后面。

    例：hep area list
    """
    with opened(context) as ledger:
        areas = ledger.areas.tree()
    names = {area.id: area.name for area in areas}
    columns = {
        "级别": lambda area: LEVELS[area.kind], "代码": "code", "名称": "name",
        "上级": lambda area: names.get(area.parent_id, ""),
    }  # fmt: skip
    show_listing(areas, columns, as_json=as_json)


def _wanted(line: str, parent: str | None, kind: str | None, since: date | None) -> "NewArea":
    """Read 名称,上级,代码,起始日期; what is left out is as the options say."""
    from hepartner.ledger.areas import NewArea

    name, above, code, day = fields(line, most=4) or [""] * 4
    if line.strip() and not name:
        raise typer.BadParameter(f"区域“{line}”应是 名称，可再写 ,上级,代码,起始日期。")
    return NewArea(name, above or parent, kind, code, value(DAY, day) if day else since)
