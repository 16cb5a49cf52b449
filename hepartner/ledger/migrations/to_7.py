"""Format 7."""

STATEMENTS: tuple[str, ...] = ()
