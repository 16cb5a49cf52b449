"""Tell what a file is by its bytes, never by its name, and name what can't be read for what it is."""

import hashlib
import stat
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from hepartner.files import why
from hepartner.intake.container import SpreadsheetPackage, open_package
from hepartner.intake.errors import (
    CipherText,
    DamagedFile,
    EmptyFile,
    EmptyFolder,
    EncryptedFile,
    FileMissing,
    FileRefused,
    FileUnreadable,
    FolderGiven,
    ForeignFormat,
    LockFile,
    TooLarge,
)
from hepartner.intake.folders import tables_in

FILE_BYTES_MAX = 200_000_000
NAMELESS = "标准输入"
"""What is imported without having been a file is called so, which tells nothing of its content."""
_HEAD_BYTES = 65_536

_RESAVE = "请用表格软件打开后另存为 xlsx 再导入"
_UNPACK = "请先解压，再导入里面的表格文件"
_ASK_TABLE = "请向对方要 Excel 或 csv 格式的名单"
_FOREIGN = (
    (b"%PDF", " PDF 文档", _ASK_TABLE),
    (b"\x89PNG", "图片", _ASK_TABLE),
    (b"\xff\xd8\xff", "图片", _ASK_TABLE),
    (b"GIF8", "图片", _ASK_TABLE),
    (b"Rar!", " RAR 压缩包", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", " 7z 压缩包", _UNPACK),
    (b"\x1f\x8b", " gzip 压缩包", _UNPACK),
    (b"SQLite format 3\x00", "数据库文件", "请在原系统里导出为 xlsx 或 csv"),
    (b"{\\rtf", " RTF 文档", _RESAVE),
    (b"MIME-Version:", "“单个文件网页”", _RESAVE),
    (b"From: <Saved by ", "“单个文件网页”", _RESAVE),
    (b"\x09\x00\x04\x00", " Excel 95 以前的工作簿", _RESAVE),
    (b"\x09\x02\x06\x00", " Excel 95 以前的工作簿", _RESAVE),
    (b"\x09\x04\x06\x00", " Excel 95 以前的工作簿", _RESAVE),
)
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE2_ENTRY_BYTES, _SECTOR_BYTES = 128, 512
_BEGIN_OF_FILE, _FILE_PASS = b"\x09\x08", b"\x2f\x00"
_HEAD_RECORDS = 8
_OLE2_FOREIGN = (("WordDocument", " Word 文档"), ("PowerPoint Document", "演示文稿"))


class Kind(Enum):
    """How the cells of a file are to be read."""

    XLSX = "xlsx"
    XLSB = "xlsb"
    ODS = "ods"
    XLS = "xls"
    HTML = "网页表格"
    XML = "XML 表格"
    TEXT = "文本表格"


@dataclass(frozen=True)
class Sniffed:
    """What the bytes say; `note` tells the user where name and content disagree."""

    path: Path
    kind: Kind
    note: str = ""
    package: SpreadsheetPackage | None = None

    @property
    def name(self) -> str:
        """The file's own name, without its folder."""
        return self.path.name

    def sha256(self) -> str:
        """The hash of the whole file; raises FileUnreadable."""
        try:
            with self.path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise FileUnreadable(self.name, why(error)) from error


def sniff(path: Path) -> Sniffed:
    """Identify a file by its content; raises a `FileRefused` that names what can't be imported."""
    name = path.name
    _refuse_by_place(path)
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
            if head.startswith(_OLE2):
                return _sniff_ole2(path, head + file.read())
    except OSError as error:
        raise FileUnreadable(name, why(error)) from error
    for magic, what, remedy in _FOREIGN:
        if head.startswith(magic):
            raise ForeignFormat(name, what, remedy)
    if head.startswith(b"PK"):
        return _sniff_zip(path)
    return _sniff_text(path, head)


def _refuse_by_place(path: Path) -> None:
    name = path.name
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise FileMissing(name, exists=False) from error
    except OSError as error:
        raise FileUnreadable(name, why(error)) from error
    except ValueError as error:
        raise FileUnreadable(name, "文件名里有不能用的字符") from error
    if stat.S_ISDIR(status.st_mode):
        raise _folder_refused(path)
    if not stat.S_ISREG(status.st_mode):
        raise FileMissing(name, exists=True)
    if name.startswith(("~$", ".~lock.")):
        raise LockFile(name)
    if status.st_size == 0:
        raise EmptyFile(name)
    if status.st_size > FILE_BYTES_MAX:
        raise TooLarge(name, f"{status.st_size // 1_000_000} MB，最多 {FILE_BYTES_MAX // 1_000_000} MB")


def _folder_refused(path: Path) -> FileRefused:
    # Paths like . and .. do not say the folder's name.
    name = path.resolve().name or str(path)
    try:
        return FolderGiven(name) if tables_in(path).files else EmptyFolder(name)
    except OSError as error:
        return FileUnreadable(name, why(error))


def _sniff_ole2(path: Path, content: bytes) -> Sniffed:
    def holds(stream: str) -> bool:
        """Whether a directory entry bears this name: entries are aligned, a cell that says the same is not."""
        sought, found = stream.encode("utf-16-le") + b"\x00\x00", -1
        while (found := content.find(sought, found + 1)) >= 0:
            if found % _OLE2_ENTRY_BYTES == 0:
                return True
        return False

    if holds("EncryptedPackage"):
        raise EncryptedFile(path.name)
    if _has_file_pass(content):
        raise EncryptedFile(path.name)
    if holds("Workbook") or holds("Book"):
        return Sniffed(path, Kind.XLS, _name_note(path, Kind.XLS, (".xls", ".et")))
    for stream, what in _OLE2_FOREIGN:
        if holds(stream):
            raise ForeignFormat(path.name, what, _ASK_TABLE)
    if not holds("Root Entry"):
        raise DamagedFile(path.name, "后半部分不见了")
    raise ForeignFormat(path.name, "其他软件的文档", _RESAVE)


def _has_file_pass(content: bytes) -> bool:
    """Whether an old binary workbook is enciphered: its first records tell (MS-XLS 2.4.117, FilePass)."""
    for start in range(_SECTOR_BYTES, len(content), _SECTOR_BYTES):
        if content[start : start + 2] == _BEGIN_OF_FILE:
            break
    else:
        return False
    for _ in range(_HEAD_RECORDS):
        kind, length = content[start : start + 2], content[start + 2 : start + 4]
        if kind == _FILE_PASS:
            return True
        start += 4 + int.from_bytes(length, "little")
    return False


def _sniff_zip(path: Path) -> Sniffed:
    package = open_package(path)
    kind = Kind(package.kind)
    note = _name_note(path, kind, {Kind.XLSX: (".xlsx", ".xlsm")}.get(kind, (f".{kind.value}",)))
    if package.has_macros:
        note = "文件带有宏，只读取单元格，没有运行宏"
    return Sniffed(path, kind, note, package)


def _sniff_text(path: Path, head: bytes) -> Sniffed:
    is_utf16 = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not is_utf16 and _looks_binary(head):
        raise CipherText(path.name)
    start = head.replace(b"\x00", b"").lstrip(b"\xff\xfe\xef\xbb\xbf \t\r\n")[:4096].lower()
    if (
        start.startswith((b"<?xml", b"<workbook"))
        and b"urn:schemas-microsoft-com:office:spreadsheet" in start
    ):
        return Sniffed(path, Kind.XML, _name_note(path, Kind.XML, (".xml",)))
    if start.startswith(b"<?xml") and b"<html" not in start:
        raise ForeignFormat(path.name, " XML 文档", _RESAVE)
    if start.startswith(b"<") and any(tag in start for tag in (b"<html", b"<table", b"<!doctype html")):
        return Sniffed(path, Kind.HTML, _name_note(path, Kind.HTML, (".html", ".htm")))
    return Sniffed(path, Kind.TEXT, _name_note(path, Kind.TEXT, (".csv", ".txt", ".tsv")))


def _looks_binary(head: bytes) -> bool:
    controls = sum(head.count(bytes((code,))) for code in range(32) if code not in b"\t\n\x0b\x0c\r\x1a\x1b")
    return controls * 50 > len(head)


def _name_note(path: Path, kind: Kind, suffixes: tuple[str, ...]) -> str:
    suffix = path.suffix.lower()
    if suffix in suffixes or path.name == NAMELESS:
        return ""
    return f"文件名是 {suffix or '无后缀'}，内容其实是{kind.value}，已按内容读取"
