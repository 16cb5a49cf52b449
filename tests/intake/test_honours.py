"""Lists of honours into the ledger."""

from datetime import date
from typing import Any

import pytest

from hepartner.ledger import Ledger
from hepartner.ledger.honours import Honours, Title
from hepartner.ledger.partners import Partner
from tests.ledger.conftest import enrol

from .builders import xlsx
from .conftest import Imported

HEADER = ("日期", "社区", "合伙人", "荣誉", "级别", "授予单位", "备注")
BEST = ("2025-07-01", "幸福里社区", "王芳", "优秀合伙人", "街道级", "驿马街道党工委", "七一表彰")


@pytest.fixture(autouse=True)
def wang(ledger: Ledger) -> Partner:
    return enrol(ledger, "王芳")


def test_a_list_gives_honours_and_the_same_again_none(ledger: Ledger, imported: Imported) -> None:
    other = (*BEST[:4], "市", "", "")
    report = imported("荣誉.xlsx", xlsx(HEADER, BEST, BEST, other), kind="honours")
    assert (report.added, report.unchanged) == (2, 1)
    assert [(one.honour, one.level, one.given_by, one.note) for one in ledger.book(Honours).listing()] == [
        ("优秀合伙人", "city", "", ""), ("优秀合伙人", "subdistrict", "驿马街道党工委", "七一表彰"),
    ]  # fmt: skip
    again = imported("荣誉.xlsx", xlsx(HEADER, BEST), kind="honours", source="街道")
    assert (again.added, again.unchanged, again.voucher) == (0, 1, None)


def test_an_honour_that_was_typed_is_known_to_the_list(
    ledger: Ledger, imported: Imported, wang: Partner
) -> None:
    ledger.book(Honours).give(Title("优秀合伙人", "subdistrict"), [wang], day=date(2025, 7, 1))
    ledger.membership.merge(wang, enrol(ledger, "王芳芳"))
    assert imported("荣誉.xlsx", xlsx(HEADER, BEST), kind="honours").unchanged == 1


@pytest.mark.parametrize(
    ("place", "value", "column", "reason"),
    [
        (0, "2023-07-01", "合伙人", "2024-01-01 才加入"),
        (0, "2026-07-01", "日期", "还没有到"),
        (1, "天边社区", "社区", "台账里没有这个社区"),
        (2, "没有的人", "合伙人", "没有这位合伙人"),
        (3, "", "荣誉", "是空的"),
        (4, "国家", "级别", "级别看不懂"),
    ],
)
def test_what_does_not_fit_is_a_problem_of_its_row(
    imported: Imported, place: int, value: str, column: str, reason: str
) -> None:
    row: tuple[Any, ...] = (*BEST[:place], value, *BEST[place + 1 :])
    report = imported("荣誉.xlsx", xlsx(HEADER, row), kind="honours")
    (problem,) = report.problems
    assert column in problem.column
    assert reason in problem.reason
    assert (problem.row, report.voucher) == (2, None)
