"""Import one file: sniff → cells → header → columns → check rows → match → preview → one voucher."""

import gc
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from hepartner.intake.choices import Choices
from hepartner.intake.doubts import Answer, Doubt
from hepartner.intake.errors import FileRefused
from hepartner.intake.kinds import kind_named
from hepartner.intake.lines import Lines, Watch, unwatched
from hepartner.intake.mapping import columns_read
from hepartner.intake.plan import Kind, Plan, nothing
from hepartner.intake.problems import Problem
from hepartner.intake.reading import read_lines
from hepartner.intake.rejects import write_rejects
from hepartner.intake.report import Report
from hepartner.ledger import Ledger
from hepartner.ledger.columns import columns_remembered, remember_columns
from hepartner.ledger.errors import Refused
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
    choices: Choices = Choices(),  # noqa: B008 frozen
    *,
    confirm: Confirm | None = None,
    ask: Ask | None = None,
    watch: Watch = unwatched,
    beside: Path | None = None,
) -> Report:
    """Import a file in one voucher, or nothing of it; `kind` is one of the FILES of the words.

    One bad row refuses the file unless it is chosen to skip them; the bad rows are given back in a workbook beside the file,
    or `beside` another place.
    A row that may mean somebody known, or may not, is asked about unless it is chosen what becomes of repeats; without `ask`
    each is a problem. `watch` is told how far it is.
    A refused file is a report with a problem, never an exception. Raises what the ledger raises.
    """
    with _collector_paused():
        try:
            known, today = kind_named(kind), ledger.today()
            form, columns = known.form(today), choices.columns
            if choices.source:
                columns = columns.beside(columns_remembered(ledger.database, kind, choices.source))
            with read_lines(
                path, kind, form, today, choices.sheet, include_hidden=choices.include_hidden, columns=columns
            ) as lines:
                lines.watch, lines.keeps = watch, confirm is not None or ask is not None
                watch(0, lines.outline.end)
                asked = None if choices.dry_run else ask
                place = beside or path
                return _imported(ledger, known, place, lines, choices=choices, confirm=confirm, ask=asked)
        except FileRefused as refusal:
            return _refused(refusal.file, refusal.sheet, refusal.row, refusal.reason, refusal.remedy)
        except Refused as refusal:
            # A rule that only the whole file shows, such as two steps of an issue in the wrong order.
            return _refused(path.name, "", None, str(refusal).rstrip("。"), "请改正后重新导入")


def _imported(
    ledger: Ledger,
    kind: Kind[L],
    place: Path,
    lines: Lines[L],
    *,
    choices: Choices,
    confirm: Confirm | None,
    ask: Ask | None,
) -> Report:
    origin = Origin(choices.source, lines.outline.sha256)
    importer = _Importer(choices, confirm, ask)
    while True:
        # Written first and looked at then: a long file is inserted while it is read, a dry run meets every rule and guard of
        # the real one, and no other window writes between what was reported and what is kept.
        try:
            with ledger.voucher(f"import.{kind.code}", origin=origin, second_id=choices.second_id) as voucher:
                plan = kind.plan(ledger, lines, choices.of)
                report = _written(voucher, lines, plan, skip_bad=choices.skip_bad)
                said_of_columns = _remembered(ledger, voucher, kind.code, lines, choices)
                report = replace(report, remembers=said_of_columns or plan.remembers)
                _keep(report, wanted=importer.keeps(report))
                voucher.report = json.dumps(_counts(report), ensure_ascii=False)
        except _Unwanted as unwanted:
            report = unwanted.report
            if importer.settles(report, lines):
                continue
            return _with_rejects(report, place, lines, choices)
        return _with_rejects(replace(report, voucher=voucher.id), place, lines, choices)


class _Importer:
    """Whoever imports a file: what they chose, and what they say to what the import would do."""

    def __init__(self, choices: Choices, confirm: Confirm | None, ask: Ask | None) -> None:
        self._choices, self._confirm, self._ask = choices, confirm, ask
        self._agreed: Report | None = None

    def keeps(self, report: Report) -> bool:
        """Whether what was written may stay, and nothing of it is to be asked."""
        return self._wants(report) and not self._doubts(report) and self._agrees(report)

    def settles(self, report: Report, lines: Lines[Any]) -> bool:
        """Ask what is to be asked; whether to try again after that.

        First comes what holds for the whole file: who says no has answered no question in vain.
        """
        is_doubted = self._doubts(report)
        if not self._agrees(report) and (is_doubted or self._wants(report)):
            if self._confirm is None or not self._confirm(report):
                return False
            self._agreed = report
        elif not is_doubted:
            return False
        if self._ask is not None and is_doubted:
            lines.answers |= self._ask(report)
        return True

    def _wants(self, report: Report) -> bool:
        has_any = report.has_news or report.remembers
        return not self._choices.dry_run and has_any and (self._choices.skip_bad or not report.is_bad)

    def _doubts(self, report: Report) -> bool:
        is_open = bool(report.doubts) and (self._choices.skip_bad or report.waits_for_answers)
        return self._ask is not None and is_open

    def _agrees(self, report: Report) -> bool:
        is_agreed = self._agreed is not None and self._agreed.agrees_to(report)
        return self._confirm is None or report.to_agree == 0 or is_agreed


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


def _remembered(ledger: Ledger, voucher: Voucher, kind: str, lines: Lines[Any], choices: Choices) -> bool:
    """Keep what was said of the columns for the next file of the source; return whether that is news."""
    said = choices.columns
    if not choices.source or not (said.given or said.cleared):
        return False
    until_now = columns_remembered(ledger.database, kind, choices.source)
    from_now = said.remember(lines.outline.header.given, until_now)
    if from_now != until_now:
        remember_columns(voucher, ledger.database, kind, choices.source, from_now)
    return from_now != until_now


def _keep(report: Report, *, wanted: bool, because: Refused | None = None) -> None:
    if not wanted:
        raise _Unwanted(report) from because


def _with_rejects(report: Report, path: Path, lines: Lines[Any], choices: Choices) -> Report:
    """Give back the rows that were not imported, if that is chosen; that they can't be written is told, not raised."""
    if not report.problems or choices.dry_run or not choices.gives_back:
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
        plan.answered,
        lines.outline.sheet,
        tuple(columns_read(lines.outline.header, lines.form.columns)),
    )


def _refused(file: str, sheet: str, row: int | None, reason: str, remedy: str) -> Report:
    problem = Problem(file, sheet, row, "", "", reason, remedy)
    return Report(file, 0, 0, 0, 0, 0, (problem,), sheet=sheet)


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
