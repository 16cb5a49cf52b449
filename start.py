#!/usr/bin/env python3
"""Set up this checkout and run its demonstration (`start.py demo`) or all its checks (`start.py test`)."""

import sys

# An older Python must get as far as this sentence: nothing above or below may be syntax it can't read.
if sys.version_info < (3, 11):  # noqa: UP036 - this file is what finds out
    sys.exit(f"需要 Python 3.11 或更新的版本，现在是 {sys.version.split()[0]}。请安装新版后用它重新运行。")

import contextlib
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
# Written last, so a .venv without it is half-built.
STAMP = VENV / "start.json"
STATE = ROOT / ".start"
LOG = STATE / "install.log"

USAGE = "用法：python3 start.py demo（安装并演示）或 python3 start.py test（安装并运行全部检查）"
CHECKS = {
    "ruff check": ["ruff", "check", "--output-format", "concise", "."],
    "ruff format --check": ["ruff", "format", "--check", "."],
    "mypy --strict": ["mypy", "--strict", "hepartner"],
    "pytest": ["pytest", "-q", "-n", "2", "--dist", "loadfile", "--cov", "--cov-report", "term"],
}
# What pip says when the index can't be reached, or (a conflict with its constraint) lacks a pinned package.
OFFLINE_SIGNS = ("Retrying (", "No matching distribution", "ResolutionImpossible", "ProxyError", "timed out")
LIST_PACKAGES = "import importlib.metadata as m; print(*{d.name for d in m.distributions()}, sep='\\n')"
FIND_PACKAGES = "import importlib.metadata as m, sys; [m.version(name) for name in sys.argv[1:]]"


class SetupError(Exception):
    """Setting up can't go on; the text is the whole sentence for the person at the keyboard."""


def main(arguments: list[str]) -> int:
    """Run one command and return its exit code: 0 done, 1 failed, 2 wrong usage, 130 interrupted."""
    # A Chinese Windows console knows fewer characters than we print.
    sys.stdout.reconfigure(errors="replace")
    sys.stderr.reconfigure(errors="replace")
    if arguments in (["-h"], ["--help"]):
        print(USAGE)
        return 0
    # test takes no options: it always runs everything.
    if arguments[:1] != ["demo"] and arguments != ["test"]:
        print(USAGE, file=sys.stderr)
        return 2
    try:
        with only_one(arguments[0], "另一个窗口正在运行同一个命令"):
            return test() if arguments == ["test"] else demo(arguments[1:])
    except SetupError as problem:
        print(problem, file=sys.stderr)
    except OSError as problem:
        place = problem.filename or ROOT
        print(f"无法读写 {place}：{problem.strerror}。请检查权限和磁盘空间。", file=sys.stderr)
    except KeyboardInterrupt:
        print("已中断。再次运行即可继续。", file=sys.stderr)
        return 130
    return 1


def demo(options: list[str]) -> int:
    """Build demo/ from sample rosters and compare its figures with the programme report's."""
    prepare(extras=set())
    return run("-m", "demonstration", *options)


def test() -> int:
    """Run every check, the later ones too when one fails, each with its time."""
    prepare(extras={"test"})
    # The tests start the program some hundred times, and each start would compile all of it anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    failed = []
    for number, (name, command) in enumerate(CHECKS.items(), start=1):
        print(f"[{number}/{len(CHECKS)}] {name}", flush=True)
        began = time.monotonic()
        code = run("-m", *command)
        outcome = "通过" if code == 0 else f"未通过（退出码 {code}）"
        print(f"[{number}/{len(CHECKS)}] {name} {outcome}，{time.monotonic() - began:.1f} 秒", flush=True)
        if code != 0:
            failed.append(name)
    print(f"未通过：{'、'.join(failed)}" if failed else "全部通过", flush=True)
    return 1 if failed else 0


def run(*arguments: str) -> int:
    """Run the environment's Python in the checkout, with the environment's commands first on the path."""
    path = os.pathsep.join([str(PYTHON.parent), os.environ.get("PATH", "")])
    environment = {**os.environ, "PATH": path, "VIRTUAL_ENV": str(VENV)}
    return subprocess.run([PYTHON, *arguments], cwd=ROOT, env=environment, check=False).returncode


def prepare(*, extras: set[str]) -> None:
    """Make .venv hold the pinned dependencies; returns at once when it does already.

    Raises SetupError when Python lacks a part or the packages can't be fetched.
    """
    with only_one("install", "另一个窗口正在安装依赖"):
        stamp = read_stamp()
        if stamp.get("python") != python_identity() or not is_whole(stamp["packages"]):
            build_venv()
            stamp = {}
        if stamp.get("demands") == demands() and extras <= set(stamp["extras"]):
            return
        extras = extras | set(stamp.get("extras", []))
        began = time.monotonic()
        print("正在安装依赖（第一次需要一两分钟）……", flush=True)
        STAMP.unlink(missing_ok=True)
        try:
            install(extras)
        except SetupError:
            # pip takes back what it could not finish, so the environment is what it was.
            if stamp:
                write_stamp(stamp)
            raise
        write_stamp(
            {
                "python": python_identity(),
                "demands": demands(),
                "extras": sorted(extras),
                "packages": installed_packages(),
            }
        )
        print(f"依赖已装好，{time.monotonic() - began:.0f} 秒", flush=True)


