"""Words of what every voucher may bear."""

ACTIONS = {"ledger.create": "建立台账"}
TABLES = {"note": "备注"}
