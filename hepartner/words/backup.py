"""Words of backups 备份."""

COMMANDS = ("backup", "备份", "备份台账", 233)

OPTIONS = {"--folder": "--文件夹", "--full": "--完整"}
