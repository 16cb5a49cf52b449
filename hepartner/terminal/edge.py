"""The error edge: the one place where errors become sentences and exit codes, and nothing else reaches a screen."""

import errno
import os
import sys
from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING

import typer
from typer._click.exceptions import ClickException, NoArgsIsHelpError
from typer.core import TyperGroup

from .talk import interrupted, prepare_streams, say

if TYPE_CHECKING:
    from hepartner.ledger.errors import LedgerError

WRONG_USAGE, REFUSED, NOT_FOUND, INTERRUPTED, PIPE_CLOSED = 2, 1, 4, 130, 141
"""Exit codes the edge gives itself (design §5); 141 is what a shell reports of a program whose reader went away."""


def run(program: TyperGroup, arguments: Sequence[str], name: str = "hep") -> int:
    """Run the command that the words name and return its exit code; every expected error is said on stderr.

    An error nobody expected is raised on, for `sys.excepthook` to record.
    """
    try:
        with program.make_context(name, list(arguments)) as context:
            program.invoke(context)
        sys.stdout.flush()
    except typer.Exit as stop:
        return stop.exit_code
    except NoArgsIsHelpError as error:
        say(*error.message.splitlines())
        return WRONG_USAGE
    except ClickException as error:
        from .usage import sentence

        say(sentence(error))
        return WRONG_USAGE
    except (KeyboardInterrupt, EOFError, typer.Abort):
        interrupted()
        return INTERRUPTED
    except BrokenPipeError:
        _drop_output()
        return PIPE_CLOSED
    except OSError as error:
        return _system_refused(error)
    except _ledger_error() as error:
        say(str(error))
        return error.exit_code
    return 0


def main(program: TyperGroup, name: str = "hep") -> int:
    """Run the program on the process's own words and streams; answer a shell that asks for completions."""
    prepare_streams()
    sys.excepthook = record_unexpected
    _answer_completion(program, name)
    return run(program, sys.argv[1:], name)


def record_unexpected(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Say in one sentence that the program failed, and write the traceback to a file for the maintainers."""
    if issubclass(kind, KeyboardInterrupt):
        interrupted()
        return
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", errors="replace", prefix="hepartner-", suffix=".log", delete=False
    ) as file:
        traceback.print_exception(kind, error, trace, file=file)
    say(
        f"程序出了没有料到的问题（{kind.__name__}），已停止，没有记完的账已撤回。详情在 {file.name}，请转交维护人员。"
    )


def _ledger_error() -> "type[LedgerError]":
    """Return the ledger's error class; asked only once an error is raised, so that help never imports the ledger."""
    from hepartner.ledger.errors import LedgerError

    return LedgerError


def _system_refused(error: OSError) -> int:
    file = f" {error.filename} " if error.filename else ""
    if error.errno == errno.ENOSPC:
        say(f"磁盘已满，{file or '输出'}没有写完。请腾出空间后重试。")
    elif isinstance(error, PermissionError):
        say(f"没有权限读写{file or '文件'}，或它正被别的程序打开。请关闭它或换一个位置后重试。")
    elif isinstance(error, FileNotFoundError):
        say(f"找不到文件{file}。请检查路径后重试。")
        return NOT_FOUND
    else:
        say(f"系统无法读写{file or '文件'}（{error.strerror or error}）。请检查后重试。")
    return REFUSED


def _drop_output() -> None:
    """Point stdout at nothing, so that Python's last flush does not complain about the closed pipe."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _answer_completion(program: TyperGroup, name: str) -> None:
    variable = f"_{name}_COMPLETE".replace("-", "_").upper()
    if os.environ.get(variable):
        from typer._completion_classes import completion_init

        completion_init()
        program._main_shell_completion({}, name, variable)  # noqa: SLF001 typer offers no other door without rich
