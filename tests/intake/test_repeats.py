"""疑似重复: rows that equal what was typed by hand or came from another source are not decided in silence, of any kind."""

import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

import pytest

from hepartner.intake.report import Report
from hepartner.ledger import Ledger, activities, evaluations, meetings, offers, projects, sessions, supports
from hepartner.ledger.partners import Partner
from hepartner.ledger.signing import SheetLine
from hepartner.ledger.stocking import Goods
from tests.ledger.conftest import enrol

from .builders import xlsx
from .conftest import Imported
from .test_doubts import answering

HERE, DAY = "幸福里社区", "2025-03-05"
ON = date.fromisoformat(DAY)


class World(NamedTuple):
    """What the rows name: 王芳, 义工队 and 柏乐口腔 of 幸福里社区, and the things below."""

    ledger: Ledger
    wang: Partner
    team: Partner
    shop: Partner

    @property
    def place(self) -> int:
        """The community."""
        return self.wang.community_id


class Case(NamedTuple):
    """A kind of list with one row, and how the same is typed by hand; None where nothing is typed so."""

    header: tuple[str, ...]
    row: tuple[str, ...]
    typed: Callable[[World], object] | None

    def rows(self, times: int = 1) -> bytes:
        """The list with so many equal rows."""
        return xlsx(self.header, *[self.row] * times)


def hold(world: World) -> object:
    said = activities.Particulars(world.place, DAY, "义剪", organisers=(world.wang.id,))
    return world.ledger.activities.add(said)


def sign(world: World) -> object:
    held = world.ledger.activities.find("义诊")
    return world.ledger.sheets.sign(held, [SheetLine(world.wang, 60)])


def report_issue(world: World) -> object:
    category = world.ledger.issues.categories.find("LAMP")
    return world.ledger.issues.report(category, "路灯不亮", world.ledger.areas.find("XF"), day=ON)


def stock_in(world: World) -> object:
    (towel,) = world.ledger.shop.listing()
    return world.ledger.shop.stock_in([(towel, 20)], donor=world.team, day=ON)


def redeem(world: World) -> object:
    (towel,) = world.ledger.shop.listing()
    return world.ledger.shop.redeem(world.wang, [(towel, 1)], day=ON)


def serve(world: World) -> object:
    project = world.ledger.book(projects.Projects).find("助老")
    said = sessions.Particulars(project.id, DAY, 12, 60, (world.team.id,))
    return world.ledger.book(sessions.Sessions).hold(project, said)


def give(world: World) -> object:
    said = supports.Support(world.place, world.team.id, "publicity", DAY)
    return world.ledger.book(supports.Supports).give(said)


def evaluate(world: World) -> object:
    project = world.ledger.book(projects.Projects).find("助老")
    said = evaluations.Particulars("yes", "continue", 30, 27)
    return world.ledger.book(evaluations.Evaluations).evaluate(project, said, day=ON)


def use(world: World) -> object:
    book = world.ledger.book(offers.Offers)
    return book.use(book.find("洗牙"), times=12, day=ON)


CASES = {
    "activities": Case(("日期", "社区", "活动名称", "主办"), (DAY, HERE, "义剪", "王芳"), hold),
    "signins": Case(("日期", "社区", "活动名称", "姓名", "时长"), (DAY, HERE, "义诊", "王芳", "1"), sign),
    "issues": Case(("上报日期", "社区", "类别", "标题"), (DAY, HERE, "LAMP", "路灯不亮"), report_issue),
    "items": Case(
        ("社区", "商品名称", "积分价", "入库数量", "捐赠方", "日期"),
        (HERE, "毛巾", "9", "20", "义工队", DAY), stock_in,
    ),
    "redemptions": Case(("日期", "社区", "姓名", "兑换商品"), (DAY, HERE, "王芳", "毛巾"), redeem),
    "opening": Case(("社区", "姓名", "期初积分", "日期"), (HERE, "王芳", "120", DAY), None),
    "sessions": Case(
        ("日期", "社区", "项目名称", "服务人次", "时长", "在场单位"), (DAY, HERE, "助老", "12", "1", "义工队"), serve
    ),
    "supports": Case(("日期", "社区", "合伙人", "扶持"), (DAY, HERE, "义工队", "宣传"), give),
    "evaluations": Case(
        ("日期", "社区", "项目名称", "结论", "需求满足", "问了", "满意"),
        (DAY, HERE, "助老", "继续", "满足", "30", "27"), evaluate,
    ),
    "uses": Case(("日期", "社区", "商家", "服务名称", "使用人次"), (DAY, HERE, "", "洗牙", "12"), use),
}  # fmt: skip
EVERY = pytest.mark.parametrize("kind", CASES)


