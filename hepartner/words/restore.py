"""Words of restoring 恢复."""

COMMANDS = ("restore", "恢复", "把备份恢复成一本新台账", 234)
