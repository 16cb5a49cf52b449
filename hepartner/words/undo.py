"""Words of undo 撤销."""

COMMANDS = ("undo", "撤销", "撤销一张凭证", 231)

ACTIONS = {"undo": "撤销"}
