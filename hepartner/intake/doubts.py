"""Rows of which only who imports knows what becomes: whether they mean somebody known, whether they change a card."""

from typing import NamedTuple


class Answer(NamedTuple):
    """What becomes of a row: "update" the card it means or "skip" that, "new" for somebody else, "leave" it for another day.

    `card_id` is the card that is meant; None where the row adds nobody and means an earlier row.
    """

    what: str
    card_id: int | None = None


class Choice(NamedTuple):
    """One of the answers to a doubt, and how it is said."""

    answer: Answer
    text: str


class Doubt(NamedTuple):
    """A question about one row, by number; of one `sort` are those of which one answer may hold for all.

    It is the same doubt when it is met again as long as nothing of it has changed since it was answered.
    """

    row: int
    sort: str
    question: str
    choices: tuple[Choice, ...]


LEAVE = Choice(Answer("leave"), "先不导入这一行，写进问题清单")
