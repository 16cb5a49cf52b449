"""Dates, numbers, names and pinyin as people here type them; pure, and imports nothing else of hepartner."""
