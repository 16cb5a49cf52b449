"""What every workbook needs, whoever writes it: text that stays text, packed without a temporary file."""
