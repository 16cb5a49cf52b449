"""The Chinese words for codes that facts bear, and days for cells."""

from datetime import date

ACTIVITY_KINDS = {
    "welfare": "公益惠民",
    "arts": "文体",
    "class": "课堂",
    "patrol": "网格巡查",
    "cleanup": "环境整治",
    "party": "党建共建",
    "meeting": "议事",
    "other": "其他",
}
THEMES = {
    "": "",
    "live": "共居",
    "learn": "共学",
    "build": "共建",
    "share": "共享",
    "serve": "共事",
    "enjoy": "共乐",
    "prosper": "共富",
    "uphold": "共维",
}
ITEM_CATEGORIES = {"goods": "商品", "coupon": "服务券"}


def day(text: str) -> date:
    """Return an ISO day as a date."""
    return date.fromisoformat(text)
