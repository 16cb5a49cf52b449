# ruff: noqa: T201 a program run by hand
"""Takes one guard out of the program at a time, in a copy of it, and shows which tests turn red: python -m tests.long.mutations.

What is taken out of the database itself (triggers, refusals in them, CHECKs) is tried by tests/test_guards.py.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
COPIED = ("hepartner", "data", "demonstration", "tests", "pyproject.toml")


class Mutation(NamedTuple):
    """A guard by name, the file it stands in, what is there, what is put there instead, and the tests to ask."""

    guard: str
    file: str
    old: str
    new: str
    tests: str


LEDGER, FAULTS = "hepartner/ledger", "tests/test_faults.py"
BACKUPS, RESTORING = "tests/ledger/test_backups.py", "tests/ledger/test_restoring.py"
MUTATIONS = (
    Mutation("BEGIN IMMEDIATE", f"{LEDGER}/database.py", '"BEGIN IMMEDIATE"', '"BEGIN"', "tests/test_windows.py -k thousand"),
    Mutation("rollback", f"{LEDGER}/database.py", "self.connection.rollback()\n            raise",
             'self.connection.execute("COMMIT")\n            raise', "tests/ledger/test_vouchers.py"),
    Mutation("a voucher behind a failed commit", f"{LEDGER}/ledger.py",
             "if begun and begun.may_stand():\n                raise errors", "if False:\n                raise errors",
             "tests/test_failing_disk.py"),
    Mutation("fsync", f"{LEDGER}/database.py", '"synchronous": 3', '"synchronous": 0', "tests/ledger/test_truths.py"),
    Mutation("fsync of files", "hepartner/files.py", "            os.fsync(file.fileno())\n", "",
             "tests/test_failing_disk.py -k synced"),
    Mutation("codes only in journals", f"{LEDGER}/witness.py", "a.code, p.code, e.points,", "a.code, p.name, e.points,",
             "tests/reports/test_journals.py -k personal"),
    Mutation("balances asserted in journals", "hepartner/reports/journals.py",
             "        yield from language.ends(month.month, month.balances)\n", "",
             "tests/reports/test_journals.py"),
    Mutation("a closed month's journal", f"{LEDGER}/witness.py", "ELSE e.counted_in || '-01' END", "ELSE e.happened_on END",
             "tests/reports/test_journals.py"),
    Mutation("foreign keys", f"{LEDGER}/database.py", '"foreign_keys": 1', '"foreign_keys": 0', "tests/ledger/test_truths.py"),
    Mutation("recursive triggers", f"{LEDGER}/database.py", '"recursive_triggers": 1', '"recursive_triggers": 0',
             "tests/ledger/test_truths.py"),
    Mutation("trusted schema", f"{LEDGER}/database.py", '"trusted_schema": 0', '"trusted_schema": 1',
             "tests/ledger/test_truths.py"),
    Mutation("application id", f"{LEDGER}/database.py", "!= APPLICATION_ID", '== "x"', f"{FAULTS} -k no_ledger"),
    Mutation("schema version", f"{LEDGER}/database.py", "version > SCHEMA_VERSION", "version > 99", f"{FAULTS} -k no_ledger"),
    Mutation("SQLite version", f"{LEDGER}/database.py", "sqlite3.sqlite_version_info < OLDEST_SQLITE", "False",
             f"{FAULTS} -k old_sqlite"),
    Mutation("seal over facts", f"{LEDGER}/chain.py", 'digest.update("".join(written).encode())', "tuple(written)",
             "tests/ledger/test_verify.py"),
    Mutation("seal over its counts", f"{LEDGER}/chain.py", "{counts.text}", "", "tests/ledger/test_verify.py"),
    Mutation("chained seals", f"{LEDGER}/chain.py", 'f"{previous}', 'f"', "tests/ledger/test_chain.py"),
    Mutation("seal over changes of cards", f"{LEDGER}/chain.py", '("card", "card_id", "field", *values)', '("voucher_id",)',
             "tests/ledger/test_checks.py"),
    Mutation("seal over what names a card", f"{LEDGER}/chain.py", 'column != "created_in"', 'column == "created_in"',
             "tests/ledger/test_checks.py"),
    Mutation("same key", f"{LEDGER}/vouchers.py", "        if known:\n", "        if False:\n", "tests/ledger/test_vouchers.py"),
    Mutation("roles", f"{LEDGER}/ledger.py", "if action in RESERVED or undoes_id is not None:", "if False:",
             "tests/ledger/test_operators.py"),
    Mutation("who may write", f"{LEDGER}/vouchers.py", " AND withdrawn = 0 AND role <> '{AUDITOR}'", "",
             "tests/ledger/test_operators.py"),
    Mutation("PIN", f"{LEDGER}/pins.py", "return secrets.compare_digest(found, b64decode(digest))", "return True",
             "tests/ledger/test_operators.py"),
    Mutation("second operator", f"{LEDGER}/till.py", "        check_second(points, self._limit)\n", "",
             "tests/ledger/test_operators.py"),
    Mutation("safe()", "hepartner/terminal/safe.py", "    if text.isprintable()", "    if True or text.isprintable()",
             "tests/terminal/test_safe.py"),
    Mutation("safe() where it is shown", "hepartner/terminal/talk.py", "safe(", "str(", "tests/terminal tests/test_cli_edge.py"),
    Mutation("phone mask", f"{LEDGER}/phone.py", 'return f"{number[:3]}****{number[-4:]}"', "return number",
             "tests/ledger/test_partners.py"),
    Mutation("text in Excel is text", "hepartner/excel/text.py", '    cell.data_type = "s"\n', "",
             "tests/excel/test_text.py"),
    Mutation("controls in Excel", "hepartner/excel/text.py", '_REMOVED.sub("", text', "(lambda text: text)(text",
             "tests/excel/test_text.py"),
    Mutation("balance before spending", f"{LEDGER}/till.py", "if have.amount < points:", "if False:",
             "tests/test_bad_input.py -k redeem"),
    Mutation("shortfall of spent points", f"{LEDGER}/points.py",
             "taken = min(points, self.available(partner, happened_on))", "taken = points", "tests/ledger/test_undo.py"),
    Mutation("oldest points first", f"{LEDGER}/expiry.py", "spent = earned - balance", "spent = 0",
             "tests/ledger/test_points.py"),
    Mutation("quota", f"{LEDGER}/till.py", "if used >= item.quota_times:", "if False:", "tests/ledger/test_shop.py"),
    Mutation("stock before handing out", f"{LEDGER}/redeeming.py", "if least.amount < quantity:", "if False:",
             "tests/ledger/test_shop.py"),
    Mutation("caps", f"{LEDGER}/rules.py", "cap - spent < given.points", "False", "tests/ledger/test_rulebook.py"),
    Mutation("closed months", f"{LEDGER}/periods.py", "return month if month > closed_through else shifted(closed_through, 1)",
             "return month", "tests/ledger/test_vouchers.py"),
    Mutation("a closing is balanced first", "hepartner/reports/monthly/sealing.py", "        check(book, subject)\n", "",
             "tests/reports/test_sealed.py"),
    Mutation("a seal is what was sealed", f"{LEDGER}/closing.py", "if whole and hashed(content) == name else None", "",
             "tests/ledger/test_tampered.py -k month_content"),
    Mutation("nobody opens a month alone", f"{LEDGER}/closing.py", "if second_id is None:", "if False:",
             "tests/reports/test_sealed.py"),
    Mutation("opening a month lifts its seals", f"{LEDGER}/closing.py", 'voucher.counter("month_seal"', 'print("month_seal"',
             "tests/reports/test_sealed.py"),
    Mutation("rows are those that were sealed", "hepartner/reports/readings.py",
             "(was.month, was.rows) != (value, len(rows))", "False", "tests/reports/test_sealed.py"),
    Mutation("a merger waits for every community", f"{LEDGER}/membership.py",
             "self.ledger.periods.open_everywhere(month_of(happened_on))", "None", "tests/ledger/test_closed_months.py"),
    Mutation("a move counts in one month", f"{LEDGER}/membership.py",
             "self.ledger.periods.open_in(places, month_of(happened_on))", "None", "tests/ledger/test_closed_months.py"),
    Mutation("undo carries points", f"{LEDGER}/undo.py",
             "self.ledger.carrying.onward(self.voucher, home, lots, happened_on, month)", "pass",
             "tests/ledger/test_moved_points.py"),
    Mutation("heads in force", f"{LEDGER}/counts/shape.py", 'SEEN = "r.counted_in <= :last"', 'SEEN = "r.counted_in < :first"',
             "tests/test_recount.py"),
    Mutation("reopening takes back", f"{LEDGER}/handling.py", "-so_far.resolved", "0", "tests/ledger/test_issues.py"),
    Mutation("duplicates are not due", f"{LEDGER}/counts/issues.py", "d.event = 'duplicate'", "d.event = 'nothing'",
             "tests/test_recount.py"),
    Mutation("a stock sees its month only", f"{LEDGER}/counts/shape.py", 'STOCK = "f.counted_in <= :last"', 'STOCK = "1"',
             "tests/test_recount.py"),
    Mutation("days to come", f"{LEDGER}/partners.py", "if not partner.joined_on <= day <= today:",
             "if not partner.joined_on <= day:", "tests/test_bad_input.py"),
    Mutation("one bad row refuses the file", "hepartner/intake/pipeline.py",
             "has_any and (self._choices.skip_bad or not report.is_bad)", "has_any",
             "tests/test_bad_input.py tests/commands/test_importing.py"),
    Mutation("the balances before the workbook", "hepartner/reports/monthly/balances.py", "if printed != expected:", "if False:",
             "tests/reports/test_balances.py"),
    Mutation("a copy's structure", f"{LEDGER}/backups.py", 'if message != "ok":', "if False:", f"{BACKUPS} -k broken_page"),
    Mutation("a folder that is gone keeps no voucher back", f"{LEDGER}/backups.py", "except (errors.LedgerError, OSError)",
             "except KeyError", f"{BACKUPS} -k fails"),
    Mutation("rotation knows its own", f"{LEDGER}/backups.py", "ledger in (None, manifest.ledger)", "True",
             f"{BACKUPS} -k rotation"),
    Mutation("a manifest speaks of the file beside it", f"{LEDGER}/backups.py",
             "manifest_path(folder / manifest.file) == path", "True", f"{BACKUPS} -k copy_of_a_manifest"),
    Mutation("a manifest's own hash", f"{LEDGER}/manifest.py", "if manifest.text() != text:", "if False:",
             f"{BACKUPS} -k flipped_bit"),
    Mutation("a backup's hash", f"{LEDGER}/restoring.py", "digest != manifest.sha256", "False", f"{RESTORING} -k flipped_bit"),
    Mutation("no manifest, no restoring", f"{LEDGER}/restoring.py", "if anchor is None:", "if False:",
             f"{RESTORING} -k without_its_manifest"),
    Mutation("restored over nothing", f"{LEDGER}/restoring.py", "    if into.exists():", "    if False:",
             f"{RESTORING} -k written_over"),
    Mutation("no stray journal", f"{LEDGER}/restoring.py", "    refuse_stray_journal(into)", "    pass",
             f"{RESTORING} -k written_over"),
    Mutation("trial before a migration", f"{LEDGER}/migrations/__init__.py", "if verified.findings:", "if False:",
             "tests/ledger/test_migrations.py -k tampered"),
    Mutation("a migration sees what was written after its backup", f"{LEDGER}/migrations/__init__.py",
             "if chain.anchor(database) != expected:", "if False:", "tests/ledger/test_migrations.py -k another_window"),
)  # fmt: skip


def main(wanted: list[str]) -> int:
    """Run the mutations whose guard contains one of these words, all if there are none; return how many stayed green."""
    chosen = [one for one in MUTATIONS if not wanted or any(word in one.guard for word in wanted)]
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in COPIED:
            source = ROOT / name
            (shutil.copytree if source.is_dir() else shutil.copy)(source, copy / name)
        green = [one.guard for one in chosen if not turned_red(copy, one)]
    print(
        f"{len(chosen) - len(green)} of {len(chosen)} guards are noticed when they are gone",
        f"; not noticed: {green}" * bool(green),
    )
    return len(green)


def turned_red(copy: Path, mutation: Mutation) -> bool:
    """Take a guard out, run its tests, put it back, and print the test that turned red first."""
    file = copy / mutation.file
    text = file.read_text(encoding="utf-8")
    if mutation.old not in text:
        print(f"{mutation.guard}: {mutation.file} has no {mutation.old!r} any more")
        return False
    file.write_text(text.replace(mutation.old, mutation.new), encoding="utf-8")
    words = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-x",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:randomly",
        *mutation.tests.split(),
    ]
    ended = subprocess.run(words, cwd=copy, capture_output=True, text=True, encoding="utf-8", check=False)
    file.write_text(text, encoding="utf-8")
    red = re.findall(r"^(?:FAILED|ERROR) (\S+)", ended.stdout, flags=re.MULTILINE)
    print(f"| {mutation.guard} | {red[0].split('::')[-1] if red else '**none**'} |", flush=True)
    return bool(red)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
