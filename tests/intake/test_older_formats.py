"""What calamine hides of old binary workbooks and of OpenDocument is seen there as it is in xlsx."""

import io
import struct
from collections.abc import Callable
from pathlib import Path

import pytest
import xlwt

from hepartner.intake.biff import look
from hepartner.intake.cells import Cells, hidden_rows, read_cells
from hepartner.intake.compound import stream
from hepartner.intake.errors import DamagedFile, TooLarge
from hepartner.intake.problems import Fault
from hepartner.intake.sniff import sniff

from .builders import put
from .cases.binary import ods_table, shows_three_digits, xlsb

_COLUMN = 2
_NOT_AVAILABLE = 42


def old_workbook() -> bytes:
    """A list in which the rows 3 and 5 say what only their records tell, below a title and from column B on."""
    book = xlwt.Workbook(encoding="utf-8")
    book.add_sheet("说明").write(0, 0, "请填第二张")
    sheet = book.add_sheet("花名册")
    code, struck = xlwt.easyxf(num_format_str="00000000000"), xlwt.easyxf("font: struck_out on")
    for column, title in enumerate(("姓名", "电话"), 1):
        sheet.write(1, column, title)
    sheet.write(2, 1, "王芳")
    sheet.row(2).set_cell_error(_COLUMN, _NOT_AVAILABLE)
    sheet.write(3, 1, "李明", struck)
    sheet.write(3, _COLUMN, 1012345678, code)
    sheet.write(4, 1, "张伟")
    sheet.write(4, _COLUMN, 1012345678.0 * 10, code)
    sheet.row(4).hidden = True
    sheet.col(1).hidden = True
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def open_document() -> bytes:
    """The same list as LibreOffice writes it."""
    blank = "<table:table-cell/>"
    name = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    number = (
        '<table:table-cell office:value-type="float" office:value="{}"><text:p>{}</text:p></table:table-cell>'
    )
    error = (
        '<table:table-cell table:formula="of:=NA()" office:value-type="string" office:string-value="" '
        'calcext:value-type="error"><office:annotation><text:p>13900000000</text:p></office:annotation>'
        "<text:p>#N/A</text:p></table:table-cell>"
    )
    lines = (
        blank,
        blank + name.format("姓名") + name.format("电话"),
        blank + name.format("王芳") + error,
        blank + name.format("李明") + number.format("1012345678", "01012345678"),
    )
    last = blank + name.format("张伟") + number.format("10123456780", "10123456780")
    rows = "".join(f"<table:table-row>{line}</table:table-row>" for line in lines)
    return ods_table(
        '<table:table-column/><table:table-column table:visibility="collapse"/>'
        f'{rows}<table:table-row table:visibility="filter">{last}</table:table-row>'
        '<table:table-row table:visibility="collapse" table:number-rows-repeated="1048571"/>'
    )


def circling(content: bytes) -> bytes:
    """The same file, of which every chain of sectors leads back to its beginning."""
    table = (int.from_bytes(content[76:80], "little") + 1) * 512
    return content[:table] + bytes(512) + content[table + 512 :]


FORMATS = {"xls": old_workbook, "ods": open_document}


def read(folder: Path, name: str, content: bytes) -> Cells:
    return read_cells(sniff(put(folder, name, content)))


@pytest.mark.parametrize("format_", FORMATS)
def test_errors_codes_and_hidden_rows_are_seen(tmp_path: Path, format_: str) -> None:
    cells = read(tmp_path, f"花名册.{format_}", FORMATS[format_]())
    sheet = next(sheet for sheet in cells.sheets if sheet.name == "花名册")
    error, code, plain = sheet.column(_COLUMN, 2, 5)
    assert isinstance(error, Fault)
    assert "#N/A" in error.reason
    assert (code, plain) == ("01012345678", "10123456780")
    assert hidden_rows(sheet, 2) == [4]
    assert sheet.marks.hidden_columns


def test_struck_rows_are_seen_in_old_workbooks(tmp_path: Path) -> None:
    notes = read(tmp_path, "花名册.xls", old_workbook()).notes
    assert any("1 行画了删除线（第 4 行）" in note for note in notes)


