"""The command that imports lists from files 导入."""

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from hepartner.terminal.parameters import Choice
from hepartner.terminal.progress import Bar
from hepartner.terminal.questions import can_ask, confirmed
from hepartner.terminal.tables import show_json
from hepartner.terminal.talk import not_written, say, written
from hepartner.words import gathered
from hepartner.words.importing import ON_MATCH

from .opening import opened
from .parameters import DryRunOption, FilesArgument, JsonOption, YesOption

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from hepartner.intake.doubts import Answer, Doubt
    from hepartner.intake.report import Report

app = typer.Typer()
PARTLY = 3
_SHOWN = 20

OnMatchOption = Annotated[
    str | None,
    typer.Option(
        click_type=Choice(ON_MATCH),
        help="花名册里与台账不同的内容；询问是逐行问，不写时屏幕上整份问一次，脚本里修改",
    ),
]


@app.command("import")
def import_(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(click_type=Choice(gathered("FILES")), help="导入什么")],
    files: FilesArgument,
    sheet: Annotated[str | None, typer.Option(help="要读的工作表；不写就找有表头的那一张")] = None,
    include_hidden: Annotated[bool, typer.Option("--include-hidden", help="隐藏和筛掉的行也导入")] = False,
    source: Annotated[str, typer.Option(help="来源；同一来源的相同内容不会重复导入")] = "",
    accept_repeat: Annotated[
        bool, typer.Option("--accept-repeat", help="与已有的相同或相近的内容，按另一次、另一位记")
    ] = False,
    skip_repeat: Annotated[
        bool, typer.Option("--skip-repeat", help="与已有的相同或相近的内容，按同一件事、同一位跳过")
    ] = False,
    on_match: OnMatchOption = None,
    skip_bad: Annotated[bool, typer.Option("--skip-bad", help="跳过有问题的行，导入其余的")] = False,
    dry_run: DryRunOption = False,
    as_json: JsonOption = False,
    yes: YesOption = False,
) -> None:
    """从表格文件批量导入，每个文件一张凭证；同样的内容再导一次不会重复。

    有一行不对，整个文件就不写入，并写出“…_问题.xlsx”；改好后导入它，或加 --skip-bad 先导入其余的行。

    例：hep import partners 幸福里花名册.xlsx --dry-run
        hep import 签到表 三月签到.csv 四月签到.csv --skip-bad
        hep import 签到表 三月签到文件夹
    """
    from hepartner.intake.folders import tables_given
    from hepartner.intake.process import prepare

    if accept_repeat and skip_repeat:
        raise typer.BadParameter("--accept-repeat 和 --skip-repeat 只能选一个。")
    if on_match and kind != "partners":
        raise typer.BadParameter("--on-match 只用于合伙人花名册。")
    asks = can_ask() and not yes
    prepare()
    tables = tables_given(files)
    say(*tables.notes)
    from hepartner.intake.pipeline import import_file

    repeats = "accept" if accept_repeat else "skip" if skip_repeat else ""
    with opened(context) as ledger:
        taken = partial(
            import_file, ledger, kind, sheet=sheet, include_hidden=include_hidden, source=source, repeats=repeats,
            on_match=on_match or "update", skip_bad=skip_bad, dry_run=dry_run,
        )  # fmt: skip
        reports = _each(tables.files, taken, asks=asks, agrees=asks and on_match is None, dry_run=dry_run)
    if dry_run:
        not_written()
    _end(reports, as_json=as_json)


def _each(
    files: "Sequence[Path]", taken: "Callable[..., Report]", *, asks: bool, agrees: bool, dry_run: bool
) -> "list[Report]":
    """Import one file after another by `taken`, and say of each what it holds, before a question, and what became of it.

    `asks` is whether somebody answers what is doubtful of single rows, `agrees` whether also to all that a file changes.
    """
    from .doubting import answers

    previewed: list[Report] = []

    def confirm(report: "Report") -> bool:
        bar.clear()
        previewed.append(report)
        _say_found(report)
        return confirmed(f"{report.file} 要修改台账里 {report.changed} 条已有的记录，写入吗？", yes=False)

    def ask(report: "Report") -> "dict[Doubt, Answer]":
        bar.clear()
        return answers(report)

    reports = []
    with Bar() as bar:
        for number, file in enumerate(files, start=1):
            previewed.clear()
            text = (
                f"导入 {file.name}" if len(files) == 1 else f"导入第 {number}/{len(files)} 个文件 {file.name}"
            )
            report = taken(
                file,
                confirm=confirm if agrees else None,
                ask=ask if asks else None,
                watch=partial(bar.move, text),
            )
            bar.clear()
            reports.append(report)
            if not previewed:
                _say_found(report)
            _say_outcome(report, dry_run=dry_run)
    return reports


def _end(reports: "Sequence[Report]", *, as_json: bool) -> None:
    """Give what became of each file as JSON if that is wanted. Raises typer.Exit where rows were not taken."""
    if as_json:
        documents = [report.as_json() for report in reports]
        show_json(documents if len(documents) > 1 else documents[0])
    if any(report.problems for report in reports):
        raise typer.Exit(PARTLY)


def _say_found(report: "Report") -> None:
    """Say what a file holds and what it would do."""
    from hepartner.intake.problems import messages

    said = messages(report.problems)
    say(*said[:_SHOWN])
    if len(said) > _SHOWN:
        say(f"……共 {len(report.problems)} 处问题。")
    say(*report.changes[:_SHOWN])
    if len(report.changes) > _SHOWN:
        say(f"……共修改 {len(report.changes)} 条。")
    say(*(f"{report.file}：{note}" for note in report.notes))
    if report.skipped:
        shown = "、".join(f"第 {row} 行（{why}）" for row, why in report.skipped[:_SHOWN])
        say(f"{report.file}：有 {len(report.skipped)} 行不是名单，没有导入：{shown}。")
    counts = (
        f"新增 {report.added} + 修改 {report.changed} + 不变 {report.unchanged} + 有问题 {report.rejected}"
    )
    say(f"{report.file}：读取 {report.read} 行 = {counts}。")


def _say_outcome(report: "Report", *, dry_run: bool) -> None:
    """Say what was written: the voucher, and the rows that are given back."""
    if report.rejects:
        say(f"有问题的行写在 {report.rejects}（含个人信息），改好后可以直接导入它。")
    if report.no_rejects:
        say(f"没有写出问题清单。{report.no_rejects}")
    if report.voucher:
        written(report.voucher)
    elif report.problems and not dry_run:
        others = "，或加 --skip-bad 先导入其余的行" if report.has_news else ""
        say(f"这个文件没有写入任何内容。改好后重新导入{others}。")
