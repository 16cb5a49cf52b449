"""What every workbook needs, whoever writes it: text that stays text, and a file that is whole or not there."""
