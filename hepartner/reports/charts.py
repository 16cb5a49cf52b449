"""Native Excel bar charts that read in black and white: solid, hatched, outlined, with their values written on."""

import math
from typing import Any

from .sheets import TITLE_ROWS, Chart, Sheet

_ROOM = 15
"""How many digits have room to be written level over the bars, for each column that a chart covers."""

_HEADROOM = 1.5
"""How far the axis goes on over the highest bar whose value stands upright: else the values run into the title."""

_FEW = 5
"""Up to here the axis counts by ones."""


def add_charts(worksheet: Any, sheet: Sheet) -> None:
    """Draw every chart of a sheet over the data of its last table."""
    for chart in sheet.charts:
        worksheet.add_chart(_drawn(worksheet, sheet, chart))


def _drawn(worksheet: Any, sheet: Sheet, chart: Chart) -> Any:
    from openpyxl.chart import BarChart, Reference
    from openpyxl.drawing.text import CharacterProperties, ParagraphProperties

    table, number = sheet.tables[-1], len(sheet.tables) - 1
    first = sheet.first_line(number) + (1 if table.caption else 0) + table.heading_rows
    last = first + chart.points - 1
    bars = BarChart()
    bars.type, bars.grouping = "col", "clustered"
    bars.title = f"{chart.title}（{chart.unit}）"
    bars.title.tx.rich.p[0].pPr = ParagraphProperties(defRPr=CharacterProperties(sz=1200, b=True))
    bars.gapWidth = 60 if len(chart.series) > 1 else 120
    for key in chart.series:
        column = table.column_index(key) + 1
        bars.add_data(
            Reference(worksheet, min_col=column, min_row=first - 1, max_row=last), titles_from_data=True
        )
    names = table.column_index(chart.categories) + 1
    bars.set_categories(Reference(worksheet, min_col=names, min_row=first, max_row=last))
    shown = [
        worksheet.cell(line, table.column_index(key) + 1).value
        for key in chart.series
        for line in range(first, last + 1)
    ]
    _dress(bars, chart, lowest=min(shown), highest=max(shown))
    bars.anchor = _place(chart)
    return bars


def _dress(bars: Any, chart: Chart, *, lowest: float, highest: float) -> None:
    from openpyxl.chart.label import DataLabelList
    from openpyxl.chart.shapes import GraphicalProperties
    from openpyxl.drawing.line import LineProperties

    for series, hatch in zip(bars.series, (None, "wdUpDiag"), strict=False):
        series.graphicalProperties = _fill(hatch)
    bars.dataLabels = DataLabelList()
    bars.dataLabels.showVal = True
    for unwanted in ("showSerName", "showCatName", "showLegendKey", "showPercent"):
        setattr(bars.dataLabels, unwanted, False)
    bars.dataLabels.numFmt = "#,##0"
    upright = _crowded(chart, lowest, highest)
    bars.dataLabels.txPr = _small_print(upright=upright)
    # Excel since 2013 hides an axis that isn't said to be there.
    bars.x_axis.delete = bars.y_axis.delete = False
    bars.y_axis.numFmt = "#,##0"
    if lowest >= 0:
        # Programs begin the axis where it flatters the difference.
        bars.y_axis.scaling.min = 0
    if upright and highest > 0:
        bars.y_axis.scaling.max = axis_end(highest)
    if max(abs(lowest), highest) <= _FEW:
        # Between small counts programs put halves, which print as the same whole number twice.
        bars.y_axis.majorUnit = 1
    bars.y_axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill="D9D9D9", w=6350))
    bars.x_axis.tickLblPos = "low"
    if len(chart.series) == 1:
        bars.legend = None
    else:
        bars.legend.position = "b"


def axis_end(highest: float) -> float:
    """Return a round number that leaves room for upright text over the highest value."""
    step = 5 * 10.0 ** (len(str(int(highest))) - 2)
    return math.ceil(highest * _HEADROOM / step) * step


def _crowded(chart: Chart, lowest: float, highest: float) -> bool:
    longest = max(len(f"{value:,}") for value in (lowest, highest))
    first, last = chart.columns
    return chart.points * len(chart.series) * longest > _ROOM * (last - first + 1)


def _small_print(*, upright: bool) -> Any:
    """Return 8-point text, turned upright where so many values would print over each other."""
    from openpyxl.chart.text import RichText
    from openpyxl.drawing.text import (
        CharacterProperties,
        Paragraph,
        ParagraphProperties,
        RichTextProperties,
    )

    properties = ParagraphProperties(defRPr=CharacterProperties(sz=800))
    turned = RichTextProperties(rot=-5_400_000, vert="horz") if upright else None
    return RichText(bodyPr=turned, p=[Paragraph(pPr=properties, endParaRPr=CharacterProperties(sz=800))])


def _fill(hatch: str | None) -> Any:
    from openpyxl.chart.shapes import GraphicalProperties
    from openpyxl.drawing.fill import ColorChoice, PatternFillProperties
    from openpyxl.drawing.line import LineProperties

    line = LineProperties(solidFill="000000", w=9525)
    if hatch is None:
        return GraphicalProperties(solidFill="595959", ln=line)
    pattern = PatternFillProperties(
        prst=hatch, fgClr=ColorChoice(srgbClr="000000"), bgClr=ColorChoice(srgbClr="FFFFFF")
    )
    return GraphicalProperties(pattFill=pattern, ln=line)


def _place(chart: Chart) -> Any:
    """Tie a chart to columns and rows, so that it keeps its place whatever a column's width is on this computer."""
    from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor

    (left, right), (top, bottom) = chart.columns, chart.rows
    start = AnchorMarker(col=left - 1, row=TITLE_ROWS + top - 1)
    end = AnchorMarker(col=right, row=TITLE_ROWS + bottom)
    return TwoCellAnchor(_from=start, to=end)
