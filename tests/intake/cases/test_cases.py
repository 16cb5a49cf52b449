"""Each case of the list of office files gets the class that the list names, where the list says, in the words that help."""

from pathlib import Path

import pytest

from hepartner.ledger import Ledger

from . import (
    cell_types,
    containers,
    delimited,
    hostile,
    identity,
    injection,
    layout,
    numerals,
    places,
    wording,
)
from .table import Case, check, listed

LETTERS = (
    containers,
    hostile,
    layout,
    cell_types,
    wording,
    numerals,
    identity,
    injection,
    delimited,
    places,
)
CASES = [case for letter in LETTERS for case in letter.CASES]
NUMBERS = range(1, 161)


@pytest.mark.parametrize("case", listed(CASES))
def test_a_file_gets_the_class_that_the_list_names(case: Case, ledger: Ledger, folder: Path) -> None:
    check(case, ledger, folder)


def test_every_number_of_the_list_stands_in_the_table_or_elsewhere() -> None:
    held = {case.number for case in CASES} | places.ELSEWHERE.keys()
    assert set(NUMBERS) == held
    tests = Path(__file__).parents[2]
    for place in places.ELSEWHERE.values():
        path, _, name = place.partition("::")
        assert f"def {name}(" in (tests / path).read_text(encoding="utf-8")
