"""Categories 类别 of issues and the days that each allows."""

from collections.abc import Iterator
from dataclasses import dataclass

from hepartner.chinese import names

from .book import Book
from .handling import BadIssue, Unchanged
from .lookup import only

MOST_DAYS = 3650


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of issue and the days allowed for it."""

    id: int
    code: str
    name: str
    days: int


@dataclass(frozen=True, slots=True)
class CategoriesWritten:
    """The categories that a write set, and the voucher."""

    categories: tuple[Category, ...]
    voucher: int


class Categories(Book):
    """The categories of issues."""

    def listing(self) -> list[Category]:
        """Return the categories in force, in the order in which they were added."""
        sql = "SELECT id, code, name, days FROM issue_category WHERE withdrawn = 0 ORDER BY id"
        return [Category(*row) for row in self.database.rows(sql)]

    def find(self, text: str) -> Category:
        """Return the category named by code, name, part of the name or the start of the code.

        Raises errors.NotFound, errors.Ambiguous.
        """
        known, typed, key = self.listing(), text.strip().upper(), names.match_key(text)
        attempts = (
            [one for one in known if one.code == typed],
            [one for one in known if names.match_key(one.name) == key],
            [one for one in known if key and key in names.match_key(one.name)],
            [one for one in known if typed and one.code.startswith(typed)],
        )
        remedy = f"可用：{'、'.join(map(_shown, known)) or '还没有类别，请用 hep issue category 添加'}。"
        return only(self.ledger, "问题类别", text, attempts, shown=_shown, remedy=remedy)

    def set(
        self, code: str, *, name: str | None = None, days: int | None = None, key: str | None = None
    ) -> CategoriesWritten:
        """Add a category, or change name or days of the one with this code; deadlines given before stay.

        Raises handling.BadIssue, handling.Unchanged.
        """
        code = code.strip().upper()
        with self.ledger.voucher("issue.category", key=key, intention=[code, name, days]) as voucher:
            known = next((one for one in self.listing() if one.code == code), Category(0, code, "", 0))
            said = Category(
                known.id,
                code,
                known.name if name is None else name.strip(),
                known.days if days is None else days,
            )
            if not (code and said.name and 1 <= said.days <= MOST_DAYS):
                raise BadIssue(f"问题类别“{code}”要有名称和办理天数（1 到 {MOST_DAYS}）。请写全。")
            if said == known:
                raise Unchanged(f"问题类别“{code}”")
            if known.id:
                voucher.edit("issue_category", known.id, name=said.name, days=said.days)
            else:
                voucher.add_one("issue_category", code=code, name=said.name, days=said.days)
        return CategoriesWritten((self.find(code),), voucher.id)

    def load_default(self) -> CategoriesWritten:
        """Add the categories that ship with hepartner, those whose code is taken left out."""
        with self.ledger.voucher("issue.load") as voucher:
            taken = {one.code for one in self.listing()}
            rows = [row for row in _shipped() if row[0] not in taken]
            ids = voucher.add("issue_category", ("code", "name", "days"), rows)
        added = tuple(Category(one, *row) for one, row in zip(ids, rows, strict=True))
        return CategoriesWritten(added, voucher.id)


def _shown(category: Category) -> str:
    return f"{category.name}（{category.code}）"


def _shipped() -> Iterator[tuple[str, str, int]]:
    import csv

    from hepartner import data

    with data.path("issue_categories.csv").open(encoding="utf-8-sig", newline="") as file:
        for line in csv.DictReader(file):
            yield line["code"], line["name"], int(line["deadline_days"])
