"""start.py on computers that are not ready for it, each a fresh checkout in a temporary folder."""

import ast
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent
RUN = "import runpy; sys.argv = ['start.py', 'demo']; runpy.run_path('start.py', run_name='__main__')"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """What start.py reads of a fresh clone."""
    for name in ("start.py", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def run(checkout: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python in the checkout and return its exit code and both its voices."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=checkout,
        env={**os.environ, "PYTHONUTF8": "1", **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def loaded(checkout: Path) -> ModuleType:
    """The checkout's own start.py as a module."""
    spec = util.spec_from_file_location("start_of_checkout", checkout / "start.py")
    assert spec is not None
    assert spec.loader is not None
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def pretend_installed(checkout: Path) -> None:
    """Give the checkout a .venv that counts as complete, with nothing in it."""
    venv.create(checkout / ".venv", with_pip=False)
    start = loaded(checkout)
    identity, demands = start.python_identity(), start.demands()
    start.write_stamp({"python": identity, "demands": demands, "extras": ["test"], "packages": []})


@pytest.mark.parametrize("words", [[], ["演示"], ["test", "tests/test_start.py"]])
def test_a_wrong_command_is_answered_with_the_two_right_ones(checkout: Path, words: list[str]) -> None:
    done = run(checkout, "start.py", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert "python3 start.py demo" in done.stderr
    assert "python3 start.py test" in done.stderr


def test_an_old_python_can_read_the_file_far_enough_to_be_told() -> None:
    assert ast.parse((ROOT / "start.py").read_text(encoding="utf-8"), feature_version=(3, 7))


def test_an_old_python_is_told_which_one_is_needed(checkout: Path) -> None:
    done = run(checkout, "-c", f"import sys; sys.version_info = (3, 10, 0); {RUN}")
    assert done.returncode == 1
    assert done.stderr.startswith("需要 Python 3.11 或更新的版本")


def test_a_python_without_venv_is_told_how_to_get_it(checkout: Path) -> None:
    done = run(checkout, "-c", f"import sys; sys.modules['ensurepip'] = None; {RUN}")
    assert done.returncode == 1
    assert "sudo apt install python3-venv" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_half_built_environment_is_built_again_and_a_missing_network_is_named(checkout: Path) -> None:
    left_over = checkout / ".venv" / "lib" / "left over"
    left_over.parent.mkdir(parents=True)
    left_over.touch()
    nowhere = {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(checkout)}
    done = run(checkout, "start.py", "demo", **nowhere)
    assert done.returncode == 1
    assert "请检查网络" in done.stderr
    assert done.stderr.count("\n") == 1
    assert (checkout / ".start" / "install.log").stat().st_size > 0
    assert not left_over.exists()
    assert not (checkout / ".venv" / "start.json").exists()


def test_a_failing_check_fails_the_run_but_the_later_checks_still_run(checkout: Path) -> None:
    pretend_installed(checkout)
    done = run(checkout, "start.py", "test")
    assert done.returncode == 1
    outcomes = [line for line in done.stdout.splitlines() if "未通过（退出码 1）" in line]
    assert [line.split("]")[0] for line in outcomes] == ["[1/4", "[2/4", "[3/4", "[4/4"]
    assert done.stdout.splitlines()[-1] == "未通过：ruff check、ruff format --check、mypy --strict、pytest"


def test_a_complete_environment_is_used_as_it_is(checkout: Path) -> None:
    pretend_installed(checkout)
    (checkout / "demonstration.py").write_text(
        "import sys; print(sys.prefix, sys.argv[1:])", encoding="utf-8"
    )
    done = run(checkout, "start.py", "demo", "--seed", "2")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{checkout / '.venv'} ['--seed', '2']\n"


def test_an_environment_that_lost_a_package_is_built_again(checkout: Path) -> None:
    pretend_installed(checkout)
    start = loaded(checkout)
    assert start.is_whole([])
    assert not start.is_whole(["hepartner-was-here"])


def test_a_second_window_waits_for_the_first(checkout: Path) -> None:
    pretend_installed(checkout)
    (checkout / "demonstration.py").write_text("print('第二个窗口')", encoding="utf-8")
    command = [sys.executable, "start.py", "demo"]
    environment = {**os.environ, "PYTHONUTF8": "1"}
    with first_window(checkout):
        second = subprocess.Popen(
            command,
            cwd=checkout,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        assert second.stderr is not None
        assert second.stderr.readline() == "另一个窗口正在运行同一个命令，等它结束……\n"
        assert second.poll() is None
    assert second.communicate() == ("第二个窗口\n", "")


@contextmanager
def first_window(checkout: Path) -> Iterator[None]:
    with loaded(checkout).only_one("demo", "不会等"):
        yield
