"""Sheet 吹哨会议: the meetings held and what was done of what they resolved, by community."""

from hepartner.reports.sheets import Sheet

from .breakdown import by_community
from .subject import NEGATIVE, Subject

NAME = "吹哨会议"

_GROUPS = {"meetings": "会议"}


def sheet(subject: Subject) -> Sheet:
    """Make the sheet."""
    return Sheet(
        NAME,
        subject.title("社区吹哨报到与会议情况表"),
        (by_community(subject, _GROUPS),),
        unit="见表头",
        notes=(NEGATIVE,),
    )
