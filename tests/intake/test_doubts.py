"""Rows that may mean somebody known: who is asked about, what may be answered, and what becomes of the row then."""

import time
from collections.abc import Iterator

import openpyxl
import pytest

from hepartner.intake.choices import Choices
from hepartner.intake.doubts import Answer, Doubt
from hepartner.intake.pipeline import Ask, import_file
from hepartner.intake.report import Report
from hepartner.ledger import Ledger
from hepartner.ledger.columns import NothingRemembered, forget
from tests.ledger.conftest import enrol

from .builders import HEADER, LI, WANG, xlsx
from .conftest import Imported
from .test_rosters import counts, reasons

HERE = "幸福里社区"
SHOP = "北海柏乐口腔门诊部有限公司"
CODE, OTHER_CODE = "91110108772551611J", "91450500MA5KXQ8R18"
WIDE = (*HEADER, "网格", "技能", "统一社会信用代码")


def answering(*whats: str) -> Ask:
    """Answer the doubts of a report one after another, each by what its answer does."""
    given = iter(whats)

    def ask(report: Report) -> dict[Doubt, Answer]:
        return {doubt: chosen(doubt, next(given)) for doubt in report.doubts}

    return ask


def chosen(doubt: Doubt, what: str) -> Answer:
    return next(one.answer for one in doubt.choices if one.answer.what == what)


def named(ledger: Ledger) -> list[str]:
    return [f"{one.name} {one.phone.full}".strip() for one in ledger.partners.cards()]


@pytest.fixture
def known(ledger: Ledger) -> Iterator[None]:
    """Those who are in the ledger already: a person with a phone, one without, a shop and a club of one phone."""
    first, second = (
        ledger.areas.add("grid", f"第{n}网格", parent=ledger.areas.find("XF")).area for n in (1, 2)
    )
    enrol(ledger, "王芳", phone=WANG[2], grid_id=first.id)
    enrol(ledger, "李建国", grid_id=first.id)
    enrol(ledger, "张伟", grid_id=second.id)
    enrol(ledger, SHOP, kind="business", phone="07792021234", credit_code=CODE)
    enrol(ledger, "书法社", kind="group", phone="13700137000")
    return


ALIKE = {
    "a slip of the keyboard with the same phone": ("王方", "个体", WANG[2], HERE, "", "", "", "XF-P0001 电话相同"),
    "another name with the same phone, as families have": ("赵强", "个体", WANG[2], HERE, "", "", "", "XF-P0001 电话相同"),
    "the same phone in another community": ("王方", "个体", WANG[2], "和平社区", "", "", "", "XF-P0001 电话相同"),
    "the same sound in the same grid, without phone": ("章伟", "个体", "", HERE, "2", "", "", "XF-P0003 名称相近"),
    "three characters of the same sound, a phone only here": ("李建果", "个体", LI[2], HERE, "", "", "", "XF-P0002 名称相近"),
    "a shop without its region and 有限公司": ("柏乐口腔门诊部", "商企", "", HERE, "", "", "", f"{SHOP}（XF-P0004）名称相近"),
    "a shop as a group": ("柏乐口腔门诊部", "社群", "", HERE, "", "", "", f"{SHOP}（XF-P0004）名称相近"),
    "a shop misspelled by sound": ("北海柏乐口腔门珍部", "商企", "", HERE, "", "", "", f"{SHOP}（XF-P0004）名称相近"),
    "a shop misspelled by form, of one phone": ("北海柏乐口控门诊部", "商企", "0779-2021234", HERE, "", "", "", "电话相同"),
    "a part of a shop's name, of one phone": ("柏乐口腔", "商企", "0779-2021234", HERE, "", "", "", "电话相同"),
}  # fmt: skip


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("row", ALIKE.values(), ids=ALIKE)
def test_who_is_nearly_known_is_listed_with_the_candidates(
    ledger: Ledger, imported: Imported, row: tuple[str, ...]
) -> None:
    before = named(ledger)
    report = imported("花名册.xlsx", xlsx(WIDE, row[:-1]), skip_bad=True)
    assert counts(report) == (0, 0, 0, 1), report.problems
    assert reasons(report)[0].startswith("疑似重复：与台账里的")
    assert row[-1] in reasons(report)[0]
    assert "--skip-repeat" in report.problems[0].remedy
    assert "--accept-repeat" in report.problems[0].remedy
    assert named(ledger) == before


