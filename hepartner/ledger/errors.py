"""Why the ledger refused something: one leaf class per situation, which takes the facts and speaks to the user.

A leaf's `str()` is one or two finished Chinese sentences: what, where, what to do. `exit_code` is the process's
exit code for it (design §5): 0 already done, 1 refused by a rule, 4 not found or ambiguous, 5 the ledger file.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar


class LedgerError(Exception):
    """Anything the ledger refuses; catch this at the edge and nowhere else."""

    exit_code: ClassVar[int] = 1


class AlreadyRecorded(LedgerError):
    """The same key came with the same intention: nothing was written, also where its voucher was undone since."""

    exit_code = 0

    def __init__(
        self, key: str, voucher_id: int, undone_by: int | None = None, *, partly: bool = False
    ) -> None:
        since = f"，后来由 V{undone_by} {'部分' * partly}撤销" if undone_by else ""
        remedy = "还要记的请换一个键。" if undone_by else ""
        super().__init__(f"这一笔已经记过（键 {key}），凭证是 V{voucher_id}{since}，没有重复记账。{remedy}")
        self.voucher_id = voucher_id


class KeyTaken(LedgerError):
    """The key was used for another intention."""

    def __init__(self, key: str, voucher_id: int) -> None:
        super().__init__(
            f"键 {key} 已用于另一笔业务（凭证 V{voucher_id}），内容不同，未记账。请换一个键，或查看 hep log。"
        )
        self.voucher_id = voucher_id


class NotFound(LedgerError):
    """Nothing answers to what was typed."""

    exit_code = 4

    def __init__(self, noun: str, text: str, remedy: str = "请核对后重试。") -> None:
        super().__init__(f"没有找到{noun}“{quoted(text)}”。{remedy}")


class Ambiguous(LedgerError):
    """More than one answers to what was typed; `candidates` are ready to be shown."""

    exit_code = 4
    said: ClassVar[str] = "“{text}”对应 {count} 个{noun}：{shown}。请改用编号。"

    def __init__(self, noun: str, text: str, candidates: Sequence[str]) -> None:
        shown = "；".join(candidates[:9]) + ("……" if len(candidates) > 9 else "")  # noqa: PLR2004 one screen line
        super().__init__(self.said.format(text=quoted(text), noun=noun, count=len(candidates), shown=shown))
        self.candidates = tuple(candidates)

    @classmethod
    def question(cls, noun: str, text: str) -> str:
        """Return what a person is asked instead."""
        return f"“{quoted(text)}”是哪一个{noun}？"


class Unsure(Ambiguous):
    """What was typed is only a part of names, so it is nobody's for certain."""

    said = "没有{noun}叫“{text}”，名称里有它的有 {count} 个：{shown}。请写全名或编号。"

    @classmethod
    def question(cls, noun: str, text: str) -> str:
        """Return what a person is asked instead."""
        return f"没有{noun}叫“{quoted(text)}”，是这里的哪一个？"


class Refused(LedgerError):
    """A rule of the programme refuses it; base of the nouns' own refusals."""


class NotYet(Refused):
    """A day after today."""

    def __init__(self, day: str, today: str) -> None:
        super().__init__(f"日期 {day} 还没有到（今天是 {today}）。请改正日期。")


class GuardRefused(Refused):
    """A guard in the database stopped a write that no pure rule had stopped."""

    def __init__(self, message: str) -> None:
        self.guard = message.rstrip("。")
        super().__init__(f"台账拒绝了这笔写入：{self.guard}。没有写入任何内容，请重新查询后再试。")


class BadFile(LedgerError):
    """The ledger file itself can't be used; base of the leaves below."""

    exit_code = 5


class LedgerMissing(BadFile):
    """There is no ledger file at this path."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"没有找到台账文件 {path}。第一次使用请运行 hep init；已有台账请用 --ledger 指明位置。"
        )


class LedgerExists(LedgerError):
    """A ledger is to be created where a file already is."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} 已经存在，没有改动它。请换一个文件名，或直接使用这本台账。")


class ForeignFile(BadFile):
    """The file is not a hepartner ledger."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} 不是合伙人台账，没有改动它。请用 --ledger 指明正确的文件。")


class NewerLedger(BadFile):
    """The ledger was written by a newer hepartner."""

    def __init__(self, path: Path, found: int, known: int) -> None:
        super().__init__(
            f"台账 {path} 由更新的版本建立（格式 {found}，本程序只认到 {known}），没有改动它。请升级 hepartner。"
        )


class OlderLedger(BadFile):
    """The ledger has a format from before this program's, or 0: none, which no version wrote."""

    def __init__(self, path: Path, found: int, known: int) -> None:
        super().__init__(
            f"台账 {path} 是旧格式（格式 {found}，本程序用 {known}），没有改动它。"
            "请用建立它的那个版本的 hepartner 打开；要换到本程序，请用 hep init 另建一本，再导入花名册等文件。"
        )


class DamagedLedger(BadFile):
    """SQLite finds the file malformed."""

    def __init__(self, path: Path, detail: str) -> None:
        super().__init__(f"台账 {path} 已损坏（{detail}），没有改动它。请先复制一份留存，再从备份恢复。")


class LockedLedger(BadFile):
    """Another process held the ledger for longer than we wait."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"台账 {path} 正被另一个窗口使用，等待超时，没有写入任何内容。请等那边结束后重试。")


class LedgerUnreadable(BadFile):
    """The operating system refuses to open, read or write the file."""

    def __init__(self, path: Path, detail: str) -> None:
        super().__init__(
            f"无法读写台账 {path}（{detail}），没有写入任何内容。请检查文件位置、权限和磁盘空间。"
        )


class PerhapsWritten(BadFile):
    """The disk failed while a voucher was committed, when it stood in the file already or can't be looked for."""

    def __init__(self, path: Path, voucher_id: int) -> None:
        super().__init__(
            f"记凭证 V{voucher_id} 时磁盘出错，台账 {path} 里可能已有它，但不一定存牢。"
            f"请先用 hep log --limit 3 查看，没有再重记；并尽快检查磁盘、做备份。"
        )


class DiskFull(BadFile):
    """The disk filled up while writing; the transaction was rolled back."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"磁盘已满，台账 {path} 没有写入任何内容。请腾出空间后重试。")


class SQLiteTooOld(BadFile):
    """The SQLite library lacks STRICT tables."""

    def __init__(self, found: str, needed: str) -> None:
        super().__init__(
            f"SQLite 版本是 {found}，至少需要 {needed}。请换用较新的 Python（3.11 以上官方安装包即可）。"
        )


def quoted(text: str) -> str:
    """What was typed, as errors repeat it: they go to screens and logs that others read."""
    from hepartner.chinese.personal import masked_numbers

    return masked_numbers(text)
