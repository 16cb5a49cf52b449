"""Read the sheets of xlsx, xlsb, ods and the old binary xls with calamine."""

from io import BytesIO
from typing import TYPE_CHECKING

from hepartner.intake.cells import Merge, Raw, Sheet
from hepartner.intake.errors import DamagedFile, EncryptedFile, TooLarge
from hepartner.intake.sheetxml import AREA_CELLS_MAX, ROWS_MAX, Marks, look
from hepartner.intake.sniff import Kind, Sniffed

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

SHEETS_MAX = 100


def read_workbook(sniffed: Sniffed) -> list[Sheet]:
    """Read every worksheet; raises DamagedFile, EncryptedFile, TooLarge and what `sheetxml.look` raises."""
    import python_calamine as calamine

    marks: dict[str, Marks] = {}
    if sniffed.kind is Kind.XLSX and sniffed.package:
        marks = look(sniffed.package)
    elif sniffed.package:
        sniffed.package.prove()
    try:
        # By content: given a path, calamine goes by its suffix.
        content = BytesIO(sniffed.path.read_bytes())
        with calamine.CalamineWorkbook.from_filelike(content) as book:
            return _sheets(sniffed.name, book, marks)
    except calamine.PasswordError as error:
        raise EncryptedFile(sniffed.name) from error
    except (calamine.CalamineError, OSError) as error:
        raise DamagedFile(sniffed.name, "表格内容读不出来") from error


def _sheets(file: str, book: "CalamineWorkbook", marks: dict[str, Marks]) -> list[Sheet]:
    import python_calamine as calamine

    listed = [sheet for sheet in book.sheets_metadata if sheet.typ == calamine.SheetTypeEnum.WorkSheet]
    if len(listed) > SHEETS_MAX:
        raise TooLarge(file, f"有 {len(listed)} 张工作表，最多 {SHEETS_MAX} 张")
    found = []
    for listing in listed:
        sheet = book.get_sheet_by_name(listing.name)
        hidden = listing.visible != calamine.SheetVisibleEnum.Visible
        height, width = sheet.total_height, sheet.total_width
        if height > ROWS_MAX or height * width > AREA_CELLS_MAX:
            raise TooLarge(file, f"有 {height} 行、{width} 列，最多 {ROWS_MAX} 行", sheet=listing.name)
        rows: list[list[Raw]] = [] if hidden else sheet.to_python(skip_empty_area=False)
        merges: list[Merge] = list(sheet.merged_cell_ranges or ())
        found.append(Sheet(listing.name, rows, marks.get(listing.name, Marks()), merges, hidden))
    return found
