"""What every test may ask for."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from hepartner.intake import process


@pytest.fixture(scope="session", autouse=True)
def _readers_end_by_themselves() -> Iterator[None]:
    """Only then is it measured which of their lines were run."""
    yield
    while process.idle:
        process.idle.pop().close()


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is one: nothing here is about the disk, and each voucher waits for it."""
    memory = Path("/dev/shm")  # noqa: S108 the folder made in it has a name of its own
    if not memory.is_dir():
        yield tmp_path
        return
    with TemporaryDirectory(dir=memory) as made:
        yield Path(made)
