"""Sheet 积分收支: per community opening + in + transfers − out = closing."""

from hepartner.ledger.counts.monthly import PointMoves
from hepartner.reports.sheets import Align, Cell, Column, Sheet, Table

from .subject import Part, Subject

NAME = "积分收支"

IN = {"awarded": "发放", "opening": "期初录入", "moved_in": "转入"}
OUT = {"redeemed": "兑换", "deducted": "扣减", "expired": "清零", "moved_out": "转出"}

_COLUMNS = (
    Column("number", "序号", 2.5, Align.CENTER),
    Column("area", "街道、社区", 8, Align.LEFT),
    Column("before", "上月末结余", 6),
    *(Column(key, heading, 5.5, group="本月增加") for key, heading in IN.items()),
    *(Column(key, heading, 5.5, group="本月减少") for key, heading in OUT.items()),
    Column("balance", "月末结余", 6),
)


def sheet(subject: Subject) -> Sheet:
    """Make the sheet; the balances are the figure at the end of the last month and of this one."""
    nothing = PointMoves(0, 0, 0, 0, 0, 0, 0, 0)

    def cells(part: Part) -> list[Cell]:
        moves = [subject.point_moves.get(community, nothing) for community in part.communities]
        moved = [sum(getattr(move, key) for move in moves) for key in (*IN, *OUT)]
        before = subject.value("points.balance", part, subject.previous)
        return [before, *moved, subject.value("points.balance", part)]

    return Sheet(
        NAME,
        subject.title("社区合伙人积分收支表"),
        (Table(_COLUMNS, subject.rows(cells)),),
        unit="分",
        notes=(
            "上月末结余＋发放＋期初录入＋转入－兑换－扣减－清零－转出＝月末结余；冲正从原来的一栏里扣除。",
            "转入、转出是合伙人迁移社区或并户时带走的积分，同一区域内两栏合计可以相抵。",
        ),
    )
