"""Records as plain values for JSON, without ever showing more of a value than its text does."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass

from .safe import safe


def plain(value: object) -> object:
    """Return the value built of dicts, lists, text, numbers, booleans and None only.

    A value with a text of its own (a masked phone, a day) is shown by that text, also when it is a kind of `str`.
    """
    if value is None or type(value) in (str, int, bool, float):
        return value
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset) and not hasattr(value, "_fields"):
        return [plain(one) for one in value]
    if is_dataclass(value) and type(value).__str__ is object.__str__:
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    return str(value)


def escaped(document: str) -> str:
    """Return a JSON document with the characters a terminal must not see written as \\uXXXX; its meaning stays."""
    if safe(document) == document:
        return document
    return "".join(
        character if character in "\n" or safe(character) == character else _escape(character)
        for character in document
    )


def _escape(character: str) -> str:
    if ord(character) > 0xFFFF:  # noqa: PLR2004 the end of the basic plane, by the definition of UTF-16
        pair = character.encode("utf-16-be")
        return f"\\u{pair[:2].hex()}\\u{pair[2:].hex()}"
    return f"\\u{ord(character):04x}"