@pytest.fixture
def world(ledger: Ledger) -> World:
    """Partners, the activity 义诊, 毛巾 on the shelf with points for some, the project 助老 and the offer 洗牙."""
    spring = date(2025, 2, 1)
    ledger.issues.load_default()
    wang = enrol(ledger, "王芳", phone="13800138000")
    team, shop = enrol(ledger, "义工队", kind="group"), enrol(ledger, "柏乐口腔", kind="business")
    ledger.activities.add(activities.Particulars(wang.community_id, DAY, "义诊"))
    towel = ledger.shop.add(Goods(wang.community_id, "毛巾"), 9, day=spring).item
    ledger.shop.stock_in([(towel, 10)], day=spring)
    ledger.points.award(wang, 90, day=spring)
    ledger.book(projects.Projects).land(projects.Particulars(wang.community_id, "助老", "2025-01-05"))
    ledger.book(offers.Offers).open(offers.Particulars(wang.community_id, shop.id, "洗牙", "2025-01-05"))
    return World(ledger, wang, team, shop)


def counts(report: Report) -> tuple[int, int, int, int]:
    assert report.read == report.added + report.changed + report.unchanged + report.rejected
    return report.added, report.changed, report.unchanged, report.rejected


@pytest.mark.parametrize("kind", [kind for kind, case in CASES.items() if case.typed])
def test_what_was_typed_by_hand_is_asked_about_once(world: World, imported: Imported, kind: str) -> None:
    case = CASES[kind]
    assert case.typed
    case.typed(world)
    before = world.ledger.anchor
    report = imported("名单.xlsx", case.rows(), kind=kind)
    (problem,) = report.problems
    typed = world.ledger.history.log()[0].voucher
    assert (counts(report), problem.row, report.voucher) == ((0, 0, 0, 1), 2, None)
    assert re.match(
        rf"疑似重复：台账里已有同样的一条（凭证 V{typed}，.+都相同），是手工记的或来自别的来源",
        problem.reason,
    )
    assert "--skip-repeat" in problem.remedy
    assert "--accept-repeat" in problem.remedy
    skipped = imported("名单.xlsx", case.rows(), kind=kind, repeats="skip")
    assert (counts(skipped), skipped.voucher) == ((0, 0, 1, 0), None)
    assert any("按同一件事处理" in note for note in skipped.notes)
    assert world.ledger.anchor == before
    accepted = imported("名单.xlsx", case.rows(), kind=kind, repeats="accept")
    assert counts(accepted) == (1, 0, 0, 0), accepted.problems
    assert any("按另一次记账" in note for note in accepted.notes)
    assert counts(imported("名单.xlsx", case.rows(), kind=kind)) == (0, 0, 1, 0)
    assert world.ledger.custody.verify().findings == ()


@pytest.mark.parametrize("kind", [kind for kind, case in CASES.items() if case.typed])
@pytest.mark.parametrize(
    ("what", "expected"), [("new", (1, 0, 0, 0)), ("skip", (0, 0, 1, 0)), ("leave", (0, 0, 0, 1))]
)
def test_somebody_at_the_keyboard_is_asked_what_a_repeat_is(
    world: World, imported: Imported, kind: str, what: str, expected: tuple[int, int, int, int]
) -> None:
    case = CASES[kind]
    assert case.typed
    case.typed(world)
    report = imported("名单.xlsx", case.rows(), kind=kind, ask=answering(what))
    assert counts(report) == expected, report.problems
    assert (report.voucher is None, report.is_bad) == (what != "new", False)


@pytest.mark.usefixtures("world")
def test_the_question_about_a_repeat_shows_its_row_with_phones_masked(imported: Imported) -> None:
    header, row = (*CASES["issues"].header, "备注"), (*CASES["issues"].row, "请回电 13900139000")
    imported("街道.xlsx", xlsx(header, row), kind="issues", source="街道")
    (doubt,) = imported("社区.xlsx", xlsx(header, row), kind="issues", source="社区").doubts
    assert doubt.question.startswith("第 2 行（")
    assert "请回电 139****9000）：疑似重复：台账里已有同样的一条（" in doubt.question
    assert [choice.text for choice in doubt.choices][:2] == ["是同一件事，不再记", "确是另一次，记账"]


