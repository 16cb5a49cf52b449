"""Sheet 吹哨会议: how often the whistle was blown and who came, by community."""

from hepartner.reports.sheets import Sheet

from .breakdown import ASKED_ANEW, by_community
from .subject import NEGATIVE, Subject

NAME = "吹哨会议"

GROUPS = {"dispatches": "吹哨报到", "meetings": "会议"}


def sheet(subject: Subject) -> Sheet:
    """Make the sheet; heads, rates and medians of subtotals and totals are asked anew."""
    return Sheet(
        NAME,
        subject.title("社区吹哨报到与会议情况表"),
        (by_community(subject, GROUPS),),
        unit="见表头",
        notes=(ASKED_ANEW, NEGATIVE),
    )
