"""The office's settings: each has a name, a default and the values it takes."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hepartner.words.setting import EXPIRY, UNLIMITED

from . import errors
from .book import Book
from .limits import MOST_POINTS, SECOND_ABOVE

if TYPE_CHECKING:
    from .database import Database
    from .vouchers import Voucher

NAMES = {"office": "填报单位", "expiry": "清零办法", SECOND_ABOVE: "大额兑换", "backups": "备份文件夹"}
DEFAULTS = {"office": "", "expiry": "never", SECOND_ABOVE: "", "backups": ""}
CHOICES = {"expiry": EXPIRY}
"""The values that a setting takes, where not every text will do: the three regimes of expiry found in practice (programme.md)."""
LIMITS = frozenset((SECOND_ABOVE,))
"""The settings that are a number of points, '' (people say 不限) for none."""
MEANINGS = {
    "office": "印在报表上",
    "expiry": f"积分怎样过期：{'、'.join(CHOICES['expiry'].values())}",
    SECOND_ABOVE: f"一张兑换单超过几分要另一位操作人用口令复核，{UNLIMITED}是都不要",
    "backups": "备份放在哪里；不写就在台账旁边",
}


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting as it stands; `title` and `word` are what people call it and its value."""

    name: str
    title: str
    meaning: str
    value: str
    word: str


class NoSuchSetting(errors.LedgerError):
    """There is no setting of this name."""

    exit_code = 4

    def __init__(self, name: str) -> None:
        super().__init__(f"没有“{errors.quoted(name)}”这项设置。可用的有：{_both(NAMES)}。")


class BadSetting(errors.Refused):
    """The setting does not take this value."""

    def __init__(self, name: str, value: str) -> None:
        super().__init__(f"设置{NAMES[name]}（{name}）不能是“{value}”。可用的有：{_both(CHOICES[name])}。")


class BadLimit(errors.Refused):
    """A setting that is a number of points does not take this."""

    def __init__(self, name: str, value: str) -> None:
        super().__init__(
            f"设置{NAMES[name]}（{name}）不能是“{errors.quoted(value)}”。请写积分，如 500，或写{UNLIMITED}。"
        )


class Settings(Book):
    """Settings kept in the ledger, so that every window and every script sees the same."""

    def get(self, name: str) -> str:
        """Return a setting, or its default. Raises NoSuchSetting."""
        if name not in DEFAULTS:
            raise NoSuchSetting(name)
        found = setting_in_force(self.database, name)
        return DEFAULTS[name] if found is None else found

    def listing(self) -> list[Setting]:
        """Return every setting as it stands."""
        values = {name: self.get(name) for name in DEFAULTS}
        return [
            Setting(name, NAMES[name], MEANINGS[name], value, _word(name, value))
            for name, value in values.items()
        ]

    def set(self, name: str, value: str, *, key: str | None = None) -> int:
        """Set a setting, both named by code or Chinese word; return the voucher's number.

        Raises NoSuchSetting, BadSetting, BadLimit, operators.NeedsManager.
        """
        known = _code(NAMES, name)
        if known is None:
            raise NoSuchSetting(name)
        wanted = _limit(known, value) if known in LIMITS else value
        if known in CHOICES and (wanted := _code(CHOICES[known], value) or "") not in CHOICES[known]:
            raise BadSetting(known, value)
        with self.ledger.voucher("setting.set", key=key, intention=[known, wanted]) as voucher:
            put_setting(voucher, self.database, known, wanted)
        return voucher.id


def setting_in_force(database: "Database", name: str) -> str | None:
    """Return what a setting says, None where nobody set it."""
    found = database.value("SELECT value FROM setting WHERE name = ? AND withdrawn = 0", (name,))
    return None if found is None else str(found)


def put_setting(voucher: "Voucher", database: "Database", name: str, value: str) -> None:
    """Set a setting in an open voucher."""
    card = database.value("SELECT id FROM setting WHERE name = ?", (name,))
    if card is None:
        voucher.add_one("setting", name=name, value=value)
    else:
        voucher.edit("setting", card, value=value, withdrawn=0)


def _limit(name: str, typed: str) -> str:
    """Return a number of points as it is kept. Raises BadLimit."""
    value = typed.strip()
    if value in ("", UNLIMITED):
        return ""
    if not (value.isdecimal() and int(value) <= MOST_POINTS):
        raise BadLimit(name, typed)
    return str(int(value))


def _word(name: str, value: str) -> str:
    """Return what people call a value."""
    return CHOICES.get(name, {}).get(value, value) or (UNLIMITED if name in LIMITS else "")


def _code(words: dict[str, str], typed: str) -> str | None:
    low = typed.strip().lower()
    return next((code for code, word in words.items() if low in (code, word)), None)


def _both(words: dict[str, str]) -> str:
    return "、".join(f"{word}（{code}）" for code, word in words.items())
