"""Sheet 资源项目: pairings, support, what residents need, the services that come of it and honours, by community."""

from hepartner.reports.figures import CATALOGUE
from hepartner.reports.sheets import Sheet

from . import breakdown, dispatches
from .subject import NEGATIVE, Subject

NAME = "资源项目"

_HEADINGS = {
    "pairings": "结对",
    "offers": "惠民服务",
    "cooperations": "商企合作",
    "needs": "需求",
    "projects": "服务项目",
    "service": "服务项目",
    "support": "扶持",
    "honours": "激励",
}
_GROUPS = {
    noun: _HEADINGS.get(noun, "")
    for noun in map(breakdown.noun_of, CATALOGUE)
    if noun not in {**breakdown.GROUPS, **dispatches.GROUPS}
}
"""The nouns whose figures stand on no other sheet: one that is added is shown here at once."""


def sheet(subject: Subject) -> Sheet:
    """Make the sheet."""
    return Sheet(
        NAME,
        subject.title("社区资源与服务项目情况表"),
        (breakdown.by_community(subject, _GROUPS),),
        unit="见表头",
        notes=(NEGATIVE,),
    )
