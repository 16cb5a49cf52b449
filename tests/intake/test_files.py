"""Which files are taken, whatever their name says, and what the others are called."""

import io
import os
import zipfile
from pathlib import Path

import pytest
import xlwt

from hepartner.intake.cells import read_cells
from hepartner.intake.errors import (
    CipherText,
    DamagedFile,
    EmptyFile,
    EmptyFolder,
    EncryptedFile,
    FileMissing,
    FileRefused,
    FolderGiven,
    ForeignFormat,
    HostileFile,
    LockFile,
    TooLarge,
    UnbalancedQuote,
    UnknownEncoding,
)
from hepartner.intake.sniff import Kind, sniff

from .builders import (
    HEADER,
    LI,
    PARTS,
    WANG,
    cell,
    header_row,
    packed,
    put,
    raw_xlsx,
    row,
    saved,
    shared_xlsx,
    text,
    web,
    workbook,
    xls,
    xlsx,
)

ROWS = (HEADER, WANG, LI)

TAKEN = {
    "an xlsx": ("花名册.xlsx", xlsx(*ROWS), Kind.XLSX, ""),
    "an xlsx with shared strings": ("花名册.xlsx", shared_xlsx(*ROWS), Kind.XLSX, ""),
    "an xlsx named xls": ("花名册.xls", xlsx(*ROWS), Kind.XLSX, "文件名是 .xls，内容其实是xlsx"),
    "an old xls": ("花名册.xls", xls(*ROWS), Kind.XLS, ""),
    "an old xls named xlsx": ("花名册.xlsx", xls(*ROWS), Kind.XLS, "内容其实是xls"),
    "a web table named xls": ("花名册.xls", web(*ROWS), Kind.HTML, "内容其实是网页表格"),
    "a web table in utf-8 that says gb2312": ("表.xls", web(*ROWS, encoding="utf-8"), Kind.HTML, "网页表格"),
    "tab separated text named xls": ("表.xls", text(*ROWS, mark="\t", encoding="gbk"), Kind.TEXT, "文本表格"),
    "csv in utf-8": ("花名册.csv", text(*ROWS), Kind.TEXT, ""),
    "csv with a byte order mark": ("花名册.csv", text(*ROWS, encoding="utf-8-sig"), Kind.TEXT, ""),
    "csv in GB18030": ("花名册.csv", text(*ROWS, encoding="gb18030"), Kind.TEXT, ""),
    "text in UTF-16 by tabs": ("花名册.txt", text(*ROWS, mark="\t", encoding="utf-16"), Kind.TEXT, ""),
    "csv by semicolons": ("花名册.csv", text(*ROWS, mark=";"), Kind.TEXT, ""),
    "csv by full-width commas": ("花名册.csv", text(*ROWS, mark="，"), Kind.TEXT, ""),
    "csv by bars": ("花名册.csv", text(*ROWS, mark="|"), Kind.TEXT, ""),
    "csv with CR line ends": ("花名册.csv", text(*ROWS, end="\r"), Kind.TEXT, ""),
    "csv with a sep line": ("花名册.csv", b"sep=,\r\n" + text(*ROWS), Kind.TEXT, ""),
    "csv that ends with ^Z": ("花名册.csv", text(*ROWS) + b"\x1a", Kind.TEXT, ""),
    "an xlsx with prefixed names": (
        "前缀.xlsx",
        packed(
            {
                **PARTS,
                "xl/worksheets/sheet1.xml": '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
                "<x:sheetData>"
                + "".join(
                    f'<x:row r="{n}">'
                    + "".join(
                        f'<x:c r="{c}{n}" t="inlineStr"><x:is><x:t>{v}</x:t></x:is></x:c>'
                        for c, v in zip("ABCD", values, strict=True)
                    )
                    + "</x:row>"
                    for n, values in enumerate(ROWS, 1)
                )
                + "</x:sheetData></x:worksheet>",
            }
        ),
        Kind.XLSX,
        "",
    ),
    "an xlsx without cell places": (
        "无坐标.xlsx",
        raw_xlsx(
            "".join(
                "<row>" + "".join(f'<c t="inlineStr"><is><t>{v}</t></is></c>' for v in values) + "</row>"
                for values in ROWS
            )
        ),
        Kind.XLSX,
        "",
    ),
}


