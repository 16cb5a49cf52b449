"""Why a file is refused as a whole: one leaf per situation, which says what, where and what to do."""

from collections.abc import Sequence
from typing import ClassVar

from hepartner.ledger.errors import LedgerError


class FileRefused(LedgerError):
    """Nothing of this file can be imported; `reason` and `remedy` are half sentences without a full stop."""

    exit_code: ClassVar[int] = 3

    def __init__(
        self, file: str, reason: str, remedy: str, *, sheet: str = "", row: int | None = None
    ) -> None:
        place = file + (f"｜工作表“{sheet}”" if sheet else "") + (f"｜第 {row} 行" if row else "")
        super().__init__(f"{place}：{reason}。改法：{remedy}。")
        self.file, self.reason, self.remedy, self.sheet, self.row = file, reason, remedy, sheet, row


class FileMissing(FileRefused):
    """There is no such file, or it is a device."""

    def __init__(self, file: str, *, exists: bool) -> None:
        found = "不是普通文件" if exists else "没有这个文件"
        super().__init__(file, found, "请核对文件名和所在文件夹")


class FolderGiven(FileRefused):
    """A folder stands where a file is wanted; nobody said which of its files are lists."""

    def __init__(self, folder: str) -> None:
        super().__init__(
            folder, "这是文件夹，不是文件", f"请写明里面的文件，可以一次写几个，如 {folder}/*.xlsx"
        )


class EmptyFolder(FileRefused):
    """A folder is to be imported, and none of its files is a table, or only such as are left out."""

    def __init__(self, folder: str) -> None:
        super().__init__(
            folder, "这个文件夹里没有要导入的表格文件", "请核对文件夹；里面还有文件夹的，请写明是哪一个"
        )


class FileUnreadable(FileRefused):
    """The operating system refuses to read the file."""

    def __init__(self, file: str, detail: str) -> None:
        super().__init__(file, f"文件读不出来（{detail}）", "请关闭正在使用它的程序，检查权限或 U 盘后重试")


class FileInUse(FileRefused):
    """The file goes on changing while it is looked at, or a browser still fills the `rest` beside it."""

    def __init__(self, file: str, rest: str = "") -> None:
        sign = f"旁边还有没下载完的 {rest}" if rest else "大小还在变"
        super().__init__(file, f"文件正在写入，{sign}", "请等它复制或保存完，再导入")


class EmptyFile(FileRefused):
    """The file has no byte, or no cell with anything in it."""

    def __init__(self, file: str) -> None:
        super().__init__(file, "文件是空的", "请核对是否保存成功，或请对方重新发送")


class LockFile(FileRefused):
    """Office leaves `~$name` files beside an open workbook."""

    def __init__(self, file: str) -> None:
        real = file.removeprefix("~$").removeprefix(".~lock.").removesuffix("#")
        super().__init__(file, "这是表格打开时留下的临时文件，不是名单", f"请改为导入“{real}”")


class EncryptedFile(FileRefused):
    """The workbook has a password to open it."""

    def __init__(self, file: str) -> None:
        super().__init__(file, "文件有打开密码", "请在表格软件里输入密码打开，去掉密码另存后再导入")


class CipherText(FileRefused):
    """Neither text nor any known format: most likely the work of an office encryption client."""

    def __init__(self, file: str) -> None:
        reason = "内容不是表格，像是加密软件的密文或者已经损坏"
        super().__init__(file, reason, "请在装有加密客户端的电脑上解密，或请对方另存为 xlsx 重新发送")


class ForeignFormat(FileRefused):
    """A file of another kind under whatever name; `what` names it, `remedy` is the advice for that kind."""

    def __init__(self, file: str, what: str, remedy: str) -> None:
        super().__init__(file, f"这是{what}，不是表格", remedy)


class DamagedFile(FileRefused):
    """The file is cut short or its checksums do not hold."""

    def __init__(self, file: str, detail: str) -> None:
        super().__init__(file, f"文件不完整或已损坏（{detail}）", "请重新复制一份，或请对方重新发送")


