"""Counts of residents' issues."""

from ..sources import of_one_list
from .shape import AMOUNT, FACT, Additive, Measure, Ratio, flow, stock

_NAME = {
    "问题编号": "(SELECT code FROM issue WHERE id = f.issue_id)",
    "问题": "(SELECT title FROM issue WHERE id = f.issue_id)",
    "类别": "(SELECT name FROM issue_category WHERE code = f.category AND withdrawn = 0)",
}
_STATE = {
    "问题编号": _NAME["问题编号"],
    "问题": _NAME["问题"],
    "类别": _NAME["类别"],
    "社区": FACT["社区"],
    "截止日期": "f.due_on",
}

# An issue whose report is in force and which was not found to be a duplicate, as far as is seen at the end of the span.
_DUE = """SELECT e.issue_id, e.community_id, e.category, e.due_on FROM issue_event e
    WHERE e.event = 'reported' AND e.counted_in <= :last AND {due}
      AND 0 >= (SELECT ifnull(sum(d.sign), 0) FROM issue_event d
        WHERE d.issue_id = e.issue_id AND d.event = 'duplicate' AND d.counted_in <= :last)
    GROUP BY e.issue_id, e.community_id, e.category, e.due_on HAVING sum(e.sign) > 0"""

# A deadline whose day is over: in the running month nothing is late before its time, as `hep issue overdue` says it too.
_PASSED = "e.due_on <= :over"

# The deadline's month, or the month in which the report first counts if that is later: what was brought in after the month
# of its deadline was closed is on time or not in the month that takes it, and in no month twice.
_FALLS_DUE = f"""{_PASSED}
      AND (e.due_on BETWEEN :first_day AND :last_day OR e.due_on < :first_day AND e.counted_in BETWEEN :first AND :last)
      AND max(substr(e.due_on, 1, 7), (SELECT min(o.counted_in) FROM issue_event o
        WHERE o.issue_id = e.issue_id AND o.event = 'reported' AND o.sign = 1)) BETWEEN :first AND :last"""

_ON_TIME = f"""(SELECT q.*, 0 < (SELECT ifnull(sum(x.sign * x.resolved), 0) FROM issue_event x
      WHERE x.issue_id = q.issue_id AND x.happened_on <= q.due_on AND x.counted_in <= :last) AS on_time
    FROM ({_DUE.format(due=_FALLS_DUE)}) q)"""

_OPEN = "0 < (SELECT sum(x.sign * x.open) FROM issue_event x WHERE x.issue_id = f.issue_id AND x.counted_in <= :last)"

_EVENTS = {
    "新报": "f.event = 'reported'",
    "重新办理": "f.event = 'reopened'",
    "解决": "f.event = 'resolved'",
    "并入重复": "f.event = 'duplicate'",
}

COUNTS: dict[str, Additive | Ratio] = {
    "issues.reported": flow("issue_event", "f.sign * f.reported", _NAME, "f.reported <> 0"),
    "issues.resolved": flow("issue_event", "f.sign * f.resolved", _NAME, "f.resolved <> 0"),
    "issues.confirmed": flow("issue_event", "f.sign * f.confirmed", _NAME, "f.confirmed <> 0"),
    "issues.beneficiaries": flow("issue_event", "f.sign * f.beneficiaries", _NAME, "f.beneficiaries <> 0"),
    "issues.on_time_rate": Ratio(
        f"{_ON_TIME} f", "1", "f.on_time", "1", {**_STATE, "按时": "f.on_time", AMOUNT: "1"}
    ),
    "issues.satisfied_rate": Ratio(
        "issue_event f",
        "f.satisfied IS NOT NULL AND f.counted_in BETWEEN :first AND :last",
        "f.sign * f.satisfied",
        "f.sign",
        {**FACT, **_NAME, "满意": "f.sign * f.satisfied", AMOUNT: "f.sign"},
    ),
    "issues.open": stock("issue_event", "f.sign * f.open", _NAME, where="f.open <> 0", flows=_EVENTS),
    "issues.overdue": Additive(f"({_DUE.format(due=_PASSED)}) f", _OPEN, "1", {**_STATE, AMOUNT: "1"}, by=""),
}

# Residents may report the same twice; a line of a list is one report, however often its file comes.
ALIKE = {
    "issue": f"""k.title_key = f.title_key
      AND (k.community_id, k.category, k.reported_on) = (f.community_id, f.category, f.reported_on)
      AND {of_one_list("f.created_in", "k.created_in")}"""
}

PART_TAKING = {"issue_help": "协助办理问题"}

GIVEN = {
    "issues.helped": Measure(
        "协助办理问题", "件", 30, "issue_help f", "f.sign", about=_NAME["问题"], once="f.issue_id"
    ),
}
