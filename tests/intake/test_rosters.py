"""Rosters into the ledger: who is added, changed, left alone, or asked about."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from hepartner.intake import pipeline, process
from hepartner.intake.kinds import kind_named
from hepartner.intake.pipeline import import_file
from hepartner.intake.plan import Plan
from hepartner.intake.report import Report
from hepartner.ledger import Ledger, vouchers
from hepartner.ledger.offers import Offers
from hepartner.ledger.offers import Particulars as Offered
from tests.ledger.conftest import enrol, hire

from .builders import HEADER, LI, WANG, put, saved, text, workbook, xlsx
from .conftest import Imported

FULL = (*HEADER, "网格", "类别", "加入日期", "备注")


def counts(report: Report) -> tuple[int, int, int, int]:
    assert report.read == report.added + report.changed + report.unchanged + report.rejected
    return report.added, report.changed, report.unchanged, report.rejected


def reasons(report: Report) -> list[str]:
    return [problem.reason for problem in report.problems]


@pytest.mark.usefixtures("grid")
def test_a_roster_becomes_partners_in_one_voucher(ledger: Ledger, imported: Imported) -> None:
    business = ("北海柏乐口腔门诊部", "商企", "0779-2021234", "和平", "", "医疗", "", "")
    report = imported("花名册.xlsx", xlsx(FULL, (*WANG, "1网格", "退休教师", "2024.3.5", "会书法"), business))
    assert counts(report) == (2, 0, 0, 0)
    wang, dentist = ledger.partners.cards()
    assert (wang.name, wang.phone.full, wang.category, wang.joined_on) == (
        "王芳",
        WANG[2],
        "退休教师",
        "2024-03-05",
    )
    assert ledger.areas.get(wang.grid_id or 0).name == "第1网格"
    assert (dentist.kind, dentist.community, dentist.joined_on) == ("business", "和平社区", "2025-11-20")
    logged = ledger.history.log()[0]
    assert (logged.voucher, logged.action) == (report.voucher, "import.partners")


def test_the_same_content_again_adds_nothing_and_writes_no_voucher(
    ledger: Ledger, imported: Imported
) -> None:
    imported("花名册.xlsx", xlsx(HEADER, WANG, LI))
    before = ledger.anchor
    report = imported("又一份.csv", text(HEADER, LI, WANG, encoding="gb18030"))
    assert (counts(report), report.voucher) == ((0, 0, 2, 0), None)
    assert ledger.anchor == before


def test_a_new_row_in_a_known_file_is_the_only_one_added(imported: Imported) -> None:
    imported("花名册.xlsx", xlsx(HEADER, WANG))
    assert counts(imported("花名册.xlsx", xlsx(HEADER, WANG, LI))) == (1, 0, 1, 0)


def test_a_row_twice_in_a_file_is_one_partner(imported: Imported) -> None:
    assert counts(imported("花名册.xlsx", xlsx(HEADER, WANG, WANG))) == (1, 0, 1, 0)


def test_one_bad_row_refuses_the_file_unless_it_is_skipped(ledger: Ledger, imported: Imported) -> None:
    content = xlsx(HEADER, WANG, ("李四", "个体", "138", "幸福里社区"))
    refused = imported("花名册.xlsx", content)
    assert (counts(refused), refused.voucher, ledger.partners.cards()) == ((1, 0, 0, 1), None, [])
    skipped = imported("花名册.xlsx", content, skip_bad=True)
    assert counts(skipped) == (1, 0, 0, 1)
    assert [partner.name for partner in ledger.partners.cards()] == ["王芳"]


def test_a_dry_run_says_the_same_and_writes_nothing_at_all(
    ledger: Ledger, imported: Imported, tmp_path: Path
) -> None:
    content = xlsx(HEADER, WANG, ("李四", "个体", "138", "幸福里社区"))
    tried = imported("花名册.xlsx", content, skip_bad=True, dry_run=True)
    assert ledger.partners.cards() == []
    assert list(tmp_path.glob("*_问题*")) == []
    done = imported("花名册.xlsx", content, skip_bad=True)
    assert tried.as_json() | {"voucher": None} == done.as_json() | {"voucher": None}


def test_a_changed_value_is_told_and_a_blank_erases_nothing(ledger: Ledger, imported: Imported) -> None:
    enrol(ledger, "王芳", phone=WANG[2], category="退休教师", skills="书法")
    report = imported("花名册.xlsx", xlsx((*HEADER, "类别", "技能"), (*WANG, "热心居民", "")))
    assert counts(report) == (0, 1, 0, 0)
    assert report.changes == ("第 2 行 王芳（XF-P0001）：类别 退休教师 → 热心居民",)
    (card,) = ledger.partners.cards()
    assert (card.category, card.skills) == ("热心居民", "书法")


def test_what_only_organisations_have_is_not_taken_of_individuals_and_told(
    ledger: Ledger, imported: Imported
) -> None:
    """Of everybody's contact and head-count nothing is needed; a firm's code says that the kind is wrong."""
    header = (*HEADER, "联系人", "人数", "统一社会信用代码")
    filled = [
        (*WANG, "王强", "1", ""),
        (*LI, "李强", "", ""),
        ("书法协会", "社群", "", "幸福里", "张三", "30", ""),
    ]
    report = imported("花名册.xlsx", xlsx(header, *filled))
    assert counts(report) == (3, 0, 0, 0)
    assert "2 位个体写了联系人、人数，个体不记这些，没有记下；类型填错的请改正后再导入" in report.notes
    assert {(one.name, one.contact, one.members) for one in ledger.partners.cards()} == {
        ("王芳", "", None),
        (LI[0], "", None),
        ("书法协会", "张三", 30),
    }
    assert counts(imported("花名册.xlsx", xlsx(header, *filled))) == (0, 0, 3, 0)
    firm = ("陈记粉店", "个体", "", "幸福里", "", "", "91110108772551611J")
    report = imported("花名册.xlsx", xlsx(header, firm))
    assert (counts(report), reasons(report)) == ((0, 0, 0, 1), ["个体合伙人没有统一社会信用代码"])
    assert report.problems[0].remedy == "个体工商户请把类型改为 商企；是个人请清空这一格"


@pytest.mark.parametrize(
    ("on_match", "expected", "skills"),
    [("update", (0, 1, 1, 0), "书法"), ("skip", (0, 0, 2, 0), ""), ("ask", (0, 0, 1, 1), "")],
)
def test_what_becomes_of_rows_that_say_something_else_than_their_cards(
    ledger: Ledger, imported: Imported, on_match: str, expected: tuple[int, ...], skills: str
) -> None:
    imported("花名册.xlsx", xlsx(HEADER, WANG, LI))
    newer = xlsx((*HEADER, "技能"), (*WANG, "书法"), (*LI, ""))
    report = imported("新花名册.xlsx", newer, on_match=on_match)
    assert counts(report) == expected
    assert ledger.partners.cards()[0].skills == skills
    code = ledger.partners.cards()[0].code
    told = f"第 2 行 王芳（{code}）：技能 无 → 书法"
    assert report.changes == ((told,) if on_match == "update" else ())
    kept = f"1 位的内容与台账不同，保留台账的，没有修改：{told}"
    assert (kept in report.notes) == (on_match == "skip")
    assert reasons(report) == ([f"与台账里的 {code} 不同：技能"] if on_match == "ask" else [])


def test_a_refused_confirmation_changes_nothing(ledger: Ledger, imported: Imported) -> None:
    enrol(ledger, "王芳", phone=WANG[2])
    asked: list[Report] = []

    def confirm(report: Report) -> bool:
        asked.append(report)
        return False

    report = imported("花名册.xlsx", xlsx((*HEADER, "技能"), (*WANG, "书法")), confirm=confirm)
    assert (report.voucher, [one.changed for one in asked]) == (None, [1])
    assert ledger.partners.cards()[0].skills == ""


def test_changes_of_every_field_are_told_with_phones_masked(ledger: Ledger, imported: Imported) -> None:
    grids = [
        ledger.areas.add("grid", name, parent=ledger.areas.find("XF")).area for name in ("第1网格", "第2网格")
    ]
    enrol(ledger, "爱心协会", kind="group", credit_code="91110108772551611J", grid_id=grids[0].id, members=10)
    header = (*FULL, "统一社会信用代码", "人数", "联系人", "地址")
    row = (
        "北海爱心社",
        "商企",
        LI[2],
        "幸福里",
        "第二网格",
        "公益",
        "2024-03-05",
        "年审",
        "91110108772551611J",
        "12人",
        "李梅",
        "广场路1号",
    )
    report = imported("花名册.xlsx", xlsx(header, row))
    assert "".join(report.changes) == (
        "第 2 行 爱心协会（XF-P0001）：类型 社群 → 商企；电话 无 → 139****9000；网格 第1网格 → 第2网格；"
        "类别 无 → 公益；联系人 无 → 李梅；地址 无 → 广场路1号；人数 10 → 12；备注 无 → 年审；"
        "加入日期 2024-01-01 → 2024-03-05；名称 爱心协会 → 北海爱心社"
    )
    (card,) = ledger.partners.cards()
    assert (card.name, card.kind, card.grid_id, card.members) == ("北海爱心社", "business", grids[1].id, 12)


def test_spellings_of_one_name_meet_one_card(ledger: Ledger, imported: Imported) -> None:
    enrol(ledger, "买买提·艾力")
    report = imported("花名册.xlsx", xlsx(HEADER, ("买买提•艾力\u200b", "个体", "", "幸福里社区")))
    assert counts(report) == (0, 0, 1, 0)


def test_rare_and_private_characters_are_kept(ledger: Ledger, imported: Imported) -> None:
    rare = ["𠮷田", "䶮", "\ue815\ue816", "喆", "NA", "=1+1"]
    content = text(HEADER, *((name, "个体", "", "幸福里社区") for name in rare), encoding="gb18030")
    imported("花名册.csv", content)
    assert [partner.name for partner in ledger.partners.cards()] == rare


@pytest.mark.usefixtures("grid")
def test_namesakes_are_told_apart_by_grid(ledger: Ledger, imported: Imported) -> None:
    first, second = (area.id for area in ledger.areas.tree() if area.kind == "grid")
    enrol(ledger, "王芳", grid_id=first, phone=WANG[2])
    enrol(ledger, "王芳", grid_id=second, phone=LI[2])
    report = imported(
        "花名册.xlsx", xlsx((*FULL, "技能"), ("王芳", "个体", "", "幸福里", "2", "", "", "", "书法"))
    )
    assert report.changes == ("第 2 行 王芳（XF-P0002）：技能 无 → 书法",)
    report = imported("花名册.xlsx", xlsx(HEADER, ("王芳", "个体", "", "幸福里社区")))
    assert "台账里有同名的XF-P0001（电话 138****8000）、XF-P0002" in reasons(report)[0]


ASKED = {
    "a namesake with another phone": (
        ("王芳", "个体", LI[2], "幸福里社区"),
        "台账里有同名的XF-P0001（电话 138****8000）",
    ),
    "another community": ((*WANG[:3], "和平社区"), "XF-P0001 属于幸福里社区"),
    "an unknown community": ((*WANG[:3], "桃花源"), "台账里没有这个社区"),
}


@pytest.mark.parametrize(("row", "phrase"), ASKED.values(), ids=ASKED)
def test_what_may_be_somebody_else_is_asked_and_never_merged(
    ledger: Ledger, imported: Imported, row: tuple[str, ...], phrase: str
) -> None:
    enrol(ledger, "王芳", phone=WANG[2])
    report = imported("花名册.xlsx", xlsx(HEADER, row), skip_bad=True)
    assert counts(report) == (0, 0, 0, 1)
    assert phrase in reasons(report)[0]


def test_two_rows_that_mean_one_partner_differently_are_asked(imported: Imported) -> None:
    header = (*HEADER, "技能")
    report = imported(
        "花名册.xlsx",
        xlsx(
            header,
            (*WANG, "书法"),
            (*WANG, "合唱"),
            ("赵六", "个体", "", "", ""),
            ("赵六", "个体", "", "", "棋"),
        ),
    )
    assert [problem.row for problem in report.problems] == [3, 4, 5]
    assert reasons(report)[0] == "与第 2 行像是同一个合伙人，但内容不同"


def test_one_card_is_met_by_one_row(ledger: Ledger, imported: Imported) -> None:
    enrol(ledger, "爱心协会", kind="group", phone=WANG[2], credit_code="91110108772551611J")
    header = (*HEADER, "信用代码")
    rows = (
        ("爱心协会", "社群", WANG[2], "幸福里", ""),
        ("新名协会", "社群", "", "幸福里", "91110108772551611J"),
    )
    report = imported("花名册.xlsx", xlsx(header, *rows))
    assert reasons(report) == ["与第 2 行是同一个合伙人（XF-P0001）"]


def test_a_row_that_would_make_a_card_like_another_is_the_problem_of_its_row(
    ledger: Ledger, imported: Imported
) -> None:
    code = "91110108772551611J"
    enrol(ledger, "爱心协会", kind="group", phone="13800138001", credit_code=code)
    enrol(ledger, "夏风协会", kind="group", phone="13800138002")
    header = (*HEADER, "统一社会信用代码")
    rows = (
        ("夏风协会", "社群", "13800138002", "幸福里", code),
        ("冬雪队", "社群", "13800138009", "幸福里", ""),
    )
    report = imported("花名册.xlsx", xlsx(header, *rows), skip_bad=True)
    assert (counts(report), [problem.row for problem in report.problems]) == ((1, 0, 0, 1), [2])
    (why,) = reasons(report)
    assert "爱心协会（XF-P0001）改后的名称和电话与幸福里社区的“夏风协会”（XF-P0002）相同，没有改动" in why
    assert "hep partner merge XF-P0001 XF-P0002" in why


def test_who_has_left_does_not_come_back_by_a_roster(ledger: Ledger, imported: Imported) -> None:
    partner = enrol(ledger, "王芳", phone=WANG[2])
    ledger.membership.leave(partner)
    report = imported("花名册.xlsx", xlsx(HEADER, WANG))
    assert reasons(report) == ["台账里的 XF-P0001 已退出"]


def test_a_phone_that_fills_gaps_refuses_the_file(imported: Imported) -> None:
    rows = [(f"王芳{chr(0x4E00 + n)}", *WANG[1:]) for n in range(21)]
    report = imported("花名册.xlsx", xlsx(HEADER, *rows))
    assert report.read == 0
    assert reasons(report) == ["有 21 行都是同一个电话（138****8000），像是占位用的"]


def test_community_and_kind_may_stand_above_the_list(ledger: Ledger, imported: Imported) -> None:
    rows = [("和平社区商企合伙人花名册",), ("名称", "电话"), ("老王理发店", "13800138000")]
    assert counts(imported("花名册.xlsx", xlsx(*rows))) == (1, 0, 0, 0)
    (card,) = ledger.partners.cards()
    assert (card.community, card.kind) == ("和平社区", "business")


def test_a_row_without_community_or_kind_says_what_is_missing(imported: Imported) -> None:
    report = imported("花名册.xlsx", xlsx(HEADER, ("王芳", "", "", "和平"), ("李四", "个体", "", "")))
    assert [(problem.row, problem.reason) for problem in report.problems] == [
        (2, "没有写类型"),
        (3, "没有写社区"),
    ]


GRIDS = {
    "第1网格": 1,
    "1": 1,
    "一网格": 1,
    "幸福里社区第2网格": 2,
    "网格二": 2,
    "第十二网格": None,
    "东网格": None,
}


@pytest.mark.usefixtures("grid")
@pytest.mark.parametrize("typed", GRIDS)
def test_a_grid_is_known_by_name_or_number(ledger: Ledger, imported: Imported, typed: str) -> None:
    report = imported("花名册.xlsx", xlsx(FULL, (*WANG, typed, "", "", "")))
    cards = ledger.partners.cards()
    if GRIDS[typed] is None:
        assert reasons(report) == ["幸福里社区没有这个网格"]
    else:
        assert ledger.areas.get(cards[0].grid_id or 0).name == f"第{GRIDS[typed]}网格"


def test_a_community_of_two_subdistricts_needs_its_subdistrict(ledger: Ledger, imported: Imported) -> None:
    root = ledger.areas.root()
    other = ledger.areas.add("subdistrict", "西街街道", parent=root, code="XJ").area
    ledger.areas.add("community", "和平社区", parent=other, code="XP")
    report = imported(
        "花名册.xlsx", xlsx(HEADER, (*WANG[:3], "和平社区"), (*LI[:3], "西街街道和平社区")), skip_bad=True
    )
    assert reasons(report) == ["有几个社区叫这个名字"]
    assert [card.code for card in ledger.partners.cards()] == ["XP-P0001"]


def test_a_roster_can_be_undone_and_imported_again(ledger: Ledger, imported: Imported) -> None:
    voucher = imported("花名册.xlsx", xlsx(HEADER, WANG)).voucher
    assert voucher
    ledger.history.undo(voucher)
    assert ledger.partners.cards() == []
    assert counts(imported("花名册.xlsx", xlsx(HEADER, WANG))) == (1, 0, 0, 0)


def test_the_same_roster_after_a_merger_adds_nobody_and_changes_nobody(
    ledger: Ledger, imported: Imported
) -> None:
    zhang, shu = ("张三", "个体", "13900139001", "幸福里社区"), ("张叁", "个体", "13900139002", "幸福里社区")
    nameless = ("张参", "个体", "", "幸福里社区")
    roster = xlsx(HEADER, zhang, shu, nameless)
    assert imported("花名册.xlsx", roster).added == 3
    kept = ledger.partners.find("张叁")
    for twin in ("张三", "张参"):
        ledger.membership.merge(ledger.partners.find(twin), kept)
    before = ledger.anchor
    report = imported("花名册.xlsx", roster)
    assert (counts(report), report.problems, ledger.anchor) == ((0, 0, 3, 0), (), before)
    told = "张三（现为张叁，XF-P0002）、张参（现为张叁，XF-P0002）"
    assert f"2 行是已并入别人的，不再登记，也不改动现在的那一位：{told}" in report.notes
    assert ledger.partners.get(kept.id).phone.full == "13900139002"


@pytest.mark.parametrize(
    "edit",
    [
        {"phone": "13900139009"},
        {"phone": "", "remark": "没有电话"},
        {"name": "张三丰"},
        {"name": "张三丰", "phone": "13900139009"},
        {"grid_id": None},
    ],
    ids=["phone", "no phone", "name", "name and phone", "grid"],
)
@pytest.mark.parametrize("phone", ["13900139001", ""])
def test_a_card_that_a_hand_changed_before_it_was_merged_is_still_the_one_its_row_means(
    ledger: Ledger, imported: Imported, edit: dict[str, object], phone: str
) -> None:
    ledger.areas.add("grid", "第一网格", parent=ledger.areas.find("XF"))
    roster = xlsx((*HEADER, "网格"), ("张三", "个体", phone, "幸福里社区", "第一网格"))
    assert imported("花名册.xlsx", roster).added == 1
    ledger.partners.edit(ledger.partners.find("张三"), **edit)
    kept = enrol(ledger, "张叁", phone="13900139002")
    ledger.membership.merge(ledger.partners.get(1), kept)
    before = ledger.anchor
    report = imported("花名册.xlsx", roster)
    assert (counts(report), report.problems, ledger.anchor) == ((0, 0, 1, 0), (), before)
    assert any("张三（现为张叁，XF-P0002）" in note for note in report.notes)
    assert ledger.partners.get(kept.id).phone.full == "13900139002"


def test_a_namesake_of_a_merged_card_with_another_phone_is_somebody_else(
    ledger: Ledger, imported: Imported
) -> None:
    old, kept = enrol(ledger, "王芳", phone=WANG[2]), enrol(ledger, "王小芳", phone=LI[2])
    ledger.membership.merge(old, kept)
    report = imported("花名册.xlsx", xlsx(HEADER, ("王芳", "个体", "13900139009", "幸福里社区")))
    assert reasons(report)[0].startswith("台账里有从前同名的XF-P0002")


def test_a_roster_with_the_old_name_of_a_merged_partner_adds_nobody(
    ledger: Ledger, imported: Imported
) -> None:
    old, kept = enrol(ledger, "王芳", phone=WANG[2]), enrol(ledger, "王小芳", phone=LI[2])
    ledger.membership.merge(old, kept)
    assert counts(imported("花名册.xlsx", xlsx(HEADER, ("王芳", "个体", WANG[2], "幸福里社区"))))[0] == 0


def test_a_plan_overtaken_by_another_window_is_made_anew(
    ledger: Ledger, imported: Imported, tmp_path: Path
) -> None:
    content = xlsx((*HEADER, "技能"), (*WANG, "书法"))
    enrol(ledger, "王芳", phone=WANG[2])
    hire(ledger, "另一窗口")
    overtaken: list[int] = []

    def confirm(_: Report) -> bool:
        if not overtaken:
            overtaken.append(1)
            with Ledger.open(tmp_path / "台账.db", operator="另一窗口") as other:
                import_file(other, "partners", put(tmp_path, "先.xlsx", content))
        return True

    report = imported("花名册.xlsx", content, confirm=confirm)
    assert (counts(report), report.voucher) == ((0, 0, 1, 0), None)


def test_a_report_that_is_another_since_it_was_agreed_to_is_asked_about_again(
    ledger: Ledger, imported: Imported, tmp_path: Path
) -> None:
    known = enrol(ledger, "王芳", phone=WANG[2])
    hire(ledger, "另一窗口")
    asked: list[str] = []

    def confirm(report: Report) -> bool:
        asked.extend(report.changes)
        if len(asked) == 1:
            with Ledger.open(tmp_path / "台账.db", operator="另一窗口") as other:
                other.partners.edit(other.partners.get(known.id), skills="绘画")
        return True

    report = imported("花名册.xlsx", xlsx((*HEADER, "技能"), (*WANG, "书法")), confirm=confirm)
    assert ["无 → 书法" in asked[0], "绘画 → 书法" in asked[1], len(asked)] == [True, True, 2]
    assert (counts(report), ledger.partners.cards()[0].skills) == ((0, 1, 0, 0), "书法")


def test_a_report_in_json_has_the_promised_keys(imported: Imported) -> None:
    imported("二月.csv", text((*HEADER, "技能"), ("王 芳", *WANG[1:], "书法")))
    people = [(*WANG, "绘画"), ("李四", "个体", "138", "幸福里社区", ""), ("张 伟", *LI[1:], "")]
    book = workbook([(*HEADER, "技能", "民族"), *people, ("合计", "3 人")], sheet="3月")
    report = imported("花名册.xlsx", saved(book), skip_bad=True)
    assert report.as_json() == {
        "file": "花名册.xlsx",
        "sheet": "3月",
        "read": 3,
        "added": 1,
        "changed": 1,
        "unchanged": 0,
        "rejected": 1,
        "columns": [
            *(
                {"column": letter, "title": title, "field": field, "by": "title"}
                for letter, title, field in zip(
                    "ABCDE", (*HEADER, "技能"), ("name", "kind", "phone", "community", "skills"), strict=True
                )
            ),
            {"column": "F", "title": "民族", "field": None, "by": None},
        ],
        "problems": [
            {
                "file": "花名册.xlsx",
                "sheet": "3月",
                "row": 3,
                "column": "C 列“联系电话”",
                "reason": "电话只有 3 位",
                "remedy": "手机号是 11 位，请补全后重新导入",
            }
        ],
        "changes": ["第 2 行 王芳（XF-P0001）：技能 书法 → 绘画"],
        "skipped": [{"row": 5, "reason": "合计行"}],
        "notes": ["没有导入的列：民族", "A 列“姓名”有 1 格去掉了多余的空格和符号（第 4 行）"],
        "voucher": f"V{report.voucher}",
    }


def test_a_refused_file_is_a_report_with_one_problem(imported: Imported) -> None:
    report = imported("空.xlsx", b"")
    assert (report.read, report.voucher) == (0, None)
    assert [problem.message() for problem in report.problems] == [
        "空.xlsx：文件是空的。改法：请核对是否保存成功，或请对方重新发送。"
    ]


def test_a_roster_without_the_kinds_says_so_and_may_name_one_above_its_header(imported: Imported) -> None:
    header, person = ("姓名", "联系电话", "社区"), ("王芳", "13800138000", "幸福里社区")
    report = imported("名单.xlsx", xlsx(header, person))
    assert [(one.row, one.reason) for one in report.problems] == [(2, "名单没有“类型”一列")]
    assert "标题或文件名里写明" in report.problems[0].remedy
    assert imported("名单2.xlsx", xlsx(("个体合伙人花名册",), header, person)).added == 1


def test_a_row_that_nobody_accounts_for_stops_the_import(
    ledger: Ledger, imported: Imported, monkeypatch: pytest.MonkeyPatch
) -> None:
    forgetful = replace(kind_named("partners"), told=lambda *_: Plan(added=1))
    monkeypatch.setattr(pipeline, "kind_named", lambda _: forgetful)
    with pytest.raises(RuntimeError, match="lost or counted twice"):
        imported("花名册.xlsx", xlsx(HEADER, WANG, LI))
    assert ledger.partners.cards() == []


@pytest.fixture
def in_small_pieces(own_process: None, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001 a fixture's fixture
    """Read three rows at a time, and insert two while the next are worked out."""
    small = "import main; from hepartner.intake import rows; rows._PIECE = 3;"
    monkeypatch.setattr(process, "PROGRAM", process.PROGRAM.replace("import main;", small))
    monkeypatch.setattr(vouchers, "_MANY", 1)
    monkeypatch.setattr(vouchers, "_FIRST", 2)
    monkeypatch.setattr(vouchers, "_SOME", 2)


def _many() -> list[tuple[str, ...]]:
    given = "一二三四五六七八九十"
    return [(f"王{given[n]}", "个体", f"1380013800{n}", "幸福里社区") for n in range(len(given))]


@pytest.mark.usefixtures("in_small_pieces")
def test_a_roster_inserted_while_it_is_read_is_the_same(ledger: Ledger, imported: Imported) -> None:
    """A piece holds namesakes of cards, of which only the end of the file tells which are still free."""
    known = enrol(ledger, "王二", phone="")
    report = imported("花名册.xlsx", xlsx(HEADER, *_many()))
    assert (counts(report), len(report.changes)) == ((9, 1, 0, 0), 1)
    cards = ledger.partners.cards()
    assert [card.name for card in cards] == ["王二", *(row[0] for row in _many() if row[0] != "王二")]
    assert [card.code for card in cards] == [f"XF-P{n:04d}" for n in range(1, 11)]
    assert cards[0].id == known.id
    assert cards[0].phone.full == "13800138001"
    joined = ledger.database.rows(
        "SELECT partner_id, line FROM standing WHERE voucher_id = ?", (report.voucher,)
    )
    assert joined == [(card.id, line) for line, card in enumerate(cards[1:], 1)]
    assert ledger.custody.verify().findings == ()


@pytest.mark.usefixtures("in_small_pieces")
@pytest.mark.parametrize("bad", [0, 5, 9])
def test_of_a_roster_with_a_bad_row_nothing_stays_wherever_it_is(
    ledger: Ledger, imported: Imported, bad: int
) -> None:
    rows = _many()
    rows[bad] = (*rows[bad][:2], "138", rows[bad][3])
    before = ledger.anchor
    report = imported("花名册.xlsx", xlsx(HEADER, *rows))
    assert (counts(report), [problem.row for problem in report.problems]) == ((9, 0, 0, 1), [bad + 2])
    assert (ledger.anchor, ledger.partners.cards()) == (before, [])
    assert counts(imported("花名册.xlsx", xlsx(HEADER, *rows), skip_bad=True)) == (9, 0, 0, 1)
    assert len(ledger.partners.cards()) == 9


def test_a_row_with_an_identity_number_in_any_cell_is_a_problem_and_not_stored(
    ledger: Ledger, imported: Imported
) -> None:
    number = "450502199001011234"
    rows = (
        (*WANG, f"身份证{number}"),
        ("李四", "个体", number, "幸福里社区", ""),
        (f"赵一{number}", *LI[1:], ""),
    )
    report = imported("花名册.xlsx", xlsx((*HEADER, "备注"), *rows), skip_bad=True)
    assert [(problem.row, problem.column, problem.value) for problem in report.problems] == [
        (2, "E 列“备注”", "身份证450****1234"),
        (3, "C 列“联系电话”", "450****1234"),
        (4, "A 列“姓名”", "赵一450****1234"),
    ]
    assert {problem.remedy for problem in report.problems} == {"请删去这个号码后重新导入"}
    assert not ledger.partners.cards()


def test_a_row_that_changes_a_kind_against_what_is_open_is_its_own_problem(
    ledger: Ledger, imported: Imported
) -> None:
    """A business with an offer does not become a group, one who came back does not join later: the other rows go on."""
    shop, back = (
        enrol(ledger, name, kind="business", phone=phone)
        for name, phone in (("柏乐口腔", WANG[2][:-1] + "7"), ("好又多超市", WANG[2][:-1] + "8"))
    )
    ledger.book(Offers).open(Offered(shop.community_id, shop.id, "洗牙", "2025-03-01"))
    ledger.membership.leave(back, day=date(2025, 3, 1))
    ledger.membership.rejoin(back, day=date(2025, 4, 1))
    rows = (
        (*WANG, ""),
        ("柏乐口腔", "社群", shop.phone.full, "幸福里社区", ""),
        ("好又多超市", "商企", back.phone.full, "幸福里社区", "2025-06-01"),
    )
    header = (*HEADER, "加入日期")
    before = ledger.anchor
    refused = imported("花名册.xlsx", xlsx(header, *rows))
    assert (counts(refused), refused.voucher, ledger.anchor) == ((1, 0, 0, 2), None, before)
    kept = imported("花名册.xlsx", xlsx(header, *rows), skip_bad=True)
    assert (counts(kept), kept.problems) == ((1, 0, 0, 2), refused.problems)
    kind, joined = refused.problems
    assert (kind.row, kind.column, kind.value, kind.remedy) == (3, "B 列“类型”", "社群", "请先结束")
    assert kind.reason.startswith(
        "台账的规则不允许：柏乐口腔（XF-P0001）还有没有结束的、社群合伙人不能有的：惠民服务"
    )
    assert (joined.row, joined.column, joined.remedy) == (4, "E 列“加入日期”", "请改正加入日期")
    assert joined.reason == "台账的规则不允许：加入日期 2025-06-01 晚于这位合伙人后来的变动（2025-03-01）"
    assert [one.name for one in ledger.partners.cards()] == ["柏乐口腔", "好又多超市", "王芳"]
