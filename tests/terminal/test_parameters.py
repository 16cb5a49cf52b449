from pathlib import Path

import pytest
import typer
from typer._click.types import ParamType

from hepartner.commands.parameters import MINUTES, MONTH
from hepartner.terminal.parameters import PATH, TEXT, Choice, Reading, whole

KINDS = {"individual": "个体", "group": "社群", "business": "商企"}


def read(kind: ParamType, typed: object) -> object:
    return kind.convert(typed, None, None)


@pytest.mark.parametrize("typed", ["business", "商企", " Business "])
def test_a_choice_takes_the_code_and_the_chinese_word(typed: str) -> None:
    assert read(Choice(KINDS), typed) == "business"


def test_a_choice_that_is_none_names_all_there_are() -> None:
    with pytest.raises(
        typer.BadParameter, match="没有“公司”，可用的有：个体（individual）、社群（group）、商企"
    ):
        read(Choice(KINDS), "公司")


def test_a_choice_completes_codes_and_words() -> None:
    assert [item.value for item in Choice(KINDS).shell_complete(None, None, "商")] == ["商企"]


@pytest.mark.parametrize("typed", ["12", "１２", "十二", "+12"])
def test_a_whole_number_is_read_as_people_write_it(typed: str) -> None:
    assert read(whole(), typed) == 12


@pytest.mark.parametrize("typed", ["0", "501", "1.5", "一点", "-3", "1_0"])
def test_a_number_out_of_bounds_or_unreadable_is_refused(typed: str) -> None:
    with pytest.raises(typer.BadParameter):
        read(whole(1, 500), typed)


def test_a_default_that_is_read_already_stays() -> None:
    assert read(whole(), 7) == 7


@pytest.mark.parametrize(("typed", "minutes"), [("1.5", 90), ("90分钟", 90), ("1:30", 90), ("2", 120)])
def test_hours_are_read_as_whole_minutes(typed: str, minutes: int) -> None:
    assert read(MINUTES, typed) == minutes


@pytest.mark.parametrize("typed", ["2025-11", "2025年11月", "202511"])
def test_a_month_is_read_as_people_write_it(typed: str) -> None:
    assert read(MONTH, typed) == "2025-11"


def test_the_sentence_of_the_reading_function_is_the_message() -> None:
    def refuse(text: str) -> str:
        raise ValueError(f"看不懂“{text}”，请重写。")

    with pytest.raises(typer.BadParameter, match="看不懂“x”，请重写。"):
        read(Reading(refuse, "编号"), "x")


@pytest.mark.parametrize(
    "typed", ['"花名册 一.xlsx"', "'花名册 一.xlsx'", "“花名册 一.xlsx”", " 花名册 一.xlsx "]
)
def test_a_file_dragged_onto_a_console_loses_its_quotes(typed: str) -> None:
    assert read(PATH, typed) == Path("花名册 一.xlsx")


def test_home_is_found_and_an_empty_name_refused() -> None:
    assert read(PATH, "~/a.db") == Path.home() / "a.db"
    with pytest.raises(typer.BadParameter, match="文件名是空的"):
        read(PATH, '""')


def test_bytes_that_are_no_text_are_refused() -> None:
    assert read(TEXT, "李梅") == "李梅"
    with pytest.raises(typer.BadParameter, match="无法识别"):
        read(TEXT, "李\udcff")