@pytest.mark.parametrize(("name", "content", "kind", "note"), TAKEN.values(), ids=TAKEN)
def test_a_file_is_read_for_what_it_is_whatever_its_name(
    tmp_path: Path, name: str, content: bytes, kind: Kind, note: str
) -> None:
    sniffed = sniff(put(tmp_path, name, content))
    (sheet,) = read_cells(sniffed).sheets
    assert sniffed.kind is kind
    assert note in sniffed.note
    assert [sheet.row(number) for number in range(3)] == [list(values) for values in ROWS]


def with_encrypted_entry() -> bytes:
    content = bytearray(xlsx(*ROWS))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.find(signature) + flags] |= 1
    return bytes(content)


def with_doubled_entry() -> bytes:
    content = io.BytesIO(xlsx(*ROWS))
    with zipfile.ZipFile(content, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return content.getvalue()


def with_wrong_checksum() -> bytes:
    content = bytearray(xlsx(*ROWS))
    place = content.find(
        b"PK\x01\x02", content.find(b"xl/worksheets/sheet1.xml", content.find(b"PK\x01\x02")) - 60
    )
    content[place + 16] ^= 0xFF
    return bytes(content)


def ole2(*streams: str) -> bytes:
    entries = b"".join(stream.encode("utf-16-le").ljust(128, b"\x00") for stream in streams)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\x00") + entries


def entities(declared: str) -> bytes:
    return raw_xlsx(header_row(), before=f"<!DOCTYPE worksheet [{declared}]>")


def far_xls() -> bytes:
    book = xlwt.Workbook()
    book.add_sheet("远").write(65535, 200, "x")
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def many_sheets() -> bytes:
    book = workbook(ROWS)
    for number in range(100):
        book.create_sheet(f"{number}月")
    return saved(book)


LAUGHS = '<!ENTITY a "哈">' + "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefg", "bcdefgh", strict=True)
)

