"""What an office may do on a day, each through the Ledger's books with its particulars drawn at random; any may be refused."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from hepartner.ledger import keys
from hepartner.ledger.activities import Particulars as Event
from hepartner.ledger.closing import Closing
from hepartner.ledger.expiry import Expiry
from hepartner.ledger.issuelists import Listed
from hepartner.ledger.particulars import Particulars
from hepartner.ledger.points import Opening
from hepartner.ledger.presence import absences
from hepartner.ledger.signing import SheetLine, SignIn
from hepartner.ledger.stocking import Delivery
from hepartner.ledger.vouchers import Origin
from tests.nouns import gathered

if TYPE_CHECKING:
    from .story import Story

Deed = Callable[["Story"], object]
KINDS = ("individual", "individual", "individual", "group", "business")
EVENTS = ("welfare", "arts", "class", "patrol", "cleanup")
CATEGORIES = ("WATER", "LAMP", "PARKING")


def found_community(story: "Story") -> object:
    """Add a community that is said to have been there for up to three months."""
    number = len(story.ledger.areas.communities())
    if number > 4:
        story.nothing()
    parent = story.random.choice([area for area in story.ledger.areas.tree() if area.kind == "subdistrict"])
    return story.ledger.areas.add(
        "community", f"第{number}社区", parent=parent, code=f"C{number}", since=story.day(late=1)
    )


def enrol(story: "Story") -> object:
    name, phone = f"居民{story.number('partner')}", f"1380013{story.number('phone'):04d}"
    kind, community = story.random.choice(KINDS), story.community()
    said = Particulars(kind, name, community.id, str(story.day()), phone=phone)
    return story.ledger.partners.enrol(said)


def award(story: "Story") -> object:
    return story.ledger.points.award(
        story.partner(), story.random.randint(5, 60), day=story.day(), reason="帮忙"
    )


def award_by_rule(story: "Story") -> object:
    minutes = story.random.choice((30, 90, 150))
    return story.ledger.points.award_by_rule(story.partner(), story.rule(), minutes=minutes, day=story.day())


def deduct(story: "Story") -> object:
    return story.ledger.points.deduct(
        story.partner(), story.random.randint(1, 80), reason="核实的投诉", day=story.day()
    )


def reverse(story: "Story") -> object:
    return story.ledger.points.reverse(story.one_of("SELECT id FROM entry WHERE sign = 1"))


def expire(story: "Story") -> object:
    return story.ledger.book(Expiry).expire().voucher or story.nothing()


def open_balance(story: "Story") -> object:
    partner = story.partner()
    row = Opening(partner.id, partner.joined_on, story.random.randint(10, 90))
    with story.ledger.voucher("import.opening", origin=Origin("旧台账")) as voucher:
        return story.ledger.points.open_many(voucher, [row])


def hold_activity(story: "Story") -> object:
    hosts = tuple(partner.id for partner in story.partners(story.random.randint(0, 2)))
    said = Event(
        story.community().id, str(story.day()), f"活动{story.number('activity')}", story.random.choice(EVENTS),
        beneficiaries=story.random.randint(0, 200), organisers=hosts,
    )  # fmt: skip
    return story.ledger.activities.add(said)


def edit_activity(story: "Story") -> object:
    fields = story.random.choice(
        (
            {"kind": story.random.choice(EVENTS)},
            {"beneficiaries": story.random.randint(0, 200)},
            {"held_on": str(story.day())},
            {"organisers": tuple(partner.id for partner in story.partners(2))},
        )
    )
    return story.ledger.activities.edit(story.activity(), **fields)


def sign(story: "Story") -> object:
    rule = story.rule() if story.random.random() < 0.8 else None
    lines = [
        SheetLine(partner, story.random.choice((0, 45, 60, 150)))
        for partner in story.partners(story.random.randint(1, 6))
    ]
    return story.ledger.sheets.sign(story.activity(), lines, rule, again=story.random.random() < 0.3)


def import_lines(story: "Story") -> object:
    activity, rule = story.activity(), story.rule()
    rows = [SignIn(activity.id, partner.id, 75, "volunteer", rule.id) for partner in story.partners(3)]
    rows = [
        row
        for place, row in enumerate(rows)
        if place not in {f.place for f in story.ledger.sheets.faults(rows)}
    ]
    with story.ledger.voucher("import.signins", origin=Origin("签到")) as voucher:
        return story.ledger.sheets.sign_many(voucher, rows)


def confirm(story: "Story") -> object:
    waiting = story.ledger.sheets.waiting()
    return story.ledger.sheets.confirm(waiting[: story.random.randint(1, 3)] or story.nothing())


def complain(story: "Story") -> object:
    lines = story.ledger.sheets.lines(story.activity())
    return story.ledger.sheets.complain(story.random.choice(lines or story.nothing()), "居民投诉")


def redeem(story: "Story") -> object:
    goods = [(item, story.random.randint(1, 2)) for item in story.items(story.random.randint(1, 2))]
    return story.ledger.shop.redeem(story.partner(), goods, day=story.day())


def cancel(story: "Story") -> object:
    return story.ledger.shop.cancel(
        f"D{story.one_of('SELECT id FROM redemption WHERE sign = 1')}", reason="退货"
    )


def stock(story: "Story") -> object:
    (item,) = story.items(1)
    shop, quantity = story.ledger.shop, story.random.randint(1, 9)
    return story.random.choice(
        (
            lambda: shop.stock_in([(item, quantity)], donor=story.partner(), day=story.day()),
            lambda: shop.stock_out([(item, quantity)], reason="过期", day=story.day()),
            lambda: shop.stocktake([(item, quantity)], day=story.day()),
            lambda: shop.price(item, quantity * 3, day=story.day()),
        )
    )()


def receive(story: "Story") -> object:
    row = Delivery(
        story.community().id, story.random.choice(("米", "油", "盐")), "goods", "件", 12, 20, str(story.day())
    )
    with story.ledger.voucher("import.items", origin=Origin("捐赠")) as voucher:
        return story.ledger.shop.receive_many(voucher, [row])


def suspend(story: "Story") -> object:
    return story.ledger.membership.suspend(story.partner(), day=story.day())


def leave(story: "Story") -> object:
    return story.ledger.membership.leave(story.partner(), day=story.day())


def rejoin(story: "Story") -> object:
    return story.ledger.membership.rejoin(story.partner("suspended", "left"), day=story.day())


def move(story: "Story") -> object:
    return story.ledger.membership.move(
        story.partner("active", "suspended"), story.community(), day=story.day(late=0.6)
    )


def merge(story: "Story") -> object:
    one, other = story.partners(2, "active", "suspended", "left")
    return story.ledger.membership.merge(one, other, day=story.day(late=0.6))


def change_kind(story: "Story") -> object:
    """Of whoever is on record: who is suspended still counts, who left or was merged does not."""
    cards = [*story.ledger.partners.cards(), *story.ledger.partners.cards(merged=True)]
    one = story.random.choice(cards or story.nothing())
    return story.ledger.partners.edit(one, kind=story.random.choice(KINDS))


def change_joining(story: "Story") -> object:
    return story.ledger.partners.edit(story.partner("active", "left"), joined_on=str(story.day(late=1)))


def report(story: "Story") -> object:
    category = story.ledger.issues.categories.find(story.random.choice(CATEGORIES))
    return story.ledger.issues.report(
        category, f"问题{story.number('issue')}", story.community(), day=story.day()
    )


def handle(story: "Story") -> object:
    """Take the next step of an issue, whichever the draw allows."""
    issue, issues, day = story.issue("reported", "assigned", "resolved"), story.ledger.issues, story.day()
    if issue.status == "resolved":
        return issues.confirm(issue, satisfied=story.random.choice((True, True, False, None)), day=day)
    if story.random.random() < 0.2:
        return issues.assign(issue, "物业", day=day)
    return issues.resolve(issue, beneficiaries=story.random.randint(0, 90), day=day)


def reopen(story: "Story") -> object:
    return story.ledger.issues.reopen(story.issue("resolved", "confirmed"), reason="又漏水", day=story.day())


def duplicate(story: "Story") -> object:
    statuses = ("reported", "assigned", "resolved", "confirmed")
    return story.ledger.issues.duplicate(story.issue(*statuses), story.issue(*statuses), day=story.day())


def help_with(story: "Story") -> object:
    points = story.random.choice((None, 5, 20))
    return story.ledger.issues.help(story.issue(), story.partner(), points=points, day=story.day())


def edit_issue(story: "Story") -> object:
    category = story.ledger.issues.categories.find(story.random.choice(CATEGORIES)).code
    changed = story.random.choice(({"category": category}, {"due_on": str(story.day(late=1))}))
    return story.ledger.issues.edit(story.issue(), **changed)


def list_issues(story: "Story") -> object:
    days = sorted(str(story.day(late=0.8)) for _ in range(3))
    asked = [(partner.id, days[1]) for partner in story.partners(1)]
    away = absences(story.ledger.database, asked)
    helpers = tuple(pair[0] for pair in asked if pair not in away)
    category = story.ledger.issues.categories.find(story.random.choice(CATEGORIES)).code
    said = Listed(category, "", story.community().id, days[0], resolved_on=days[1], beneficiaries=7)
    rows = [
        said._replace(title=f"清单{story.number('issue')}"),
        said._replace(
            title=f"清单{story.number('issue')}", confirmed_on=days[2], satisfied=True, helpers=helpers
        ),
    ]
    with story.ledger.voucher("import.issues", origin=Origin("台账表")) as voucher:
        return story.ledger.issues.enter_many(voucher, rows)


def reword(story: "Story") -> object:
    """Say a card's name, title or place otherwise, whichever noun's it is; what was reported of it stays as it was."""
    shapes, database = story.ledger.shapes, story.ledger.database
    fields = [
        (table, field)
        for table in shapes.cards
        for field in ("name", "title", "place")
        if field in shapes.columns[table] and table not in ("area", "operator", "rule", "setting")
    ]
    table, field = story.random.choice(fields)
    card = story.one_of(f"SELECT id FROM {table} WHERE withdrawn = 0")
    now, number = database.value(f"SELECT {field} FROM {table} WHERE id = ?", (card,)), story.number("reword")
    # Capitals are the same to look-up keys: here the words change and their keys don't.
    said = now.swapcase() if number % 3 == 0 and now.swapcase() != now else f"{now}改A{number}"
    made = keys.made(table, shapes.columns[table])
    with story.ledger.voucher("partner.edit") as voucher:
        voucher.edit(table, card, **{field: said})
        if made:
            of = database.row(f"SELECT {', '.join(made.of)} FROM {table} WHERE id = ?", (card,))
            voucher.edit(table, card, **made.from_card(dict(zip(made.of, of, strict=True))))


def undo(story: "Story") -> object:
    """Undo one of the latest vouchers, so that most of them are still alone in what they did."""
    latest = story.one_of(
        "SELECT id FROM voucher WHERE undoes_id IS NULL AND action NOT LIKE 'area.%' ORDER BY id DESC LIMIT 15"
    )
    return story.ledger.history.undo(latest)


def close(story: "Story") -> object:
    """Close the next month of some communities that stand at the same month."""
    return story.close()


def reopen_month(story: "Story") -> object:
    community = story.community()
    closed = story.ledger.periods.closed_through(community.id)
    return story.ledger.book(Closing).reopen(
        community, closed or story.nothing(), "数字有误", second_id=story.second
    )


DECK: dict[Deed, int] = {
    found_community: 1, enrol: 5, award: 6, award_by_rule: 4, deduct: 2, reverse: 3, expire: 1, open_balance: 1, hold_activity: 8,
    edit_activity: 4, sign: 14, import_lines: 2, confirm: 5, complain: 4, redeem: 12, cancel: 4, stock: 4, receive: 2,
    suspend: 1, leave: 2, rejoin: 2, move: 4, merge: 3, change_kind: 2, change_joining: 1, report: 9, handle: 16,
    reopen: 4, duplicate: 2, help_with: 5, edit_issue: 3, list_issues: 2, reword: 8, undo: 12, close: 10, reopen_month: 3,
    **gathered("DECK"),
}  # fmt: skip
"""How many times each deed is in a year's deck."""
