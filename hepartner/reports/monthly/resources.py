"""Sheet 资源项目: who is paired with whom and what came of it, by community."""

from hepartner.reports.sheets import Sheet

from .breakdown import by_community
from .subject import NEGATIVE, Subject

NAME = "资源项目"

_GROUPS = {"pairings": "结对", "offers": "惠民服务", "cooperations": "商企合作"}


def sheet(subject: Subject) -> Sheet:
    """Make the sheet."""
    return Sheet(
        NAME,
        subject.title("社区资源与服务项目情况表"),
        (by_community(subject, _GROUPS),),
        unit="见表头",
        notes=(NEGATIVE,),
    )
