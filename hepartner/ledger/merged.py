"""Merged partners in SQL: whom a card or fact that names a partner stands for today."""


def survivor(column: str) -> str:
    """Return SQL for the partner that a reference stands for: itself, or whom it was merged into, and so on."""
    return f"""(WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = {column}
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL)"""
