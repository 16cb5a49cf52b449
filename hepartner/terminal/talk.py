"""What hepartner says: talk on stderr, data on stdout, every line through `safe`."""

import sys
import warnings
from collections.abc import Iterable
from typing import TextIO

from .safe import safe

_vouchers: list[str] = []


def prepare_streams() -> None:
    """Let no character crash the output: what a Windows code page lacks is shown as a question mark.

    Libraries' warnings are developers' talk in English: they stay off the screen unless Python was told to warn.
    """
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
    if not sys.warnoptions:
        warnings.simplefilter("ignore")


def say(*lines: str) -> None:
    """Say lines on stderr."""
    _write(sys.stderr, lines)


def show(*lines: str) -> None:
    """Put lines of data on stdout."""
    _write(sys.stdout, lines)


def written(voucher: int | str, *, dry_run: bool = False) -> None:
    """Say that a voucher was written and how to undo it, or that it was a dry run; call it after the write returned."""
    if dry_run:
        not_written()
        return
    name = f"V{voucher}" if isinstance(voucher, int) else voucher
    take_down(name)
    say(f"已记账：凭证 {name}。撤销：hep undo {name}")


def take_down(*vouchers: str) -> None:
    """Remember vouchers that stand, so that `interrupted` tells of them."""
    _vouchers.extend(name for name in vouchers if name not in _vouchers)


def not_written() -> None:
    """Say that a dry run has ended."""
    say("这是试运行，没有写入任何内容。")


def interrupted() -> None:
    """Say that the work was broken off, and what of it stands."""
    if _vouchers:
        say(f"已中断。凭证 {'、'.join(_vouchers)} 已经记账，其余没有写入。")
    else:
        say("已中断，没有写入任何内容。")


def _write(stream: TextIO, lines: Iterable[str]) -> None:
    stream.writelines(safe(line) + "\n" for line in lines)
