"""Undo of an undo: what was written again meanwhile is not given again beside it, and the voucher that wrote it is named."""

from collections.abc import Callable
from datetime import date

import pytest

from hepartner.ledger import Ledger
from hepartner.ledger.activities import Particulars as Activity
from hepartner.ledger.cooperations import Cooperations
from hepartner.ledger.cooperations import Particulars as Closed
from hepartner.ledger.dispatches import Dispatches, Whistle
from hepartner.ledger.evaluations import Evaluations
from hepartner.ledger.evaluations import Particulars as Found
from hepartner.ledger.honours import Honours, Title
from hepartner.ledger.issuelists import Listed
from hepartner.ledger.meetings import Meetings
from hepartner.ledger.meetings import Particulars as Held
from hepartner.ledger.moments import Moment
from hepartner.ledger.months import Span
from hepartner.ledger.particulars import Particulars as Person
from hepartner.ledger.partners import Partner
from hepartner.ledger.points import Opening
from hepartner.ledger.projects import Particulars, Project, Projects
from hepartner.ledger.repeats import met
from hepartner.ledger.resolutions import Resolutions
from hepartner.ledger.responses import Responses
from hepartner.ledger.rewarding import Reward
from hepartner.ledger.sessions import Particulars as Served
from hepartner.ledger.sessions import Sessions
from hepartner.ledger.signing import SheetLine
from hepartner.ledger.stocking import Goods
from hepartner.ledger.supports import Support, Supports
from hepartner.ledger.till import Asked, redeem
from hepartner.ledger.undo import NothingToUndo
from hepartner.ledger.vouchers import Origin
from tests.ledger.conftest import enrol

DAY = date(2025, 3, 8)
EVER = Span("2022-01", "2025-11")
Deed = Callable[[Ledger, Partner], int]


def figure(ledger: Ledger, code: str) -> int:
    return sum(ledger.counts.additive(code, EVER).values())


@pytest.fixture
def shop(ledger: Ledger) -> Partner:
    return enrol(ledger, "福兴超市", kind="business")


def project(ledger: Ledger) -> Project:
    """居家助老, since the first of March."""
    projects = ledger.book(Projects)
    said = Particulars(ledger.areas.find("XF").id, "居家助老", "2025-03-01")
    return next(iter(projects.listing()), None) or projects.land(said).now


def served(ledger: Ledger, shop: Partner) -> int:
    said = Served(project(ledger).id, str(DAY), 12, partners=(shop.id,))
    return ledger.book(Sessions).hold(project(ledger), said, note="上午场").voucher


def evaluated(ledger: Ledger, _shop: Partner) -> int:
    found = Found("yes", "continue", 20, 18)
    return ledger.book(Evaluations).evaluate(project(ledger), found, day=DAY, note="入户").voucher


def whistled(ledger: Ledger, shop: Partner) -> int:
    said = Whistle("台风清障", "typhoon", ledger.areas.find("XF"), Moment(str(DAY), 510))
    return ledger.book(Dispatches).whistle(said, [shop]).voucher


def enrolled(ledger: Ledger, shop: Partner) -> int:
    said = Person("individual", "孙八", shop.community_id, "2024-01-01")
    return ledger.partners.enrol(said).voucher


def held(ledger: Ledger, shop: Partner) -> int:
    return ledger.activities.add(Activity(shop.community_id, str(DAY), "义诊")).voucher


def signed(ledger: Ledger, shop: Partner) -> int:
    if not ledger.activities.listing():
        held(ledger, shop)
    return ledger.sheets.sign(ledger.activities.find("义诊"), [SheetLine(shop, 90)], None).voucher


def opened(ledger: Ledger, shop: Partner) -> int:
    with ledger.voucher("import.opening") as voucher:
        ledger.points.open_many(voucher, [Opening(shop.id, str(DAY), 20)])
    return voucher.id


