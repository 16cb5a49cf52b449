"""Read the small parts of an xlsx: which sheet is which part, and which styles show codes with leading zeros."""

import posixpath
import xml.parsers.expat
from collections.abc import Callable
from typing import NamedTuple

from hepartner.intake.container import SpreadsheetPackage
from hepartner.intake.errors import DamagedFile
from hepartner.intake.formats import Format, number_format

Visit = Callable[[str, dict[str, str]], None]
TRUE = ("1", "true")
"""How the XML says yes."""


def parse_part(package: SpreadsheetPackage, entry: str, parser: xml.parsers.expat.XMLParserType) -> None:
    """Run an expat parser over one part; raises DamagedFile where it is no complete XML."""
    try:
        for piece in package.pieces(entry):
            parser.Parse(piece)
        parser.Parse(b"", True)  # noqa: FBT003 expat takes its end mark by position
    except xml.parsers.expat.ExpatError as error:
        raise DamagedFile(package.path.name, f"{entry} 第 {error.lineno} 行不是完整的 XML") from error


def sheet_parts(package: SpreadsheetPackage) -> dict[str, str]:
    """The part of each sheet, by the sheet's name."""
    related = targets(package, "xl/_rels/workbook.xml.rels")
    parts: dict[str, str] = {}

    def visit_sheet(tag: str, attributes: dict[str, str]) -> None:
        if tag != "sheet":
            return
        identity = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
        part = posixpath.normpath(posixpath.join("/xl", related.get(identity, ""))).lstrip("/")
        if part in package.entries:
            parts[attributes.get("name", "")] = part

    _walk(package, "xl/workbook.xml", visit_sheet)
    return parts


def targets(package: SpreadsheetPackage, entry: str) -> dict[str, str]:
    """Where the relations of a part lead, by their names there."""
    found: dict[str, str] = {}

    def visit(tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship":
            found[attributes.get("Id", "")] = attributes.get("Target", "")

    _walk(package, entry, visit)
    return found


def counts_from_1904(package: SpreadsheetPackage) -> bool:
    """Whether days are counted from 1904 on, as programs of the old Macintosh do."""
    told: list[str] = []

    def visit(tag: str, attributes: dict[str, str]) -> None:
        if tag == "workbookPr":
            told.append(attributes.get("date1904", ""))

    _walk(package, "xl/workbook.xml", visit)
    return any(value in TRUE for value in told)


class Styles(NamedTuple):
    """The cell styles that say more than the plain value, by their index as the XML writes it."""

    formats: dict[str, Format]
    struck: set[str]


def styles(package: SpreadsheetPackage) -> Styles:
    """The styles that show another text than the plain number, and those that strike it through."""
    codes: dict[str, str] = {}
    found = Styles({}, set())
    struck_fonts: set[str] = set()
    section = ""
    style = font = -1

    def visit(tag: str, attributes: dict[str, str]) -> None:
        nonlocal section, style, font
        if tag == "numFmt":
            codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif tag in ("fonts", "fills", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs"):
            section = tag
        elif section == "fonts" and tag == "font":
            font += 1
        elif section == "fonts" and tag == "strike" and attributes.get("val", TRUE[0]) in TRUE:
            struck_fonts.add(str(font))
        elif tag == "xf" and section == "cellXfs":
            style += 1
            if shown := number_format(codes.get(attributes.get("numFmtId", ""), "")):
                found.formats[str(style)] = shown
            if attributes.get("fontId") in struck_fonts:
                found.struck.add(str(style))

    _walk(package, "xl/styles.xml", visit)
    return found


def _walk(package: SpreadsheetPackage, entry: str, visit: Visit) -> None:
    """Show every start tag of a part, prefixes left out; nothing where there is no such part."""
    if entry not in package.entries:
        return
    parser = xml.parsers.expat.ParserCreate()
    parser.StartElementHandler = lambda tag, attributes: visit(tag.rpartition(":")[2], attributes)
    parse_part(package, entry, parser)
