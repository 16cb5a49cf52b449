"""A roster of 100,000 lines, imported whole."""

import csv
import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random

from . import ledgers, peers
from .measuring import Row, Taken, Work, hep, pairs, process

LINES = 100_000
HEADINGS = ("姓名", "类型", "联系电话", "社区", "类别", "技能", "地址", "加入日期", "备注")


def imported() -> Iterator[Row]:
    """`hep import partners` of a workbook beside `sqlite-utils insert --csv` of the same lines."""
    book, table = ledgers.FOLDER / "roster.xlsx", ledgers.FOLDER / "roster.csv"
    if not book.exists():
        _write(book, table)
    path, beside = ledgers.FOLDER / "roster.db", ledgers.FOLDER / "roster-beside.db"
    mine = hep("import", "partners", book, ledger=path)
    other = process([peers.sqlite_utils(), "insert", beside, "partner", table, "--csv"])
    work = f"导入 {LINES // 10_000} 万行 xlsx 花名册"
    yield pairs(
        work, _fresh(mine, path, ledgers.ledger("5600")), "sqlite-utils insert --csv", _fresh(other, beside),
        aim=1, rounds=3, memory_aim=400, warm=False,
    )  # fmt: skip


def _fresh(work: Work, path: Path, template: Path | None = None) -> Work:
    """Return a work that begins with a new file: none, or a copy of the template."""

    def run() -> Taken:
        path.unlink(missing_ok=True)
        if template:
            shutil.copy(template, path)
        return work()

    return run


def _write(book: Path, table: Path) -> None:
    from openpyxl import Workbook

    random, workbook = Random(7), Workbook(write_only=True)
    sheet = workbook.create_sheet("花名册")
    with table.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        for line in (HEADINGS, *(_line(random, n) for n in range(LINES))):
            sheet.append(line)
            lines.writerow(line)
    workbook.save(book)


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
