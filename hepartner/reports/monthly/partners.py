"""Sheet 合伙人: per community and kind the partners at the start, who came, who went, and those at the end."""

from collections import Counter

from hepartner.reports.figures import FIGURES
from hepartner.reports.sheets import Align, Cell, Column, Sheet, Table
from hepartner.words.partner import KINDS

from .subject import Part, Subject

NAME = "合伙人"


def sheet(subject: Subject) -> Sheet:
    """Make the sheet; opening and closing are the figures at the end of the last month and of this one."""
    came: Counter[tuple[int, str]] = Counter()
    went: Counter[tuple[int, str]] = Counter()
    for moves in subject.partner_moves:
        came[moves.community_id, moves.kind] += moves.came
        went[moves.community_id, moves.kind] += moves.went

    def cells(part: Part) -> list[Cell]:
        values: list[Cell] = []
        for kind in KINDS:
            code = f"partners.{kind}"
            values += [
                subject.value(code, part, subject.previous),
                sum(came[community, kind] for community in part.communities),
                sum(went[community, kind] for community in part.communities),
                subject.value(code, part),
            ]
        return [*values, subject.value("partners.active", part)]

    return Sheet(
        NAME,
        subject.title("社区合伙人增减情况表"),
        (Table(_columns(), subject.rows(cells)),),
        unit="见表头",
        notes=(
            "增加含加入、重新加入、迁入和改为本类型，减少含退出、并入他人、迁出和改为其他类型；暂停的仍在册。",
        ),
    )


def _columns() -> tuple[Column, ...]:
    columns = [Column("number", "序号", 2.5, Align.CENTER), Column("area", "街道、社区", 8, Align.LEFT)]
    for kind in KINDS:
        figure = FIGURES[f"partners.{kind}"]
        group = f"{figure.name}（{figure.unit}）"
        for key, heading in (("opening", "上月末"), ("came", "增加"), ("went", "减少"), ("closing", "月末")):
            columns.append(Column(f"{kind}.{key}", heading, 4, group=group))
    active = FIGURES["partners.active"]
    return (*columns, Column("active", f"本月{active.heading}", 6.5))
