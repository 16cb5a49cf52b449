"""Look into a zipped spreadsheet without unpacking it: what it is, how large it is, whether it is honest."""

import re
import zipfile
import zlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from hepartner.intake.errors import DamagedFile, EncryptedFile, ForeignFormat, HostileFile, TooLarge

UNPACKED_BYTES_MAX = 500_000_000
ENTRIES_MAX = 5_000
_SMALL_BYTES = 50_000_000
_RATIO_MAX = 100
_CHUNK_BYTES = 1 << 20
_DECLARATION_BYTES = 16

_ASK_TABLE = "请向对方要 Excel 或 csv 格式的名单"
_FOREIGN = (
    ("word/", " Word 文档", _ASK_TABLE),
    ("ppt/", "演示文稿", _ASK_TABLE),
    ("Index/Document.iwa", "苹果 Numbers 表格", "请在 Numbers 里导出为 Excel 再导入"),
    ("Index/", "苹果 Numbers 表格", "请在 Numbers 里导出为 Excel 再导入"),
)
_TABLE_SUFFIXES = (".xlsx", ".xls", ".xlsm", ".csv", ".et")
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_ENCRYPTED = 0x1


@dataclass(frozen=True)
class SpreadsheetPackage:
    """A zip that passed the checks of its directory; `kind` is xlsx, xlsb or ods."""

    path: Path
    kind: str
    entries: tuple[str, ...]

    @property
    def has_macros(self) -> bool:
        """Whether a program travels with the cells; it is never run."""
        return any(name.endswith("vbaProject.bin") for name in self.entries)

    @property
    def has_comments(self) -> bool:
        """Whether cells bear notes, which are not read."""
        return any(re.match(r"xl/(?:threadedC|c)omments", name) for name in self.entries)

    def prove(self, besides: Collection[str] = ()) -> None:
        """Read every XML part once, but those in `besides`; raises what `pieces` raises."""
        for entry in self.entries:
            if entry.endswith((".xml", ".rels")) and entry not in besides:
                for _ in self.pieces(entry):
                    pass

    def content(self, entry: str) -> bytes:
        """Return one part that is no XML. Raises DamagedFile for a wrong checksum or size."""
        return b"".join(self._unpacked(entry))

    def pieces(self, entry: str) -> Iterator[bytes]:
        """Stream one XML part.

        A document type is refused before any parser sees it, ours or calamine's, so no entity is ever expanded.
        Raises DamagedFile for a wrong checksum or size and HostileFile for a document type or another encoding.
        """
        tail = b""
        for piece in self._unpacked(entry):
            if not tail and (piece.startswith((b"\xfe\xff", b"\xff\xfe")) or b"\x00" in piece[:64]):
                raise HostileFile(self.path.name, f"{entry} 的编码不是 UTF-8")
            if _DECLARATION.search(tail + piece):
                raise HostileFile(self.path.name, f"{entry} 含有 DOCTYPE 声明")
            yield piece
            tail = piece[-_DECLARATION_BYTES:]

    def _unpacked(self, entry: str) -> Iterator[bytes]:
        try:
            with zipfile.ZipFile(self.path) as archive, archive.open(entry) as part:
                while piece := part.read(_CHUNK_BYTES):
                    yield piece
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, KeyError) as error:
            raise DamagedFile(self.path.name, f"{entry} 解压失败") from error


def open_package(path: Path) -> SpreadsheetPackage:
    """Read the directory of a zip and refuse what is foreign, hostile, encrypted, damaged or too large."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise DamagedFile(path.name, "压缩结构不完整") from error
    names = tuple(entry.filename for entry in entries)
    kind = _kind(path, names)
    _refuse_encrypted(path, entries)
    _refuse_hostile_names(path, names)
    _refuse_large(path, entries)
    return SpreadsheetPackage(path, kind, names)


def _kind(path: Path, names: Sequence[str]) -> str:
    for marker, kind in (("xl/workbook.xml", "xlsx"), ("xl/workbook.bin", "xlsb"), ("content.xml", "ods")):
        if marker in names:
            return kind
    for prefix, what, remedy in _FOREIGN:
        if any(name.startswith(prefix) for name in names):
            raise ForeignFormat(path.name, what, remedy)
    if any(name.lower().endswith(_TABLE_SUFFIXES) for name in names):
        raise ForeignFormat(path.name, "压缩包", "请先解压，再导入里面的表格文件")
    raise ForeignFormat(path.name, "压缩包", "请先解压，找到里面的名单文件再导入")


def _refuse_encrypted(path: Path, entries: Sequence[zipfile.ZipInfo]) -> None:
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise EncryptedFile(path.name)


def _refuse_hostile_names(path: Path, names: Sequence[str]) -> None:
    if len(set(names)) < len(names):
        raise HostileFile(path.name, "里面有重名的部件")
    for name in names:
        if name.startswith(("/", "\\")) or ":" in name or ".." in re.split(r"[/\\]", name):
            raise HostileFile(path.name, "里面有越出文件夹的路径")


def _refuse_large(path: Path, entries: Sequence[zipfile.ZipInfo]) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if len(entries) > ENTRIES_MAX:
        raise TooLarge(path.name, f"里面有 {len(entries)} 个部件")
    if unpacked > UNPACKED_BYTES_MAX or (unpacked > _SMALL_BYTES and unpacked > packed * _RATIO_MAX):
        raise TooLarge(path.name, f"解开后有 {unpacked // 1_000_000} MB")
