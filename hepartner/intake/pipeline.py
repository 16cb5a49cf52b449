"""Import one file: sniff → cells → header → columns → check rows → match → preview → one voucher."""

import gc
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from hepartner.intake.doubts import Answer, Doubt
from hepartner.intake.errors import FileRefused
from hepartner.intake.kinds import kind_named
from hepartner.intake.lines import Lines, Watch, unwatched
from hepartner.intake.plan import Kind, Plan, nothing
from hepartner.intake.problems import Problem
from hepartner.intake.reading import read_lines
from hepartner.intake.rejects import write_rejects
from hepartner.intake.report import Report
from hepartner.ledger import Ledger
from hepartner.ledger.errors import Refused
from hepartner.ledger.sources import Source
from hepartner.ledger.vouchers import Origin, Voucher

L = TypeVar("L")
Confirm = Callable[[Report], bool]
"""Shown a report that changes records; False leaves the ledger as it is."""
Ask = Callable[[Report], Mapping[Doubt, Answer]]
"""Shown a report with doubts; answers each of them."""


class _Unwanted(Exception):
    """What was written is to be taken back: a bad row, nothing new, a dry run, or changes that were not agreed to yet."""

    def __init__(self, report: Report) -> None:
        super().__init__()
        self.report = report


def import_file(
    ledger: Ledger,
    kind: str,
    path: Path,
    *,
    sheet: str | None = None,
    include_hidden: bool = False,
    source: str = "",
    repeats: str = "",
    on_match: str = "update",
    skip_bad: bool = False,
    dry_run: bool = False,
    confirm: Confirm | None = None,
    ask: Ask | None = None,
    watch: Watch = unwatched,
) -> Report:
    """Import a file in one voucher, or nothing of it; `kind` is one of the FILES of the words, `sheet` the sheet to read.

    A sheet with hidden or filtered rows is refused, unless `include_hidden`, which takes them as any others and tells.

    `repeats` is what becomes of rows that equal what was typed by hand or came from another source: "accept" takes them as
    another time, "skip" as the same, "" makes each a problem.
    `on_match` is what becomes of a roster's rows that say something else than their cards: "update", "skip" leaves the cards
    alone, "ask" asks about each.
    A row that may mean somebody known, or may not, is asked about unless `repeats` says it; without `ask` each is a problem.
    One bad row refuses the file unless `skip_bad`; the bad rows are given back in a workbook beside the file.
    `watch` is told how far it is. A refused file is a report with a problem, never an exception. Raises what the ledger raises.
    """
    with _collector_paused():
        try:
            known, today = kind_named(kind), ledger.today()
            form = known.form(today)
            with read_lines(path, kind, form, today, sheet, include_hidden=include_hidden) as lines:
                lines.watch = watch
                watch(0, lines.outline.end)
                return _imported(
                    ledger,
                    known,
                    path,
                    lines,
                    source=Source(source, repeats=repeats, on_match=on_match),
                    skip_bad=skip_bad,
                    dry_run=dry_run,
                    confirm=confirm,
                    ask=None if dry_run else ask,
                )
        except FileRefused as refusal:
            return _refused(refusal.file, refusal.sheet, refusal.row, refusal.reason, refusal.remedy)
        except Refused as refusal:
            # A rule that only the whole file shows, such as two steps of an issue in the wrong order.
            return _refused(path.name, "", None, str(refusal).rstrip("。"), "请改正后重新导入")


def _imported(
    ledger: Ledger,
    kind: Kind[L],
    path: Path,
    lines: Lines[L],
    *,
    source: Source,
    skip_bad: bool,
    dry_run: bool,
    confirm: Confirm | None,
    ask: Ask | None,
) -> Report:
    origin = Origin(source.name, lines.outline.sha256)
    agreed: Report | None = None

    def is_wanted(report: Report) -> bool:
        return not dry_run and report.has_news and (skip_bad or not report.is_bad)

    def asks(report: Report) -> bool:
        return in_doubt(report) or (confirm is not None and report.changed > 0 and report != agreed)

    def in_doubt(report: Report) -> bool:
        return ask is not None and bool(report.doubts) and (skip_bad or report.waits_for_answers)

    while True:
        # Written first and looked at then: a long file is inserted while it is read, a dry run meets every rule and guard of
        # the real one, and no other window writes between what was reported and what is kept.
        try:
            with ledger.voucher(f"import.{kind.code}", origin=origin) as voucher:
                report = _written(voucher, lines, kind.plan(ledger, lines, source), skip_bad=skip_bad)
                _keep(report, wanted=is_wanted(report) and not asks(report))
                voucher.report = json.dumps(_counts(report), ensure_ascii=False)
        except _Unwanted as unwanted:
            report = unwanted.report
            if ask is not None and in_doubt(report):
                lines.answers |= ask(report)
                continue
            if is_wanted(report) and confirm is not None and confirm(report):
                agreed = report
                continue
            return report if dry_run else _with_rejects(report, path, lines)
        return _with_rejects(replace(report, voucher=voucher.id), path, lines)


def _written(voucher: Voucher, lines: Lines[L], plan: Plan, *, skip_bad: bool) -> Report:
    """Write what a plan says and return the report."""
    try:
        plan.write(voucher)
    except Refused as refusal:
        # Perhaps only for want of the rows that are bad, so these are told first.
        report = _report(lines, plan)
        _keep(report, wanted=skip_bad or not report.is_bad, because=refusal)
        raise
    finally:
        plan.write = nothing  # It holds the lines and the plan itself: they are let go at once, not when the collector comes.
    report = _report(lines, plan)
    if not report.adds_up:
        raise RuntimeError(f"{_counts(report)}: a row of {report.file} was lost or counted twice")
    return report


def _keep(report: Report, *, wanted: bool, because: Refused | None = None) -> None:
    if not wanted:
        raise _Unwanted(report) from because


def _with_rejects(report: Report, path: Path, lines: Lines[Any]) -> Report:
    """Give back the rows that were not imported; that they can't be written is told, not raised."""
    if not report.problems:
        return report
    try:
        return replace(report, rejects=write_rejects(path, lines, report.problems))
    except FileRefused as refusal:
        return replace(report, no_rejects=str(refusal))


def _report(lines: Lines[Any], plan: Plan) -> Report:
    problems = sorted([*lines.problems, *plan.problems], key=lambda problem: problem.row or 0)
    rejected = len({problem.row for problem in problems})
    return Report(
        lines.outline.file,
        lines.count,
        plan.added,
        plan.changed,
        plan.unchanged,
        rejected,
        tuple(problems),
        tuple(plan.changes),
        lines.remarks.skipped,
        (*lines.remarks.notes, *plan.notes),
        tuple(sorted(plan.doubts, key=lambda doubt: doubt.row)),
        frozenset(plan.left),
    )


def _refused(file: str, sheet: str, row: int | None, reason: str, remedy: str) -> Report:
    return Report(file, 0, 0, 0, 0, 0, (Problem(file, sheet, row, "", "", reason, remedy),))


def _counts(report: Report) -> dict[str, int]:
    return {name: getattr(report, name) for name in ("read", "added", "changed", "unchanged", "rejected")}


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Pause the cycle collector: an import makes a million objects and no cycles, and it would walk them all."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
