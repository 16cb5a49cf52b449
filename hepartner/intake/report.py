"""What an import did, or would do: every row that was read is added, changed, unchanged or rejected."""

from dataclasses import dataclass
from pathlib import Path

from hepartner.intake.doubts import Doubt
from hepartner.intake.mapping import ColumnRead
from hepartner.intake.problems import Problem


@dataclass(frozen=True)
class Report:
    """The report of one file; without `voucher` nothing was written.

    `columns` is how the columns were read, `remembers` whether what was said of them, or of
    rows, is kept anew for the source.
    `rejects` is where the rejected rows are given back, `no_rejects` why they could not be. `doubts`, `left` and `answered` are
    those of a `Plan`.
    """

    file: str
    read: int
    added: int
    changed: int
    unchanged: int
    rejected: int
    problems: tuple[Problem, ...]
    changes: tuple[str, ...] = ()
    skipped: tuple[tuple[int, str], ...] = ()
    notes: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    left: frozenset[int] = frozenset()
    answered: int = 0
    sheet: str = ""
    columns: tuple[ColumnRead, ...] = ()
    remembers: bool = False
    voucher: int | None = None
    rejects: Path | None = None
    no_rejects: str = ""

    @property
    def has_news(self) -> bool:
        """Whether there is any row to write."""
        return self.added + self.changed > 0

    @property
    def to_agree(self) -> int:
        """How many changes nobody has agreed to one by one."""
        return self.changed - self.answered

    def agrees_to(self, later: "Report") -> bool:
        """Whether who agreed to the changes of this report agreed to those of a later one, but for what was answered since."""
        return later.to_agree == self.to_agree and set(self.changes) <= set(later.changes)

    @property
    def is_bad(self) -> bool:
        """Whether a row is bad, but for those that the importer gives back."""
        return any(problem.row not in self.left for problem in self.problems)

    @property
    def waits_for_answers(self) -> bool:
        """Whether nothing but doubts stands against the rows that are not given back."""
        doubted = {doubt.row for doubt in self.doubts}
        return bool(doubted) and all(problem.row in doubted | self.left for problem in self.problems)

    @property
    def adds_up(self) -> bool:
        """Whether every row that was read became something, once."""
        return self.read == self.added + self.changed + self.unchanged + self.rejected

    def as_json(self) -> dict[str, object]:
        """The keys that `hep import --json` promises."""
        return {
            "file": self.file,
            "sheet": self.sheet,
            "read": self.read,
            "added": self.added,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "rejected": self.rejected,
            "columns": [column.as_json() for column in self.columns],
            "problems": [problem.as_json() for problem in self.problems],
            "changes": list(self.changes),
            "skipped": [{"row": row, "reason": why} for row, why in self.skipped],
            "notes": list(self.notes),
            "voucher": f"V{self.voucher}" if self.voucher else None,
        }
