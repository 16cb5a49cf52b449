"""Which of many seeds are measured: they run the same lines, and to measure them takes half as long again."""

from collections.abc import Sequence

import pytest


def first_measured(seeds: Sequence[int], count: int) -> list[object]:
    """Return seeds as parameters of a test, of which only the first few count for the coverage; all are tested."""
    rest = [pytest.param(seed, marks=pytest.mark.unmeasured) for seed in seeds[count:]]
    return [*seeds[:count], *rest]