OTHERS = {
    "another sound and phone": ("王红", "个体", LI[2], HERE, "1", "", ""),
    "the same sound with another phone": ("王方", "个体", LI[2], HERE, "1", "", ""),
    "the same sound in another grid": ("章伟", "个体", "", HERE, "1", "", ""),
    "the same sound without a grid, of two characters": ("章伟", "个体", "", HERE, "", "", ""),
    "the same sound in another community": ("李建果", "个体", "", "和平社区", "", "", ""),
    "a person with the phone of a shop": ("陈强", "个体", "0779-2021234", HERE, "", "", ""),
    "a shop with the phone of a person": ("王记粉店", "商企", WANG[2], HERE, "", "", ""),
    "another group of the same contact": ("合唱队", "社群", "13700137000", HERE, "", "", ""),
    "a numbered branch of the same owner": ("北海柏乐口腔门诊二部", "商企", "0779-2021234", HERE, "", "", ""),
    "another credit code": ("柏乐口腔门诊部", "商企", "", HERE, "", "", OTHER_CODE),
    "a short name of the same sound": ("书法设", "社群", "", "和平社区", "", "", ""),
}  # fmt: skip


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("row", OTHERS.values(), ids=OTHERS)
def test_who_is_somebody_else_is_added_without_a_word(imported: Imported, row: tuple[str, ...]) -> None:
    report = imported("花名册.xlsx", xlsx(WIDE, row))
    assert counts(report) == (1, 0, 0, 0), report.problems


@pytest.mark.usefixtures("known")
def test_who_stands_on_the_list_under_both_names_is_no_slip(imported: Imported) -> None:
    rows = (("张伟", "个体", "", HERE, "2"), ("章伟", "个体", "", HERE, "2"))
    assert counts(imported("花名册.xlsx", xlsx(WIDE[:5], *rows))) == (1, 0, 1, 0)


ANSWERS = {
    "update": ((0, 1, 0, 0), [f"王方 {WANG[2]}", f"李四 {LI[2]}"]),
    "skip": ((0, 0, 1, 0), [f"王芳 {WANG[2]}", f"李四 {LI[2]}"]),
    "new": ((1, 0, 0, 0), [f"王芳 {WANG[2]}", f"王方 {WANG[2]}", f"李四 {LI[2]}"]),
    "leave": ((0, 0, 0, 1), [f"王芳 {WANG[2]}", f"李四 {LI[2]}"]),
}


@pytest.mark.parametrize(("what", "expected"), ANSWERS.items())
def test_the_answer_decides_what_becomes_of_the_row_and_hinders_no_other(
    ledger: Ledger, imported: Imported, what: str, expected: tuple[tuple[int, ...], list[str]]
) -> None:
    enrol(ledger, "王芳", phone=WANG[2])
    report = imported("花名册.xlsx", xlsx(HEADER, ("王方", *WANG[1:]), LI), ask=answering(what))
    (added, *rest), cards = expected
    assert counts(report) == (added + 1, *rest)
    assert report.voucher
    assert sorted(named(ledger)) == sorted(cards)
    assert bool(report.rejects) == (what == "leave")


def test_the_question_shows_the_row_the_candidates_and_the_change_with_phones_masked(
    ledger: Ledger, imported: Imported
) -> None:
    grid = ledger.areas.add("grid", "第1网格", parent=ledger.areas.find("XF")).area
    enrol(ledger, "王芳", phone=WANG[2], grid_id=grid.id)
    asked: list[Doubt] = []

    def ask(report: Report) -> dict[Doubt, Answer]:
        asked.extend(report.doubts)
        return {doubt: chosen(doubt, "leave") for doubt in report.doubts}

    imported("花名册.xlsx", xlsx((*HEADER, "技能"), ("王方", *WANG[1:], "书法")), ask=ask)
    (doubt,) = asked
    assert doubt.question == (
        "第 2 行 王方（个体，电话 138****8000）：疑似重复：与台账里的 XF-P0001 电话相同，不知道是不是同一位"
    )
    assert [one.text for one in doubt.choices] == [
        "就是 王芳（XF-P0001，电话 138****8000，第1网格），按名单修改：技能 无 → 书法；名称 王芳 → 王方",
        "就是 王芳（XF-P0001，电话 138****8000，第1网格），台账不改",
        "另一位，新增",
        "先不导入这一行，写进问题清单",
    ]


