"""Delivery lists of the points shops: goods, their price, and how many came in."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from hepartner.chinese import names
from hepartner.intake.columns import (
    dated,
    read_choice,
    read_day,
    read_name,
    read_points,
    read_text,
    read_whole,
    titled,
)
from hepartner.intake.kinds.partners import COMMUNITY_TITLES
from hepartner.intake.lines import Form, Lines
from hepartner.intake.people import People
from hepartner.intake.places import Places
from hepartner.intake.plan import Kind, Plan, note_days, only_new, span
from hepartner.intake.problems import Fault, Misfit
from hepartner.ledger.redeeming import MOST_AT_ONCE
from hepartner.ledger.stocking import Delivery
from hepartner.words.shop import CATEGORIES

if TYPE_CHECKING:
    from hepartner.ledger import Ledger
    from hepartner.ledger.sources import Source
    from hepartner.ledger.vouchers import Voucher


class ItemLine(NamedTuple):
    """What one row of a delivery list says; None where it is blank."""

    community: str | None
    name: str
    category: str | None
    unit: str | None
    price: int
    quantity: int
    donor: str | None
    happened_on: str


_CATEGORY_WORDS = {
    "goods": ("商品", "物品", "实物", "货物"),
    "coupon": ("服务券", "券", "兑换券", "优惠券"),
}


def form(today: date) -> Form[ItemLine]:
    """The columns of a delivery list; days are read as somebody typing today means them."""
    quantity = read_whole("入库数量", least=1, most=MOST_AT_ONCE)
    columns = (
        titled("community", COMMUNITY_TITLES, partial(read_text, noun="社区"), fill_down=True),
        titled(
            "name",
            "商品名称 品名 商品 名称 物品名称 物资名称",
            read_item,
            required=True,
            sample="大米（示例）",
        ),
        titled(
            "category",
            "类别 商品类别 类型",
            read_choice("类别", _CATEGORY_WORDS),
            choices=tuple(CATEGORIES.values()),
        ),
        titled("unit", "单位 计量单位 规格单位", partial(read_text, noun="单位", most=10), sample="袋"),
        titled("price", "积分价 所需积分 兑换积分 积分 单价 分值", read_points, required=True, sample="50"),
        titled(
            "quantity",
            "入库数量 数量 入库 库存数量",
            quantity,
            required=True,
            may_be_blank=False,
            sample="20",
        ),
        titled("donor", "捐赠方 捐赠单位 捐赠人 来源", read_name),
        dated(
            "happened_on", "日期 入库日期 入库时间 时间", read_day(today), required=True, sample="2024-03-05"
        ),
    )
    return Form("积分超市进货单", columns, ItemLine._make)


def read_item(text: str) -> str | Fault:
    """The name of an item, as the ledger keeps it."""
    name = read_text(text, noun="商品名称", most=60)
    return name if isinstance(name, Fault) else names.tidy(name)


def plan(ledger: "Ledger", lines: Lines[ItemLine], source: "Source") -> Plan:
    """Tell which deliveries are not recorded yet."""
    plan = Plan()
    shelves = _Shelves(ledger, lines.heading)
    said: list[tuple[int, Delivery]] = []
    for row, line in lines.good:
        delivery = shelves.delivery(line)
        if isinstance(delivery, Misfit):
            plan.problems.append(lines.problem(row, delivery))
        else:
            said.append((row, delivery))
    days = span([delivery.happened_on for _, delivery in said])
    found = only_new(
        plan, lines, said, source, lambda by: shelves.known(ledger.shop.received(by, *days)),
        once=shelves.once, compared="社区、商品、类别、单位、积分价、件数、日期、捐赠方",
    )  # fmt: skip
    new = [delivery for _, delivery in found]
    plan.added = len(new)
    note_days(plan, ledger, [(delivery.community_id, delivery.happened_on) for delivery in new])

    def write(voucher: "Voucher") -> None:
        ledger.shop.receive_many(voucher, new)

    plan.write = write
    return plan


class _Kept(NamedTuple):
    """How a shop keeps goods already: a delivery that says otherwise means something else."""

    name: str
    category: str
    unit: str


class _Shelves:
    """What the shops keep, and what earlier rows of the file added to them."""

    def __init__(self, ledger: "Ledger", heading: str) -> None:
        self._places = Places(ledger.areas.tree(), ledger.here, heading)
        self._people = People.of(ledger)
        self._kept = {
            (item.community_id, names.match_key(item.name)): _Kept(item.name, item.category, item.unit)
            for item in ledger.shop.listing()
        }
        self._once = {
            place: _Kept(item.name, item.category, item.unit) for place, item in ledger.shop.former().items()
        }
        for place, kept in self._once.items():
            self._kept.setdefault(place, kept)

    def known(self, recorded: Iterable[tuple[int, Delivery]]) -> Iterator[tuple[int, Delivery]]:
        """Recorded deliveries, each after its voucher, with the donors for whom they count today."""
        for voucher, one in recorded:
            donor = one.donor_id
            yield voucher, one if donor is None else one._replace(donor_id=self._people.now(donor))

    def once(self, _row: int, said: Delivery) -> list[Delivery]:
        """What a row meant while other goods or donors were called so."""
        donors = () if said.donor_id is None else self._people.once_meant((said.donor_id,))
        renamed = self._once.get((said.community_id, names.match_key(said.name)))
        goods = [said, said._replace(**renamed._asdict())] if renamed else [said]
        return [one._replace(donor_id=by) for one in goods for (by,) in ((said.donor_id,), *donors)]

    def delivery(self, line: ItemLine) -> Delivery | Misfit:
        """The delivery that a row means, or what it fits not."""
        community = self._places.community(line.community)
        if isinstance(community, Fault):
            return Misfit("community", community, line.community or "")
        donor = self._people.meant(line.donor, "", community) if line.donor else None
        if isinstance(donor, Fault):
            return Misfit("donor", donor, line.donor or "")
        shelf = (community.id, names.match_key(line.name))
        kept = self._kept.get(shelf) or _Kept(line.name, line.category or "goods", line.unit or "件")
        if line.category not in (None, kept.category):
            fault = Fault(f"{community.name}的这种商品是…", _OTHER_GOODS, (CATEGORIES[kept.category],))
            return Misfit("category", fault)
        if line.unit not in (None, kept.unit):
            return Misfit("unit", Fault(f"{community.name}的这种商品按“…”计", _OTHER_GOODS, (kept.unit,)))
        self._kept[shelf] = kept
        return Delivery(
            community.id,
            *kept,
            line.price,
            line.quantity,
            line.happened_on,
            donor.id if donor else None,
        )


_OTHER_GOODS = "请改一致，或换个名称另列一种商品"

KIND = Kind("items", form, plan)
