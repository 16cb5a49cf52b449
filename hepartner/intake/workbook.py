"""Read the sheets of xlsx, xlsb, ods and the old binary xls with calamine."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, overload

from hepartner.intake import biff, biff12, opendocument
from hepartner.intake.cells import Raw, Sheet
from hepartner.intake.errors import DamagedFile, EncryptedFile, TooLarge
from hepartner.intake.sheetxml import AREA_CELLS_MAX, ROWS_MAX, Marks, look
from hepartner.intake.sniff import Kind, Sniffed

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

SHEETS_MAX = 100
_LONG_BYTES = 1_000_000


def read_workbook(sniffed: Sniffed) -> list[Sheet]:
    """Read every worksheet; raises DamagedFile, EncryptedFile, TooLarge and what `sheetxml.look` raises.

    Whoever calls it with a stranger's file is a process that may end: calamine can panic.
    """
    if sniffed.path.stat().st_size < _LONG_BYTES:
        # What calamine would not survive is found first, and told.
        marks = _looked_at(sniffed)
        return list(_sheets(sniffed.name, _loaded(sniffed), marks))
    # Both take long: a quarter of a long roster's reading is saved where they go side by side.
    with ThreadPoolExecutor(1) as beside:
        loaded = beside.submit(_loaded, sniffed)
        marks = _looked_at(sniffed)
        return list(_sheets(sniffed.name, loaded.result(), marks))


def _looked_at(sniffed: Sniffed) -> list[Marks] | dict[str, Marks]:
    """What calamine hides, by the names of the sheets or in their order."""
    if sniffed.package is None:
        return biff.look(sniffed.name, sniffed.path.read_bytes())
    looks = {Kind.XLSX: look, Kind.XLSB: biff12.look, Kind.ODS: opendocument.look}
    return looks[sniffed.kind](sniffed.package)


def _loaded(sniffed: Sniffed) -> "dict[str, CalamineSheet | None]":
    """The worksheets by name; None for one that is hidden."""
    import python_calamine as calamine

    try:
        # By its content: given a path, calamine goes by the suffix.
        content = BytesIO(sniffed.path.read_bytes())
        with calamine.CalamineWorkbook.from_filelike(content) as book:
            listed = [one for one in book.sheets_metadata if one.typ == calamine.SheetTypeEnum.WorkSheet]
            if len(listed) > SHEETS_MAX:
                raise TooLarge(sniffed.name, f"有 {len(listed)} 张工作表，最多 {SHEETS_MAX} 张")
            visible = calamine.SheetVisibleEnum.Visible
            return {
                one.name: book.get_sheet_by_name(one.name) if one.visible == visible else None
                for one in listed
            }
    except calamine.PasswordError as error:
        raise EncryptedFile(sniffed.name) from error
    except (calamine.CalamineError, OSError) as error:
        raise DamagedFile(sniffed.name, "表格内容读不出来") from error


def _sheets(
    file: str, loaded: "dict[str, CalamineSheet | None]", looked_at: dict[str, Marks] | list[Marks]
) -> Iterator[Sheet]:
    marks = dict(zip(loaded, looked_at, strict=False)) if isinstance(looked_at, list) else looked_at
    for name, sheet in loaded.items():
        if sheet is None:
            yield Sheet(name, [], hidden=True)
            continue
        last_row, last_column = sheet.end or (0, 0)
        height, width = last_row + 1, last_column + 1
        if height > ROWS_MAX or height * width > AREA_CELLS_MAX:
            raise TooLarge(file, f"工作表“{name}”有 {height} 行、{width} 列，最多 {ROWS_MAX} 行")
        rows = _Rows(sheet, height) if sheet.end else []
        here = marks.get(name, Marks())
        yield Sheet(name, rows, here, list(sheet.merged_cell_ranges or here.merges))


class _Rows(Sequence[list[Raw]]):
    """The rows of a sheet, converted as far as somebody asked for them."""

    def __init__(self, sheet: "CalamineSheet", height: int) -> None:
        _, left = sheet.start or (0, 0)
        self._height, self._unread = height, iter(sheet.iter_rows())
        self._before: list[Raw] = [""] * left
        self._read: list[list[Raw]] = []

    def __len__(self) -> int:
        return self._height

    @overload
    def __getitem__(self, index: int) -> list[Raw]: ...
    @overload
    def __getitem__(self, index: slice) -> list[list[Raw]]: ...
    def __getitem__(self, index: int | slice) -> list[Raw] | list[list[Raw]]:
        last = index.indices(self._height)[1] if isinstance(index, slice) else index + 1
        more = islice(self._unread, max(0, last - len(self._read)))
        self._read += [self._before + row for row in more] if self._before else more
        return self._read[index]