def listed(ledger: Ledger, shop: Partner) -> int:
    row = Listed(
        "LAMP", "路灯不亮", shop.community_id, "2025-03-01", resolved_on="2025-03-04", beneficiaries=20
    )
    if not ledger.issues.categories.listing():
        ledger.issues.load_default()
    with ledger.voucher("import.issues", origin=Origin("台账表")) as voucher:
        ledger.issues.enter_many(voucher, [row])
    return voucher.id


def redeemed_by_list(ledger: Ledger, shop: Partner) -> int:
    """Two equal lines, which are two slips."""
    if not ledger.shop.listing():
        rice = ledger.shop.add(Goods(shop.community_id, "大米"), 5, day=date(2025, 1, 1)).item
        ledger.shop.stock_in([(rice, 9)], day=date(2025, 1, 1))
        ledger.points.award(shop, 50, day=date(2025, 1, 1))
    (item,) = ledger.shop.listing()
    asked = Asked(shop.id, ((item.id, 1),), str(DAY))
    with ledger.voucher("import.redemptions", origin=Origin("登记表")) as voucher:
        redeem(ledger, voucher, [asked, asked])
    return voucher.id


@pytest.mark.parametrize(
    ("deed", "code", "counted", "kept"),
    [
        (listed, "issues.beneficiaries", 20, "问题 XF-W0001"),
        (redeemed_by_list, "points.redeemed", 10, "兑换单 福兴超市"),
        (opened, "points.balance", 20, "积分流水 福兴超市"),
        (enrolled, "partners.individual", 1, "合伙人 XF-P0002"),
        (held, "activities.held", 1, "活动 XF-H0001"),
        (signed, "hours.served", 90, "签到 福兴超市、义诊"),
        (served, "service.person_times", 12, "项目服务 居家助老"),
        (evaluated, "projects.evaluated", 1, "项目评估 居家助老"),
        (whistled, "dispatches.held", 1, "吹哨 XF-C0001"),
    ],
)
def test_what_was_written_again_does_not_come_a_second_time(
    ledger: Ledger, shop: Partner, deed: Deed, code: str, *, counted: int, kept: str
) -> None:
    undone = ledger.history.undo(deed(ledger, shop)).voucher
    anew = deed(ledger, shop)
    with pytest.raises(NothingToUndo, match=f"{kept}.*：凭证 V{anew} 记了同样的一笔"):
        ledger.history.undo(undone)
    assert figure(ledger, code) == counted
    ledger.history.undo(anew)
    ledger.history.undo(undone)
    assert figure(ledger, code) == counted
    assert not ledger.custody.verify().findings


def test_a_resolution_made_again_does_not_come_a_second_time(ledger: Ledger, shop: Partner) -> None:
    meeting = ledger.book(Meetings).hold(Held(shop.community_id, str(DAY), "三月联席会", "joint")).now
    book = ledger.book(Resolutions)
    first = book.make(meeting, "楼道清理", partner=shop)
    undone = ledger.history.undo(first.voucher).voucher
    anew = book.make(meeting, "楼道清理", partner=shop)
    with pytest.raises(NothingToUndo, match=f"凭证 V{anew.voucher} 记了同样的一笔"):
        ledger.history.undo(undone)
    assert [one.code for one in book.made_at(meeting)] == [anew.now.code]


def test_an_arrival_has_its_points_once_though_its_dispatch_was_finished_again(
    ledger: Ledger, shop: Partner
) -> None:
    arrived, end = cleared(ledger, shop)
    undone = ledger.history.undo(end()).voucher
    anew = end()
    with pytest.raises(NothingToUndo, match="积分流水 福兴超市 2025-03-08：一次报到只给一次积分"):
        ledger.history.undo(undone)
    assert ledger.points.balance(shop) == 10
    ledger.history.undo(anew)
    ledger.history.undo(arrived)
    ended = ledger.history.undo(undone)
    assert [str(one) for one in ended.kept if one.what.startswith("积分流水")]
    assert (ledger.points.balance(shop), figure(ledger, "points.awarded")) == (0, 0)
    assert not ledger.custody.verify().findings