@EVERY
def test_what_another_source_brought_is_asked_about_and_its_own_file_again_adds_nothing(
    world: World, imported: Imported, kind: str
) -> None:
    case = CASES[kind]
    first = imported("街道.xlsx", case.rows(), kind=kind, source="街道")
    assert counts(first) == (1, 0, 0, 0), first.problems
    assert counts(imported("街道.xlsx", case.rows(), kind=kind, source="街道")) == (0, 0, 1, 0)
    other = imported("社区.xlsx", case.rows(), kind=kind, source="社区")
    assert [problem.reason[:4] for problem in other.problems] == ["疑似重复"]
    assert {"row": 2, "sheet": "花名册"}.items() <= other.as_json()["problems"][0].items()
    assert first.voucher
    world.ledger.history.undo(first.voucher)
    assert counts(imported("社区.xlsx", case.rows(), kind=kind, source="社区")) == (1, 0, 0, 0)
    assert counts(imported("社区.xlsx", case.rows(), kind=kind, source="社区")) == (0, 0, 1, 0)


@pytest.mark.parametrize("kind", [kind for kind, case in CASES.items() if case.typed])
@pytest.mark.parametrize("merged", ["wang", "team", "shop"])
def test_a_merger_hides_no_repeat(world: World, imported: Imported, kind: str, merged: str) -> None:
    case = CASES[kind]
    assert case.typed
    case.typed(world)
    card: Partner = getattr(world, merged)
    world.ledger.membership.merge(card, enrol(world.ledger, f"{card.name}二", kind=card.kind))
    report = imported("名单.xlsx", case.rows(), kind=kind)
    assert [problem.reason[:4] for problem in report.problems] == ["疑似重复"]


ONCE = ("sessions", "evaluations", "resolutions")
RESOLVED = Case(
    ("会议日期", "社区", "会议名称", "决议", "负责人"), (DAY, HERE, "联席会议", "修路灯", "王经理"), None
)


@pytest.mark.parametrize("kind", [kind for kind in CASES if kind not in ONCE])
def test_two_equal_rows_of_a_list_are_two_facts(world: World, imported: Imported, kind: str) -> None:
    case = CASES[kind]
    report = imported("名单.xlsx", case.rows(2), kind=kind)
    assert (counts(report), report.notes) == ((2, 0, 0, 0), ())
    assert counts(imported("名单.xlsx", case.rows(2), kind=kind)) == (0, 0, 2, 0)
    assert counts(imported("名单.xlsx", case.rows(3), kind=kind)) == (1, 0, 2, 0)
    assert report.voucher
    world.ledger.history.undo(report.voucher)
    assert counts(imported("名单.xlsx", case.rows(2), kind=kind)) == (1, 0, 1, 0)


@pytest.mark.parametrize("kind", ONCE)
def test_what_the_keyboard_does_not_take_twice_is_asked_about_on_a_list_too(
    world: World, imported: Imported, kind: str
) -> None:
    case = CASES.get(kind, RESOLVED)
    world.ledger.book(meetings.Meetings).hold(meetings.Particulars(world.place, DAY, "联席会议"))
    report = imported("名单.xlsx", case.rows(2), kind=kind)
    (problem,) = report.problems
    assert (counts(report), problem.row, report.voucher) == ((1, 0, 0, 1), 3, None)
    assert problem.reason == "疑似重复：前面一行说的是同一天同样的一条"
    skipped = imported("名单.xlsx", case.rows(2), kind=kind, repeats="skip")
    assert counts(skipped) == (1, 0, 1, 0)
    assert "1 行与台账里已有的或前面的行相同，按同一件事处理，没有再记" in skipped.notes
    assert counts(imported("名单.xlsx", case.rows(2), kind=kind)) == (0, 0, 1, 1)
    assert counts(imported("名单.xlsx", case.rows(2), kind=kind, repeats="accept")) == (1, 0, 1, 0)
    assert counts(imported("名单.xlsx", case.rows(2), kind=kind)) == (0, 0, 2, 0)