def test_comments_are_told_and_are_no_part_of_the_text(tmp_path: Path) -> None:
    assert "单元格上的批注没有读取" in read(tmp_path, "花名册.ods", open_document()).notes


def test_true_of_a_formula_is_no_number_in_opendocument(tmp_path: Path) -> None:
    truth = (
        '<table:table-cell table:formula="of:=TRUE()" office:value-type="float" office:value="1">'
        "<text:p>TRUE</text:p></table:table-cell>"
    )
    content = ods_table(f"<table:table-row>{truth}</table:table-row>")
    (cell,) = read(tmp_path, "期初.ods", content).sheets[0].column(0, 0, 1)
    assert isinstance(cell, Fault)
    assert "TRUE/FALSE" in cell.reason


def test_a_result_of_another_file_is_not_trusted_in_opendocument(tmp_path: Path) -> None:
    linked = (
        '<table:table-cell table:formula="of:=[\'file:///C:/a.ods\'#$Sheet1.A1]" office:value-type="float" '
        'office:value="5"><text:p>5</text:p></table:table-cell>'
    )
    (cell,) = (
        read(tmp_path, "期初.ods", ods_table(f"<table:table-row>{linked}</table:table-row>"))
        .sheets[0]
        .column(0, 0, 1)
    )
    assert isinstance(cell, Fault)
    assert "另一个文件" in cell.reason


def test_an_error_repeated_over_a_whole_sheet_is_refused(tmp_path: Path) -> None:
    error = (
        '<table:table-cell office:value-type="string" calcext:value-type="error" '
        'table:number-columns-repeated="16384"><text:p>#N/A</text:p></table:table-cell>'
    )
    content = ods_table(f'<table:table-row table:number-rows-repeated="1048576">{error}</table:table-row>')
    with pytest.raises(TooLarge):
        read(tmp_path, "花名册.ods", content)


