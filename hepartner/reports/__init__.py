"""Figures, and the reports made of them; Excel and pandas are imported only when a workbook is written."""
