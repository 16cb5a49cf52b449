"""The 41 rosters: who is listed where, and the one that is kept as an old binary .xls."""

import csv
from datetime import date

from .people import KINDS, Partner
from .places import COMMUNITIES
from .rules import DATA
from .world import Sheet

FIXED = DATA / "rosters" / "dizhong.xls"
"""The roster of 地中社区 as its office sends it; beside it the same as .csv, which this side reads."""
COLUMNS = (
    "姓名", "类型", "联系电话", "社区", "网格", "类别", "技能", "联系人", "地址", "统一社会信用代码", "人数", "加入日期", "备注",
)  # fmt: skip


def rosters(partners: list[Partner]) -> list[Sheet]:
    """Return a roster for each community."""
    return [
        Sheet(
            "partners",
            f"花名册/{community.name}",
            f"{community.name}“合伙人”花名册",
            [_row(partner) for partner in partners if partner.community == community.name],
        )
        for community in COMMUNITIES
    ]


def read_fixed() -> list[Partner]:
    """Read the partners of the roster that is kept as an old .xls."""
    kinds = {label: kind for kind, label in KINDS.items()}
    with FIXED.with_suffix(".csv").open(encoding="utf-8-sig", newline="") as file:
        return [
            Partner(
                name=line["姓名"],
                kind=kinds[line["类型"]],
                community=line["社区"],
                grid=line["网格"],
                joined_on=date.fromisoformat(line["加入日期"]),
                phone=line["联系电话"],
                category=line["类别"],
                skills=line["技能"],
                contact=line["联系人"],
                address=line["地址"],
                credit_code=line["统一社会信用代码"],
                members=int(line["人数"]) if line["人数"] else None,
                remark=line["备注"],
            )
            for line in csv.DictReader(file)
        ]


def _row(partner: Partner) -> dict[str, object]:
    values = (
        partner.name, KINDS[partner.kind], partner.phone, partner.community, partner.grid, partner.category, partner.skills,
        partner.contact, partner.address, partner.credit_code, partner.members, partner.joined_on, partner.remark,
    )  # fmt: skip
    return {column: value or None for column, value in zip(COLUMNS, values, strict=True)}