class ReadingEnded(FileRefused):
    """The process that read the file was ended from outside; by whom, it can't be told."""

    def __init__(self, file: str) -> None:
        super().__init__(
            file,
            "读这个文件的过程意外中断（多半是电脑的内存不够，也可能是被别的程序结束了）",
            "请关闭不用的程序后再试一次；还是这样的，请在表格软件里另存为一个新文件再导入",
        )


class HostileFile(FileRefused):
    """The file holds what no office program writes: entity declarations, paths that climb, lying sizes."""

    def __init__(self, file: str, detail: str) -> None:
        super().__init__(
            file, f"文件结构异常，可能有危险（{detail}）", "请用表格软件打开后另存为新的 xlsx 再导入"
        )


class TooLarge(FileRefused):
    """The file, or what it unpacks to, is beyond what is read at once."""

    def __init__(self, file: str, detail: str, *, sheet: str = "") -> None:
        remedy = "请把名单复制到新的表格里，或按社区拆成几个文件分别导入"
        super().__init__(file, f"文件太大（{detail}）", remedy, sheet=sheet)


class GarbledText(FileRefused):
    """The text was decoded wrongly once before it came here."""

    def __init__(self, file: str, sample: str) -> None:
        super().__init__(file, f"编码错，文字已成乱码（如“{sample}”）", "请对方从原系统重新导出，另存为 xlsx")


class UnknownEncoding(FileRefused):
    """The bytes are neither UTF-8 nor GB18030; `row` is the first line that is not."""

    def __init__(self, file: str, row: int) -> None:
        reason = "文字编码既不是 UTF-8 也不是 GB18030，或几种编码混在一起"
        super().__init__(file, reason, "请用表格软件打开后另存为 xlsx", row=row)


class TraditionalEncoding(FileRefused):
    """The bytes are text in Big5, the encoding of Taiwan and Hong Kong, which GB18030 reads as other characters."""

    def __init__(self, file: str) -> None:
        super().__init__(
            file,
            "文字是 Big5 编码（繁体中文）",
            "请用表格软件按“繁体中文 Big5”打开，看到的字都对了，再另存为 xlsx",
        )


class UnbalancedQuote(FileRefused):
    """A quotation mark in a csv file is opened and never closed properly."""

    def __init__(self, file: str, row: int) -> None:
        super().__init__(file, "双引号不成对，后面的内容分不清列", "请补上或删去这一行的双引号", row=row)


class NoHeader(FileRefused):
    """None of the first rows looks like the header of this kind of file, whether `--map` said something or not."""

    def __init__(self, file: str, kind: str, needed: Sequence[str], *, is_mapped: bool) -> None:
        reason = f"前 20 行里找不到{kind}的表头"
        # One known title alone may stand over any table.
        more = "，再加一列认得的（列名见 hep template 写出的模板）" if len(needed) == 1 else ""
        add = f"请在名单上方加一行表头，至少要有：{'、'.join(needed)}{more}"
        map_ = f"请写明：--map {needed[0]}=那一列的表头"
        if is_mapped:
            map_ = "请照表头上的字改正 --map，每一列都要写明"
        super().__init__(file, reason, f"{add}；有表头而叫法不同的，{map_}")


class MissingColumns(FileRefused):
    """The header was found, but it lacks columns that are needed."""

    def __init__(
        self, file: str, sheet: str, *, row: int, missing: Sequence[str], found: Sequence[str]
    ) -> None:
        reason = f"表头缺少“{'”“'.join(missing)}”，找到的列是：{'、'.join(found)}"
        remedy = f"请补上缺少的列；有这一列而叫法不同的，请写明：--map {missing[0]}=那一列的表头"
        super().__init__(file, reason, remedy, sheet=sheet, row=row)