REFUSED = {
    "nothing in it": ("空.xlsx", b"", EmptyFile, "文件是空的"),
    "no cell in it": ("空.xlsx", xlsx(), EmptyFile, "文件是空的"),
    "a lock file": ("~$花名册.xlsx", b"\x05test", LockFile, "请改为导入“花名册.xlsx”"),
    "a LibreOffice lock file": (".~lock.花名册.xlsx#", b"x", LockFile, "请改为导入“花名册.xlsx”"),
    "a password": ("密.xlsx", ole2("EncryptedPackage", "Workbook"), EncryptedFile, "文件有打开密码"),
    "an encrypted zip entry": ("密.xlsx", with_encrypted_entry(), EncryptedFile, "文件有打开密码"),
    "cipher text": ("密.xlsx", bytes(range(256)) * 20, CipherText, "加密软件的密文"),
    "a cut zip": ("断.xlsx", xlsx(*ROWS)[:-400], DamagedFile, "压缩结构不完整"),
    "a wrong checksum": ("坏.xlsx", with_wrong_checksum(), DamagedFile, "解压失败"),
    "a cut old xls": ("断.xls", xls(*ROWS)[:1500], DamagedFile, "后半部分不见了"),
    "broken sheet XML": (
        "坏.xlsx",
        raw_xlsx(header_row() + row(2, "<c r='A2'>")),
        DamagedFile,
        "不是完整的 XML",
    ),
    "a Word file": ("表.xlsx", packed({"word/document.xml": "<w/>"}), ForeignFormat, "Word 文档"),
    "an old Word file": ("表.xls", ole2("WordDocument"), ForeignFormat, "Word 文档"),
    "another OLE2 file": ("表.xls", ole2("Root Entry", "Contents"), ForeignFormat, "其他软件的文档"),
    "a presentation": ("表.xlsx", packed({"ppt/presentation.xml": "<p/>"}), ForeignFormat, "演示文稿"),
    "a Numbers file": (
        "表.xlsx",
        packed({"Index/Document.iwa": "x"}),
        ForeignFormat,
        "在 Numbers 里导出为 Excel",
    ),
    "a zip of rosters": (
        "表.zip",
        packed({"a.xlsx": xlsx(*ROWS)}),
        ForeignFormat,
        "先解压，再导入里面的表格",
    ),
    "another zip": ("表.zip", packed({"a.bin": "x"}), ForeignFormat, "压缩包"),
    "a RAR archive": ("表.rar", b"Rar!\x1a\x07\x00", ForeignFormat, "RAR 压缩包"),
    "a PDF": ("表.xlsx", b"%PDF-1.7 ...", ForeignFormat, "PDF 文档"),
    "a picture": ("表.xlsx", b"\x89PNG\r\n\x1a\n", ForeignFormat, "图片"),
    "a single file web page": (
        "表.xls",
        b"MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n",
        ForeignFormat,
        "单个文件网页",
    ),
    "a flat OpenDocument file": (
        "表.fods",
        b'<?xml version="1.0"?><office:document/>',
        ForeignFormat,
        "XML 文档",
    ),
    "an old xls with a password": (
        "密.xls",
        xls(*ROWS).replace(b"\xe1\x00\x02\x00", b"\x2f\x00\x02\x00"),
        EncryptedFile,
        "文件有打开密码",
    ),
    "an old xls with cells far out": ("远.xls", far_xls(), TooLarge, "有 65536 行"),
    "sheets without end": ("多.xlsx", many_sheets(), TooLarge, "有 101 张工作表"),
    "an Excel 4 sheet": ("表.xls", b"\x09\x04\x06\x00\x00\x00\x10\x00", ForeignFormat, "Excel 95 以前"),
    "a path that climbs": ("恶.xlsx", packed({**PARTS, "../../evil.xml": "x"}), HostileFile, "越出文件夹"),
    "an absolute path": ("恶.xlsx", packed({**PARTS, "/etc/passwd": "x"}), HostileFile, "越出文件夹"),
    "two entries of one name": ("恶.xlsx", with_doubled_entry(), HostileFile, "重名"),
    "billion laughs": ("恶.xlsx", entities(LAUGHS), HostileFile, "DOCTYPE"),
    "an external entity": (
        "恶.xlsx",
        entities('<!ENTITY x SYSTEM "file:///etc/passwd">'),
        HostileFile,
        "DOCTYPE",
    ),
    "a document type in the shared strings": (
        "恶.xlsx",
        packed(
            {
                **PARTS,
                "xl/worksheets/sheet1.xml": "<worksheet/>",
                "xl/sharedStrings.xml": "<!DOCTYPE s><sst/>",
            }
        ),
        HostileFile,
        "DOCTYPE",
    ),
    "XML in UTF-16": (
        "恶.xlsx",
        packed({**PARTS, "xl/worksheets/sheet1.xml": "<worksheet/>".encode("utf-16")}),
        HostileFile,
        "编码不是 UTF-8",
    ),
    "a zip bomb": (
        "炸.xlsx",
        packed({**PARTS, "xl/media/a.xml": b"0" * 60_000_000}),
        TooLarge,
        "解开后有 60 MB",
    ),
    "a thousand parts too many": (
        "碎.xlsx",
        packed({**PARTS, **{f"xl/a{n}.bin": b"" for n in range(5001)}}),
        TooLarge,
        "个部件",
    ),
    "a cell that can't be": (
        "恶.xlsx",
        raw_xlsx(row(1, cell("ZZZZ99999999", "x"))),
        HostileFile,
        "坐标 ZZZZ99999999",
    ),
    "a row that can't be": (
        "恶.xlsx",
        raw_xlsx(row(99999999, cell("A1", "x"))),
        HostileFile,
        "行号 99999999",
    ),
    "a cell far out": (
        "远.xlsx",
        raw_xlsx(header_row() + row(250000, cell("XFD250000", "x"))),
        TooLarge,
        "第 250000 行",
    ),
    "rows beyond the limit": (
        "长.xlsx",
        raw_xlsx(row(400000, cell("A400000", "x"))),
        TooLarge,
        "最多 300000 行",
    ),
    "text in two encodings": (
        "混.csv",
        text(HEADER, LI) + text(WANG, encoding="gbk"),
        UnknownEncoding,
        "第 3 行",
    ),
    "an open quote": ("引.csv", text(HEADER, ('"王芳', "个体", "", "")), UnbalancedQuote, "双引号不成对"),
    "bytes of no encoding": (
        "乱.csv",
        text(HEADER, encoding="gbk") + b"\xff\xff\n",
        UnknownEncoding,
        "第 2 行",
    ),
    "a wrong byte after a mark": (
        "乱.csv",
        text(HEADER, encoding="utf-8-sig") + b"\xff\n",
        UnknownEncoding,
        "第 2 行",
    ),
    "an endless cell": ("长.csv", text(HEADER, ("王" * 1_100_000, "个体", "", "")), TooLarge, "有一格超过"),
}