def test_a_reversal_of_points_is_not_undone_once_the_end_that_gave_them_is(
    ledger: Ledger, shop: Partner
) -> None:
    _, end = cleared(ledger, shop)
    ended = end()
    reversed_in = ledger.points.reverse(1, reason="投诉").voucher
    ledger.history.undo(ended)
    end()
    with pytest.raises(NothingToUndo, match="它要用到的报到积分已撤销"):
        ledger.history.undo(reversed_in)
    assert ledger.points.balance(shop) == 10


def cleared(ledger: Ledger, shop: Partner) -> tuple[int, Callable[[], int]]:
    """A whistle at half past eight, answered by three people at nine; at ten it can be ended for 10 points."""
    dispatches = ledger.book(Dispatches)
    whistled(ledger, shop)
    (typhoon,) = dispatches.listing()
    arrived = ledger.book(Responses).arrive(typhoon, shop, Moment(str(DAY), 540), heads=3).voucher

    def end() -> int:
        return dispatches.finish(typhoon, Moment(str(DAY), 600), reward=Reward(points=10)).voucher or 0

    return arrived, end


def test_two_sessions_alike_that_both_were_there_come_again_in_any_order(
    ledger: Ledger, shop: Partner
) -> None:
    """A list said by --accept-repeat that it is another one."""
    first = served(ledger, shop)
    with ledger.voucher("import.sessions") as voucher:
        said = Served(project(ledger).id, str(DAY), 12, partners=(shop.id,))
        ledger.book(Sessions).hold_many(voucher, [said], {said.project_id: project(ledger)})
        voucher.note("上午场", line=1)
    undone = [ledger.history.undo(number).voucher for number in (voucher.id, first)]
    for number in undone:
        ledger.history.undo(number)
    assert figure(ledger, "service.person_times") == 24


def test_slips_of_two_sources_come_again_beside_each_other(ledger: Ledger, shop: Partner) -> None:
    undone = ledger.history.undo(redeemed_by_list(ledger, shop)).voucher
    (item,) = ledger.shop.listing()
    for _ in range(2):
        ledger.shop.redeem(shop, [(item, 1)], day=DAY)
    ledger.history.undo(undone)
    assert figure(ledger, "points.redemptions") == 4


def test_who_was_said_to_be_another_of_the_name_comes_again(ledger: Ledger, shop: Partner) -> None:
    first = enrolled(ledger, shop)
    said = Person("individual", "孙八", shop.community_id, "2024-01-01")
    ledger.partners.enrol(said, same_name=True)
    ledger.history.undo(ledger.history.undo(first).voucher)
    assert figure(ledger, "partners.individual") == 2


def test_who_has_another_phone_comes_again_beside_a_namesake(ledger: Ledger, shop: Partner) -> None:
    one, other = (
        Person("individual", "孙八", shop.community_id, "2024-01-01", phone)
        for phone in ("13900000001", "13900000002")
    )
    undone = ledger.history.undo(ledger.partners.enrol(one).voucher).voucher
    ledger.partners.enrol(other)
    ledger.history.undo(undone)
    assert figure(ledger, "partners.individual") == 2


def test_a_sign_in_of_other_hours_comes_again_beside_the_new_one(ledger: Ledger, shop: Partner) -> None:
    """A complaint about the morning was no good; the partner had signed for the afternoon meanwhile."""
    signed(ledger, shop)
    activity = ledger.activities.find("义诊")
    complaint = ledger.sheets.complain(ledger.sheets.line_of(activity, shop), "没有来").voucher
    ledger.sheets.sign(activity, [SheetLine(shop, 60)], None)
    ledger.history.undo(complaint)
    assert figure(ledger, "hours.served") == 150


