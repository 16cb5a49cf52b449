"""What whoever imports files chooses besides the kind and the files."""

from dataclasses import dataclass

from hepartner.intake.mapping import ColumnMap
from hepartner.ledger.sources import Source


@dataclass(frozen=True)
class Choices:
    """How files are read, and what becomes of their rows.

    `sheet` is the sheet to read, None the one with a header. A sheet with hidden or filtered rows is refused, unless
    `include_hidden`, which takes them as any others and tells. `columns` is what `--map` says.
    `repeats` is what becomes of rows that equal what was typed by hand or came from another source: "accept" takes them as
    another time, "skip" as the same, "" makes each a problem.
    `on_match` is what becomes of a roster's rows that say something else than their cards: "update", "skip" leaves the cards
    alone, "ask" asks about each.
    One bad row refuses the file unless `skip_bad`. With `dry_run` nothing is written; unless
    `gives_back`, no workbook of the rows that were not taken. `second_id` is the operator who confirms.
    """

    sheet: str | None = None
    include_hidden: bool = False
    columns: ColumnMap = ColumnMap()  # noqa: RUF009 frozen
    source: str = ""
    repeats: str = ""
    on_match: str = "update"
    skip_bad: bool = False
    dry_run: bool = False
    gives_back: bool = True
    second_id: int | None = None

    @property
    def of(self) -> Source:
        """Whose files they are."""
        return Source(self.source, repeats=self.repeats, on_match=self.on_match)
