"""Sources of imports: which facts the files of one source brought, so that the same file again brings nothing."""


def brought(table: str) -> str:
    """Return SQL that keeps the facts `f` of a table that a source's files brought on a span of days.

    Its parameters are the source, the first and the last day. What was undone may come again; what was reversed for a
    reason (a complaint, an edit) stays brought, or the same file would bring it back.
    """
    return f"""JOIN voucher i ON i.id = f.voucher_id AND i.action LIKE 'import.%'
    WHERE i.source = ? AND f.sign = 1 AND f.happened_on BETWEEN ? AND ?
    AND NOT EXISTS (SELECT 1 FROM {table} r JOIN voucher u ON u.id = r.voucher_id
      WHERE r.reverses_id = f.id AND u.undoes_id IS NOT NULL)"""
