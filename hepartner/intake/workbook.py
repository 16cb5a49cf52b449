"""Read the sheets of xlsx, xlsb, ods and the old binary xls with calamine.

Where an xlsx was looked at before, calamine can be trusted with it. The other formats can make it ask for more memory
than there is, or panic, which ends a process; so a process of its own reads them.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hepartner.intake.cells import Raw, Sheet, text_of
from hepartner.intake.errors import DamagedFile, EncryptedFile, TooLarge
from hepartner.intake.problems import Fault
from hepartner.intake.sheetxml import AREA_CELLS_MAX, ROWS_MAX, Marks, look
from hepartner.intake.sniff import Kind, Sniffed

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

SHEETS_MAX = 100
CHILD_SECONDS_MAX = 60
CHILD_BYTES_MAX = 2_000_000_000

# The child looks for hepartner where this process found it.
_CHILD = "import sys; sys.path[:] = {path!r}; from hepartner.intake.workbook import main; sys.exit(main(sys.argv[1]))"
_ENCRYPTED, _UNREADABLE, _TOO_LARGE = 10, 11, 12


class _SheetTooLarge(Exception):
    """A sheet is beyond what is read; its argument says how large it is."""


def read_workbook(sniffed: Sniffed) -> list[Sheet]:
    """Read every worksheet; raises DamagedFile, EncryptedFile, TooLarge and what `sheetxml.look` raises."""
    if sniffed.kind is Kind.XLSX and sniffed.package:
        return _read_here(sniffed, look(sniffed.package))
    if sniffed.package:
        sniffed.package.prove()
    return _read_apart(sniffed)


def _read_here(sniffed: Sniffed, marks: dict[str, Marks]) -> list[Sheet]:
    import python_calamine as calamine

    try:
        return sheets_of(sniffed.path.read_bytes(), marks)
    except _SheetTooLarge as error:
        raise TooLarge(sniffed.name, str(error)) from error
    except (calamine.CalamineError, OSError) as error:
        raise DamagedFile(sniffed.name, "表格内容读不出来") from error


def sheets_of(content: bytes, marks: dict[str, Marks]) -> list[Sheet]:
    """The worksheets of a workbook, by its content: given a path, calamine goes by the suffix."""
    import python_calamine as calamine

    with calamine.CalamineWorkbook.from_filelike(BytesIO(content)) as book:
        listed = [one for one in book.sheets_metadata if one.typ == calamine.SheetTypeEnum.WorkSheet]
        if len(listed) > SHEETS_MAX:
            raise _SheetTooLarge(f"有 {len(listed)} 张工作表，最多 {SHEETS_MAX} 张")
        return [
            _sheet(book, one.name, marks, hidden=one.visible != calamine.SheetVisibleEnum.Visible)
            for one in listed
        ]


def _sheet(book: "CalamineWorkbook", name: str, marks: dict[str, Marks], *, hidden: bool) -> Sheet:
    if hidden:
        return Sheet(name, [], hidden=True)
    sheet = book.get_sheet_by_name(name)
    _refuse_large(sheet)
    rows: list[list[Raw]] = sheet.to_python(skip_empty_area=False)
    return Sheet(name, rows, marks.get(name, Marks()), list(sheet.merged_cell_ranges or ()))


def _refuse_large(sheet: "CalamineSheet") -> None:
    last_row, last_column = sheet.end or (0, 0)
    height, width = last_row + 1, last_column + 1
    if height > ROWS_MAX or height * width > AREA_CELLS_MAX:
        raise _SheetTooLarge(f"工作表“{sheet.name}”有 {height} 行、{width} 列，最多 {ROWS_MAX} 行")


def _read_apart(sniffed: Sniffed) -> list[Sheet]:
    """Read a workbook in a process of its own, limited in time and memory."""
    command = [sys.executable, "-c", _CHILD.format(path=sys.path), str(sniffed.path)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=CHILD_SECONDS_MAX, check=False)  # noqa: S603 our own program
    except subprocess.TimeoutExpired as error:
        raise TooLarge(sniffed.name, f"{CHILD_SECONDS_MAX} 秒没有读完") from error
    if done.returncode == _ENCRYPTED:
        raise EncryptedFile(sniffed.name)
    if done.returncode == _TOO_LARGE:
        raise TooLarge(sniffed.name, done.stdout.decode())
    if done.returncode == _UNREADABLE or done.returncode < 0 or b"PanicException" in done.stderr:
        raise DamagedFile(sniffed.name, "表格内容读不出来")
    if done.returncode:
        raise RuntimeError(done.stderr.decode(errors="replace"))
    return [_from_plain(**plain) for plain in json.loads(done.stdout)]


def _plain(sheet: Sheet) -> dict[str, Any]:
    rows = [[_plain_value(value) for value in row] for row in sheet.rows]
    return {"name": sheet.name, "rows": rows, "merges": sheet.merges, "hidden": sheet.hidden}


def _plain_value(value: Raw) -> object:
    text = text_of(value)
    return value if isinstance(text, Fault) else text


def _from_plain(name: str, rows: Sequence[Sequence[Raw]], merges: Sequence[Any], *, hidden: bool) -> Sheet:
    return Sheet(name, rows, merges=[(tuple(first), tuple(last)) for first, last in merges], hidden=hidden)


def main(path: str) -> int:
    """Read a workbook and put its sheets on stdout as JSON; the process of `_read_apart`."""
    import python_calamine as calamine

    _limit_memory()
    try:
        sheets = sheets_of(Path(path).read_bytes(), {})
    except calamine.PasswordError:
        return _ENCRYPTED
    except _SheetTooLarge as error:
        sys.stdout.buffer.write(str(error).encode())
        return _TOO_LARGE
    except (calamine.CalamineError, OSError, MemoryError):
        return _UNREADABLE
    sys.stdout.write(json.dumps([_plain(sheet) for sheet in sheets]))
    return 0


def _limit_memory() -> None:
    """Let the process run out of memory before the computer does; Windows has no such limit."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (CHILD_BYTES_MAX, CHILD_BYTES_MAX))