@pytest.mark.parametrize(
    ("one", "other", "there"),
    [
        ([(1, 3), (5, None)], [(2, 4), (6, None)], True),
        ([(1, 2), (5, None)], [(3, 4), (6, None)], False),
        ([(1, None)], [(1, None)], True),
        ([(3, 4), (6, None)], [(1, 2), (5, None)], False),
    ],
)
def test_two_met_if_the_older_stood_when_the_younger_was_written(
    one: list[tuple[int, int | None]], other: list[tuple[int, int | None]], *, there: bool
) -> None:
    assert met(one, other) is there


def test_of_a_list_that_comes_again_only_what_was_written_meanwhile_is_kept_back(
    ledger: Ledger, shop: Partner
) -> None:
    """The other card had the cooperation again in its name, and was found to be the same shop."""
    double, third, here = (
        enrol(ledger, "福兴超巿", kind="business"),
        enrol(ledger, "米店", kind="business"),
        shop.community_id,
    )
    book = ledger.book(Cooperations)
    with ledger.voucher("import.cooperations") as voucher:
        book.close_many(
            voucher,
            [Closed(shop, third, None, None, None, here, f"2025-03-{day:02}") for day in range(1, 21)],
        )
    undone = ledger.history.undo(voucher.id).voucher
    ledger.membership.merge(shop, double)
    anew = book.close(double, ledger.areas.find("XF"), with_=third, day=DAY).voucher
    again = ledger.history.undo(undone)
    assert [str(kept) for kept in again.refused] == [
        f"促成合作 福兴超市、米店 2025-03-08：凭证 V{anew} 记了同样的一笔"
    ]
    assert again.given_again == (("促成合作", 19),)
    assert figure(ledger, "cooperations.closed") == 20
    assert not ledger.custody.verify().findings


def test_a_cooperation_does_not_come_again_beside_one_that_a_merger_made_the_same(
    ledger: Ledger, shop: Partner
) -> None:
    """Both were there once, of two cards; of one person there is one."""
    double, third = (enrol(ledger, name, kind="business") for name in ("福兴超巿", "米店"))
    book, here = ledger.book(Cooperations), ledger.areas.find("XF")
    first = book.close(shop, here, with_=third, day=DAY).voucher
    second = book.close(double, here, with_=third, day=DAY).voucher
    undone = ledger.history.undo(first).voucher
    ledger.membership.merge(shop, double)
    with pytest.raises(NothingToUndo, match=f"凭证 V{second} 记了同样的一笔"):
        ledger.history.undo(undone)


def test_an_honour_does_not_come_again_beside_one_that_a_merger_made_the_same(
    ledger: Ledger, shop: Partner
) -> None:
    double, book, best = enrol(ledger, "福兴超巿"), ledger.book(Honours), Title("优秀合伙人", "community")
    first = book.give(best, [shop], day=DAY).voucher
    second = book.give(best, [double], day=DAY).voucher
    undone = ledger.history.undo(first).voucher
    ledger.membership.merge(shop, double)
    with pytest.raises(NothingToUndo, match=f"凭证 V{second} 记了同样的一笔"):
        ledger.history.undo(undone)
    assert figure(ledger, "honours.given") == 1


def test_a_merger_done_again_takes_back_what_it_makes_the_same_by_now(ledger: Ledger, shop: Partner) -> None:
    double, third = (enrol(ledger, name, kind="business") for name in ("福兴超巿", "米店"))
    here = ledger.areas.find("XF")
    undone = ledger.history.undo(ledger.membership.merge(shop, double).voucher).voucher
    for card in (shop, double):
        ledger.book(Cooperations).close(card, here, with_=third, day=DAY)
        ledger.book(Honours).give(Title("优秀合伙人", "community"), [card], day=DAY)
    again = ledger.history.undo(undone)
    assert again.taken_back == (("促成合作", 1), ("荣誉授予", 1))
    assert (figure(ledger, "cooperations.closed"), figure(ledger, "honours.given")) == (1, 1)
    assert not ledger.custody.verify().findings
    ledger.history.undo(again.voucher)
    assert (figure(ledger, "cooperations.closed"), figure(ledger, "honours.given")) == (2, 2)
    assert not ledger.custody.verify().findings


