"""The values a figure can have besides a whole number, each owning its arithmetic and its text."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

NOTHING = "—"
"""What stands in a cell that has no value: a zero base, a zero denominator."""


def round_half_up(numerator: int, denominator: int) -> int:
    """Divide whole numbers, halves away from zero; floats would print 0.5 % either way."""
    sign = -1 if (numerator < 0) != (denominator < 0) else 1
    numerator, denominator = abs(numerator), abs(denominator)
    return sign * ((2 * numerator + denominator) // (2 * denominator))


@dataclass(frozen=True, slots=True, order=True)
class Minutes:
    """A length of service; kept in whole minutes, printed in hours with one decimal."""

    count: int

    def __add__(self, other: Self) -> "Minutes":
        """Add two lengths."""
        return Minutes(self.count + other.count)

    def __sub__(self, other: Self) -> "Minutes":
        """Take one length from another; the result may be negative."""
        return Minutes(self.count - other.count)

    def __str__(self) -> str:
        """Print hours: `12.5`."""
        return f"{self.hours:,.1f}"

    @property
    def hours(self) -> float:
        """Hours with one decimal, as they are printed everywhere."""
        return round_half_up(self.count, 6) / 10


@dataclass(frozen=True, slots=True)
class Yuan:
    """An amount of money; kept in whole fen, printed in yuan with two decimals."""

    fen: int

    def __str__(self) -> str:
        """Print `1,200.50`."""
        sign, fen = "-" * (self.fen < 0), abs(self.fen)
        return f"{sign}{fen // 100:,}.{fen % 100:02d}"


@dataclass(frozen=True, slots=True)
class Ratio:
    """A share that is always printed with its denominator; it has no value when the denominator is zero."""

    numerator: int
    denominator: int

    def __str__(self) -> str:
        """Print `93.5%（129/138）`, or — without a denominator."""
        if self.permille is None:
            return NOTHING
        return f"{_percent(self.permille)}（{self.numerator:,}/{self.denominator:,}）"

    @property
    def permille(self) -> int | None:
        """Tenths of a percent, as printed; None when the denominator is zero."""
        return round_half_up(self.numerator * 1000, self.denominator) if self.denominator else None


@dataclass(frozen=True, slots=True)
class Median:
    """The middle of some lengths, in whole minutes, printed in hours with their number; it has no value without any."""

    minutes: int | None
    count: int

    @classmethod
    def of(cls, lengths: Sequence[int]) -> Self:
        """Return the median of lengths in minutes; between two middle ones, halves away from zero."""
        ordered, middle = sorted(lengths), len(lengths) // 2
        if not ordered:
            return cls(None, 0)
        odd = len(ordered) % 2
        return cls(
            ordered[middle] if odd else round_half_up(ordered[middle - 1] + ordered[middle], 2), len(ordered)
        )

    def __str__(self) -> str:
        """Print `4.5（3次）`, or — without any."""
        return NOTHING if self.minutes is None else f"{Minutes(self.minutes)}（{self.count:,}次）"


def _percent(permille: int, sign: str = "") -> str:
    return f"{permille / 10:{sign}.1f}%"


Value = int | Minutes | Ratio | Median
"""A whole number of the figure's unit, a length of service, a share, or the middle of some lengths."""


@dataclass(frozen=True, slots=True)
class Signed:
    """A difference, printed with its sign: `+12`, `-1.5`."""

    amount: int | Minutes


@dataclass(frozen=True, slots=True)
class Growth:
    """A difference as a share of its base, in tenths of a percent: `+8.3%`."""

    permille: int


@dataclass(frozen=True, slots=True)
class PercentagePoints:
    """The difference of two ratios as they were printed, in tenths: `+1.2个百分点`."""

    tenths: int

    def __str__(self) -> str:
        """Print with sign and unit."""
        return f"{self.tenths / 10:+.1f}个百分点"


def difference(now: Value, before: Value) -> Signed | PercentagePoints | None:
    """Say how far a value is from an earlier one of the same figure; None where one of two ratios or medians has no value."""
    if isinstance(now, Ratio) and isinstance(before, Ratio):
        if now.permille is None or before.permille is None:
            return None
        return PercentagePoints(now.permille - before.permille)
    if isinstance(now, Median) and isinstance(before, Median):
        if now.minutes is None or before.minutes is None:
            return None
        return Signed(Minutes(now.minutes - before.minutes))
    if isinstance(now, Minutes) and isinstance(before, Minutes):
        return Signed(now - before)
    if isinstance(now, int) and isinstance(before, int):
        return Signed(now - before)
    message = f"two values of one figure differ in kind: {now!r}, {before!r}"
    raise TypeError(message)


def growth(now: Value, before: Value) -> Growth | None:
    """Say the difference as a share of the earlier value; None for ratios and for a base that is not above zero."""
    if isinstance(now, Minutes) and isinstance(before, Minutes):
        now, before = now.count, before.count
    if isinstance(now, int) and isinstance(before, int) and before > 0:
        return Growth(round_half_up((now - before) * 1000, before))
    return None


def as_json(value: Value) -> object:
    """Return a value for a program: a number, hours with one decimal, the parts of a ratio or of a median."""
    if isinstance(value, Minutes):
        return value.hours
    if isinstance(value, Ratio):
        percent = None if value.permille is None else value.permille / 10
        return {"numerator": value.numerator, "denominator": value.denominator, "percent": percent}
    if isinstance(value, Median):
        return {
            "median": None if value.minutes is None else Minutes(value.minutes).hours,
            "count": value.count,
        }
    return value


def as_text(value: Value) -> str:
    """Return a value as people read it: thousands apart, hours with one decimal, a ratio with its denominator."""
    return f"{value:,}" if isinstance(value, int) else str(value)
