"""What a case of the list of office files is: a file made by code, the class that the list gives it, and what is said of it."""

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any

import pytest

from hepartner.intake import process
from hepartner.intake.choices import Choices
from hepartner.intake.pipeline import import_file
from hepartner.intake.report import Report
from hepartner.ledger import Ledger
from tests.intake.builders import HEADER, LI, WANG, put, text, xlsx

HERE = "幸福里社区"
ROWS = (HEADER, WANG, LI)
W, L = f"{WANG[0]} {WANG[2]}", f"{LI[0]} {LI[2]}"
PHONE = "C 列“联系电话”"
NAME = "A 列“姓名”"


class Verdict(Enum):
    """The five classes of the list."""

    TAKEN = "收"
    MENDED = "修正"
    ROW = "拒行"
    FILE = "拒文件"
    ASKED = "问"


@dataclass(frozen=True)
class Case:
    """One entry: its number in the list, what it is, the file, its class, and what is said where.

    `said` is by place (a part of the message before the colon, "" for a note or a whole file), each with a phrase. A row
    refused must be named there, and no other may be. `stored` is what stands in the ledger in the end, `view` which
    part of it; `seconds` is how long it may work.
    """

    number: int
    what: str
    make: Callable[[], bytes]
    verdict: Verdict
    said: dict[str, str] = field(default_factory=dict)
    name: str = "花名册.xlsx"
    stored: Sequence[str] | None = None
    view: str = ""
    kind: str = "partners"
    before: Callable[[Ledger], object] | None = None
    choices: dict[str, Any] = field(default_factory=dict)
    seconds: float = 5.0


def listed(cases: Iterable[Case]) -> list[Any]:
    """The parameters of a test of these cases."""
    return [pytest.param(case, id=f"{case.number} {case.what}") for case in cases]


def check(case: Case, ledger: Ledger, folder: Path) -> None:
    """Import the file of a case and see that it gets its class, at its place, with its phrase, and that the counts agree."""
    if case.before:
        case.before(ledger)
    before, there = ledger.anchor, shown(case, ledger)
    path = put(folder, case.name, case.make())
    asked: list[Report] = []

    def confirm(report: Report) -> bool:
        asked.append(report)
        return False

    started = worked()
    report = import_file(ledger, case.kind, path, Choices(**case.choices), confirm=confirm)
    assert worked() - started < case.seconds
    _agrees(report)
    if case.verdict in (Verdict.TAKEN, Verdict.MENDED):
        _is_taken(case, report)
        assert shown(case, ledger) == list((W, L) if case.stored is None else case.stored)
        return
    assert (report.voucher, ledger.anchor, shown(case, ledger)) == (None, before, there)
    if case.verdict is Verdict.FILE:
        assert (report.read, len(report.problems)) == (0, 1), _told(report)
    assert report.problems or asked, _told(report)
    _says(case, report)
    if case.verdict is Verdict.ROW:
        assert report.rejects
        assert report.rejects.exists()
        skipped = import_file(ledger, case.kind, path, Choices(skip_bad=True, **case.choices))
        assert skipped.rejected == report.rejected
        assert shown(case, ledger) == list((W,) if case.stored is None else case.stored)


def worked() -> float:
    """Return the seconds that this process and those that read files have worked, however busy the computer is.

    Where the system doesn't tell, those of the reader that waits are missing; it is given up after `process.SECONDS_MAX`.
    """
    readers = [Path(f"/proc/{reader.pid}/stat") for reader in process.idle]
    told = [stat.read_text().rpartition(")")[2].split() for stat in readers if stat.exists()]
    ticks = sum(int(user) + int(system) for stat in told for user, system in [stat[11:13]])
    return sum(os.times()[:4]) + (ticks / os.sysconf("SC_CLK_TCK") if ticks else 0)


def shown(case: Case, ledger: Ledger) -> list[str]:
    """What a view of the ledger shows, a line for each card or fact."""
    return _VIEWS[case.view or case.kind](ledger)


_VIEWS: dict[str, Callable[[Ledger], list[str]]] = {
    "partners": lambda ledger: [f"{one.name} {one.phone.full}".strip() for one in ledger.partners.cards()],
    "joined": lambda ledger: [f"{one.name} {one.joined_on}" for one in ledger.partners.cards()],
    "where": lambda ledger: [f"{one.name} {one.community}" for one in ledger.partners.cards()],
    "remarks": lambda ledger: [f"{one.name} {one.remark}".strip() for one in ledger.partners.cards()],
    "opening": lambda ledger: [
        f"{name} {points}"
        for name, points in ledger.database.rows(
            "SELECT p.name, e.points FROM entry e JOIN partner p ON p.id = e.partner_id ORDER BY e.id", ()
        )
    ],
    "activities": lambda ledger: [
        f"{name} {day}"
        for name, day in ledger.database.rows("SELECT name, held_on FROM activity ORDER BY id", ())
    ],
}


def _agrees(report: Report) -> None:
    """Every row read is added, changed, unchanged or rejected, and every message is one whole sentence."""
    assert report.read == report.added + report.changed + report.unchanged + report.rejected
    rows = {problem.row for problem in report.problems if report.read}
    assert report.rejected == len(rows)
    for problem in report.problems:
        said = problem.message()
        assert said.startswith(report.file)
        assert "。改法：" in said
        assert said.endswith("。")
        assert said.isprintable()
        assert WANG[2] not in said


def _is_taken(case: Case, report: Report) -> None:
    assert not report.problems, _told(report)
    _says(case, report)


def _says(case: Case, report: Report) -> None:
    messages = [problem.message() for problem in report.problems]
    notes = [*report.notes, *report.changes, *(f"第 {row} 行：{why}" for row, why in report.skipped)]
    for place, phrase in case.said.items():
        found = [said for said in (messages or notes) if place in said and phrase in said]
        assert found, f"{place}：{phrase} is not said in {messages + notes}"
    if case.verdict is Verdict.ROW:
        unexpected = [said for said in messages if not any(f"{place}" in said for place in case.said)]
        assert not unexpected


def _told(report: Report) -> list[str]:
    return [problem.message() for problem in report.problems] + list(report.notes)


def phones(*values: object) -> bytes:
    """A workbook with 王芳, and below her one row for each of these phones."""
    return xlsx(
        HEADER, WANG, *((f"李{n}", "个体", value, HERE) for n, value in zip(_NUMBERS, values, strict=False))
    )


def names(*values: object) -> bytes:
    """A workbook with 王芳, and below her one row for each of these names."""
    return xlsx(HEADER, WANG, *((value, "个体", "", HERE) for value in values))


def with_column(title: str, *values: object) -> bytes:
    """A workbook with one more column: 王芳 has the first of the values, the rows below her the others."""
    return xlsx(
        (*HEADER, title),
        *((name, "个体", "", HERE, value) for name, value in zip(_NAMED, values, strict=False)),
    )


def csv(*rows: Sequence[object], **how: Any) -> Callable[[], bytes]:
    """The maker of delimited text of these rows."""
    return lambda: text(*rows, **how)


_NUMBERS = "一二三四五六七八九十百千万亿甲乙丙丁戊己庚辛壬癸"
_NAMED = ("王芳", *(f"李{n}" for n in _NUMBERS))
