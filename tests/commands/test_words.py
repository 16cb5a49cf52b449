"""The words that help offers are those of the ledger; they stand twice because help must not load the ledger."""

from collections.abc import Mapping

import pytest

from hepartner.commands import activity, issue, parameters, partner, points
from hepartner.ledger import activities, areas, handling, particulars, partners, settings
from hepartner.ledger import points as entries


@pytest.mark.parametrize(
    ("offered", "known"),
    [
        (activity.KINDS, activities.KINDS),
        (activity.THEMES, activities.THEMES),
        (parameters.LEVELS, areas.LEVEL_NAMES),
        (issue.STATUSES, handling.STATUSES),
        (issue.EVENTS, handling.EVENTS),
        (partner.KINDS, particulars.KINDS),
        (points.KINDS, entries.KINDS),
    ],
)
def test_a_command_offers_the_words_that_the_ledger_knows(
    offered: Mapping[str, str], known: Mapping[str, str]
) -> None:
    assert {code: word for code, word in known.items() if code} == dict(offered)


def test_a_status_that_can_be_asked_for_is_one_that_partners_have() -> None:
    assert partner.STATUSES.items() <= partners.STATUSES.items()


def test_the_regimes_of_expiry_are_offered_when_a_ledger_is_founded() -> None:
    assert settings.CHOICES["expiry"] == parameters.EXPIRY
