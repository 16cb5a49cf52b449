"""Honours and star levels."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from hepartner.ledger import Ledger
from hepartner.ledger.honours import Honours, Title
from hepartner.ledger.starlevels import StarLevels
from hepartner.ledger.stars import Asked
from tests.ledger.conftest import enrol

if TYPE_CHECKING:
    from tests.recount.recount import Recount
    from tests.recount.sheets import Persons
    from tests.recount.story import Story


def fill(ledger: Ledger) -> None:
    """Two honours of July, and two partners with a star of 2024."""
    people = [enrol(ledger, name) for name in ("莫大姐", "廖阿婆")]
    title, day = Title("优秀合伙人", "subdistrict", "驿马街道"), date(2025, 7, 1)
    ledger.book(Honours).give(title, people, day=day)
    for partner in people:
        ledger.points.award(partner, 30, day=date(2024, 5, 5))
    levels = ledger.book(StarLevels)
    levels.rule(Asked(1, 0, 20, 0, "2024-01-01"))
    levels.rule(Asked(2, 600, 20, 0, "2024-01-01"))
    levels.freeze(2024)


_V = "(SELECT max(id) FROM voucher)"
_GIVEN = """INSERT INTO honour_given (voucher_id, line, community_id, happened_on, counted_in, sign, honour_id, partner_id)
    SELECT {v}, 1, community_id, happened_on, '2025-11', 1, honour_id, partner_id FROM honour_given LIMIT 1"""
_LEVEL = """INSERT INTO star_level (voucher_id, line, community_id, happened_on, counted_in, sign, star_rule_id, partner_id,
    year, level, minutes, points, years) SELECT {v}, 1, community_id, '{year}-12-31', '2025-11', 1, star_rule_id, {changed}
    FROM star_level LIMIT 1"""
REFUSED = {
    "honour_given_repeated": (_GIVEN.format(v=_V),),
    "honour_given_repeated: a person's": (
        f"""UPDATE partner SET status = 'merged', voucher_id = {_V},
            merged_into_id = (SELECT min(partner_id) FROM honour_given) WHERE id = 1""",
        _GIVEN.format(v=_V).replace("honour_id, partner_id FROM", "honour_id, 1 FROM"),
    ),
    "star_level_repeated": (
        _LEVEL.format(v=_V, year=2024, changed="partner_id, year, level, minutes, points, years"),
    ),
    "star_level_reached: points": (
        _LEVEL.format(v=_V, year=2024, changed="1, '2024', level, minutes, 19, years"),
    ),
    "star_level_reached: level": (
        _LEVEL.format(v=_V, year=2024, changed="1, '2024', 2, minutes, points, years"),
    ),
    "star_level_reached: year": (
        _LEVEL.format(v=_V, year=2024, changed="1, '2023', level, minutes, points, years"),
    ),
    "star_level_reached: none of a star": (
        _LEVEL.format(v=_V, year=2024, changed="1, '2024', 0, 0, 20, 0").replace(
            "star_rule_id, 1,", "NULL, 1,"
        ),
    ),
    "star_rule_rises": (
        f"""INSERT INTO star_rule (voucher_id, line, community_id, happened_on, counted_in, sign, level, minutes, points, years,
            valid_from) VALUES ({_V}, 1, 1, '2025-07-06', '2025-11', 1, 3, 60, 20, 0, '2025-07-06')""",
    ),
    "star_rule_guard: root": (
        f"""INSERT INTO star_rule (voucher_id, line, community_id, happened_on, counted_in, sign, level, minutes, points, years,
            valid_from) VALUES ({_V}, 1, 3, '2025-07-06', '2025-11', 1, 3, 600, 20, 0, '2025-07-06')""",
    ),
}
TURNED = {"honour": ("UPDATE honour SET withdrawn = 1 WHERE id = 1", "荣誉")}

LATE = {
    "honours": (
        ("日期", "社区", "合伙人", "荣誉", "级别"), ("2025-03-05", "幸福里社区", "爱心协会", "优秀社群", "街道"),
    ),
}  # fmt: skip
READING = ("honour rules",)


# A random story


def give(story: "Story") -> object:
    title = Title(story.random.choice(("优秀合伙人", "暖心之家")), story.random.choice(("community", "city")))
    partners = story.partners(story.random.randint(1, 2))
    return story.ledger.book(Honours).give(title, partners, day=story.day(late=0.5))


def freeze(story: "Story") -> object:
    """Say what a first star asks, and once that is said freeze the year before, whoever has a star or none."""
    levels = story.ledger.book(StarLevels)
    if not levels.rules():
        return levels.rule(Asked(1, 0, story.random.choice((5, 40)), 0, "2024-01-01"))
    return levels.freeze(story.ledger.today().year - 1, under=story.community())


DECK = {give: 4, freeze: 3}


# The recount

FACTS = ("honour_given", "star_level", "star_rule")
CARDS = ("honour",)
FLOWS = ("honours.given",)


def state(recount: "Recount", month: str) -> Iterator[tuple[str, int, int]]:
    for given in recount.standing("honour_given", month):
        yield "honours.given", given.community_id, 1


def exchanged(persons: "Persons", month: str) -> Iterator[tuple[object, ...]]:
    titles = {honour.id: (honour.name_key, honour.level) for honour in persons.recount.tables["honour"]}
    for given in persons.recount.standing("honour_given", month):
        yield "honours.given", given.partner_id, 1, (titles[given.honour_id], given.happened_on)
