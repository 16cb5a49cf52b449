"""An openpyxl workbook packed into an .xlsx in memory."""

from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter


def pack(workbook: Any, buffer: BytesIO) -> None:
    """Write a workbook into a buffer, and nothing into temporary files.

    openpyxl's own `save` puts each sheet into the folder for temporary files first: with names and phones of people, and
    where that folder is full it leaves the sheet half-written, of which Python complains on the screen.
    """
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        _Packer(workbook, archive).write_data()


class _Packer(ExcelWriter):  # type: ignore[misc]  # openpyxl ships no types
    """openpyxl's writer, whose worksheets go straight into the archive."""

    def write_worksheet(self, ws: Any) -> None:
        ws._drawing = SpreadsheetDrawing()
        ws._drawing.charts, ws._drawing.images = ws._charts, ws._images
        writer = WorksheetWriter(ws, out=BytesIO())
        writer.write()
        ws._rels = writer._rels
        self._archive.writestr(ws.path[1:], writer.read())
        self.manifest.append(ws)