@pytest.mark.parametrize(("name", "content", "error", "phrase"), REFUSED.values(), ids=REFUSED)
def test_a_file_that_cannot_be_read_is_named_for_what_it_is(
    tmp_path: Path, name: str, content: bytes, error: type[FileRefused], phrase: str
) -> None:
    path = put(tmp_path, name, content)
    with pytest.raises(error) as refused:
        read_cells(sniff(path))
    said = str(refused.value)
    assert said.startswith(name)
    assert phrase in said
    assert "。改法：" in said
    assert refused.value.exit_code == 3


def test_a_missing_file_and_a_pipe_are_no_lists(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道")
    for path, phrase in (
        (tmp_path / "没有.xlsx", "没有这个文件"),
        (tmp_path / "管道", "不是普通文件"),
    ):
        with pytest.raises(FileMissing, match=phrase):
            sniff(path)


@pytest.mark.parametrize("typed", [".", "三月", "三月/.."])
def test_a_folder_is_named_however_it_was_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    (tmp_path / "花名册" / "三月").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "花名册")
    name = "三月" if typed == "三月" else "花名册"
    with pytest.raises(EmptyFolder, match=f"^{name}：这个文件夹里没有要导入的表格文件"):
        sniff(Path(typed))
    put(Path(typed), "一.csv", text(*ROWS))
    with pytest.raises(FolderGiven) as refused:
        sniff(Path(typed))
    remedy = f"请写明里面的文件，可以一次写几个，如 {name}/*.xlsx"
    assert str(refused.value) == f"{name}：这是文件夹，不是文件。改法：{remedy}。"


def test_a_name_that_no_file_can_have_is_refused(tmp_path: Path) -> None:
    for name, phrase in (
        ("长" * 300, "（文件名太长）。改法"),
        ("空\x00.csv", "（文件名里有不能用的字符）。改法"),
    ):
        with pytest.raises(FileRefused, match=phrase):
            sniff(tmp_path / name)


def test_macros_are_announced_and_never_run(tmp_path: Path) -> None:
    parts: dict[str, str | bytes] = {
        **PARTS,
        "xl/worksheets/sheet1.xml": "<worksheet/>",
        "xl/vbaProject.bin": b"\x00",
    }
    assert "没有运行宏" in sniff(put(tmp_path, "宏.xlsm", packed(parts))).note
