"""Words of what every voucher may bear."""

ACTIONS = {"ledger.create": "建立台账", "ledger.migrate": "换格式", "ledger.restore": "恢复后再次注销"}
TABLES = {"note": "备注"}
