"""Words of reports 报表."""

COMMANDS = ("report", "报表", "指标与月报", 210)
