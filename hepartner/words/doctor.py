"""Words of the diagnosis 诊断."""

COMMANDS = ("doctor", "诊断", "一屏看清程序、台账和备份的状况", 236)