def test_of_namesakes_one_may_be_chosen_or_another_added(ledger: Ledger, imported: Imported) -> None:
    enrol(ledger, "王芳", phone=WANG[2])
    row = xlsx(HEADER, ("王芳", *LI[1:]))
    report = imported("花名册.xlsx", row, ask=answering("new"))
    assert counts(report) == (1, 0, 0, 0)
    assert named(ledger) == [f"王芳 {WANG[2]}", f"王芳 {LI[2]}"]
    third = xlsx(HEADER, ("王芳", "个体", "13700137000", HERE))
    assert counts(imported("花名册.xlsx", third, ask=answering("update"))) == (0, 1, 0, 0)
    assert named(ledger) == ["王芳 13700137000", f"王芳 {LI[2]}"]


def test_of_two_rows_that_are_said_to_be_one_partner_the_second_is_asked_about_by_the_first(
    ledger: Ledger, imported: Imported
) -> None:
    enrol(ledger, "王芳", phone=WANG[2])
    rows = xlsx(HEADER, ("王方", *WANG[1:]), ("王放", *WANG[1:]))
    report = imported("花名册.xlsx", rows, ask=answering("update", "update", "skip"))
    assert counts(report) == (0, 1, 1, 0)
    assert named(ledger) == [f"王方 {WANG[2]}"]


def test_a_family_of_one_list_is_asked_about_by_the_earlier_row(ledger: Ledger, imported: Imported) -> None:
    rows = xlsx(HEADER, WANG, ("王小芳", *WANG[1:]), ("王大力", *WANG[1:]))
    report = imported("花名册.xlsx", rows)
    assert [(one.row, one.reason) for one in report.problems] == [
        (3, "疑似重复：与第 2 行电话相同，姓名不同"),
        (4, "疑似重复：与第 2 行电话相同，姓名不同"),
    ]
    assert report.notes == ("1 个电话有几个名字在用，没有合并：138****8000",)
    assert counts(imported("花名册.xlsx", rows, ask=answering("skip", "new"))) == (2, 0, 1, 0)
    assert named(ledger) == [f"王芳 {WANG[2]}", f"王大力 {WANG[2]}"]


def test_two_names_of_one_shop_in_one_list_are_asked_about(imported: Imported) -> None:
    rows = (
        (SHOP, "商企", "", HERE, "", "", CODE),
        ("柏乐口腔门诊部", "商企", "", HERE, "", "", ""),
        ("北海市图书馆", "社群", "", HERE, "", "", ""),
        ("海城区图书馆", "社群", "", HERE, "", "", ""),
        ("柏乐口腔门诊部", "商企", "", "和平社区", "", "", ""),
    )
    report = imported("花名册.xlsx", xlsx(WIDE, *rows))
    assert [(one.row, one.reason) for one in report.problems] == [(3, "疑似重复：与第 2 行名称相近")]


def test_cards_of_the_name_and_of_the_phone_are_shown_together(ledger: Ledger, imported: Imported) -> None:
    enrol(ledger, "王芳", phone=WANG[2])
    enrol(ledger, "李四", phone=LI[2])
    shown: list[str] = []

    def ask(report: Report) -> dict[Doubt, Answer]:
        (doubt,) = report.doubts
        shown.extend(one.text for one in doubt.choices)
        return {doubt: chosen(doubt, "new")}

    assert imported("花名册.xlsx", xlsx(HEADER, ("王芳", *LI[1:])), ask=ask).added == 1
    assert [text for text in shown if "XF-P0002" in text] == [
        "就是 李四（XF-P0002，电话 139****9000），按名单修改：名称 李四 → 王芳",
        "就是 李四（XF-P0002，电话 139****9000），台账不改",
    ]


