"""The SQLModel tables, one file per noun; imported only to create, migrate and verify a ledger and by filtered listings."""

from . import activity, area, issue, partner, points, rule, shop, tally, voucher

__all__ = ["activity", "area", "issue", "partner", "points", "rule", "shop", "tally", "voucher"]
