"""Words of what every voucher may bear."""

ACTIONS = {"ledger.create": "建立台账", "ledger.migrate": "换格式"}
TABLES = {"note": "备注", "operator": "操作人"}