def build_venv() -> None:
    """Make an empty .venv in place of whatever stands there."""
    if Path(sys.prefix).resolve() == VENV:
        raise SetupError("需要重建 .venv，请用系统的 Python（而不是 .venv 里的）重新运行。")
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        raise SetupError(
            "这个 Python 缺少 venv 模块。请先安装（Debian：sudo apt install python3-venv），再运行。"
        )
    if VENV.is_symlink() or VENV.is_file():
        VENV.unlink()
    elif VENV.exists():
        print("正在重建 .venv ……", flush=True)
        shutil.rmtree(VENV)
    logged([sys.executable, "-m", "venv", str(VENV)], "无法建立 .venv")


def install(extras: set[str]) -> None:
    """Install the pinned dependencies and this checkout, editable.

    The build backend comes first and from the same pins: an isolated build would fetch its own, unpinned.
    """
    LOG.unlink(missing_ok=True)
    pip = [str(PYTHON), "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
    pins = ["--constraint", "constraints.txt"]
    checkout = f".[{','.join(sorted(extras))}]" if extras else "."
    logged([*pip, *pins, "hatchling"], "安装依赖失败")
    logged([*pip, *pins, "--no-build-isolation", "--editable", checkout], "安装依赖失败")


def logged(command: list[str], what_failed: str) -> None:
    """Run a command with its talk in the log; raises SetupError with a sentence made from the log.

    It inherits the locks: should this process be killed, the next one waits until pip has stopped writing.
    """
    with LOG.open("ab") as log:
        done = subprocess.run(command, cwd=ROOT, stdout=log, stderr=log, close_fds=False, check=False)
    if done.returncode == 0:
        return
    talk = LOG.read_text(encoding="utf-8", errors="replace")
    where = f"详情见 {LOG.relative_to(ROOT)}"
    if any(sign in talk for sign in OFFLINE_SIGNS):
        raise SetupError(
            f"{what_failed}：没能从软件源取到需要的包。请检查网络或 pip 的镜像设置后重新运行；{where}。"
        )
    raise SetupError(f"{what_failed}（退出码 {done.returncode}）。{where}，处理后重新运行。")


def python_identity() -> list[str]:
    """What a virtual environment can't outlive: its Python, and its place on the disk."""
    return [sys.version, str(ROOT)]


def demands() -> str:
    """Hash what decides which packages are installed."""
    files = ("pyproject.toml", "constraints.txt")
    return hashlib.sha256(b"\0".join((ROOT / name).read_bytes() for name in files)).hexdigest()


def is_whole(packages: list[str]) -> bool:
    """Tell whether the environment's Python runs and still finds every package that was installed."""
    command = [str(PYTHON), "-I", "-c", FIND_PACKAGES, *packages]
    return PYTHON.exists() and subprocess.run(command, capture_output=True, check=False).returncode == 0


def installed_packages() -> list[str]:
    """Name every package in the environment."""
    command = [str(PYTHON), "-I", "-c", LIST_PACKAGES]
    return sorted(subprocess.run(command, capture_output=True, check=True, text=True).stdout.split())


def read_stamp() -> dict[str, Any]:
    """Read what the last complete installation wrote down; empty when there is none."""
    try:
        stamp: dict[str, Any] = json.loads(STAMP.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return {}
    return stamp


def write_stamp(stamp: dict[str, Any]) -> None:
    """Write the stamp whole or not at all."""
    draft = STAMP.with_suffix(".draft")
    draft.write_text(json.dumps(stamp, indent=1), encoding="utf-8")
    draft.replace(STAMP)


@contextlib.contextmanager
def only_one(name: str, notice: str) -> Iterator[None]:
    """Hold a lock of this checkout; says so once when another process has it, and waits."""
    STATE.mkdir(exist_ok=True)
    with (STATE / f"{name}.lock").open("ab") as file:
        os.set_inheritable(file.fileno(), True)  # noqa: FBT003 - takes no keywords
        if not lock(file):
            print(f"{notice}，等它结束……", file=sys.stderr, flush=True)
            while not lock(file):
                time.sleep(0.5)
        yield


def lock(file: IO[bytes]) -> bool:
    """Take the lock if it is free; the system gives it back when the file closes or the process dies."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
