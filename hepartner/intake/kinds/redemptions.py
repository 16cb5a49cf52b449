"""Lists of an exchange day: each row is one slip, what one partner took for points."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from hepartner.chinese.quantities import parse_items
from hepartner.intake.columns import (
    read_day,
    read_name,
    read_phone,
    read_points,
    read_text,
    read_whole,
    titled,
)
from hepartner.intake.kinds.partners import CODE_TITLES, COMMUNITY_TITLES, NAME_TITLES, PHONE_TITLES
from hepartner.intake.lines import Form, Lines
from hepartner.intake.people import People
from hepartner.intake.places import Places
from hepartner.intake.plan import Kind, Plan, note_days, only_new, span
from hepartner.intake.problems import Fault, Misfit
from hepartner.ledger.errors import LedgerError
from hepartner.ledger.items import Item, Shelved, meant, shown
from hepartner.ledger.redeeming import MOST_AT_ONCE, CostsOtherwise, SecondNeeded, together
from hepartner.ledger.till import Asked

if TYPE_CHECKING:
    from hepartner.ledger import Ledger
    from hepartner.ledger.areas import Area
    from hepartner.ledger.sources import Source
    from hepartner.ledger.vouchers import Voucher

Goods = tuple[tuple[str, int], ...]


class SlipLine(NamedTuple):
    """What one row of an exchange list says; None where it is blank."""

    happened_on: str
    community: str | None
    code: str | None
    name: str | None
    phone: str | None
    goods: Goods
    quantity: int | None
    points: int | None


def form(today: date) -> Form[SlipLine]:
    """The columns of an exchange list; days are read as somebody typing today means them."""
    day_titles = "日期 兑换日期 兑换时间 时间"
    columns = (
        titled(
            "happened_on", day_titles, read_day(today), required=True, fill_down=True, sample="2024-03-05"
        ),
        titled("community", COMMUNITY_TITLES, partial(read_text, noun="社区"), fill_down=True),
        titled("code", CODE_TITLES, partial(read_text, noun="编号", most=40)),
        titled(
            "name",
            f"{NAME_TITLES} 兑换人 姓名或编号",
            read_name,
            required=True,
            instead="code",
            may_be_blank=False,
            sample="张三（示例）",
        ),
        titled("phone", PHONE_TITLES, read_phone, sample="13800138000"),
        titled(
            "goods",
            "兑换商品 兑换物品 商品和数量 商品 物品 品名",
            read_goods,
            required=True,
            sample="大米x2、食用油",
        ),
        titled("quantity", "数量 件数 兑换数量", read_whole("数量", least=1, most=MOST_AT_ONCE)),
        titled(
            "points",
            "积分 兑换积分 所用积分 使用积分 扣除积分 扣减积分 消耗积分 所需积分 合计积分",
            read_points,
        ),
    )
    return Form("兑换登记表", columns, SlipLine._make)


def read_goods(text: str) -> Goods | Fault:
    """What was taken, as it is typed at the counter, between 、 or blanks: 大米x2、食用油. May raise Misread."""
    words = text.translate(_MARKS).split()
    return tuple(parse_items(words)) or Fault("没有写商品", "请写商品和数量，如：大米x2、食用油")


_MARKS = str.maketrans(dict.fromkeys("、，,；;", " "))


def plan(ledger: "Ledger", lines: Lines[SlipLine], source: "Source") -> Plan:
    """Tell which slips are not recorded yet and what the till says to them, in the order of the rows."""
    plan = Plan()
    counter = _Counter(ledger, lines.heading)
    said: list[tuple[int, Asked]] = []
    for row, line in lines.good:
        slip = counter.slip(line)
        if isinstance(slip, Misfit):
            plan.problems.append(lines.problem(row, slip))
        else:
            said.append((row, slip))
    days = span([slip.happened_on for _, slip in said])
    line_of = dict(lines.good)
    new = only_new(
        plan, lines, said, source, lambda by: counter.known(ledger.shop.redeemed(by, *days)),
        compared="合伙人、日期、商品和件数",
        once=lambda row, slip: counter.once(line_of[row], slip),
    )  # fmt: skip
    # What is recorded has moved balance and stock already, so only the rest is shown to the till.
    faults = ledger.shop.faults([slip for _, slip in new], [line_of[row].points for row, _ in new])
    for place, why in faults.items():
        plan.problems.append(lines.problem(new[place][0], _not_handed_out(why)))
    good = [slip for place, (_, slip) in enumerate(new) if place not in faults]
    plan.added = len(good)
    note_days(plan, ledger, [(counter.home(slip), slip.happened_on) for slip in good])

    def write(voucher: "Voucher") -> None:
        ledger.shop.redeem_many(voucher, good)

    plan.write = write
    return plan


def _not_handed_out(why: LedgerError) -> Misfit:
    sentence = str(why).rstrip("。")
    if isinstance(why, CostsOtherwise | SecondNeeded):
        reason, _, remedy = sentence.partition("。")
        if isinstance(why, CostsOtherwise):
            return Misfit("points", Fault("与那天的积分价对不上：…", remedy, (reason,)))
        return Misfit("goods", Fault("要另一位操作人复核：…", remedy, (reason,)))
    return Misfit("goods", Fault("台账的规则不允许：…", "请与兑换人核对，改正这一行或把它删去", (sentence,)))


def _asked(line: SlipLine) -> Goods | Fault:
    """The goods of a row with their quantities, which may stand in a column of their own if the goods are of one kind."""
    if line.quantity is None:
        return line.goods
    (text, quantity), *more = line.goods
    if more or quantity not in (1, line.quantity):
        return Fault(
            "数量一列与“兑换商品”里写的对不上", "请只写一处；一行有几种商品时写在商品后面，如：大米x2、食用油"
        )
    return ((text, line.quantity),)


class _Counter:
    """What the words of an exchange list mean: people, and the goods of each community's shop."""

    def __init__(self, ledger: "Ledger", heading: str) -> None:
        self._shop = ledger.shop
        self._places = Places(ledger.areas.tree(), ledger.here, heading)
        self._people = People.of(ledger)
        self._shelves: dict[int, list[Shelved]] = {}
        self._items: dict[tuple[int, str], Item | Fault] = {}

    def slip(self, line: SlipLine) -> Asked | Misfit:
        """The slip that a row means, or what it fits not."""
        community = self._places.community(line.community)
        if isinstance(community, Fault):
            return Misfit("community", community, line.community or "")
        partner = self._people.on_row(community, code=line.code, name=line.name, phone=line.phone)
        if isinstance(partner, Misfit):
            return partner
        asked = _asked(line)
        if isinstance(asked, Fault):
            return Misfit("quantity", asked, str(line.quantity))
        wanted: list[tuple[Item, int]] = []
        for text, quantity in asked:
            item = self._item(text, community)
            if isinstance(item, Fault):
                return Misfit("goods", item, text)
            wanted.append((item, quantity))
        goods = tuple((item.id, quantity) for item, quantity in together(wanted).values())
        return Asked(partner.id, goods, line.happened_on)

    def once(self, line: SlipLine, slip: Asked) -> list[Asked]:
        """What a row meant while other partners were called so; who is told by code or phone is no other."""
        was = () if line.code or line.phone else self._people.once_meant((slip.partner_id,))
        return [slip._replace(partner_id=one) for (one,) in was]

    def known(self, recorded: Iterable[tuple[int, Asked]]) -> Iterator[tuple[int, Asked]]:
        """Recorded slips, each after its voucher, under the cards that their partners have now."""
        for voucher, slip in recorded:
            yield voucher, slip._replace(partner_id=self._people.now(slip.partner_id))

    def home(self, slip: Asked) -> int:
        """The community of a slip's partner."""
        return self._people.by_id[slip.partner_id].community_id

    def _item(self, text: str, community: "Area") -> Item | Fault:
        asked = (community.id, text)
        if asked not in self._items:
            self._items[asked] = self._looked_up(text, community)
        return self._items[asked]

    def _looked_up(self, text: str, community: "Area") -> Item | Fault:
        if community.id not in self._shelves:
            self._shelves[community.id] = self._shop.shelf(community)
        found = next(filter(None, meant(text, self._shelves[community.id])), [])
        if len(found) == 1:
            return found[0]
        if found:
            return Fault(
                f"有 {len(found)} 种商品都像：…", "请写全名或编号", ("、".join(map(shown, found[:3])),)
            )
        return Fault(f"{community.name}的超市没有这种商品", "请核对名称，或先导入进货单")


KIND = Kind("redemptions", form, plan)
