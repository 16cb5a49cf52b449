"""What a card holds 余额、库存: one row made with the card, moved by one kind of fact alone, never below nothing."""

from collections.abc import Iterator
from typing import NamedTuple


class Holding(NamedTuple):
    """A table of what cards hold: which facts move it by which measure, and its words in messages.

    `last` is its column that names the fact that moved a row last, `short` what is said when there is not enough. What is
    taken as of a day must be there from it on, where the condition `held` holds. What is taken back is not held to it, since
    points may come late by days and be right; the seal asks that no month ends below nothing after it.
    """

    table: str
    card: str
    fact: str
    measure: str
    last: str
    word: str
    card_word: str
    short: str
    held: str = "NEW.sign = 1 AND NEW.restores_id IS NULL"


def triggers(holding: Holding) -> Iterator[str]:
    """Write the triggers that make, move and guard what cards hold."""
    table, card, fact, measure, last, word, card_word, short, held = holding
    owner = f"{card}_id"
    yield f"""CREATE TRIGGER {card}_{table} AFTER INSERT ON {card} BEGIN
  INSERT INTO {table} ({owner}, {measure}) VALUES (NEW.id, 0);
END"""
    yield f"""CREATE TRIGGER {fact}_enough BEFORE INSERT ON {fact} BEGIN
  SELECT RAISE(ABORT, '{card_word}没有{word}记录。') WHERE NOT EXISTS (SELECT 1 FROM {table} WHERE {owner} = NEW.{owner});
  SELECT RAISE(ABORT, '{short}。')
    WHERE (SELECT {measure} FROM {table} WHERE {owner} = NEW.{owner}) + NEW.{measure} < 0;
END"""
    # What there was before each later day is what there is now less what moved from that day on.
    later = f"{owner} = NEW.{owner} AND happened_on > NEW.happened_on"
    yield f"""CREATE TRIGGER {fact}_since BEFORE INSERT ON {fact}
  WHEN NEW.{measure} < 0 AND {held} AND EXISTS (SELECT 1 FROM {fact} WHERE {later}) BEGIN
  SELECT RAISE(ABORT, '{short}：当天或以后不够。')
    WHERE NEW.{measure} + (SELECT {measure} FROM {table} WHERE {owner} = NEW.{owner}) < (
    SELECT max(since) FROM (SELECT sum(sum({measure})) OVER (ORDER BY happened_on DESC) AS since
      FROM {fact} WHERE {later} GROUP BY happened_on));
END"""
    yield f"""CREATE TRIGGER {fact}_moves AFTER INSERT ON {fact} BEGIN
  UPDATE {table} SET {measure} = {measure} + NEW.{measure}, {last} = NEW.id WHERE {owner} = NEW.{owner};
END"""
    yield f"""CREATE TRIGGER {table}_guard BEFORE UPDATE ON {table} BEGIN
  SELECT RAISE(ABORT, '{word}只随流水变动。') WHERE NEW.{owner} <> OLD.{owner}
    OR NEW.{last} <= ifnull(OLD.{last}, 0) OR NEW.{last} IS NULL
    OR NEW.{measure} - OLD.{measure} IS NOT (SELECT {measure} FROM {fact} WHERE id = NEW.{last} AND {owner} = NEW.{owner});
END"""
    yield f"""CREATE TRIGGER {table}_new BEFORE INSERT ON {table} BEGIN
  SELECT RAISE(ABORT, '{word}随卡片建立，从 0 开始。') WHERE NEW.{measure} <> 0 OR NEW.{last} IS NOT NULL
    OR EXISTS (SELECT 1 FROM {table} WHERE {owner} = NEW.{owner});
END"""
    yield f"""CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN
  SELECT RAISE(ABORT, '{word}不能删除。');
END"""
