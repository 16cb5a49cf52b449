"""The office's settings: each has a name, a default and the values it takes."""

from dataclasses import dataclass

from . import errors
from .book import Book

DEFAULTS = {"office": "", "expiry": "never"}
MEANINGS = {
    "office": "填报单位，印在报表上",
    "expiry": "积分清零办法",
}

CHOICES = {"expiry": ("never", "yearly", "january")}


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting as it stands."""

    name: str
    meaning: str
    value: str


class NoSuchSetting(errors.LedgerError):
    """There is no setting of this name."""

    exit_code = 4

    def __init__(self, name: str) -> None:
        super().__init__(f"没有“{name}”这项设置。可用的有：{'、'.join(DEFAULTS)}。")


class BadSetting(errors.Refused):
    """The setting does not take this value."""

    def __init__(self, name: str, value: str) -> None:
        super().__init__(f"设置 {name} 不能是“{value}”。可用的有：{'、'.join(CHOICES[name])}。")


class Settings(Book):
    """Settings kept in the ledger, so that every window and every script sees the same."""

    def get(self, name: str) -> str:
        """Return a setting, or its default. Raises NoSuchSetting."""
        if name not in DEFAULTS:
            raise NoSuchSetting(name)
        found = self.database.value("SELECT value FROM setting WHERE name = ? AND withdrawn = 0", (name,))
        return DEFAULTS[name] if found is None else str(found)

    def listing(self) -> list[Setting]:
        """Return every setting as it stands."""
        return [Setting(name, MEANINGS[name], self.get(name)) for name in DEFAULTS]

    def set(self, name: str, value: str, *, key: str | None = None) -> int:
        """Set a setting; return the voucher's number. Raises NoSuchSetting, BadSetting."""
        self.get(name)
        if value not in CHOICES.get(name, (value,)):
            raise BadSetting(name, value)
        with self.ledger.voucher("setting.set", key=key, intention=[name, value]) as voucher:
            card = self.database.value("SELECT id FROM setting WHERE name = ?", (name,))
            if card is None:
                voucher.add_one("setting", name=name, value=value)
            else:
                voucher.edit("setting", card, value=value, withdrawn=0)
        return voucher.id
