"""PINs 口令 of operators: hashed by scrypt, so that the ledger tells who confirmed without keeping what they typed.

They attribute, they don't protect: four digits are soon guessed by whoever has the file, and the file can be written without
this program.
"""

import secrets
import unicodedata
from base64 import b64decode, b64encode
from hashlib import scrypt

from . import errors

_COST = {"n": 2**14, "r": 8, "p": 1}
"""16 MiB and some 50 ms for each try (RFC 7914's figures for somebody who waits)."""
_SALT, _LENGTH = 16, 32


class BadPin(errors.Refused):
    """Not a PIN."""

    def __init__(self) -> None:
        super().__init__("口令应是 4 到 12 位数字，没有设置。请另想一个。")


def typed(pin: str) -> str:
    """Return a PIN as it is meant: digits typed full-width by an input method are digits. Raises BadPin."""
    plain = unicodedata.normalize("NFKC", pin).strip()
    if not (plain.isascii() and plain.isdigit() and 4 <= len(plain) <= 12):  # noqa: PLR2004 as the sentence says
        raise BadPin
    return plain


def hashed(pin: str) -> str:
    """Return what is kept of a PIN: ``scrypt$n$r$p$salt$hash``, its numbers in decimal, salt and hash in base 64.

    In hex one of a few thousand would hold eighteen digits in a row that look like an identity number, which no card takes.
    """
    salt = secrets.token_bytes(_SALT)
    digest = scrypt(typed(pin).encode(), salt=salt, dklen=_LENGTH, **_COST)
    return "$".join(
        ("scrypt", *map(str, _COST.values()), *(b64encode(one).decode() for one in (salt, digest)))
    )


def fits(pin: str, kept: str) -> bool:
    """Tell whether what was typed is the PIN of which this is kept."""
    _, n, r, p, salt, digest = kept.split("$")
    try:
        found = scrypt(typed(pin).encode(), salt=b64decode(salt), n=int(n), r=int(r), p=int(p), dklen=_LENGTH)
    except BadPin:
        return False
    return secrets.compare_digest(found, b64decode(digest))