def compound_file(small: bytes, *, further: bool) -> bytes:
    """A compound file with one stream so short that it lies among the small ones.

    With `further` the sector that names the table of chains is not named in the header but in a sector of its own.
    """
    none, end = 0xFFFFFFFF, 0xFFFFFFFE
    table, directory, small_table, smalls, names = range(5)

    def words(*numbers: int) -> bytes:
        return struct.pack(f"<{len(numbers)}I", *numbers).ljust(512, b"\xff")

    def entry(name: str, first: int, size: int) -> bytes:
        called = name.encode("utf-16-le") + b"\x00\x00"
        return (called.ljust(64, b"\x00") + struct.pack("<H", len(called))).ljust(116, b"\x00") + struct.pack(
            "<3I", first, size, 0
        )

    count = -(-len(small) // 64)
    header = bytes.fromhex("d0cf11e0a1b11ae1").ljust(30, b"\x00") + struct.pack("<H", 9)
    header = header.ljust(48, b"\x00") + struct.pack("<4I", directory, 0, 4096, small_table)
    header += (
        struct.pack("<3I", 1, names if further else end, 1) + words(*([] if further else [table]))[: 109 * 4]
    )
    return header + b"".join(
        (
            words(none, end, end, end, none),
            (entry("Root Entry", smalls, count * 64) + entry("Workbook", 0, len(small))).ljust(512, b"\x00"),
            words(*range(1, count), end),
            small.ljust(512, b"\x00"),
            words(table).ljust(508, b"\xff")[:508] + struct.pack("<I", end),
        )
    )


@pytest.mark.parametrize("further", [False, True])
def test_a_short_stream_is_found_among_the_small_ones(further: bool) -> None:  # noqa: FBT001 pytest's parameter
    content = bytes(range(150))
    found = stream("花名册.xls", compound_file(content, further=further), ("Book", "Workbook"))
    assert found == content


def test_there_may_be_no_such_stream() -> None:
    assert stream("花名册.xls", compound_file(b"x", further=False), ("Book",)) == b""


@pytest.mark.parametrize(
    "broken", [lambda content: content[:60], lambda content: content[:30] + b"\xff" * 500, circling]
)
def test_sectors_that_lead_nowhere_are_damage(broken: Callable[[bytes], bytes]) -> None:
    with pytest.raises(DamagedFile):
        look("花名册.xls", broken(old_workbook()))


def test_records_that_are_cut_off_are_damage() -> None:
    begin, sheet = struct.pack("<4H", 0x0809, 4, 0x0600, 5), struct.pack("<2HI", 0x0085, 4, 0)
    with pytest.raises(DamagedFile):
        look("花名册.xls", compound_file(begin + sheet, further=False))


def old_book(version: int, *cells: tuple[int, bytes], days: int = 0) -> bytes:
    """An old binary workbook, record by record: its second style shows three digits, and its one sheet holds these cells."""

    def record(kind: int, content: bytes) -> bytes:
        return struct.pack("<2H", kind, len(content)) + content

    begin, end, code = record(0x0809, struct.pack("<2H", version, 5)), record(0x000A, b""), b"000"
    lengths = struct.pack("<HB", len(code), 0) if version == 0x0600 else struct.pack("<B", len(code))
    globals_ = (
        begin
        + record(0x0022, struct.pack("<H", days))
        + record(0x0031, bytes(14))
        + record(0x041E, struct.pack("<H", 164) + lengths + code)
        + record(0x00E0, struct.pack("<2H", 0, 0))
        + record(0x00E0, struct.pack("<2H", 0, 164))
    )
    start = len(globals_) + 4 + 8 + len(end)
    chart = begin + record(0x0208, struct.pack("<H", 9) + b"\xff" * 14) + end
    sheet = begin + chart + b"".join(record(kind, content) for kind, content in cells) + end
    book = globals_ + record(0x0085, struct.pack("<I", start) + bytes(4)) + end + sheet
    return compound_file(book, further=False)


@pytest.mark.parametrize("version", [0x0600, 0x0500])
def test_numbers_are_shown_as_their_style_shows_them_however_they_are_kept(version: int) -> None:
    """By MS-XLS 2.5.217 a number of four bytes may be whole, a hundredfold, both, or half of a long one."""
    place = struct.pack("<3H", 0, 0, 1)
    short = struct.pack("<HHHIHIHIH", 1, 0, 1, 7 << 2 | 2, 1, 700 << 2 | 3, 1, 0x401C0000, 2)
    cells = [
        (0x0203, place + struct.pack("<d", 7)),
        (0x00BD, short),
        (0x027E, struct.pack("<3HI", 2, 0, 1, 8 << 2 | 2)),
        (0x027E, struct.pack("<3HI", 2, 1, 0, 8 << 2 | 2)),
        (0x0006, struct.pack("<3Hd", 3, 0, 1, 9) + bytes(8)),
    ]
    (marks,) = look("花名册.xls", old_book(version, *cells))
    assert marks.cells == {
        0: {0: "007", 1: "007", 2: "008", 3: "009"},
        1: {1: "007"},
        2: {1: "007"},
    }
    assert (marks.formulas, marks.hidden_rows, marks.from_1904) == (1, [], False)


def test_a_formula_that_nobody_calculated_has_no_value_in_old_workbooks() -> None:
    """As Apache POI writes it: to be calculated when opened, its result 0 until then."""
    cells = [
        (0x0006, struct.pack("<3HdH", 0, column, 0, result, flags) + bytes(6))
        for column, (result, flags) in enumerate([(0, 2), (0, 0), (5, 2)])
    ]
    (marks,) = look("期初.xls", old_book(0x0600, *cells))
    assert marks.cells.keys() == {0}
    assert "没有存下结果" in str(marks.cells[0][0])


def test_errors_of_formulas_comments_and_the_other_days_are_seen_in_old_workbooks() -> None:
    result = struct.pack("<3H", 0, 0, 0) + bytes((2, 0, 7, 0, 0, 0, 0xFF, 0xFF)) + bytes(8)
    text = struct.pack("<3H", 0, 1, 0) + bytes((0, 0, 0, 0, 0, 0, 0xFF, 0xFF)) + bytes(8)
    odd = struct.pack("<3H", 0, 2, 0) + bytes((99, 1))
    truth = struct.pack("<3H", 0, 3, 0) + bytes((1, 0))
    cells = [(0x0006, result), (0x0006, text), (0x0205, odd), (0x0205, truth), (0x001C, bytes(8))]
    (marks,) = look("花名册.xls", old_book(0x0600, *cells, days=1))
    reasons = {column: str(rows[0]) for column, rows in marks.cells.items()}
    assert reasons.keys() == {0, 2}
    assert "#DIV/0!" in reasons[0]
    assert marks.has_comments
    assert marks.from_1904


def test_errors_codes_and_hidden_rows_are_seen_in_xlsb(tmp_path: Path) -> None:
    error, formula = bytes((3,)) + bytes(4) + bytes((42,)), bytes((11,)) + bytes(4) + bytes((7, 0, 0))
    padded = bytes((1, 0, 0, 0))
    short = bytes((2,)) + padded + struct.pack("<I", 7 << 2 | 2)
    number, result = (bytes((kind,)) + padded + struct.pack("<d", 8) for kind in (5, 9))
    plain = bytes((5,)) + bytes(4) + struct.pack("<d", 8)
    long = "王" * 200
    rows = (("姓名", "电话"), ("王芳", error), (long, formula), (short, number), (result + bytes(6), plain))
    cells = read(
        tmp_path, "花名册.xlsb", xlsb(*rows, hidden=[2], hides_column=True, styles=shows_three_digits())
    )
    (sheet,) = cells.sheets
    reasons = [cell.reason for cell in sheet.column(1, 1, 3) if isinstance(cell, Fault)]
    assert reasons == ["单元格是错误值 #N/A", "单元格是错误值 #DIV/0!"]
    assert sheet.column(0, 1, 5) == ["王芳", long, "007", "008"]
    assert sheet.column(1, 3, 5) == ["008", "8"]
    assert hidden_rows(sheet, 1) == [2]
    assert (sheet.marks.formulas, sheet.marks.hidden_columns) == (1, True)


def test_rows_without_height_are_hidden(tmp_path: Path) -> None:
    texts = (("姓名", "电话"), ("王芳", "1"), ("李明", "2"))
    (sheet,) = read(tmp_path, "花名册.xlsb", xlsb(*texts, flat=[2])).sheets
    assert hidden_rows(sheet, 1) == [2]
    plain, own = (struct.pack("<6HI", row, 0, 2, 0, 0, 0, flags) for row, flags in ((0, 0), (1, 0x40)))
    (marks,) = look("花名册.xls", old_book(0x0600, (0x0208, plain), (0x0208, own)))
    assert marks.hidden_rows == [1]


def test_a_cell_that_spans_rows_stands_in_each_of_them_in_opendocument(tmp_path: Path) -> None:
    text = '<table:table-cell office:value-type="string"{}><text:p>{}</text:p></table:table-cell>'
    spanning = ' table:number-rows-spanned="2" table:number-columns-spanned="1"'
    one = ' table:number-rows-spanned="1" table:number-columns-spanned="1"'
    lines = (
        text.format("", "姓名") + text.format("", "社区"),
        text.format(one, "王芳") + text.format(spanning, "幸福里社区"),
        text.format("", "李明") + "<table:covered-table-cell/>",
    )
    rows = "".join(f"<table:table-row>{line}</table:table-row>" for line in lines)
    (sheet,) = read(tmp_path, "花名册.ods", ods_table(rows)).sheets
    assert sheet.merges == [((1, 1), (2, 1))]
    assert sheet.column(1, 1, 3, fill_from=1) == ["幸福里社区"] * 2


def test_merged_cells_are_seen_in_xlsb(tmp_path: Path) -> None:
    (sheet,) = read(
        tmp_path, "花名册.xlsb", xlsb(("姓名", "社区"), ("王芳", "幸福里"), ("李明", ""), merged=(1, 2, 1, 1))
    ).sheets
    assert sheet.merges == [((1, 1), (2, 1))]


def test_records_of_xlsb_that_are_cut_off_are_damage(tmp_path: Path) -> None:
    content = xlsb(("姓名", "电话"), ("王芳", bytes((3,))))
    with pytest.raises(DamagedFile):
        read(tmp_path, "花名册.xlsb", content)
