"""Words of settings 设置."""

COMMANDS = ("setting", "设置", "填报单位与积分清零办法", 220)

ACTIONS = {"setting.set": "修改设置"}
TABLES = {"setting": "设置"}
