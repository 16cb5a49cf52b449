"""Words of what every voucher may bear."""

ACTIONS = {"ledger.create": "建立台账"}
TABLES = {"note": "备注", "operator": "操作人"}