class NoSuchColumn(FileRefused):
    """`--map` names a column that the file does not have."""

    def __init__(self, file: str, sheet: str, *, row: int, title: str, found: Sequence[str]) -> None:
        reason = f"没有 --map 写的“{title}”这一列，找到的列是：{'、'.join(found)}"
        super().__init__(file, reason, "请照表头上的字改正 --map", sheet=sheet, row=row)


class DuplicateColumns(FileRefused):
    """Two columns of the header mean the same field; `example` is how to map one of them, if their titles differ."""

    def __init__(self, file: str, sheet: str, *, row: int, titles: Sequence[str], example: str) -> None:
        reason = f"有几列都是同一个意思：{'、'.join(titles)}"
        others = f"；都要留着的，请写明用哪一列，如 --map {example}" if example else ""
        super().__init__(file, reason, f"请只留一列，其余删去或改名{others}", sheet=sheet, row=row)


class SeveralSheets(FileRefused):
    """More than one sheet could be the one to import."""

    def __init__(self, file: str, sheets: Sequence[str]) -> None:
        reason = f"有 {len(sheets)} 张工作表都像要导入的名单：{'、'.join(sheets)}"
        super().__init__(file, reason, "请用 --sheet 指明其中一张，或把它们合成一张")


class NoSuchSheet(FileRefused):
    """The sheet asked for is not in the file."""

    def __init__(self, file: str, sheet: str, sheets: Sequence[str]) -> None:
        named = "、".join(filter(None, sheets))
        remedy = f"请从中选一张：{named}" if named else "这种文件只有一张，没有名称，请去掉 --sheet"
        super().__init__(file, f"没有工作表“{sheet}”", remedy)


class SeveralTables(FileRefused):
    """A second header with other columns stands below the first table."""

    def __init__(self, file: str, sheet: str, *, row: int) -> None:
        reason = "下面又出现一个列次不同的表头，一张工作表里有两个表"
        super().__init__(file, reason, "请把两个表分到两个文件里", sheet=sheet, row=row)


class HiddenRows(FileRefused):
    """Rows are hidden or filtered away; nobody can say whether they are meant."""

    def __init__(self, file: str, sheet: str, *, count: int, shown: str) -> None:
        reason = f"有 {count} 行被隐藏或筛掉（第 {shown} 行），不知道该不该导入"
        remedy = "请取消隐藏和筛选，不要的行删去后再导入；都要导入，就加 --include-hidden"
        super().__init__(file, reason, remedy, sheet=sheet)


class PlaceholderPhone(FileRefused):
    """One phone number fills so many rows that it can't be anybody's."""

    def __init__(self, file: str, sheet: str, *, phone: str, rows: int) -> None:
        reason = f"有 {rows} 行都是同一个电话（{phone}），像是占位用的"
        super().__init__(file, reason, "请把不知道的电话留空", sheet=sheet)


class FileTaken(FileRefused):
    """A file is to be written where one is already."""

    exit_code = 1

    def __init__(self, file: str) -> None:
        super().__init__(file, "这个文件已经存在，没有改动它", "请换一个文件名，或先把原来的移走")


class NoFolder(FileRefused):
    """A workbook is to be written into a folder that is not there."""

    exit_code = 2

    def __init__(self, file: str, folder: str) -> None:
        super().__init__(file, f"没有文件夹 {folder}，没有写出模板", "请先建立它，或用 -o 换一个位置")


class NotXlsx(FileRefused):
    """A workbook is to be written under a name that says it is something else."""

    exit_code = 2

    def __init__(self, file: str) -> None:
        super().__init__(file, "模板是 Excel 表格，没有写出", "请让文件名以 .xlsx 结尾")


class FileUnwritable(FileRefused):
    """A file can't be written where it should be."""

    exit_code = 1

    def __init__(self, file: str, detail: str) -> None:
        super().__init__(file, f"写不进文件（{detail}）", "请检查磁盘空间和文件夹权限，或换一个位置")
