"""Words of settings 设置."""

COMMANDS = ("setting", "设置", "填报单位、积分清零办法、大额兑换", 220)

EXPIRY = {"never": "结转", "yearly": "每年清零", "january": "次年一月结清"}
"""The regimes of expiry 清零办法, in the office's words."""

UNLIMITED = "不限"
"""What a limit that is none is called."""

ACTIONS = {"setting.set": "修改设置"}
TABLES = {"setting": "设置"}
