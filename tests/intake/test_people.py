"""The partners that files name, read once for many files."""

from datetime import date

import pytest

from hepartner.intake.people import People
from hepartner.ledger import Ledger
from hepartner.ledger.activities import Particulars
from hepartner.ledger.stocking import Goods
from tests.ledger.conftest import enrol

from .builders import xlsx
from .conftest import Imported


def test_the_partners_are_read_again_only_after_a_card_was_written(ledger: Ledger) -> None:
    wang = enrol(ledger, "王芳", phone="13800138000")
    first = People.of(ledger)
    ledger.points.award(wang, 5)
    assert People.of(ledger) is first
    edited = ledger.partners.edit(wang, remark="队长")
    second = People.of(ledger)
    assert second.by_id[wang.id].remark == "队长"
    ledger.history.undo(edited.voucher)
    assert People.of(ledger).by_id[wang.id].remark == ""
    assert second is not first


def test_a_card_written_by_another_window_is_seen(ledger: Ledger) -> None:
    enrol(ledger, "王芳")
    assert len(People.of(ledger).by_id) == 1
    with Ledger.open(ledger.database.path, operator="李梅") as window:
        enrol(window, "李四")
    assert len(People.of(ledger).by_id) == 2


# Lists with a column of codes

DAY = "2025-03-12"
REST = {
    "opening": (("期初积分", "日期"), ("120", DAY)),
    "redemptions": (("日期", "兑换商品"), (DAY, "大米")),
    "signins": (("日期", "活动名称"), (DAY, "义诊")),
}


@pytest.fixture
def people(ledger: Ledger) -> None:
    """王芳, her namesake, 李四 renamed from 李思 and 爱心协会; an activity to sign in to, goods to take."""
    day, community = date(2025, 3, 1), ledger.areas.find("XF").id
    wang = enrol(ledger, "王芳", phone="13800138000")
    enrol(ledger, "王芳", phone="13800138001")
    ledger.partners.edit(enrol(ledger, "李思"), name="李四")
    club = enrol(ledger, "北海市爱心协会", kind="group")
    for partner in (wang, club, *ledger.partners.cards()):
        ledger.points.award(partner, 100, day=day)
    ledger.activities.add(Particulars(community, DAY, "义诊"))
    rice = ledger.shop.add(Goods(community, "大米"), 10, day=day).item
    ledger.shop.stock_in([(rice, 9)], day=day)


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("kind", REST)
@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("XF-P0001", "王芳"),
        ("P0002", "王芳"),
        ("xf-p0003", "李四"),
        ("XF-P0003", "李思"),
        ("XF-P0004", "爱心协会"),
        ("XF-P0001", ""),
        ("", "李四"),
    ],
)
def test_a_code_beside_the_name_decides_who_is_meant(
    ledger: Ledger, imported: Imported, kind: str, code: str, name: str
) -> None:
    titles, rest = REST[kind]
    content = xlsx(("社区", "编号", "姓名", *titles), ("幸福里社区", code, name, *rest))
    report = imported("名单.xlsx", content, kind=kind)
    assert (report.added, report.problems) == (1, ())
    wanted = code.upper()[-5:] if code else "P0003"
    facts = {"opening": "entry", "redemptions": "redemption", "signins": "participation"}[kind]
    sql = f"SELECT p.code FROM {facts} f JOIN partner p ON p.id = f.partner_id ORDER BY f.id DESC LIMIT 1"
    assert ledger.database.value(sql) == f"XF-{wanted}"


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("kind", REST)
@pytest.mark.parametrize(
    ("said", "column", "reason"),
    [
        (("XF-P0001", "李四"), "C 列“姓名”", "编号 XF-P0001 是王芳，与姓名不是同一位"),
        (("XF-P0004", "红星协会"), "C 列“姓名”", "编号 XF-P0004 是北海市爱心协会，与姓名不是同一位"),
        (("XF-P0099", "王芳"), "B 列“编号”", "没有这个编号的合伙人"),
        (("", ""), "B 列“编号”", "“编号”是空的"),
        (("", "王芳"), "C 列“姓名”", "有 2 位同名的合伙人"),
    ],
)
def test_a_code_and_a_name_of_different_people_are_a_bad_row(
    imported: Imported, kind: str, said: tuple[str, str], column: str, reason: str
) -> None:
    titles, rest = REST[kind]
    content = xlsx(("社区", "编号", "姓名", *titles), ("幸福里社区", *said, *rest))
    (problem,) = imported("名单.xlsx", content, kind=kind).problems
    assert problem.column == column
    assert problem.reason.startswith(reason)


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("kind", REST)
def test_a_list_with_codes_alone_needs_no_names(imported: Imported, kind: str) -> None:
    titles, rest = REST[kind]
    rows = [("幸福里社区", code, *rest) for code in ("XF-P0001", "XF-P0077", "")]
    report = imported("名单.xlsx", xlsx(("社区", "编号", *titles), *rows), kind=kind, skip_bad=True)
    assert report.added == 1
    assert sorted((one.row, one.column) for one in report.problems) == [(3, "B 列“编号”"), (4, "B 列“编号”")]
