"""The error edge: the one place where errors become sentences and exit codes; no screen sees a traceback."""

import atexit
import errno
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import NoReturn

import typer
from typer._click.exceptions import ClickException, NoArgsIsHelpError
from typer.core import TyperGroup

from .talk import interrupted, prepare_streams, say

REFUSED, WRONG_USAGE, NOT_FOUND, INTERRUPTED, PIPE_CLOSED = 1, 2, 4, 130, 141
"""Exit codes that the edge itself gives (design §5); 141 is how shells report a program whose reader left."""


def main(program: TyperGroup) -> int:
    """Run the program on the process's own words and streams; answer a shell that asks for completions."""
    prepare_streams()
    sys.excepthook = record_unexpected
    sys.unraisablehook = _leave_unsaid
    _answer_completion(program, "hepartner" if Path(sys.argv[0]).stem == "hepartner" else "hep")
    return run(program, sys.argv[1:])


def run(program: TyperGroup, arguments: Sequence[str]) -> int:
    """Run the command that the words name and return its exit code; every expected error is said on stderr.

    An error nobody expected is raised on, for `sys.excepthook` to record.
    """
    try:
        code = _invoked(program, arguments)
        sys.stdout.flush()
    except ClickException as error:
        code = _wrong_usage(error)
    except (KeyboardInterrupt, EOFError, typer.Abort):
        interrupted()
        code = INTERRUPTED
    except OSError as error:
        code = _system_refused(error)
    except _speaking_errors() as error:
        say(str(error))
        code = getattr(error, "exit_code", WRONG_USAGE)
    return code


def _leave_unsaid(_: object) -> None:
    """Say nothing of what fails where nobody can catch it, as when a workbook is torn down half done after Ctrl-C."""


def end(code: int) -> NoReturn:
    """End the process with the exit code, without taking Python down module by module if nobody waits for that.

    Taking it down is 10 ms of a command of 90. Everything of ours is closed by then; whoever registered with
    `atexit` (a coverage measurement, a library) gets the ordinary end. Everything is said, so there is nothing to break off.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if atexit._ncallbacks():  # noqa: SLF001 there is no public way to ask
        sys.exit(code)
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(code)


def record_unexpected(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Say in one sentence that the program failed, and write the traceback to a file for its maintainers."""
    if issubclass(kind, KeyboardInterrupt):
        interrupted()
        return
    say(f"程序出了没有料到的问题（{kind.__name__}），已经停止，没有记完的账已撤回。")
    try:
        file = _recorded(error, trace)
    except OSError:  # the disk is full or there is no place for temporary files
        say(f"详情也没有地方可写：{error}")
    else:
        say(f"详情写在 {file}，请转交维护人员。")


def _recorded(error: BaseException, trace: TracebackType | None) -> str:
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", errors="replace", prefix="hepartner-", suffix=".log", delete=False
    ) as file:
        traceback.print_exception(type(error), error, trace, file=file)
    return file.name


def _invoked(program: TyperGroup, arguments: Sequence[str]) -> int:
    try:
        with program.make_context("hep", list(arguments)) as context:
            program.invoke(context)
    except typer.Exit as end:
        return end.exit_code
    return 0


def _speaking_errors() -> tuple[type[Exception], ...]:
    """Return the errors that are finished sentences: the ledger's, and of text that can't be read.

    Asked only when an error is on its way, so that neither help nor completion imports the ledger.
    """
    from hepartner.chinese.misread import Misread
    from hepartner.ledger.errors import LedgerError

    return LedgerError, Misread


def _wrong_usage(error: ClickException) -> int:
    if isinstance(error, NoArgsIsHelpError):
        say(*error.message.splitlines())
    else:
        from .usage import sentence

        say(*sentence(error).splitlines())
    return WRONG_USAGE


def _system_refused(error: OSError) -> int:
    _give_up_output()
    file = f"“{error.filename}”" if error.filename else ""
    if isinstance(error, BrokenPipeError):
        return PIPE_CLOSED
    if isinstance(error, FileNotFoundError):
        say(f"找不到文件{file}。请检查路径后重试。")
        return NOT_FOUND
    if isinstance(error, IsADirectoryError):
        say(f"{file}是文件夹，这里要一个文件。请写明是哪个文件。")
    elif error.errno == errno.ENOSPC:
        say(f"磁盘已满，{file or '输出'}没有写完。请腾出空间后重试。")
    elif isinstance(error, PermissionError):
        say(f"不能读写{file or '文件'}：没有权限，或者它正被别的程序打开。请关闭它或换个位置后重试。")
    else:
        say(f"系统不能读写{file or '文件'}（{error.strerror or error}）。请检查后重试。")
    return REFUSED


def _give_up_output() -> None:
    """Point stdout at nothing if it takes no more, so that Python's last flush does not complain again."""
    try:
        sys.stdout.flush()
    except OSError:
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, sys.stdout.fileno())
        os.close(nothing)


def _answer_completion(program: TyperGroup, name: str) -> None:
    variable = f"_{name}_COMPLETE".replace("-", "_").upper()
    if os.environ.get(variable):
        from typer._completion_classes import completion_init

        completion_init()
        program._main_shell_completion({}, name, variable)  # noqa: SLF001 typer's public way imports rich
