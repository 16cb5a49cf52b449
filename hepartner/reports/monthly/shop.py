"""Sheet 积分超市: per item opening + in − redeemed − out + stocktake = closing."""

from hepartner.reports.sheets import Align, Cell, Column, Row, Sheet, Table, Weight
from hepartner.words.shop import CATEGORIES

from .subject import TOTAL, Subject

NAME = "积分超市"

_COLUMNS = (
    Column("number", "序号", 2.5, Align.CENTER),
    Column("community", "社区", 8, Align.LEFT),
    Column("code", "编号", 6, Align.LEFT),
    Column("name", "商品", 11, Align.LEFT),
    Column("category", "类别", 3.5, Align.CENTER),
    Column("unit", "单位", 3, Align.CENTER),
    Column("price", "积分价", 4),
    Column("opening", "上月末库存", 5),
    Column("stocked", "入库", 4.5),
    Column("redeemed", "兑换出库", 4.5),
    Column("taken", "其他出库", 4.5),
    Column("stocktake", "盘点差异", 4.5),
    Column("closing", "月末库存", 5),
    Column("points", "兑换积分\n（分）", 5),
)


def sheet(subject: Subject) -> Sheet:
    """Make the sheet; quantities of different goods are not added, the points of all goods are counted on their own."""
    order = {area.id: place for place, area in enumerate(subject.communities)}
    items = sorted(subject.stock_moves, key=lambda moves: order[moves.community_id])
    rows = [
        Row(
            moves.item_id,
            (
                number,
                subject.names[moves.community_id],
                moves.code,
                moves.name,
                CATEGORIES[moves.category],
                moves.unit,
                moves.price,
                moves.opening,
                moves.stocked,
                moves.redeemed,
                moves.taken,
                moves.stocktake,
                moves.closing,
                moves.points,
            ),
        )
        for number, moves in enumerate(items, start=1)
    ]
    blank: list[Cell] = [""] * 4
    quantities: list[Cell] = [None] * 7
    total = Row(TOTAL, ("", "合计", *blank, *quantities, subject.points_of_goods), Weight.TOTAL)
    return Sheet(
        NAME,
        subject.title("积分超市进销存表"),
        (Table(_COLUMNS, (*rows, total)),),
        unit="见“单位”栏",
        notes=(
            "上月末库存＋入库－兑换出库－其他出库＋盘点差异＝月末库存；数量单位不同，不合计。",
            "本表按商品所在社区统计；“兑换积分”指标按合伙人所在社区统计，跨社区兑换或补录时两者可以不同。",
        ),
    )
