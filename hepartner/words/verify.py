"""Words of verification 核验."""

COMMANDS = ("verify", "核验", "核验台账是否完好", 232)
