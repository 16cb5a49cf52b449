"""The commands that import lists from files 导入, look at them beforehand, and tell what is remembered of their columns."""

import sys
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from hepartner.terminal.parameters import Choice, Reading, text
from hepartner.terminal.progress import Bar
from hepartner.terminal.questions import can_ask, confirmed
from hepartner.terminal.tables import show_json, show_listing
from hepartner.terminal.talk import not_written, say, written
from hepartner.words import gathered
from hepartner.words.importing import ON_MATCH, VERBS

from .opening import confirming, opened
from .parameters import DryRunOption, FilesArgument, JsonOption, KeyOption, SecondOption, YesOption, today

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from hepartner.intake.choices import Choices
    from hepartner.intake.doubts import Answer, Doubt
    from hepartner.intake.mapping import ColumnMap
    from hepartner.intake.report import Report
    from hepartner.ledger.columns import Remembered

app = typer.Typer()
PARTLY = 3
_SHOWN = 20

KindArgument = Annotated[
    str, typer.Argument(click_type=Choice(gathered("FILES"), further=VERBS), help="导入什么")
]
SheetOption = Annotated[str | None, typer.Option("--sheet", help="要读的工作表；不写就找有表头的那一张")]
HiddenOption = Annotated[bool, typer.Option("--include-hidden", help="隐藏和筛掉的行也导入")]
MapOption = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        click_type=Reading(text, "字段=表头"),
        help="表头认不出或认错时写明，如 联系电话=手机；写了 --source 就记住，字段= 不再记住",
    ),
]
SourceOption = Annotated[str, typer.Option("--source", help="来源；同一来源的相同内容不会重复导入")]
AcceptOption = Annotated[
    bool, typer.Option("--accept-repeat", help="与已有的相同或相近的内容，按另一次、另一位记")
]
SkipOption = Annotated[
    bool, typer.Option("--skip-repeat", help="与已有的相同或相近的内容，按同一件事、同一位跳过")
]
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
    kind: KindArgument,
    files: FilesArgument,
    sheet: SheetOption = None,
    include_hidden: HiddenOption = False,
    columns: MapOption = None,
    source: SourceOption = "",
    accept_repeat: AcceptOption = False,
    skip_repeat: SkipOption = False,
    on_match: OnMatchOption = None,
    skip_bad: Annotated[bool, typer.Option("--skip-bad", help="跳过有问题的行，导入其余的")] = False,
    second: SecondOption = None,
    dry_run: DryRunOption = False,
    as_json: JsonOption = False,
    yes: YesOption = False,
) -> None:
    """从表格文件批量导入，每个文件一张凭证；同样的内容再导一次不会重复。

    有一行不对，整个文件就不写入，并写出“…_问题.xlsx”；改好后导入它，或加 --skip-bad 先导入其余的行。

    例：hep import partners 幸福里花名册.xlsx --dry-run
        hep import 签到表 三月签到.csv 四月签到.csv --skip-bad
        hep import 签到表 三月签到文件夹
        别的程序 | hep import partners - --source 街道
    """
    from hepartner.intake.choices import Choices
    from hepartner.intake.pipeline import import_file

    if on_match and kind != "partners":
        raise typer.BadParameter("--on-match 只用于合伙人花名册。")
    if second and kind != "redemptions":
        raise typer.BadParameter("--second 只用于兑换登记表。")
    asks = can_ask() and not yes
    choices = Choices(
        sheet, include_hidden, _column_map(kind, columns or [], source), source,
        _repeats(accept=accept_repeat, skip=skip_repeat), on_match or "update", skip_bad, dry_run,
    )  # fmt: skip
    with _tables(files) as tables, opened(context) as ledger:
        choices = replace(choices, second_id=confirming(ledger, second))
        taken = partial(import_file, ledger, kind, choices=choices)
        reports = _each(tables, taken, choices, asks=asks, agrees=asks and on_match is None)
    if dry_run:
        not_written()
    if as_json:
        documents = [report.as_json() for report in reports]
        show_json(documents if len(documents) > 1 else documents[0])
    _end(reports)


