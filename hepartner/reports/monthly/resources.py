"""Sheet 资源项目: pairings, support, what residents need, the services that come of it and honours, by community."""

from hepartner.reports.sheets import Sheet

from .breakdown import by_community
from .subject import NEGATIVE, Subject

NAME = "资源项目"

_GROUPS = {
    "pairings": "结对",
    "offers": "惠民服务",
    "cooperations": "商企合作",
    "needs": "需求",
    "projects": "服务项目",
    "service": "服务项目",
    "support": "扶持",
    "honours": "激励",
}


def sheet(subject: Subject) -> Sheet:
    """Make the sheet."""
    return Sheet(
        NAME,
        subject.title("社区资源与服务项目情况表"),
        (by_community(subject, _GROUPS),),
        unit="见表头",
        notes=(NEGATIVE,),
    )
