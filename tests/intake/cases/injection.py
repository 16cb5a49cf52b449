"""H: text that would act where it is shown, stored or opened again. It stays the text it is."""

from tests.intake.builders import HEADER, WANG, saved, text, web, workbook, xlsx

from .table import HERE, ROWS, Case, Verdict, W, names, phones, with_column

TAKEN, ROW, FILE = Verdict.TAKEN, Verdict.ROW, Verdict.FILE

FORMULAS = (
    "=1+1",
    "=cmd|'/C calc'!A0",
    '=HYPERLINK("http://x","y")',
    "@SUM(1)",
    "+1",
    "-1",
    "＝1+1",
    '"=1',
    ";=1",
    "%0A=",
)
# In full width it is the same name once more.
KEPT = tuple(text for text in FORMULAS if text != "＝1+1")
MARKUP = ("[/]", "[red]", "[link=http://x]", "[a]", "张三\\", ":smile:", "[@click=x]")
PATTERNS = ("x'; DROP TABLE partner; --", "%", "_", "{0.__class__}", "%s", "&P", "&[File]")
TAGS = ("<script>alert(1)</script>", "]]>", "&amp;", "a&b")
ESCAPES = ("李\x1b[2J一", "李\x1b]0;x\x07二", "李\x1b]8;;http://x\x1b\\三", "李\x08四", "李\x9b五")


def formula_texts() -> bytes:
    """A workbook whose cells hold text that looks like formulas."""
    book = workbook([HEADER, WANG])
    for number, name in enumerate(FORMULAS, 3):
        for column, value in enumerate((name, "个体", "", HERE), 1):
            book.active.cell(number, column).value = value
            book.active.cell(number, column).data_type = "s"
    return saved(book)


def sheet_called(name: str) -> bytes:
    """A workbook whose sheet has a name that acts elsewhere."""
    book = workbook(ROWS)
    book.active._WorkbookChild__title = name  # noqa: SLF001 openpyxl refuses what other writers let through
    return saved(book)


CASES = (
    Case(129, "formulas as text", formula_texts, TAKEN, stored=(W, *KEPT)),
    Case(
        129,
        "formulas in text",
        lambda: text(
            HEADER, WANG, *(('"' + name.replace('"', '""') + '"', "个体", "", HERE) for name in FORMULAS)
        ),
        TAKEN,
        {},
        "花名册.csv",
        (W, *KEPT),
    ),
    Case(
        129,
        "a real phone with a plus",
        lambda: phones("+8613900139000"),
        TAKEN,
        stored=(W, "李一 13900139000"),
    ),
    Case(130, "markup of the screen", lambda: names(*MARKUP), TAKEN, stored=(W, *MARKUP)),
    Case(
        131,
        "escape sequences",
        lambda: text(HEADER, WANG, *((name, "个体", "", HERE) for name in ESCAPES)),
        TAKEN,
        {},
        "花名册.csv",
        (W, "李[2J一", "李]0;x二", "李]8;;http://x\\三", "李四", "李五"),
    ),
    Case(
        131,
        "escape sequences in a phone",
        lambda: text(HEADER, WANG, ("李四", "个体", "\x1b[2J\r伪造的成功提示".replace("\r", ""), HERE)),
        ROW,
        {"第 3 行｜C 列": "<1B>[2J"},
        "花名册.csv",
    ),
    Case(132, "SQL and patterns", lambda: names(*PATTERNS), TAKEN, stored=(W, *PATTERNS)),
    Case(
        133,
        "format fields",
        lambda: with_column("备注", "{0.__class__}", "%s %(x)s"),
        TAKEN,
        stored=("王芳 {0.__class__}", "李一 %s %(x)s"),
        view="remarks",
    ),
    Case(
        134,
        "tags in a workbook",
        lambda: xlsx(HEADER, WANG, *((name, "个体", "", HERE) for name in TAGS)),
        TAKEN,
        stored=(W, *TAGS),
    ),
    Case(
        134,
        "tags in a web table",
        lambda: web(HEADER, WANG, ("&lt;script&gt;x&lt;/script&gt;", "个体", "", HERE)),
        TAKEN,
        {},
        "花名册.xls",
        (W, "<script>x</script>"),
    ),
    Case(
        135,
        "codes of page headers",
        lambda: names("&P", "&[File]", "&D"),
        TAKEN,
        stored=(W, "&P", "&[File]", "&D"),
    ),
    Case(136, "sheet called [1]", lambda: sheet_called("[1]"), TAKEN),
    Case(136, "sheet called a/b", lambda: sheet_called("a/b"), TAKEN),
    Case(136, "sheet called 'x", lambda: sheet_called("'x"), TAKEN),
    Case(136, "sheet with a name of 40", lambda: sheet_called("长" * 40), TAKEN),
)
