"""E: names and text as people and programs write them."""

from tests.intake.builders import HEADER, LI, WANG, text, xlsx

from .cell_types import said
from .table import HERE, NAME, ROWS, Case, Verdict, W, names, with_column

TAKEN, MENDED, ROW, FILE, ASKED = Verdict

SPACED = ("李  一", "李　二", "李\u00a0三", "李\t四", "李五\n")
UNSEEN = ("李\u200b一", "李\u200d二", "\ufeff李三", "李\u00ad四", "李五\ufe0f")
DOTS = ("艾力•甲", "艾力・乙", "艾力‧丙", "艾力．丁", "艾力∙戊", "艾力⋅己", "艾力.庚")
RARE = ("𠮷田", "𪚥", "𫝀", "𬀩", "𮯠", "𰀀", "䶮", "㐱")


def garbled(wrong: str, right: str) -> bytes:
    """A roster whose bytes were read as one encoding and written again as UTF-8."""
    return text(*ROWS, encoding=right).decode(wrong, "replace").encode()


CASES = (
    Case(
        85,
        "blanks in names",
        lambda: names(*SPACED),
        MENDED,
        stored=(W, "李一", "李二", "李三", "李四", "李五"),
    ),
    Case(
        86,
        "invisible marks in names",
        lambda: names(*UNSEEN),
        MENDED,
        stored=(W, "李一", "李二", "李三", "李四", "李五"),
    ),
    Case(
        86,
        "invisible marks are told",
        lambda: names("李\u200b一"),
        MENDED,
        {"": "看不见的字符"},
        stored=(W, "李一"),
    ),
    Case(87, "bidi override", lambda: names("李\u202e一"), MENDED, stored=(W, "李一")),
    Case(88, "middle dots", lambda: names(*DOTS), MENDED, stored=(W, *(f"艾力·{one[-1]}" for one in DOTS))),
    Case(
        88,
        "one person in nine spellings",
        lambda: names(*(f"买买提{dot}艾力" for dot in "·•・‧．.∙⋅-")),
        TAKEN,
        stored=(W, "买买提·艾力"),
    ),
    Case(89, "rare characters of the extensions", lambda: names(*RARE), TAKEN, stored=(W, *RARE)),
    Case(
        90,
        "rare characters in GB18030",
        lambda: text(HEADER, WANG, *((name, "个体", "", HERE) for name in RARE), encoding="gb18030"),
        TAKEN,
        {},
        "花名册.csv",
        (W, *RARE),
    ),
    Case(91, "private-use characters", lambda: names("李\ue815"), TAKEN, stored=(W, "李\ue815")),
    Case(
        91,
        "private-use characters are told",
        lambda: names("李\ue815"),
        TAKEN,
        {"": "生僻字"},
        stored=(W, "李\ue815"),
    ),
    Case(92, "compatibility ideograph", lambda: names("\uf90a一"), TAKEN, stored=(W, "\uf90a一")),
    Case(
        92,
        "compatibility ideograph compared by key",
        lambda: names("\uf90a一", "金一"),
        TAKEN,
        stored=(W, "\uf90a一"),
    ),
    Case(
        93, "radicals of PDF copies compared by key", lambda: names("⾦⼀", "金一"), TAKEN, stored=(W, "⾦⼀")
    ),
    Case(
        94,
        "traditional and variant characters",
        lambda: names("李清", "李淸", "李喆", "李哲"),
        TAKEN,
        stored=(W, "李清", "李淸", "李喆", "李哲"),
    ),
    Case(
        95,
        "names with a note in brackets",
        lambda: names("李一(女)", "李二（大）"),
        MENDED,
        {"": "2 位姓名后面括号里的话移到了备注：李一(女)、李二（大）"},
        stored=("王芳", "李一 女", "李二 大"),
        view="remarks",
    ),
    Case(
        95,
        "two of one name, told apart in brackets alone",
        lambda: names("李一（大）", "李一（小）"),
        ASKED,
        {f"第 4 行｜{NAME}": "与第 3 行像是同一个合伙人，但内容不同"},
    ),
    Case(
        95,
        "described and starred characters",
        lambda: names("李⿰王玉", "李*"),
        TAKEN,
        stored=(W, "李⿰王玉", "李*"),
    ),
    Case(
        96,
        "Latin, long and short names",
        lambda: names("John Smith", "李", "A" * 30, "李4"),
        TAKEN,
        stored=(W, "John Smith", "李", "A" * 30, "李4"),
    ),
    Case(
        97,
        "two names in a cell",
        lambda: names("张三、李四", "张三/李四", "张三\n李四"),
        ROW,
        said(*["一格里写了几个名字"] * 3, column=NAME),
    ),
    Case(98, "emoji in names", lambda: names("李😀", "李👩\u200d🚀"), TAKEN, stored=(W, "李😀", "李👩🚀")),
    Case(99, "combining marks", lambda: names("Jose\u0301"), TAKEN, stored=(W, "Jose\u0301")),
    Case(99, "heaped marks", lambda: names("Z" + "\u0301" * 9), ROW, said("附加符号", column=NAME)),
    Case(100, "lost characters", lambda: names("李\ufffd"), ROW, said("第 2 个字是乱码", column=NAME)),
    Case(
        100,
        "NUL in text",
        lambda: text(HEADER, WANG, ("李\x00四", *LI[1:])),
        ROW,
        said("第 2 个字是乱码", column=NAME),
        "花名册.csv",
    ),
    Case(101, "UTF-8 read as GBK", lambda: garbled("gb18030", "utf-8"), FILE, {"": "编码错"}, "花名册.csv"),
    Case(101, "GBK read as Latin", lambda: garbled("latin-1", "gbk"), FILE, {"": "编码错"}, "花名册.csv"),
    Case(101, "text that was lost", "锟斤拷,锟斤拷\n烫烫烫,1\n".encode, FILE, {"": "编码错"}, "花名册.csv"),
    Case(
        102,
        "a name of 10,000 characters",
        lambda: xlsx(HEADER, WANG, ("李" * 10_000, *LI[1:])),
        ROW,
        said("有 10000 个字，太长", column=NAME),
    ),
    Case(
        102,
        "a remark of 600",
        lambda: with_column("备注", "", "长" * 600),
        ROW,
        {"第 3 行｜E 列“备注”": "有 600 字，太长"},
        stored=("王芳",),
    ),
)
