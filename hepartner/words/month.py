"""Words of months 账期: closing, sealing, opening again."""

COMMANDS = ("month", "账期", "结账与封存", 205)
VERBS = {"close": "结账"}
ACTIONS = {"period.close": "结账", "period.reopen": "重新打开账期"}
TABLES = {"period_closing": "结账", "month_seal": "月报封存"}
