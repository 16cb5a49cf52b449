"""Words of honours and star levels 激励."""

COMMANDS = ("honour", "激励", "荣誉、星级", 60)
VERBS = {"give": "授予", "rule": "星级条件", "rules": "条件表", "stars": "评星"}
OPTIONS = {"--freeze": "--定档", "--giver": "--授予单位", "--level": "--级别", "--years": "--年限"}

LEVELS = {"community": "社区", "subdistrict": "街道", "district": "城区", "city": "市"}
"""Who honours: from the community up to the city."""

ACTIONS = {"honour.give": "授予荣誉", "honour.rule": "设定星级条件", "honour.freeze": "星级定档"}
TABLES = {
    "honour": "荣誉",
    "honour_given": "荣誉授予",
    "star_rule": "星级条件",
    "star_level": "星级",
}
FILES = {"honours": "荣誉"}
