import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hepartner.ledger.particulars import CreditCode
from hepartner.terminal.plain import escaped, plain
from hepartner.terminal.tables import show_json, show_listing, show_record, show_table


class Masked(str):
    """A phone as the ledger gives it: a text whose own text is masked."""

    __slots__ = ()

    def __str__(self) -> str:
        return "138****1234"


@dataclass(frozen=True)
class Partner:
    code: str
    name: str
    points: int | None
    phone: object = Masked("13800001234")


@dataclass(frozen=True)
class Phone:
    digits: str

    def __str__(self) -> str:
        return "138****1234"


class Screen(io.StringIO):
    """A stdout that is a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


@pytest.fixture
def on_screen(monkeypatch: pytest.MonkeyPatch) -> Callable[[], Screen]:
    """Return a function that makes stdout a terminal; pytest resets stdout between fixture and test."""

    def make() -> Screen:
        screen = Screen()
        monkeypatch.setattr(sys, "stdout", screen)
        return screen

    return make


LI, WANG = Partner("XF-P0001", "李梅", 5), Partner("XF-P0002", "欧阳王小明", 1200)


def test_on_a_terminal_columns_align_under_chinese_and_numbers_stand_right(
    on_screen: Callable[[], Screen],
) -> None:
    screen = on_screen()
    show_listing([LI, WANG], {"编号": "code", "姓名": "name", "积分": "points"}, title="合伙人")
    assert screen.getvalue() == (
        "合伙人\n"
        "编号      姓名        积分\n"
        "--------  ----------  ----\n"
        "XF-P0001  李梅           5\n"
        "XF-P0002  欧阳王小明  1200\n"
    )


def test_a_table_wider_than_the_screen_is_fitted_to_it(
    on_screen: Callable[[], Screen], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "28")
    screen = on_screen()
    show_table(
        ["编号", "名称", "时长", "备注"], [["P1", "北海市渔歌电动车行", "19.5", ""], ["P2", "李梅", "8", ""]]
    )
    show_table(
        ["日期", "编号", "到期"], [["2025-11-02", "XF-P0001", "2025-12-02"], ["2025-11-02", "XF-P0002", ""]]
    )
    assert screen.getvalue() == (
        "编号  名称              时长\n"
        "----  ----------------  ----\n"
        "P1    北海市渔歌电动车  19.5\n"
        "      行\n"
        "P2    李梅                 8\n"
        "日期        编号\n"
        "    到期\n"
        "----------  --------\n"
        "2025-11-02  XF-P0001\n"
        "    2025-12-02\n"
        "2025-11-02  XF-P0002\n"
    )


def test_a_further_table_of_a_page_is_left_out_on_a_terminal_when_it_has_no_rows(
    on_screen: Callable[[], Screen], capsys: pytest.CaptureFixture[str]
) -> None:
    show_table(["日期"], [], further=True)
    assert capsys.readouterr().out == "\n日期\n"
    screen = on_screen()
    show_table(["日期"], [], further=True)
    show_table(["编号"], [["P1"]], further=True)
    assert screen.getvalue() == "\n编号\n----\nP1\n"
    assert capsys.readouterr().err == ""


def test_a_long_field_of_a_record_goes_on_under_itself(
    on_screen: Callable[[], Screen], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    screen = on_screen()
    show_record({"编号": "P1", "备注": "周一至周五的上午都在"})
    assert screen.getvalue() == "编号  P1\n备注  周一至周五的上\n      午都在\n"


def test_an_empty_listing_on_a_terminal_says_so_on_stderr(
    on_screen: Callable[[], Screen], capsys: pytest.CaptureFixture[str]
) -> None:
    screen = on_screen()
    show_table(["编号", "积分"], [])
    assert screen.getvalue() == "编号  积分\n----  ----\n"
    assert capsys.readouterr().err == "没有记录。\n"


def test_elsewhere_a_listing_is_tab_separated_and_never_cut(capsys: pytest.CaptureFixture[str]) -> None:
    long = "很长的地址" * 100
    show_listing([Partner("1", long, None)], {"编号": "code", "姓名": lambda one: one.name, "积分": "points"})
    assert capsys.readouterr().out == f"编号\t姓名\t积分\n1\t{long}\t\n"


def test_a_cell_can_not_start_a_new_column_or_row(capsys: pytest.CaptureFixture[str]) -> None:
    show_table(["姓名", "在册"], [["李\t梅\n王", True], ["\x1b[2J张", False]])
    assert capsys.readouterr().out == "姓名\t在册\n李 梅 王\t是\n张\t否\n"


def test_a_phone_in_a_listing_is_masked(capsys: pytest.CaptureFixture[str]) -> None:
    show_listing([LI], {"电话": "phone"})
    assert capsys.readouterr().out == "电话\n138****1234\n"


@pytest.mark.parametrize("number", [10, 13, 23])
def test_a_hash_that_holds_digits_like_a_phone_s_is_shown_whole(
    capsys: pytest.CaptureFixture[str], number: int
) -> None:
    digest = sha256(str(number).encode()).hexdigest()
    show_listing([Partner(digest, "备份", None)], {"校验和": "code"})
    show_listing([Partner(digest, "备份", None)], {}, as_json=True)
    assert capsys.readouterr().out.count(digest) == 2


def test_a_phone_in_what_people_wrote_is_masked_too(capsys: pytest.CaptureFixture[str]) -> None:
    note, code = "找女儿 １３８００００１２３４", CreditCode("914505007188888881")
    show_listing([Partner(code, note, 5)], {"编号": "code", "说明": "name"})
    show_record({"说明": note, "编号": code})
    show_listing([Partner(code, note, 5)], {}, as_json=True)
    out = capsys.readouterr().out
    assert out.count("找女儿 １３８****１２３４") == 3
    assert out.count("914505007188888881") == 3


def test_a_record_shows_its_filled_fields_one_per_line(capsys: pytest.CaptureFixture[str]) -> None:
    show_record({"编号": "P1", "联系电话": Masked("13800001234"), "地址": ""})
    assert capsys.readouterr().out == "编号      P1\n联系电话  138****1234\n"


def test_json_has_the_records_whole_in_readable_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    show_listing([LI], {"编号": "code"}, as_json=True)
    out = capsys.readouterr().out
    assert json.loads(out) == [{"code": "XF-P0001", "name": "李梅", "points": 5, "phone": "138****1234"}]
    assert "李梅" in out


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Masked("13800001234"), "138****1234"),
        (Phone("13800001234"), "138****1234"),
        (date(2025, 11, 3), "2025-11-03"),
        (Path("a") / "b.xlsx", str(Path("a") / "b.xlsx")),
        ((1, None, True, 2.5), [1, None, True, 2.5]),
        ({1: {"x"}}, {"1": ["x"]}),
    ],
    ids=str,
)
def test_every_value_becomes_plain_by_its_own_text(value: object, expected: object) -> None:
    assert plain(value) == expected


@given(st.recursive(st.text() | st.integers() | st.none(), st.lists))
def test_escaping_keeps_the_meaning_of_json(value: object) -> None:
    document = json.dumps(value, ensure_ascii=False)
    assert json.loads(escaped(document, "utf-8")) == value
    assert json.loads(escaped(document, "gbk")) == value


def test_json_shows_no_control_to_the_terminal_and_loses_none(capsys: pytest.CaptureFixture[str]) -> None:
    show_json(["\x1b[2J\u202e\x9b𠮷"])
    out = capsys.readouterr().out
    assert "\\u202e\\u009b𠮷" in out
    assert json.loads(out) == ["\x1b[2J\u202e\x9b𠮷"]


def test_a_rare_name_in_json_survives_a_gbk_file() -> None:
    assert escaped('"𠮷"', "gbk") == '"\\ud842\\udfb7"'
