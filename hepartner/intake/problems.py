"""What is wrong with one row, said with file, sheet, row, column, reason and remedy."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import NamedTuple

from hepartner.chinese.personal import masked_numbers

_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
_ECHO_MAX = 24
_ROWS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one cell; half sentences without a full stop, ready for `Problem`.

    `of_ledger` is what the ledger has of it: the reason holds a … for each, as it stands in a file that is given back.
    """

    reason: str
    remedy: str
    of_ledger: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """The reason with what the ledger has, for those who work with it."""
        if not self.of_ledger:
            return self.reason
        return "".join(
            part + held for part, held in zip_longest(self.reason.split("…"), self.of_ledger, fillvalue="")
        )


class Misfit(NamedTuple):
    """A row that reads well but fits nothing in the ledger: which field, why, and what stands there."""

    field: str
    fault: Fault
    text: str = ""


def refused(field: str, refusal: Exception, text: str = "", *, remedy: str = "请改正") -> Misfit:
    """Say what a rule of the ledger refused as the misfit of a row; `remedy` is for a refusal that names none.

    A remedy that is a command names cards, so it is told with the reason and not given back.
    """
    reason, _, told = str(refusal).removesuffix("。").partition("。")
    told = told.removeprefix("没有记账，")
    if "hep " in told:
        reason, told = f"{reason}；{told}", ""
    return Misfit(field, Fault("台账的规则不允许：…", told or remedy, (reason,)), text)


@dataclass(frozen=True, slots=True)
class Problem:
    """One row, or with `row` None one whole file, that was not imported; `value` is masked already.

    `given_back` is how the reason is said in a file that goes back to whoever sent it, if otherwise than on screen.
    """

    file: str
    sheet: str
    row: int | None
    column: str
    value: str
    reason: str
    remedy: str
    given_back: str = ""

    def message(self, rows: Sequence[int] = ()) -> str:
        """Say it in one line: where, what, what to do; `rows` are all those that it is said of, if not only its own."""
        places = [self.file]
        if self.sheet:
            places.append(f"工作表“{self.sheet}”")
        if self.row is not None:
            places.append(f"第 {listed_rows(rows or [self.row])} 行")
        if self.column:
            places.append(self.column)
        echo = f"（{self.value}）" if self.value and self.value not in self.reason else ""
        return f"{'｜'.join(places)}：{self.reason}{echo}。改法：{self.remedy}。"

    def short(self) -> str:
        """Say it without the file and the sheet, as where these are said already."""
        return replace(self, file="", sheet="").message().lstrip("｜：")

    def as_json(self) -> dict[str, str | int | None]:
        """Give the keys that `hep import --json` promises."""
        return {
            "file": self.file,
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "reason": self.reason,
            "remedy": self.remedy,
        }


def messages(problems: Iterable[Problem]) -> list[str]:
    """Say each problem once, with all the rows that have the same, in the order of their first rows."""
    rows: dict[Problem, list[int]] = {}
    for problem in problems:
        same = rows.setdefault(replace(problem, row=None if problem.row is None else 0), [])
        same += [] if problem.row is None else [problem.row]
    return [problem.message(found) for problem, found in rows.items()]


def listed_rows(rows: Sequence[int]) -> str:
    """Name rows, the first ones of many: 2、5、9."""
    shown = "、".join(map(str, rows[:_ROWS_SHOWN]))
    return shown if len(rows) <= _ROWS_SHOWN else f"{shown} 等 {len(rows)}"


def column_letters(index: int) -> str:
    """The letters of a column as spreadsheet programs show them; `index` counts from 0."""
    letters, number = "", index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_name(index: int, title: str) -> str:
    """Name a column as a person finds it: `C 列“电话”`; `index` counts from 0."""
    return f"{column_letters(index)} 列“{title}”"


def masked(text: str) -> str:
    """Echo a cell safely: phones and identity numbers masked (138****8000), unseen characters named, cut to one line."""
    # No number is as long as the part that is looked at beyond what is shown. Unseen characters in a number go with its middle.
    hidden = masked_numbers(text[: 10 * _ECHO_MAX], local=True)
    safe = _UNSEEN.sub(lambda found: f"<{ord(found[0]):X}>", hidden)
    return safe if len(safe) <= _ECHO_MAX else safe[:_ECHO_MAX] + "…"
