"""Words of partners 合伙人."""

COMMANDS = ("partner", "合伙人", "登记、查找、修改合伙人", 10)
VERBS = {"sheet": "贡献回馈", "forget": "注销"}
OPTIONS = {"--unmask": "--完整电话"}

KINDS = {"individual": "个体", "group": "社群", "business": "商企"}

FORGOTTEN = "已注销"
"""The name of who was forgotten, on every screen and sheet."""

STATUSES = {"active": "在册", "suspended": "暂停", "left": "已退出", "merged": "已并入"}

EVENTS = {
    "joined": "加入",
    "suspended": "暂停",
    "resumed": "恢复",
    "left": "退出",
    "rejoined": "重新加入",
    "merged": "并入",
    "moved_out": "迁出",
    "moved_in": "迁入",
    "kind_out": "原类型",
    "kind_in": "改类型",
}

ACTIONS = {
    "partner.enrol": "登记合伙人",
    "partner.edit": "修改合伙人",
    "partner.suspended": "暂停合伙人",
    "partner.left": "合伙人退出",
    "partner.rejoined": "合伙人重新加入",
    "partner.move": "合伙人迁移",
    "partner.merge": "合并合伙人",
    "partner.forget": "注销合伙人的个人信息",
    "partner.unmask": "查看完整电话",
}
TABLES = {"partner": "合伙人", "standing": "合伙人变动"}
LETTERS = {"partner": "P"}
FILES = {"partners": "合伙人"}
