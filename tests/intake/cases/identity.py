"""G: who is who: the same again, the same otherwise, somebody else."""

from hepartner.ledger import Ledger
from tests.intake.builders import HEADER, LI, WANG, text, xlsx
from tests.ledger.conftest import enrol

from .layout import of_sheets
from .table import HERE, NAME, ROWS, Case, L, Verdict, W

TAKEN, MENDED, ROW, FILE, ASKED = Verdict


def wang(ledger: Ledger) -> None:
    """王芳 is a partner already."""
    enrol(ledger, "王芳", phone=WANG[2])


def both(ledger: Ledger) -> None:
    """王芳 and 李四 are partners already."""
    wang(ledger)
    enrol(ledger, "李四", phone=LI[2])


def ai_li(ledger: Ledger) -> None:
    """买买提·艾力 and Ａ社 are partners already."""
    enrol(ledger, "买买提·艾力")
    enrol(ledger, "A社", kind="group")


def merged(ledger: Ledger) -> None:
    """王芳 was merged into 王小芳."""
    old, kept = enrol(ledger, "王芳", phone=WANG[2]), enrol(ledger, "王小芳", phone=LI[2])
    ledger.membership.merge(old, kept)


def left(ledger: Ledger) -> None:
    """王芳 has left."""
    ledger.membership.leave(enrol(ledger, "王芳", phone=WANG[2]))


NEW_PHONE = ("王芳", "个体", "13700137000", HERE)
SPELLED = (("买买提•艾力\u200b", "个体", "", HERE), ("Ａ社", "社群", "", HERE))

CASES = (
    Case(118, "the same row twice", lambda: xlsx(*ROWS, LI), TAKEN),
    Case(
        119,
        "one phone, two names, asked",
        lambda: xlsx(*ROWS, ("李小四", *LI[1:])),
        ASKED,
        {f"第 4 行｜{NAME}": "与第 3 行电话相同，姓名不同"},
    ),
    Case(
        119,
        "one phone, two names, of which the ledger has one",
        lambda: xlsx(HEADER, ("王方", *WANG[1:])),
        ASKED,
        {f"第 2 行｜{NAME}": "与台账里的 XF-P0001 电话相同"},
        before=wang,
    ),
    Case(
        119,
        "one phone, two names, said to be two",
        lambda: xlsx(*ROWS, ("李小四", *LI[1:])),
        TAKEN,
        {"": "按另一位登记：李小四"},
        stored=(W, L, f"李小四 {LI[2]}"),
        choices={"repeats": "accept"},
    ),
    Case(
        120, "one name, two phones", lambda: xlsx(*ROWS, NEW_PHONE), TAKEN, stored=(W, L, "王芳 13700137000")
    ),
    Case(
        120,
        "one name, two phones, one of them known",
        lambda: xlsx(HEADER, NEW_PHONE),
        ASKED,
        {NAME: "台账里有同名的XF-P0001（电话 138****8000）"},
        before=wang,
    ),
    Case(
        121,
        "one person in two sheets",
        of_sheets(三月=ROWS, 四月=(HEADER, WANG, LI)),
        TAKEN,
        before=both,
        choices={"sheet": "四月"},
    ),
    Case(
        122,
        "a changed phone",
        lambda: xlsx((*HEADER, "统一社会信用代码"), ("爱心协会", "社群", LI[2], HERE, "91110108772551611J")),
        ASKED,
        {"第 2 行": "电话 138****8000 → 139****9000"},
        before=lambda ledger: enrol(
            ledger, "爱心协会", kind="group", phone=WANG[2], credit_code="91110108772551611J"
        ),
    ),
    Case(123, "the same again", lambda: xlsx(*ROWS), TAKEN, before=both),
    Case(
        124,
        "the same content as another file",
        lambda: text(*ROWS, encoding="gb18030"),
        TAKEN,
        {},
        "花名册.csv",
        before=both,
    ),
    Case(125, "one new row", lambda: xlsx(*ROWS), TAKEN, before=wang),
    Case(
        126,
        "names in another spelling",
        lambda: xlsx(HEADER, *SPELLED),
        TAKEN,
        stored=("买买提·艾力", "A社"),
        before=ai_li,
    ),
    Case(
        127,
        "the name of a merged partner",
        lambda: xlsx(HEADER, WANG),
        TAKEN,
        stored=(f"王小芳 {LI[2]}",),
        before=merged,
    ),
    Case(
        127,
        "the name of one who left",
        lambda: xlsx(HEADER, WANG, LI),
        ROW,
        {f"第 2 行｜{NAME}": "XF-P0001 已退出"},
        stored=(W, L),
        before=left,
    ),
    Case(
        128,
        "a phone of a thousand rows",
        lambda: xlsx(HEADER, *((f"王芳{chr(0x4E00 + n)}", *WANG[1:]) for n in range(1000))),
        FILE,
        {"": "有 1000 行都是同一个电话（138****8000），像是占位用的"},
    ),
)
