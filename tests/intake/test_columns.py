"""What the text of one cell means in its column, or why it means nothing."""

from datetime import date

import pytest

from hepartner.intake.columns import (
    Read,
    Readings,
    read_choice,
    read_credit_code,
    read_day,
    read_due_day,
    read_minutes,
    read_name,
    read_names,
    read_new_name,
    read_phone,
    read_points,
    read_text,
    read_whole,
    titled,
)
from hepartner.intake.problems import Fault

TODAY = date(2025, 11, 20)

PHONES = {
    "13800138000": "13800138000",
    "１３８００１３８０００": "13800138000",
    "138 0013 8000": "13800138000",
    "138-0013-8000": "13800138000",
    "+86 138 0013 8000": "13800138000",
    "008613800138000": "13800138000",
    "86-13800138000": "13800138000",
    "12300138000": "电话号码不对",
    "0779-2021234": "07792021234",
    "（0779）2021234 转 8": "07792021234-8",
    "2021234": "2021234",
    "400-800-8000": "4008008000",
    "12345": "12345",
    "95588": "95588",
    "1380013800": "只有 10 位",
    "138001380001": "有 12 位",
    "1.38E+10": "科学计数",
    "13800138000.5": "电话带有小数",
    "138OO138000": "字母",
    "13800l38000": "字母",
    "13800138000/13900139000": "几个电话",
    "13800138000、13900139000": "几个电话",
    "٣٨٠٠١٣٨٠٠٠": "看不懂的字符",
    "1_3800138000": "看不懂的字符",
    "2024-03-05": "电话一栏里是日期",
    "没有电话": "看不懂的字符",
    "123": "电话只有 3 位",
}


@pytest.mark.parametrize("typed", PHONES)
def test_a_phone_is_digits_or_what_is_wrong_with_it(typed: str) -> None:
    found = read_phone(typed)
    assert PHONES[typed] in (found.reason if isinstance(found, Fault) else (found,))
    assert not isinstance(found, Fault) or found.remedy


NAMES = {
    "王  芳": "王芳",
    "王　芳": "王芳",
    "王\u200b芳\ufeff": "王芳",
    "王\u202e芳": "王芳",
    "买买提•艾力": "买买提·艾力",
    "買買提‧艾力": "買買提·艾力",
    "𠮷田": "𠮷田",
    "䶮": "䶮",
    "\ue815": "\ue815",
    "NA": "NA",
    "null": "null",
    "王": "王",
    "John Smith": "John Smith",
    "北海市\n爱心协会": "北海市爱心协会",
    "米、面、油店": "米、面、油店",
    "=1+1": "=1+1",
    "张三、李四": "几个名字",
    "张三\n李四": "几个名字",
    "\u200b\u200b": "没有看得见的字",
    "王" * 101: "有 101 个字，太长",
    "Z" + "\u0301" * 9 + "a": "附加符号",
    "孙八（13900000000）": "名称里有电话号码",
    "孙九 １３９-１１１１-3333": "名称里有电话号码",
    "12345便民服务站": "12345便民服务站",
}


@pytest.mark.parametrize("typed", NAMES)
def test_a_name_is_kept_as_written_but_for_what_nobody_sees(typed: str) -> None:
    found = read_new_name(typed)
    assert NAMES[typed] in (found.reason if isinstance(found, Fault) else (found,))


READ: dict[str, tuple[Read, str, object]] = {
    "a day": (read_day(TODAY), "2024.3.5", "2024-03-05"),
    "a day of a cell with a time": (read_day(TODAY), "2024-03-05 13:30", "2024-03-05"),
    "today": (read_day(TODAY), "2025-11-20", "2025-11-20"),
    "tomorrow": (read_day(TODAY), "2025-11-21", "还没有到（今天是 2025-11-20）"),
    "a deadline ahead": (read_due_day(TODAY), "2025-12-1", "2025-12-01"),
    "an impossible day": (read_day(TODAY), "2024.2.30", "没有“2024.2.30”这一天"),
    "a day before the programme": (read_day(TODAY), "1900-02-28", "年份不在"),
    "a lunar day": (read_day(TODAY), "三月初五", "农历"),
    "a day that could be two": (read_day(TODAY), "05/03/2024", "分不清"),
    "heads": (read_whole("人数", least=1, most=100), "35人", 35),
    "too many heads": (read_whole("人数", least=1, most=100), "101", "超出范围"),
    "digits that Python would take": (read_whole("人数"), "1_000", "看不懂"),
    "points": (read_points, "10分", 10),
    "points in money's dress": (read_points, "￥10.00", 10),
    "part of a point": (read_points, "0.5", "不是整数"),
    "no points": (read_points, "0", "超出范围"),
    "hours": (read_minutes, "1.5", 90),
    "hours and minutes": (read_minutes, "1:30", 90),
    "a word of a few": (read_choice("类型", {"group": ("社群", "团体")}), "团 体", "group"),
    "the code itself": (read_choice("类型", {"group": ("社群", "团体")}), "GROUP", "group"),
    "another word": (read_choice("类型", {"group": ("社群", "团体")}), "个体", "类型看不懂"),
    "several names": (read_names, "王芳、李四，张三", ("王芳", "李四", "张三")),
    "text on two lines": (read_text, " 书法\n 合唱 ", "书法 合唱"),
    "text without end": (read_text, "长" * 501, "有 501 字，太长"),
    "a credit code": (read_credit_code, "91110108772551611j", "91110108772551611J"),
    "a credit code with a slip": (read_credit_code, "91110108772551612J", "校验位不对"),
    "half a credit code": (read_credit_code, "911101087", "有 9 位，应是 18 位"),
}


@pytest.mark.parametrize(("read", "typed", "expected"), READ.values(), ids=READ)
def test_a_text_is_read_by_its_column(read: Read, typed: str, expected: object) -> None:
    (found,) = Readings(titled("field", "某列", read)).of([typed])
    if isinstance(found, Fault):
        assert str(expected) in found.reason
        assert found.remedy
    else:
        assert found == expected


def test_what_people_write_for_nothing_is_blank_except_in_a_name() -> None:
    words = ["无", "—", "/", "  ", ""]
    assert Readings(titled("skills", "技能", read_text)).of(words) == [None] * 5
    named = Readings(titled("name", "姓名", read_name, required=True, may_be_blank=False)).of(["无", " "])
    assert named == ["无", Fault("“姓名”是空的", "请填写后重新导入")]


def test_an_apostrophe_that_kept_a_number_text_is_no_part_of_it() -> None:
    assert Readings(titled("phone", "电话", read_phone)).of(["'13800138000"]) == ["13800138000"]


@pytest.mark.parametrize("text", ["王\x00芳", "王\ufffd芳", "王锟斤拷", "王\ud800"])
def test_a_character_that_was_lost_is_named_with_its_place(text: str) -> None:
    (found,) = Readings(titled("name", "姓名", read_name)).of([text])
    assert isinstance(found, Fault)
    assert "第 2 个字是乱码" in found.reason


def test_a_faulty_cell_stays_faulty_whatever_its_column() -> None:
    fault = Fault("单元格是错误值 #N/A", "请改正公式")
    assert Readings(titled("skills", "技能", read_text)).of([fault, "书法"]) == [fault, "书法"]