@pytest.mark.parametrize(
    ("written", "name"), [("柏乐口腔门诊部", SHOP), ("北海柏乐口腔门珍部", "北海柏乐口腔门珍部")]
)
def test_a_shop_keeps_its_full_name_though_a_list_leaves_a_part_out(
    ledger: Ledger, imported: Imported, written: str, name: str
) -> None:
    enrol(ledger, SHOP, kind="business")
    row = (written, "商企", "07792021234", HERE)
    assert counts(imported("花名册.xlsx", xlsx(HEADER, row), ask=answering("update"))) == (0, 1, 0, 0)
    assert named(ledger) == [f"{name} 07792021234"]


def test_questions_come_in_the_order_of_the_rows(ledger: Ledger, imported: Imported) -> None:
    enrol(ledger, "王芳", phone=WANG[2])
    enrol(ledger, "李四", phone=LI[2])
    rows: list[int] = []

    def ask(report: Report) -> dict[Doubt, Answer]:
        rows.extend(doubt.row for doubt in report.doubts)
        return {doubt: chosen(doubt, "skip") for doubt in report.doubts}

    content = xlsx((*HEADER, "技能"), ("王方", *WANG[1:], ""), (*LI, "合唱"))
    imported("花名册.xlsx", content, on_match="ask", ask=ask)
    assert rows == [2, 3]


def test_codes_follow_the_order_of_the_list(ledger: Ledger, imported: Imported) -> None:
    enrol(ledger, "王芳")
    rows = [(name, kind, "", HERE) for name, kind in (("李一", "个体"), ("书法社", "社群"), ("李三", "个体"))]
    imported("花名册.xlsx", xlsx(HEADER, *rows))
    assert [one.name for one in ledger.partners.cards()] == ["王芳", "李一", "书法社", "李三"]


def test_many_rows_of_one_phone_take_no_time(imported: Imported) -> None:
    rows = [(f"第{n}分店", "商企", WANG[2], HERE) for n in range(5000)]
    started = time.process_time()
    assert "像是占位用的" in reasons(imported("花名册.xlsx", xlsx(HEADER, *rows)))[0]
    assert time.process_time() - started < 10


def test_somebody_who_was_taken_for_another_once_is_known_by_the_same_list_again(
    ledger: Ledger, imported: Imported
) -> None:
    enrol(ledger, "王芳", phone=WANG[2])
    rows = xlsx(HEADER, ("王方", *WANG[1:]), ("王小方", *WANG[1:]))
    report = imported("花名册.xlsx", rows, repeats="accept")
    assert counts(report) == (2, 0, 0, 0)
    assert "2 行与已有的合伙人或前面的行相近，按另一位登记：王方、王小方" in report.notes
    for repeats in ("accept", "skip", ""):
        assert counts(imported("花名册.xlsx", rows, repeats=repeats)) == (0, 0, 2, 0)
    assert len(named(ledger)) == 3


def test_who_is_taken_for_the_same_adds_and_changes_nothing(ledger: Ledger, imported: Imported) -> None:
    enrol(ledger, "王芳", phone=WANG[2])
    rows = xlsx((*HEADER, "技能"), ("王方", *WANG[1:], "书法"), (*LI, ""))
    report = imported("花名册.xlsx", rows, repeats="skip")
    assert counts(report) == (1, 0, 1, 0)
    assert "1 行与已有的合伙人或前面的行相近，按同一位处理，没有登记：王方" in report.notes
    assert ledger.partners.cards()[0].skills == ""


