"""What every test may ask for."""

import pkgutil
import sys
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

import hepartner
from hepartner.intake import process


@pytest.fixture(scope="session", autouse=True)
def _readers_end_by_themselves() -> Iterator[None]:
    """Only then is it measured which of their lines were run."""
    yield
    while process.idle:
        process.idle.pop().close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Measure no lines of a test that runs the same ones as others do, which takes half as long again.

    Not by pytest-cov's own mark: in a worker of xdist another measurement goes on under the one that it stops.
    """
    if not item.get_closest_marker("unmeasured"):
        return (yield)
    import_all()
    measuring = sys.gettrace()
    sys.settrace(None)
    try:
        return (yield)
    finally:
        sys.settrace(measuring)


@cache
def import_all() -> None:
    """Import the whole program: of what were imported first while nothing is measured, its definitions would seem not run."""
    for module in pkgutil.walk_packages(hepartner.__path__, "hepartner."):
        if not module.name.endswith(".__main__"):
            import_module(module.name)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is one: nothing here is about the disk, and each voucher waits for it."""
    memory = Path("/dev/shm")  # noqa: S108 the folder made in it has a name of its own
    if not memory.is_dir():
        yield tmp_path
        return
    with TemporaryDirectory(dir=memory) as made:
        yield Path(made)
