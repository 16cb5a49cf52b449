import io
import sys
from collections.abc import Callable

import pytest
import typer

from hepartner.terminal import progress, questions
from hepartner.terminal.progress import LONG, Bar


class Keyboard(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        return True


Keys = Callable[[str], Keyboard]


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Keys:
    """Return a function that puts lines on the keyboard and gives back the screen."""

    def type_lines(text: str) -> Keyboard:
        screen = Keyboard()
        monkeypatch.setattr(sys, "stdin", Keyboard(text))
        monkeypatch.setattr(sys, "stderr", screen)
        return screen

    return type_lines


@pytest.mark.parametrize("answer", ["y", "Y", "是", "好", "yes", "确定"])
def test_yes_in_any_usual_word_confirms(typed: Keys, answer: str) -> None:
    screen = typed(f"{answer}\n")
    assert questions.confirmed("导入 3 行？", yes=False)
    assert screen.getvalue() == "导入 3 行？（y 是，回车 否）："


@pytest.mark.parametrize("answer", ["", "n", "否", "不"])
def test_enter_alone_or_anything_else_is_no_and_says_that_nothing_was_written(
    typed: Keys, answer: str
) -> None:
    screen = typed(f"{answer}\n")
    assert not questions.confirmed("导入？", yes=False)
    assert screen.getvalue().endswith("没有写入任何内容。\n")


def test_yes_given_beforehand_asks_nothing(typed: Keys) -> None:
    screen = typed("")
    assert questions.confirmed("导入？", yes=True)
    assert screen.getvalue() == ""


def test_without_a_terminal_nothing_is_asked_and_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n"))
    with pytest.raises(typer.BadParameter, match="--yes"):
        questions.confirmed("导入？", yes=False)


def test_the_choice_is_numbered_and_asked_again_until_it_fits(typed: Keys) -> None:
    screen = typed("7\nx\n２\n")
    assert questions.choose_from("“李”是哪一个合伙人？", ["李梅", "李\x1b[2J雷"]) == 1
    assert screen.getvalue().startswith("“李”是哪一个合伙人？\n  1  李梅\n  2  李雷\n")
    assert screen.getvalue().count("请输入序号 1-2") == 3


def test_an_empty_choice_breaks_off(typed: Keys) -> None:
    typed("\n")
    with pytest.raises(KeyboardInterrupt):
        questions.choose_from("哪一个？", ["李梅", "李雷"])


def test_a_keyboard_that_ends_is_no_answer(typed: Keys) -> None:
    screen = typed("")
    with pytest.raises(EOFError):
        questions.choose_from("哪一个？", ["李梅", "李雷"])
    assert screen.getvalue().endswith("（回车 取消）：\n")


def test_a_bar_is_silent_without_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with Bar() as bar:
        bar.move("导入 花名册.xlsx", LONG, LONG)
    assert capsys.readouterr().err == ""


def test_a_bar_is_silent_for_a_file_that_is_done_at_once(typed: Keys) -> None:
    screen = typed("")
    with Bar() as bar:
        bar.move("导入 花名册.xlsx", 1, LONG - 1)
    assert screen.getvalue() == ""


def test_a_bar_shows_the_text_literally_and_rows_and_speed(
    typed: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = typed("")
    seconds = iter((10.0, 10.5))
    monkeypatch.setattr(progress, "monotonic", lambda: next(seconds))
    with Bar() as bar:
        bar.move("导入 [red]册[/].xlsx", 0, 20_000)
        bar.move("导入 [red]册[/].xlsx", 10_000, 20_000)
    assert "导入 [red]册[/].xlsx" in screen.getvalue()
    assert "10,000/20,000 行" in screen.getvalue()
    assert "20,000 行/秒" in screen.getvalue()


def test_a_cleared_bar_leaves_an_empty_line_and_a_cursor(typed: Keys) -> None:
    screen = typed("")
    bar = Bar()
    bar.move("导入", 0, LONG)
    bar.clear()
    erased = screen.getvalue()
    bar.clear()
    assert screen.getvalue() == erased
    assert erased.endswith("\x1b[2K")
    assert erased.rindex("\x1b[?25h") > erased.rindex("导入")