@app.command()
def check(
    context: typer.Context,
    kind: KindArgument,
    files: FilesArgument,
    sheet: SheetOption = None,
    include_hidden: HiddenOption = False,
    columns: MapOption = None,
    source: SourceOption = "",
    accept_repeat: AcceptOption = False,
    skip_repeat: SkipOption = False,
    as_json: JsonOption = False,
) -> None:
    """先检查许多文件，什么也不写：每个文件一行，导入它会新增、修改几行，有几行有问题，或为什么不能导入。

    按次序检查：后面的文件与台账、也与前面能导入的文件比较，和真的依次导入一样；检查时别的窗口照常记账。
    有文件导入不了时退出码是 3。

    例：hep import check 合伙人 各社区花名册文件夹
    """
    from hepartner.intake.choices import Choices
    from hepartner.intake.pipeline import import_file

    choices = Choices(
        sheet, include_hidden, _column_map(kind, columns or [], source), source,
        _repeats(accept=accept_repeat, skip=skip_repeat), gives_back=False,
    )  # fmt: skip
    # The copy is written to as the ledger would be, and nobody waits for that.
    with _tables(files) as tables, opened(context) as ledger, ledger.copy() as copy, Bar() as bar:
        checked = [
            (
                table.called,
                import_file(
                    copy, kind, table.read, choices, watch=partial(bar.move, _under_way(number, tables))
                ),
            )
            for number, table in enumerate(tables)
        ]
    if as_json:
        # The copy's vouchers are none.
        show_json([{**report.as_json(), "file": str(file), "voucher": None} for file, report in checked])
    else:
        show_listing(checked, _CHECKED)
    _end([report for _, report in checked])


@app.command()
def maps(context: typer.Context, as_json: JsonOption = False) -> None:
    """列出 --map 说过、按来源记住的列：哪种名单、哪个来源的哪一列当作什么读。

    例：hep import maps
    """
    from hepartner.ledger.columns import all_remembered

    with opened(context) as ledger:
        remembered = all_remembered(ledger.database)
    columns = {
        "类型": lambda one: gathered("FILES")[one.kind], "来源": "source", "字段": _field_title, "表头": "title",
    }  # fmt: skip
    show_listing(remembered, columns, as_json=as_json)


@app.command()
def forget(
    context: typer.Context,
    kind: KindArgument,
    source: Annotated[str, typer.Argument(metavar="来源", help="哪个来源的")],
    key: KeyOption = None,
) -> None:
    """不再记住一个来源的一种名单的列，和对花名册的行“就是这一位”的答复；只忘一列，在导入时写 --map 字段=。

    例：hep import forget partners 街道
    """
    from hepartner.ledger.columns import forget as forgotten

    with opened(context) as ledger:
        voucher = forgotten(ledger, kind, source, key=key)
    written(voucher)


def _field_title(one: "Remembered") -> str:
    """Return what templates call a remembered field."""
    from hepartner.intake.kinds import kind_named

    titles = {column.field: column.title for column in kind_named(one.kind).form(today()).columns}
    return titles.get(one.field, one.field)


_CHECKED: "Mapping[str, Callable[[tuple[Path, Report]], object]]" = {
    "文件": lambda checked: checked[0],
    "工作表": lambda checked: checked[1].sheet,
    "读取": lambda checked: checked[1].read,
    "新增": lambda checked: checked[1].added,
    "修改": lambda checked: checked[1].changed,
    "不变": lambda checked: checked[1].unchanged,
    "有问题": lambda checked: checked[1].rejected,
    "说明": lambda checked: _in_short(checked[1]),
}


def _in_short(report: "Report") -> str:
    """Say the first problem of a file and how many there are, else which columns were read as what and what is to be noted."""
    if not report.problems:
        renamed = [str(one) for one in report.columns if one.by not in ("", "title")]
        return "；".join([f"认作 {'、'.join(renamed)}"] * bool(renamed) + list(report.notes))
    first, others = report.problems[0], len(report.problems) - 1
    return f"{first.short()}{f'另有 {others} 处。' if others else ''}"


class _Table(NamedTuple):
    """A file to import: where it is read, and what it is called, beside which rejected rows are given back."""

    read: "Path"
    called: "Path"


@contextmanager
def _tables(files: "Sequence[Path]") -> "Iterator[list[_Table]]":
    """Lend the files that are meant, of `-` what comes through standard input; what was left out is said.

    Raises typer.BadParameter where standard input is the keyboard.
    """
    from hepartner.intake.folders import tables_given
    from hepartner.intake.process import prepare
    from hepartner.intake.spool import spooled

    piped = [str(file) == "-" for file in files]
    if any(piped) and sys.stdin.isatty():
        raise typer.BadParameter("“-”是读取标准输入，而这里的标准输入是键盘。请写文件名，或用管道送进来。")
    prepare()
    with spooled(sys.stdin.buffer) if any(piped) else nullcontext() as kept:
        tables = tables_given(
            kept if kept and is_piped else file for file, is_piped in zip(files, piped, strict=True)
        )
        say(*tables.notes)
        yield [_Table(file, Path(file.name) if file == kept else file) for file in tables.files]


