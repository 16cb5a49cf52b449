"""The rulebook as the district's own side reads it: what a sign-in is worth, and what the caps leave of it."""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

DATA = Path(__file__).parent.parent / "data"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: points per time or per hour, and caps in points (None for no cap)."""

    code: str
    name: str
    points: int
    per: str
    caps: dict[str, int]
    needs_confirmer: bool

    def worth(self, minutes: int) -> int:
        """Return the points of one line before any cap; parts of a point are dropped."""
        return self.points if self.per == "time" else self.points * minutes // 60


def read_rules() -> dict[str, Rule]:
    """Read the default rulebook."""
    with (DATA / "rulebook.csv").open(encoding="utf-8-sig", newline="") as file:
        return {line["code"]: _rule(line) for line in csv.DictReader(file)}


def read_deadlines() -> dict[str, int]:
    """Read the days allowed for each category of issues, by its name."""
    with (DATA / "issue_categories.csv").open(encoding="utf-8-sig", newline="") as file:
        return {line["name"]: int(line["deadline_days"]) for line in csv.DictReader(file)}


class Caps:
    """How many points each partner has had under each rule, per activity, day, month and year."""

    def __init__(self) -> None:
        self._had: Counter[tuple[object, ...]] = Counter()

    def left_of(self, points: int, rule: Rule, partner: object, activity: object, day: date) -> int:
        """Return what the caps leave of these points."""
        left = (cap - self._had[key] for key, cap in self._keys(rule, partner, activity, day))
        return max(0, min([points, *left]))

    def count(self, points: int, rule: Rule, partner: object, activity: object, day: date) -> None:
        """Count points that were given, or (negative) taken back."""
        for key, _ in self._keys(rule, partner, activity, day):
            self._had[key] += points

    @staticmethod
    def _keys(
        rule: Rule, partner: object, activity: object, day: date
    ) -> Iterator[tuple[tuple[object, ...], int]]:
        spans = {"activity": activity, "day": day, "month": day.isoformat()[:7], "year": day.year}
        for span, cap in rule.caps.items():
            yield (rule.code, partner, span, spans[span]), cap


def _rule(line: dict[str, str]) -> Rule:
    spans = ("activity", "day", "month", "year")
    return Rule(
        code=line["code"],
        name=line["name"],
        points=int(line["points"]),
        per=line["per"],
        caps={span: int(line[f"cap_{span}"]) for span in spans if line[f"cap_{span}"]},
        needs_confirmer=line["needs_confirmer"] == "1",
    )