def test_who_was_said_to_be_the_same_is_not_asked_about_again_by_lists_of_the_source(
    ledger: Ledger, imported: Imported
) -> None:
    enrol(ledger, "王芳", phone=WANG[2])
    row = ("王方", *WANG[1:])
    report = imported("一月.xlsx", xlsx(HEADER, row), ask=answering("skip"), source="街道")
    assert (counts(report), report.voucher is not None) == ((0, 0, 1, 0), True)
    again = imported("二月.xlsx", xlsx(HEADER, row, LI), source="街道")
    assert (counts(again), again.doubts) == ((1, 0, 1, 0), ())
    assert "1 行与已有的合伙人或前面的行相近，照上次的答复是台账里的同一位，没有改：王方" in again.notes
    assert "王方" not in "".join(str(one) for one in ledger.database.rows("SELECT value FROM setting", ()))
    assert len(imported("二月.xlsx", xlsx(HEADER, row), source="社区").doubts) == 1
    other_phone = ("王方", "个体", LI[2], WANG[3])
    assert len(imported("三月.xlsx", xlsx(HEADER, other_phone), source="街道").doubts) == 1
    forget(ledger, "partners", "街道")
    assert len(imported("四月.xlsx", xlsx(HEADER, row), source="街道").doubts) == 1
    with pytest.raises(NothingRemembered):
        forget(ledger, "partners", "街道")


def test_an_answer_is_undone_with_its_import(ledger: Ledger, imported: Imported) -> None:
    enrol(ledger, "王芳", phone=WANG[2])
    rows = xlsx(HEADER, ("王方", *WANG[1:]))
    answered = imported("一月.xlsx", rows, ask=answering("skip"), source="街道")
    assert answered.voucher
    ledger.history.undo(answered.voucher)
    assert len(imported("一月.xlsx", rows, source="街道").doubts) == 1


def test_a_namesake_whom_nothing_tells_apart_is_not_added_by_an_option(
    ledger: Ledger, imported: Imported
) -> None:
    """Every import of the list would add one more."""
    enrol(ledger, "王芳", phone=WANG[2])
    enrol(ledger, "王芳", phone=LI[2])
    report = imported("花名册.xlsx", xlsx(HEADER, ("王芳", "个体", "", HERE)), repeats="accept")
    assert counts(report) == (0, 0, 0, 1)
    assert "请先填上电话" in report.problems[0].remedy


def test_rows_given_back_by_choice_come_in_later(ledger: Ledger, imported: Imported) -> None:
    enrol(ledger, "王芳", phone=WANG[2])
    report = imported("花名册.xlsx", xlsx(HEADER, ("王方", *WANG[1:]), LI), ask=answering("leave"))
    assert report.rejects
    sheet = openpyxl.load_workbook(report.rejects).active
    cells = [[cell or "" for cell in row] for row in sheet.values]
    assert cells[-1][0] == "王方"
    assert "王芳" not in str(cells)
    assert counts(import_file(ledger, "partners", report.rejects, Choices(repeats="accept"))) == (1, 0, 0, 0)


def test_nobody_is_asked_where_another_row_refuses_the_file(ledger: Ledger, imported: Imported) -> None:
    enrol(ledger, "王芳", phone=WANG[2])
    rows = xlsx(HEADER, ("王方", *WANG[1:]), ("李四", "个体", "138", HERE))
    report = imported("花名册.xlsx", rows, ask=answering())
    assert (counts(report), report.voucher) == ((0, 0, 0, 2), None)
    report = imported("花名册.xlsx", rows, ask=answering("new"), skip_bad=True)
    assert counts(report) == (1, 0, 0, 1)


def test_a_dry_run_asks_nobody(ledger: Ledger, imported: Imported) -> None:
    enrol(ledger, "王芳", phone=WANG[2])
    report = imported("花名册.xlsx", xlsx(HEADER, ("王方", *WANG[1:])), ask=answering(), dry_run=True)
    assert counts(report) == (0, 0, 0, 1)


@pytest.mark.parametrize(
    ("what", "expected", "skills"), [("update", (0, 1), "书法"), ("skip", (1, 0), ""), ("leave", (0, 0), "")]
)
def test_each_change_can_be_asked_about(
    ledger: Ledger, imported: Imported, what: str, expected: tuple[int, int], skills: str
) -> None:
    for row in (WANG, LI):
        enrol(ledger, row[0], phone=row[2])
    rows = xlsx((*HEADER, "技能"), (*WANG, "书法"), (*LI, "合唱"))
    report = imported("花名册.xlsx", rows, on_match="ask", ask=answering(what, "update"))
    unchanged, changed = expected
    assert counts(report) == (0, changed + 1, unchanged, 1 if what == "leave" else 0)
    assert [one.skills for one in ledger.partners.cards()] == [skills, "合唱"]