@pytest.mark.parametrize("kind", ONCE)
@pytest.mark.usefixtures("world")
def test_a_second_row_that_was_given_back_is_not_taken_by_itself(
    world: World, imported: Imported, kind: str
) -> None:
    case = CASES.get(kind, RESOLVED)
    world.ledger.book(meetings.Meetings).hold(meetings.Particulars(world.place, DAY, "联席会议"))
    report = imported("名单.xlsx", case.rows(2), kind=kind, skip_bad=True)
    assert (report.added, report.rejected) == (1, 1)
    assert report.rejects
    back = imported("名单_问题.xlsx", report.rejects.read_bytes(), kind=kind)
    assert (back.added, back.voucher) == (0, None)


def test_evaluations_of_a_day_that_are_told_apart_by_their_remark_are_two(
    world: World, imported: Imported
) -> None:
    case = CASES["evaluations"]
    rows = [(*case.row, "上午"), (*case.row, "下午")]
    report = imported("评估.xlsx", xlsx((*case.header, "说明"), *rows), kind="evaluations")
    assert counts(report) == (2, 0, 0, 0)
    assert len(world.ledger.book(evaluations.Evaluations).listing()) == 2


# The same file after what it names was renamed, and another thing bears the old name


def rename_project(world: World) -> None:
    book = world.ledger.book(projects.Projects)
    book.edit(book.find("助老"), title="居家助老")
    book.land(projects.Particulars(world.place, "助老", "2025-06-01"))


def rename_offer(world: World) -> None:
    book = world.ledger.book(offers.Offers)
    book.edit(book.find("洗牙"), title="洁牙")
    book.open(offers.Particulars(world.place, world.shop.id, "洗牙", "2025-06-01"))


def rename_activity(world: World) -> None:
    book = world.ledger.activities
    book.edit(book.find("义诊"), name="大型义诊")
    book.add(activities.Particulars(world.place, DAY, "义诊"))


def rename_wang(world: World) -> None:
    world.ledger.partners.edit(world.wang, name="王方")
    enrol(world.ledger, "王芳", phone="13900139000")


def rename_team(world: World) -> None:
    world.ledger.partners.edit(world.team, name="春雨义工队")
    enrol(world.ledger, "义工队", kind="group")


RENAMED = {
    "activities": (rename_wang,),
    "signins": (rename_wang, rename_activity),
    "redemptions": (rename_wang,),
    "opening": (rename_wang,),
    "sessions": (rename_project, rename_team),
    "supports": (rename_team,),
    "items": (rename_team,),
    "evaluations": (rename_project,),
    "uses": (rename_offer,),
}


@pytest.mark.parametrize(
    ("kind", "rename"), [(kind, rename) for kind, renames in RENAMED.items() for rename in renames]
)
def test_the_same_file_adds_nothing_though_another_thing_bears_a_name_of_it_now(
    world: World, imported: Imported, kind: str, rename: Callable[[World], None]
) -> None:
    case = CASES[kind]
    assert counts(imported("名单.xlsx", case.rows(), kind=kind)) == (1, 0, 0, 0)
    rename(world)
    before = world.ledger.anchor
    report = imported("名单.xlsx", case.rows(), kind=kind)
    assert (counts(report), report.problems) == ((0, 0, 1, 0), ())
    assert "1 行是这一来源从前导入过的，所说的后来改了名，没有再记" in report.notes
    assert world.ledger.anchor == before


def test_a_row_of_whoever_bears_the_name_now_is_news(world: World, imported: Imported) -> None:
    header, row, _ = CASES["signins"]
    imported("签到.xlsx", xlsx(header, row), kind="signins")
    rename_wang(world)
    later = (*row[:3], "王方", row[4])
    assert counts(imported("签到.xlsx", xlsx(header, row, later), kind="signins")) == (1, 0, 1, 0)
    phoned = xlsx((*header, "电话"), (*row, "13900139000"), (*later, ""))
    assert counts(imported("签到.xlsx", phoned, kind="signins")) == (0, 0, 2, 0)


def test_who_is_told_by_phone_is_not_taken_for_who_bore_the_name_before(
    world: World, imported: Imported
) -> None:
    header, row, _ = CASES["opening"]
    imported("期初.xlsx", xlsx(header, row), kind="opening")
    rename_wang(world)
    phoned = xlsx((*header, "电话"), (*row, "13900139000"))
    assert counts(imported("期初.xlsx", phoned, kind="opening")) == (1, 0, 0, 0)
