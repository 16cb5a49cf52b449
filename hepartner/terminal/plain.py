"""Records as plain values for JSON, never showing more of a value than its own text does."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass

from .safe import masked, safe

_LAST_OF_BASIC_PLANE = 0xFFFF


def plain(value: object) -> object:
    """Return the value built of dicts, lists, text, numbers, booleans and None only.

    A value with a text of its own (a masked phone, a day) is shown by that text, even if it is a `str`; the plain texts of a
    record are what people wrote, so phones in them are masked.
    """
    if value is None or type(value) in (str, int, bool, float):
        return value
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if type(value).__str__ is object.__str__ and (names := _field_names(value)):
        return {name: as_written(getattr(value, name)) for name in names}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(one) for one in value]
    return str(value)


def as_written(value: object) -> object:
    """Return a value of the ledger as a plain one: a text is what somebody wrote, so phones in it are masked."""
    return masked(value) if type(value) is str else plain(value)


def _field_names(value: object) -> list[str]:
    """Return the names of a record's fields, whichever of the two kinds of record it is."""
    return (
        [field.name for field in fields(value)]
        if is_dataclass(value)
        else list(getattr(value, "_fields", ()))
    )


def escaped(document: str, encoding: str) -> str:
    r"""Return a JSON document of the same meaning whose every character may go out.

    What a terminal must not see and what the encoding lacks (a rare name on Windows) is written \uXXXX.
    """
    if safe(document) == document and _encodable(document, encoding):
        return document
    return "".join(one if _goes_out(one, encoding) else _escape(one) for one in document)


def _goes_out(character: str, encoding: str) -> bool:
    return character == "\n" or (safe(character) == character and _encodable(character, encoding))


def _encodable(text: str, encoding: str) -> bool:
    return text.encode(encoding, errors="ignore").decode(encoding) == text


def _escape(character: str) -> str:
    if ord(character) > _LAST_OF_BASIC_PLANE:
        pair = character.encode("utf-16-be")
        return f"\\u{pair[:2].hex()}\\u{pair[2:].hex()}"
    return f"\\u{ord(character):04x}"
