# ruff: noqa: T201 a program run by hand
"""Takes every guard of the database away in turn and writes down what is taken without it: python -m tests.long.guards."""

import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.guards.attempts import Attempt, Outcome, attempts, outcome
from tests.guards.catalogue import (
    CHECK,
    UNIQUE,
    Table,
    names,
    tables,
    without_check,
    without_key,
    without_trigger,
)
from tests.guards.filled import fill
from tests.long.offices import settled

WRITTEN = Path(__file__).with_suffix(".md")
HEAD = """# Guards of the database

Written by `python -m tests.long.guards`, which takes each away in a ledger with something of everything and tries again what it
had refused. `tests/test_guards.py` turns red when one is missing: it tries all this, every refusal within a trigger too, and
holds this table against the ledger. Guards of the program are in [README.md](README.md).

| table | guard | what is taken without it |
| --- | --- | --- |
"""


def told(
    table: Table, connection: sqlite3.Connection, tried: dict[Attempt, Outcome]
) -> Iterator[tuple[str, str]]:
    """Yield every guard of a table with what is taken without it, '' where nothing is."""
    checks = {f"CHECK {found[1]}": found for found in CHECK.finditer(table.created)}
    keys = {f"UNIQUE ({found[1]})": found[1] for found in UNIQUE.finditer(table.created)}
    keys |= {f"unique index {name}": name for name in table.indexes}
    for name in names(table, connection):
        if name in checks:
            row = without_check(table, checks[name])
            yield name, f"`{row}`" if row else ""
        elif name in keys:
            columns = without_key(table, keys[name])
            yield name, f"a second row of the same {columns}" if columns else ""
        elif name.startswith("trigger "):
            attempt = without_trigger(connection, name.removeprefix("trigger "), tried)
            yield name, _tried(attempt) if attempt else ""
        else:
            yield name, "what SQLite refuses by itself"


def _tried(attempt: Attempt) -> str:
    """Return what was tried, as far as it fits."""
    statement = " ".join(attempt.statements[-1].split()).replace("|", "\\|")
    _, _, about = attempt.name.partition(": ")
    return f"{about}{about and ': '}`{statement[:90]}{'…' * (len(statement) > 90)}`"


def main() -> int:
    """Write the table; return how many guards let nothing pass when they are gone."""
    with tempfile.TemporaryDirectory() as folder:
        path = settled(Path(folder) / "台账.db")
        fill(path)
        connection, file = sqlite3.connect(":memory:", isolation_level=None), sqlite3.connect(path)
        file.backup(connection)
        file.close()
    tried = {attempt: outcome(connection, attempt) for attempt in attempts(connection)}
    lines, kinds, idle = [], Counter[str](), []
    for table in tables(connection):
        for name, passes in told(table, connection, tried):
            lines.append(f"| {table.name} | {name} | {passes or 'nothing: another guard says it too'} |")
            kinds[name.split()[0]] += 1
            idle += [] if passes else [f"{table.name} {name}"]
    WRITTEN.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    print(dict(kinds), "of which carry no load:", idle)
    return len(idle)


if __name__ == "__main__":
    sys.exit(min(main(), 1))
