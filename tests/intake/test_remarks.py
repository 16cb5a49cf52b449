"""What was mended in cells, or looks odd and is kept, is counted and told by column and row."""

import pytest

from .builders import HEADER, WANG, xlsx
from .conftest import Imported

HERE = "幸福里社区"
WIDE = (*HEADER, "统一社会信用代码", "人数")
NAME, PHONE, CODE, MEMBERS = (
    f"{letter} 列“{title}”"
    for letter, title in (("A", "姓名"), ("C", "联系电话"), ("E", WIDE[4]), ("F", "人数"))
)
MENDED = {
    "invisible": (("李\u200b一", "个体", "", HERE), f"{NAME}有 1 格去掉了看不见的字符（第 3 行）"),
    "bidi": (("李\u202e一", "个体", "", HERE), f"{NAME}有 1 格去掉了看不见的字符（第 3 行）"),
    "invisible in a phone": (("李一", "个体", "139\u200b00139000", HERE), f"{PHONE}有 1 格去掉了看不见的字符（第 3 行）"),
    "blanks": (("李  一", "个体", "", HERE), f"{NAME}有 1 格去掉了多余的空格和符号（第 3 行）"),
    "blanks in a phone": (("李一", "个体", "+86 139-0013-9000", HERE), f"{PHONE}有 1 格去掉了多余的空格和符号（第 3 行）"),
    "wide digits": (("李一", "个体", "１３９００１３９０００", HERE), f"{PHONE}有 1 格把全角字符改成了半角（第 3 行）"),
    "apostrophe": (("李一", "个体", "'13900139000", HERE), f"{PHONE}有 1 格去掉了前面的撇号（第 3 行）"),
    "a code in groups": (
        ("爱心协会", "社群", "", HERE, "91110108 772551611J"),
        f"{CODE}有 1 格去掉了多余的空格和符号（第 3 行）",
    ),
    "a number with decimals": (
        ("爱心协会", "社群", "", HERE, "", "35.0"),
        f"{MEMBERS}有 1 格只取了其中的整数（第 3 行）",
    ),
    "private": (("李\ue815", "个体", "", HERE), f"{NAME}有 1 格有自造的生僻字，在别的电脑上可能显示成方框（第 3 行）"),
    "radicals": (
        ("⾦⼀", "个体", "", HERE),
        f"{NAME}有 1 格有部首或兼容字，看上去与常用字一样，多半是从 PDF 抄来的（第 3 行）",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("row", "told"), MENDED.values(), ids=MENDED)
def test_what_was_mended_is_told(imported: Imported, row: tuple[str, ...], told: str) -> None:
    report = imported("花名册.xlsx", xlsx(WIDE, WANG, row))
    assert (report.added, report.notes) == (2, (told,))


AS_WRITTEN = {
    "a name and a phone": ("李一", "个体", "13900139000", HERE),
    "wide brackets in a name": ("书法社（老年）", "社群", "", HERE),
    "another word for a kind": ("李一", "个人", "", HERE),
    "blanks around": (" 李一 ", "个体", " 13900139000", HERE),
    "a counter word": ("书法社", "社群", "", HERE, "", "35人"),
    "nothing": ("李一", "个体", "无", HERE),
}


@pytest.mark.parametrize("row", AS_WRITTEN.values(), ids=AS_WRITTEN)
def test_of_what_is_read_as_it_is_meant_nothing_is_told(imported: Imported, row: tuple[str, ...]) -> None:
    assert imported("花名册.xlsx", xlsx(WIDE, WANG, row)).notes == ()


def test_rows_of_one_kind_are_counted_together_and_the_first_ones_named(imported: Imported) -> None:
    rows = [(f"李\u200b{chr(0x4E00 + n)}", "个体", "", HERE) for n in range(12)]
    report = imported("花名册.xlsx", xlsx(HEADER, *rows, rows[0], ("合计", "12人")))
    assert report.notes == (
        f"{NAME}有 13 格去掉了看不见的字符（第 2、3、4、5、6、7、8、9、10、11 等 13 行）",
    )
