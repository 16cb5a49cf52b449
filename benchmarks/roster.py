"""A roster of 100,000 lines, imported whole."""

import csv
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random

from . import ledgers, peers
from .measuring import Row, Taken, Work, hep, pairs, process, within

LINES = 100_000
BAD_LINES = 20_000
"""Of these one in twenty lacks a digit of its phone."""
HEADINGS = ("姓名", "类型", "联系电话", "社区", "类别", "技能", "地址", "加入日期", "备注")


def imported() -> Iterator[Row]:
    """`hep import partners` of a workbook beside `sqlite-utils insert --csv` of the same lines."""
    book, table = ledgers.FOLDER / "roster.xlsx", ledgers.FOLDER / "roster.csv"
    if not book.exists():
        _write(book, table, _lines(7, LINES))
    path, beside = ledgers.FOLDER / "roster.db", ledgers.FOLDER / "roster-beside.db"
    mine = hep("import", "partners", book, ledger=path)
    other = process([peers.sqlite_utils(), "insert", beside, "partner", table, "--csv"])
    work = f"导入 {LINES // 10_000} 万行 xlsx 花名册"
    yield pairs(
        work, _fresh(mine, path, ledgers.ledger("5600")), "sqlite-utils insert --csv", _fresh(other, beside),
        aim=1, rounds=3, memory_aim=400, warm=False,
    )  # fmt: skip


def partly_bad() -> Iterator[Row]:
    """`hep import partners --skip-bad` of a workbook of which one row in twenty is bad and is given back."""
    book, path = ledgers.FOLDER / "roster-bad.xlsx", ledgers.FOLDER / "roster-bad.db"
    if not book.exists():
        bad = (
            (*line[:2], str(line[2])[: -1 if n % 20 == 0 else None], *line[3:])
            for n, line in enumerate(_lines(9, BAD_LINES))
        )
        _write(book, book.with_suffix(".csv"), bad)
    mine = hep("import", "partners", book, "--skip-bad", ledger=path, ends=3)
    work = f"导入 {BAD_LINES // 10_000} 万行 xlsx 花名册，5% 有问题"
    yield within(work, _fresh(mine, path, ledgers.ledger("5600")), limit=6, rounds=3)


def _fresh(work: Work, path: Path, template: Path | None = None) -> Work:
    """Return a work that begins with a new file: none, or a copy of the template."""

    def run() -> Taken:
        path.unlink(missing_ok=True)
        if template:
            shutil.copy(template, path)
        return work()

    return run


def _write(book: Path, table: Path, rows: Iterable[tuple[object, ...]]) -> None:
    from openpyxl import Workbook

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("花名册")
    with table.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        for line in (HEADINGS, *rows):
            sheet.append(line)
            lines.writerow(line)
    workbook.save(book)


def _lines(seed: int, count: int) -> Iterator[tuple[object, ...]]:
    random = Random(seed)
    return (_line(random, n) for n in range(count))


def _line(random: Random, number: int) -> tuple[object, ...]:
    name = random.choice(ledgers.SURNAMES) + "".join(random.choices(ledgers.GIVEN, k=2))
    community = f"第{1 + number % ledgers.COMMUNITIES}社区"
    category = random.choice(("退休教师", "文艺骨干", "热心居民"))
    skill = random.choice(("书法", "舞蹈", "电工", ""))
    joined = f"202{random.randint(2, 4)}-{random.randint(1, 12):02d}-15"
    return (
        name,
        "个体",
        f"139{number:08d}",
        community,
        category,
        skill,
        f"幸福路{1 + number % 300}号",
        joined,
        "",
    )
