"""Sheet 积分榜: the partners who were awarded the most points in the month."""

from hepartner.ledger.counts.monthly import Earner
from hepartner.reports.sheets import Align, Column, Row, Sheet, Table
from hepartner.reports.values import Minutes
from hepartner.words.partner import KINDS

from .subject import TOP, Subject

NAME = "积分榜"

_COLUMNS = (
    Column("rank", "名次", 3, Align.CENTER),
    Column("name", "合伙人", 12, Align.LEFT),
    Column("code", "编号", 7, Align.LEFT),
    Column("kind", "类型", 4, Align.CENTER),
    Column("community", "社区", 9, Align.LEFT),
    Column("awarded", "本月获得积分\n（分）", 7),
    Column("hours", "本月服务时长\n（小时）", 7),
    Column("balance", "月末积分结余\n（分）", 7),
)


def sheet(subject: Subject) -> Sheet:
    """Make the sheet; equal points share a rank."""
    names = {area.id: area.name for area in subject.ledger.areas.communities()}
    rows = tuple(
        Row(
            earner.partner_id,
            (
                rank,
                earner.name,
                earner.code,
                KINDS[earner.kind],
                names.get(earner.community_id, ""),
                earner.awarded,
                Minutes(earner.minutes),
                earner.balance,
            ),
        )
        for rank, earner in _ranked(subject.earners)
    )
    return Sheet(
        NAME,
        subject.title("社区合伙人积分榜"),
        (Table(_COLUMNS, rows),),
        unit="见表头",
        notes=(
            f"按本月获得的积分（冲正已扣除）取前 {TOP} 名，积分相同的名次并列，按登记先后排列。",
            "积分、时长、结余只计本区域的；类型、社区是月末时的；并入他人的，算在并入后的合伙人名下。",
        ),
    )


def _ranked(earners: list[Earner]) -> list[tuple[int, Earner]]:
    points = [earner.awarded for earner in earners]
    return [(1 + points.index(earner.awarded), earner) for earner in earners]
