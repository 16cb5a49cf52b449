"""Quotas 限兑: how many times a person may redeem an item within a day, month, quarter or year."""

from .months import last_day, shifted

_MONTHS = {"month": 1, "quarter": 3, "year": 12}


def span(period: str, day: str) -> tuple[str, str]:
    """Return the first and the last day of the period that a day (ISO) lies in."""
    if period == "day":
        return day, day
    months = _MONTHS[period]
    first = f"{day[:4]}-{(int(day[5:7]) - 1) // months * months + 1:02d}"
    return f"{first}-01", last_day(shifted(first, months - 1))


def following(period: str, day: str) -> str:
    """Return the first day of the period after the one that a day (ISO) lies in."""
    from datetime import date, timedelta

    return (date.fromisoformat(span(period, day)[1]) + timedelta(days=1)).isoformat()


def spoken(period: str, day: str) -> str:
    """Return the period that a day lies in as people name it: ``2025年第4季度``."""
    quarter = (int(day[5:7]) + 2) // 3
    return {
        "day": day,
        "month": f"{day[:4]}年{int(day[5:7])}月",
        "quarter": f"{day[:4]}年第{quarter}季度",
        "year": f"{day[:4]}年",
    }[period]
