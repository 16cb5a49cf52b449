"""Each case of the list of office files gets the class that the list names, where the list says, in the words that help."""

from pathlib import Path

import pytest

from hepartner.ledger import Ledger

from . import containers, hostile, layout
from .table import Case, check, listed

CASES = (*containers.CASES, *hostile.CASES, *layout.CASES)


@pytest.mark.parametrize("case", listed(CASES))
def test_a_file_gets_the_class_that_the_list_names(case: Case, ledger: Ledger, folder: Path) -> None:
    check(case, ledger, folder)