def test_what_was_answered_row_by_row_is_not_asked_of_the_whole_file(
    ledger: Ledger, imported: Imported
) -> None:
    enrol(ledger, "王芳", phone=WANG[2])
    asked: list[Report] = []

    def confirm(report: Report) -> bool:
        asked.append(report)
        return False

    content = xlsx((*HEADER, "技能"), ("王方", *WANG[1:], "书法"))
    report = imported("花名册.xlsx", content, ask=answering("update"), confirm=confirm)
    assert (counts(report), asked) == ((0, 1, 0, 0), [])


@pytest.mark.parametrize("agreed", [True, False])
def test_what_holds_for_the_whole_file_is_asked_before_its_rows(
    ledger: Ledger,
    imported: Imported,
    agreed: bool,  # noqa: FBT001 pytest's parameter
) -> None:
    """So whoever says no, or presses Enter, has answered no question in vain."""
    for row in (WANG, LI):
        enrol(ledger, row[0], phone=row[2])
    asked: list[str] = []

    def confirm(report: Report) -> bool:
        asked.append(f"{report.to_agree} of the file")
        return agreed

    def ask(report: Report) -> dict[Doubt, Answer]:
        asked.append(f"{len(report.doubts)} of the rows")
        return {doubt: chosen(doubt, "update") for doubt in report.doubts}

    content = xlsx((*HEADER, "技能"), ("王方", *WANG[1:], "书法"), (*LI, "合唱"))
    report = imported("花名册.xlsx", content, ask=ask, confirm=confirm)
    assert asked == (["1 of the file", "1 of the rows"] if agreed else ["1 of the file"])
    assert (report.voucher is not None, report.changed) == (agreed, 2 if agreed else 1)


def test_what_changed_between_the_question_and_the_answer_is_asked_again(
    ledger: Ledger, imported: Imported
) -> None:
    """Another window may write while somebody thinks."""
    wang = enrol(ledger, "王芳", phone=WANG[2])
    asked: list[str] = []

    def ask(report: Report) -> dict[Doubt, Answer]:
        (doubt,) = report.doubts
        asked.append(doubt.choices[0].text)
        if len(asked) == 1:
            with Ledger.open(ledger.database.path, operator="李梅") as window:
                window.partners.edit(wang, skills="合唱")
        return {doubt: chosen(doubt, "update")}

    imported("花名册.xlsx", xlsx((*HEADER, "技能"), ("王方", *WANG[1:], "书法")), ask=ask)
    assert ["技能 无 → 书法" in asked[0], "技能 合唱 → 书法" in asked[1]] == [True, True]
    assert ledger.partners.cards()[0].skills == "书法"


def test_breaking_off_leaves_nothing(ledger: Ledger, imported: Imported) -> None:
    enrol(ledger, "王芳", phone=WANG[2])
    before = ledger.anchor

    def ask(_: Report) -> dict[Doubt, Answer]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        imported("花名册.xlsx", xlsx(HEADER, ("王方", *WANG[1:]), LI), ask=ask)
    assert ledger.anchor == before
    assert counts(imported("花名册.xlsx", xlsx(HEADER, LI))) == (1, 0, 0, 0)


def test_who_watches_is_told_how_far_each_pass_is(ledger: Ledger, imported: Imported) -> None:
    enrol(ledger, "王芳", phone=WANG[2])
    told: list[tuple[int, int]] = []
    rows = xlsx(HEADER, LI, ("王方", *WANG[1:]), ("合计", "2人"))
    imported("花名册.xlsx", rows, ask=answering("new"), watch=lambda row, rows: told.append((row, rows)))
    assert told == [(0, 4), (3, 4), (3, 4)]
