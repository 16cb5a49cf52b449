"""Mutated files never give a traceback, a hang or a silent drop."""

import io
import random
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from hepartner.intake.errors import FileRefused
from hepartner.intake.kinds.partners import PartnerLine, form
from hepartner.intake.lines import Lines
from hepartner.intake.reading import read_lines

from .builders import HEADER, LI, WANG, packed, put, shared_xlsx, text, web, xls, xlsx, xml_2003

ROWS = (
    ("幸福里社区花名册",),
    HEADER,
    WANG,
    LI,
    ("王小芳", "个体", 13700137000, "幸福里社区"),
    ("合计", "3人"),
)
WORKBOOK = xlsx(*ROWS)
SHARED = shared_xlsx(HEADER, WANG, LI)


def mutated(content: bytes, rng: random.Random) -> bytes:
    """Flip, cut, double or overwrite a few bytes."""
    mutant = bytearray(content)
    for _ in range(rng.randint(1, 4)):
        place = rng.randrange(len(mutant))
        match rng.randrange(4):
            case 0:
                mutant[place] ^= 1 << rng.randrange(8)
            case 1:
                del mutant[place : place + rng.randint(1, 40)]
            case 2:
                mutant[place:place] = mutant[place : place + rng.randint(1, 40)]
            case _:
                mutant[place] = rng.choice(b'\x00<>",;\t\n=0\xff')
    return bytes(mutant) or b"\x00"


def mutated_within(content: bytes, rng: random.Random) -> bytes:
    """Mutate one part of a workbook and zip it again, so that its checksums hold."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
        name = rng.choice([*parts, "xl/worksheets/sheet1.xml"])
        return packed({**parts, name: mutated(archive.read(name), rng)})


Mutate = Callable[[bytes, random.Random], bytes]
FILES: dict[str, tuple[str, bytes, Mutate, int]] = {
    "an xlsx": ("花名册.xlsx", WORKBOOK, mutated, 100),
    "a part of an xlsx": ("花名册.xlsx", WORKBOOK, mutated_within, 200),
    "a part of an xlsx with shared strings": ("花名册.xlsx", SHARED, mutated_within, 200),
    "an old xls": ("花名册.xls", xls(*ROWS), mutated, 150),
    "a csv": ("花名册.csv", text(*ROWS[1:5], encoding="gb18030"), mutated, 200),
    "a web table": ("花名册.xls", web(*ROWS), mutated, 200),
    "an XML spreadsheet of 2003": ("花名册.xls", xml_2003(*ROWS), mutated, 200),
}


def lost(lines: Lines[PartnerLine]) -> list[int]:
    """Rows that hold something and are neither good, nor a problem, nor listed as no line."""
    told = (
        {row for row, _ in lines.good}
        | {problem.row for problem in lines.problems}
        | dict(lines.remarks.skipped).keys()
    )
    below = range(lines.outline.header.first_row + 1, lines.outline.end + 1)
    used = lines.outline.header.fields.values()
    shown = dict(zip(below, lines.shown(below), strict=True))
    return [
        row
        for row, cells in shown.items()
        if row not in told and any(cells[n].strip() for n in used if n < len(cells))
    ]


@pytest.mark.parametrize(("name", "content", "mutate", "times"), FILES.values(), ids=FILES)
def test_a_mutated_file_is_read_or_refused_in_one_sentence(
    tmp_path: Path, name: str, content: bytes, mutate: Mutate, times: int
) -> None:
    rng = random.Random(20251120)
    today = date(2025, 11, 20)
    refused = []
    for _ in range(times):
        path = put(tmp_path, name, mutate(content, rng))
        try:
            with read_lines(path, "partners", form(today), today) as lines:
                assert lost(lines) == []
        except FileRefused as refusal:
            refused.append(str(refusal))
    assert [said for said in refused if "。改法：" not in said] == []
