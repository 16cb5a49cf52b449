"""Import one file: sniff → cells → header → columns → check rows → match → preview → one voucher."""

import gc
import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from hepartner.intake.cells import read_cells
from hepartner.intake.errors import FileRefused
from hepartner.intake.kinds import kind_named
from hepartner.intake.lines import Lines, read_lines
from hepartner.intake.plan import Plan
from hepartner.intake.problems import Problem
from hepartner.intake.rejects import write_rejects
from hepartner.intake.report import Report
from hepartner.intake.sniff import sniff
from hepartner.ledger import Ledger
from hepartner.ledger.chain import Anchor
from hepartner.ledger.errors import Refused
from hepartner.ledger.vouchers import Origin

Confirm = Callable[[Report], bool]
"""Shown a report that changes records; False leaves the ledger as it is."""


class _Overtaken(Exception):
    """Another window wrote to the ledger between the preview and the voucher."""


def import_file(
    ledger: Ledger,
    kind: str,
    path: Path,
    *,
    sheet: str | None = None,
    source: str = "",
    skip_bad: bool = False,
    dry_run: bool = False,
    confirm: Confirm | None = None,
) -> Report:
    """Import a file in one voucher, or nothing of it; `kind` is one of the FILES of the words, `sheet` the sheet to read.

    One bad row refuses the file unless `skip_bad`; the bad rows are given back in a workbook beside the file.
    A refused file is a report with a problem, never an exception. Raises what the ledger raises.
    """
    with _collector_paused():
        try:
            return _imported(
                ledger,
                kind,
                path,
                sheet=sheet,
                source=source,
                skip_bad=skip_bad,
                dry_run=dry_run,
                confirm=confirm,
            )
        except FileRefused as refusal:
            return _refused(refusal.file, refusal.sheet, refusal.row, refusal.reason, refusal.remedy)
        except Refused as refusal:
            # A rule that only the whole file shows, such as two steps of an issue in the wrong order.
            return _refused(path.name, "", None, str(refusal).rstrip("。"), "请改正后重新导入")


def _imported(
    ledger: Ledger,
    code: str,
    path: Path,
    *,
    sheet: str | None,
    source: str,
    skip_bad: bool,
    dry_run: bool,
    confirm: Confirm | None,
) -> Report:
    kind = kind_named(code)
    lines = read_lines(read_cells(sniff(path)), kind.form(ledger.today()), sheet)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    while True:
        anchor = ledger.anchor
        plan = kind.plan(ledger, lines, source)
        report = _report(lines, plan)
        refused = bool(report.problems) and not skip_bad
        if dry_run:
            return report
        declined = not refused and confirm is not None and report.changed and not confirm(report)
        if refused or declined or not report.has_news:
            return _with_rejects(report, path, lines)
        origin = Origin(source, digest, json.dumps(_counts(report), ensure_ascii=False))
        try:
            with ledger.voucher(f"import.{code}", origin=origin) as voucher:
                _stand_still(ledger, anchor)
                plan.write(voucher)
        except _Overtaken:
            continue
        return _with_rejects(replace(report, voucher=voucher.id), path, lines)


def _stand_still(ledger: Ledger, anchor: Anchor) -> None:
    """Raise _Overtaken, which rolls the voucher back, if the ledger is not what the plan was made from."""
    if ledger.anchor != anchor:
        raise _Overtaken


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
        lines.file,
        plan.added + plan.changed + plan.unchanged + rejected,
        plan.added,
        plan.changed,
        plan.unchanged,
        rejected,
        tuple(problems),
        tuple(plan.changes),
        lines.skipped,
        (*lines.notes, *plan.notes),
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
