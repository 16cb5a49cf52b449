"""Words of pairings 结对: a group or business with a community, over the six joint links 六联."""

COMMANDS = ("pairing", "结对", "社群、商企与社区结对，六联", 20)
VERBS = {"end": "解除"}
OPTIONS = {"--ended": "--已解除", "--idle": "--无活动", "--link": "--其中一联", "--links": "--六联"}

LINKS = {
    "party": "组织联建",
    "members": "党员联管",
    "venues": "阵地联用",
    "activities": "活动联搞",
    "resources": "资源联享",
    "services": "服务联做",
}
"""The six joint links 六联."""
STATUSES = {"active": "结对中", "ended": "已解除", "merged": "已合并"}
EVENTS = {"started": "结对", "ended": "解除", "merged": "合并"}

ACTIONS = {"pairing.started": "登记结对", "pairing.ended": "解除结对", "pairing.edit": "修改结对"}
TABLES = {"pairing": "结对", "pairing_event": "结对变动"}
FILES = {"pairings": "结对"}