def test_what_comes_again_comes_with_what_was_noted_of_it(ledger: Ledger, shop: Partner) -> None:
    here = ledger.areas.find("XF")
    supports, honours, cooperations = ledger.book(Supports), ledger.book(Honours), ledger.book(Cooperations)
    done = [
        served(ledger, shop),
        evaluated(ledger, shop),
        supports.give(Support(shop.community_id, shop.id, "publicity", str(DAY)), note="公众号").voucher,
        honours.give(Title("优秀合伙人", "community"), [shop], day=DAY, note="年会").voucher,
        cooperations.close(shop, here, day=DAY, note="供货").voucher,
    ]
    for number in [ledger.history.undo(number).voucher for number in reversed(done)][::-1]:
        ledger.history.undo(number)
    assert [one.note for one in ledger.book(Sessions).listing(project(ledger))] == ["上午场"]
    assert [one.note for one in ledger.book(Evaluations).listing()] == ["入户"]
    assert [one.note for one in supports.listing()] == ["公众号"]
    assert [one.note for one in honours.listing()] == ["年会"]
    assert [one.note for one in cooperations.listing()] == ["供货"]


def test_what_an_undo_keeps_keeps_its_note(ledger: Ledger, shop: Partner) -> None:
    third, here = enrol(ledger, "米店", kind="business"), ledger.areas.find("XF")
    cooperations = ledger.book(Cooperations)
    said = [Closed(shop, other, None, None, None, here.id, str(DAY), "供货") for other in (None, third)]
    with ledger.voucher("import.cooperations") as voucher:
        cooperations.close_many(voucher, said)
    double = enrol(ledger, "福兴超巿", kind="business")
    cooperations.close(double, here, day=DAY)
    merger = ledger.membership.merge(double, shop).voucher
    undone = ledger.history.undo(voucher.id)
    assert [str(kept) for kept in undone.kept] == [
        f"促成合作 福兴超市 2025-03-08：之后的凭证 V{merger} 合并时收回了与它重复的一笔"
    ]
    assert [(one.with_name, one.note) for one in cooperations.listing()] == [(None, "供货")]


def test_no_cooperation_of_one_with_itself_comes_again_by_an_undo_of_an_undo(
    ledger: Ledger, shop: Partner
) -> None:
    """The rest of its voucher does."""
    double, third = (enrol(ledger, name, kind="business") for name in ("福兴超巿", "米店"))
    with ledger.voucher("import.cooperations") as voucher:
        said = [
            Closed(shop, other, None, None, None, shop.community_id, str(DAY)) for other in (double, third)
        ]
        ledger.book(Cooperations).close_many(voucher, said)
    undone = ledger.history.undo(voucher.id).voucher
    ledger.membership.merge(double, shop)
    again = ledger.history.undo(undone)
    assert [kept.why for kept in again.refused] == ["双方现在是同一家"]
    assert figure(ledger, "cooperations.closed") == 1


def test_a_merger_done_again_takes_back_what_is_the_same_by_whom_its_card_was_merged_into_since(
    ledger: Ledger, shop: Partner
) -> None:
    middle, last = (enrol(ledger, name, kind="business") for name in ("福兴超巿", "福兴商场"))
    undone = ledger.history.undo(ledger.membership.merge(shop, middle).voucher).voucher
    ledger.membership.merge(middle, last)
    ledger.book(Cooperations).close(shop, ledger.areas.find("XF"), with_=last, day=DAY)
    assert ("促成合作", 1) in ledger.history.undo(undone).taken_back
    assert figure(ledger, "cooperations.closed") == 0
    assert not ledger.custody.verify().findings