def _column_map(kind: str, texts: "Sequence[str]", source: str) -> "ColumnMap":
    """Return what `--map` says of the columns of a kind of list. Raises typer.BadParameter, mapping.BadMap."""
    from hepartner.intake.kinds import kind_named
    from hepartner.intake.mapping import told

    said = told(texts, kind_named(kind).form(today()).columns)
    if said.cleared and not source:
        raise typer.BadParameter("不再记住某一列的对应，要用 --source 写明是哪个来源的。")
    return said


def _repeats(*, accept: bool, skip: bool) -> str:
    """Return what becomes of repeats. Raises typer.BadParameter."""
    if accept and skip:
        raise typer.BadParameter("--accept-repeat 和 --skip-repeat 只能选一个。")
    return "accept" if accept else "skip" if skip else ""


def _each(
    tables: "Sequence[_Table]",
    taken: "Callable[..., Report]",
    choices: "Choices",
    *,
    asks: bool,
    agrees: bool,
) -> "list[Report]":
    """Import one file after another by `taken`, and say of each what it holds, before a question, and what became of it.

    `asks` is whether somebody answers what is doubtful of single rows, `agrees` whether also to all that a file changes.
    """
    from .doubting import answers

    previewed: list[Report] = []

    def confirm(report: "Report") -> bool:
        bar.clear()
        previewed.append(report)
        if report.doubts:
            _say_changes(report)
        else:
            _say_found(report, choices)
        asked = f"{report.file} 要修改台账里 {report.to_agree} 条已有的记录"
        then = "，同意吗？同意后再逐行问说不准的行" if report.doubts else "，写入吗？"
        return confirmed(asked + then, yes=False)

    def ask(report: "Report") -> "dict[Doubt, Answer]":
        bar.clear()
        return answers(report)

    reports = []
    with Bar() as bar:
        for number, table in enumerate(tables):
            previewed.clear()
            report = taken(
                table.read,
                beside=table.called,
                confirm=confirm if agrees else None,
                ask=ask if asks else None,
                watch=partial(bar.move, _under_way(number, tables)),
            )
            bar.clear()
            reports.append(report)
            if not previewed or previewed[-1].doubts:
                _say_found(report, choices)
            _say_outcome(report, dry_run=choices.dry_run)
    return reports


def _under_way(number: int, tables: "Sequence[_Table]") -> str:
    """Return what a bar says of one of the files; `number` counts from 0."""
    name = tables[number].called.name
    return f"导入 {name}" if len(tables) == 1 else f"导入第 {number + 1}/{len(tables)} 个文件 {name}"


def _end(reports: "Sequence[Report]") -> None:
    """Raise typer.Exit where rows were not taken."""
    if any(report.problems for report in reports):
        raise typer.Exit(PARTLY)


def _say_found(report: "Report", choices: "Choices") -> None:
    """Say what a file holds and what it would do."""
    from hepartner.intake.problems import messages

    said = messages(report.problems)
    say(*said[:_SHOWN])
    if len(said) > _SHOWN:
        say(f"……共 {len(report.problems)} 处问题。")
    _say_changes(report)
    say(*(f"{report.file}：{told}" for told in _columns_told(report, choices)))
    say(*(f"{report.file}：{note}" for note in report.notes))
    if report.skipped:
        shown = "、".join(f"第 {row} 行（{why}）" for row, why in report.skipped[:_SHOWN])
        say(f"{report.file}：有 {len(report.skipped)} 行不是名单，没有导入：{shown}。")
    counts = (
        f"新增 {report.added} + 修改 {report.changed} + 不变 {report.unchanged} + 有问题 {report.rejected}"
    )
    say(f"{report.file}：读取 {report.read} 行 = {counts}。")


def _say_changes(report: "Report") -> None:
    say(*report.changes[:_SHOWN])
    if len(report.changes) > _SHOWN:
        say(f"……共修改 {len(report.changes)} 条。")


def _columns_told(report: "Report", choices: "Choices") -> "Iterator[str]":
    """Tell which column was read as what: those that are not called as in templates, in a dry run all."""
    by: dict[str, list[str]] = {}
    for one in report.columns:
        by.setdefault(one.by, []).append(str(one))
    source = f"来源“{choices.source}”"
    if choices.dry_run and (read := [f"{one.column} {one}" for one in report.columns if one.by]):
        yield f"读取的列：{'、'.join(read)}。"
    elif "synonym" in by:
        yield f"按列名认作：{'、'.join(by['synonym'])}。"
    if "map" in by:
        kept = f"{source}的下次不用再写" if choices.source else "没有写 --source，下次要再写"
        yield f"按 --map：{'、'.join(by['map'])}；{kept}。"
    if "remembered" in by:
        yield f"按上次的对应（{source}）：{'、'.join(by['remembered'])}；不对请用 --map 改写。"


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
