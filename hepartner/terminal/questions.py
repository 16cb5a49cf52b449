"""Questions to the person at the keyboard: yes or no, which of these; nothing is asked without a terminal."""

import os
import sys
from collections.abc import Sequence

import typer

from .safe import safe
from .talk import say

_YES = frozenset({"y", "yes", "是", "好", "对", "确定", "1"})


def can_ask() -> bool:
    """Tell whether somebody sits there: both the questions and the answers are on a terminal."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def confirmed(question: str, *, yes: bool) -> bool:
    """Ask a yes-or-no question; Enter alone is no, `yes` (from --yes) answers it beforehand.

    Raises typer.BadParameter (wrong usage) when nobody can be asked and `yes` was not given.
    """
    if yes:
        return True
    if not can_ask():
        raise typer.BadParameter(f"{question}这一步需要确认，而这里没有人可问。请加 --yes 再运行。")
    if _answer(f"{question}（y 是，回车 否）") in _YES:
        return True
    say("没有写入任何内容。")
    return False


def choose_from(question: str, candidates: Sequence[str]) -> int:
    """Ask which one is meant and return its place. Raises KeyboardInterrupt on an empty answer: break off."""
    return choose_for_all(question, candidates, others=0)[0]


def choose_for_all(question: str, candidates: Sequence[str], *, others: int) -> tuple[int, bool]:
    """Ask which one is meant; return its place and whether it is so of the `others` that would be asked about next.

    That is said by an a behind the number. Raises KeyboardInterrupt on an empty answer: break off.
    """
    say(question, *(f"  {number}  {text}" for number, text in enumerate(candidates, start=1)))
    for_all = f"，后面加 a 如 1a 则其余 {others} 行都这样" if others else ""
    while True:
        answer = _answer(f"请输入序号 1-{len(candidates)}{for_all}（回车 取消）")
        if not answer:
            raise KeyboardInterrupt
        number = answer.removesuffix("a").rstrip() if others else answer
        if number.isdecimal() and 1 <= int(number) <= len(candidates):
            return int(number) - 1, number != answer


def secret(whose: str, variable: str) -> str:
    """Return somebody's PIN: from an environment variable, else typed unseen. Raises typer.BadParameter, EOFError.

    Never from an option: what stands on a command line stays in the shell's history and is seen by whoever lists processes.
    """
    return os.environ.get(variable) or _unseen(f"{whose}的口令", variable)


def new_secret(whose: str, variable: str) -> str:
    """Return somebody's new PIN, typed twice. Raises as `secret`, and typer.BadParameter where the two differ."""
    if said := os.environ.get(variable):
        return said
    first, again = _unseen(f"{whose}的新口令", variable), _unseen("再输一遍新口令", variable)
    if first != again:
        raise typer.BadParameter("两遍输入的口令不一样，没有设置。请再来一次。")
    return first


def _unseen(prompt: str, variable: str) -> str:
    """Return what is typed without showing it. Raises typer.BadParameter where nobody can be asked."""
    if not can_ask():
        raise typer.BadParameter(f"要输入{prompt}，而这里没有人可问。请把它放进环境变量 {variable} 再运行。")
    from getpass import getpass

    return getpass(safe(f"{prompt}（不显示）："), stream=sys.stderr)


def _answer(prompt: str) -> str:
    """Read one line; the prompt goes to stderr, where `input` would put it on stdout. Raises EOFError."""
    sys.stderr.write(f"{safe(prompt)}：")
    sys.stderr.flush()
    line = ""
    try:
        line = sys.stdin.readline()
    finally:
        if not line:  # broken off in the line of the prompt: what is said next starts its own
            sys.stderr.write("\n")
    if not line:
        raise EOFError
    return line.strip().casefold()
