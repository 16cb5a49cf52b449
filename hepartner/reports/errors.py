"""Why a report was refused: one leaf per situation, speaking to the user."""

from datetime import date
from pathlib import Path

from hepartner.ledger.errors import LedgerError


class BadTarget(LedgerError):
    """The file named with -o can't be the report; base of the leaves below."""

    exit_code = 2


class TargetIsLedger(BadTarget):
    """The report would overwrite the ledger."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} 是台账文件本身，报表不能写到它上面，没有改动它。请用 -o 另给一个文件名。")


class TargetIsFolder(BadTarget):
    """The report needs a file name and was given a folder."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} 是文件夹，没有写出报表。请用 -o 给出其中的文件名，例如 {path / '月报.xlsx'}。"
        )


class TargetNotWorkbook(BadTarget):
    """Excel and WPS refuse a workbook under another suffix."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"报表是 Excel 工作簿，文件名 {path.name} 应以 .xlsx 结尾，没有写出。请改为 {path.stem or '月报'}.xlsx。"
        )


class FolderMissing(BadTarget):
    """The folder of the report doesn't exist."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"没有文件夹 {folder}，没有写出报表。请先建立它，或用 -o 换一个位置。")


class TargetUnwritable(LedgerError):
    """The operating system refuses to write there: no right, no space, a name too long."""

    def __init__(self, path: Path, detail: str) -> None:
        super().__init__(
            f"报表 {path} 写不进去（{detail}），原来的文件没有改动。请腾出磁盘空间、检查权限，或用 -o 换一个位置。"
        )


class Unbalanced(LedgerError):
    """The figures don't add up; nothing was written."""

    exit_code = 6

    def __init__(self, breaches: list[str]) -> None:
        more = f"；另有 {len(breaches) - 1} 处" if len(breaches) > 1 else ""
        super().__init__(f"报表数据不平，没有写出文件：{breaches[0]}{more}。请运行 hep verify 检查台账。")
        self.breaches = tuple(breaches)


class NoAreas(LedgerError):
    """The ledger has no area to report about."""

    def __init__(self) -> None:
        super().__init__("台账里还没有区域，没有可报的数字。请先用 hep area add 建立城区、街道和社区。")


class SpanBackwards(LedgerError):
    """The last month lies before the first."""

    exit_code = 2

    def __init__(self, first: str, last: str) -> None:
        super().__init__(f"起始月份 {first} 晚于截止月份 {last}。请把 --from 和 --to 对调。")


class MonthNotCome(LedgerError):
    """The month lies after this one."""

    def __init__(self, month: str, today: date) -> None:
        super().__init__(f"{month} 还没有到（今天是 {today}），没有可报的数字。请改正月份。")
