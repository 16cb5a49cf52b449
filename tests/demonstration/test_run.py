"""The diary done in hepartner: the first half-year of the story equals the tally, and what is wrong is found."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from demonstration import compare, run, tally
from demonstration.generate import AREAS, DIARY, INBOX, TALLY, write
from demonstration.replay import Clock, FileRefused, Replay, add_areas, read_diary
from demonstration.story import tell
from demonstration.world import HALVES
from hepartner.intake.pipeline import import_file
from hepartner.ledger import Ledger

if TYPE_CHECKING:
    from demonstration.doing import Line


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first half-year: what was sent, and a ledger in which it was done."""
    folder = tmp_path_factory.mktemp("demo")
    story = tell(1, HALVES[:1])
    write(folder, story, seed=1)
    inbox, clock = folder / INBOX, Clock()
    rosters, *diary = read_diary(inbox / DIARY)
    Ledger.create(folder / "demo.db", operator="李梅", clock=clock).close()
    with Ledger.open(folder / "demo.db", operator="李梅", clock=clock) as ledger:
        ledger.areas.add("district", "海城区")
        ledger.rulebook.load_default()
        ledger.issues.load_default()
        ledger.settings.set("expiry", "january")
        add_areas(ledger, inbox / AREAS)
        clock.day = date(2025, 12, 1)
        reports = [import_file(ledger, "partners", inbox / file) for file in rosters["files"]]
        assert not [problem for report in reports for problem in report.problems]
        replay = Replay(ledger, clock, inbox)
        for line in diary:
            replay.do(line)
        assert len(replay.refused) == story.refused > story.shops.refused > 0
    return folder


@pytest.fixture
def ledger(demo: Path) -> Iterator[Ledger]:
    with Ledger.open(demo / "demo.db", operator="李梅") as ledger:
        yield ledger


def test_every_figure_of_the_first_half_year_equals_the_tally(demo: Path, ledger: Ledger) -> None:
    counted = tally.read(demo / TALLY)
    assert len(counted) > 100_000
    assert compare.uncounted(counted) == []
    assert list(compare.with_tally(ledger, counted)) == []


def test_a_number_that_is_off_by_one_is_found(demo: Path, ledger: Ledger) -> None:
    counted = tally.read(demo / TALLY)
    wrong = next(one for one in counted if one.figure == "points.redeemed" and one.value)
    (difference,) = compare.with_tally(ledger, [wrong._replace(value=wrong.value + 1)])
    assert difference.value == wrong.value


def test_half_a_story_does_not_reach_the_numbers_of_the_report(ledger: Ledger) -> None:
    held = {one.said.name: one for one in compare.with_report(ledger)}
    assert held["社区"].agrees
    assert not held["台风“摩羯”报到的社群"].agrees
    assert not held["兑换人次"].agrees


def test_it_runs_as_well_where_somebody_set_the_community_worked_in(
    demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HEPARTNER_COMMUNITY", "桃花源社区")
    assert run.hep(demo / "demo.db", "meeting", "list").startswith("编号")


def test_the_ledger_verifies(ledger: Ledger) -> None:
    assert ledger.custody.verify().findings == ()


def test_a_file_that_brings_nothing_new_is_not_taken_for_done(demo: Path, ledger: Ledger) -> None:
    line: Line = next(
        one for one in read_diary(demo / INBOX / DIARY) if one["do"] == "import" and "file" in one
    )
    with pytest.raises(FileRefused, match="没有新内容"):
        Replay(ledger, Clock(), demo / INBOX).do(line)
