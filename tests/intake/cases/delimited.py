"""I: text in all its encodings, separators and slips."""

from collections.abc import Callable

from tests.intake.builders import HEADER, LI, WANG, text

from .cell_types import said
from .table import HERE, NAME, PHONE, ROWS, Case, Verdict, csv

TAKEN, MENDED, ROW, FILE, ASKED = Verdict

NAMED = "花名册.csv"
GOOD = text(HEADER, WANG)


def lines(content: bytes) -> Callable[[], bytes]:
    """The maker of header and 王芳, and what follows."""
    return lambda: GOOD + content


CASES = (
    Case(137, "UTF-8", csv(*ROWS), TAKEN, {}, NAMED),
    Case(138, "UTF-8 with a mark", csv(*ROWS, encoding="utf-8-sig"), TAKEN, {}, NAMED),
    Case(139, "GBK", csv(*ROWS, encoding="gbk"), TAKEN, {}, NAMED),
    Case(
        140,
        "GB18030, four bytes",
        csv(HEADER, ("𠮷田", *WANG[1:]), encoding="gb18030"),
        TAKEN,
        {},
        NAMED,
        (f"𠮷田 {WANG[2]}",),
    ),
    Case(141, "UTF-16 by tabs", csv(*ROWS, mark="\t", encoding="utf-16"), TAKEN, {}, "花名册.txt"),
    Case(
        142,
        "Big5",
        csv(("姓名", "類型", "聯絡電話", "社區"), ("王芳", "個體", WANG[2], "幸福里社區"), encoding="big5"),
        ASKED,
        {"": "Big5"},
        NAMED,
    ),
    *(
        Case(
            140,
            f"GB18030 that Big5 could be too: {what}",
            csv(HEADER, (name, "个体", WANG[2], HERE), encoding="gb18030"),
            TAKEN,
            {},
            NAMED,
            (f"{name} {WANG[2]}",),
        )
        for what, name in (("a rare name", "陈喆"), ("a traditional name", "陳麗華"))
    ),
    Case(
        143,
        "two encodings",
        lambda: text(HEADER, LI) + text(WANG, encoding="gbk"),
        FILE,
        {"第 3 行": "几种编码混在一起"},
        NAMED,
    ),
    Case(144, "sep= line", lambda: b"sep=;\r\n" + text(*ROWS, mark=";"), TAKEN, {}, NAMED),
    Case(145, "semicolons", csv(*ROWS, mark=";"), TAKEN, {}, NAMED),
    Case(145, "tabs", csv(*ROWS, mark="\t"), TAKEN, {}, NAMED),
    Case(145, "full-width commas", csv(*ROWS, mark="，"), TAKEN, {}, NAMED),
    Case(145, "bars", csv(*ROWS, mark="|"), TAKEN, {}, NAMED),
    Case(
        146,
        "line breaks in quotes",
        lines(f'"李\n四",个体,{LI[2]},{HERE}\n'.encode()),
        TAKEN,
        {},
        NAMED,
    ),
    Case(
        146,
        "line breaks in a remark",
        lambda: text((*HEADER, "备注"), (*WANG, '"一\n二"')),
        TAKEN,
        {},
        NAMED,
        ("王芳 一 二",),
        "remarks",
    ),
    Case(
        146,
        "an open quote",
        lines(f'"李四,个体,{LI[2]},{HERE}\n赵六,个体,,{HERE}\n'.encode()),
        FILE,
        {"第 3 行": "双引号不成对"},
        NAMED,
    ),
    Case(
        147,
        "NUL",
        lines(f"李四,个体,139\x0000139000,{HERE}\n".encode()),
        ROW,
        said("第 4 个字是乱码", column=PHONE),
        NAMED,
    ),
    Case(
        148,
        "a field of 140,000",
        lines(f"{'李' * 140_000},个体,,{HERE}\n".encode()),
        ROW,
        said("有 140000 个字，太长", column=NAME),
        NAMED,
    ),
    Case(149, "CR only", csv(*ROWS, end="\r"), TAKEN, {}, NAMED),
    Case(
        150,
        "fewer cells",
        lines("李四,个体\n".encode()),
        ROW,
        {"第 3 行": "这一行只有 2 列，表头有 4 列"},
        NAMED,
    ),
    Case(
        150,
        "more cells",
        lines(f"李四,个体,{LI[2]},{HERE},多\n".encode()),
        ROW,
        {"第 3 行": "这一行有 5 列，表头只有 4 列"},
        NAMED,
    ),
    Case(151, "no header", csv(WANG, LI), FILE, {"": "找不到合伙人花名册的表头"}, NAMED),
    Case(152, "export trick", lines(f'李四,个体,"=""{LI[2]}""",{HERE}\n'.encode()), MENDED, {}, NAMED),
    Case(
        152,
        "export trick without quotes",
        lines(f'李四,个体,="{LI[2]}",{HERE}\n'.encode()),
        MENDED,
        {},
        NAMED,
    ),
    Case(
        153,
        "phone that Excel mangled",
        lines(f"李四,个体,1.39E+10,{HERE}\n".encode()),
        ROW,
        said("科学计数"),
        NAMED,
    ),
    Case(154, "commas at the end", csv((*HEADER, "", ""), (*WANG, "", "", ""), LI), TAKEN, {}, NAMED),
    Case(154, "mark in the middle", lambda: GOOD + b"\xef\xbb\xbf" + text(LI), TAKEN, {}, NAMED),
    Case(154, "^Z at the end", lambda: text(*ROWS) + b"\x1a", TAKEN, {}, NAMED),
)
