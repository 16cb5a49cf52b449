"""What the verbs of the diary do that tell of needs, projects and evaluations."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from hepartner.ledger.evaluations import Evaluations, Particulars
from hepartner.ledger.joining import Joining
from hepartner.ledger.needs import Need, Needs
from hepartner.ledger.projects import Project, Projects

from .doing import Line, day_of

if TYPE_CHECKING:
    from .replay import Replay

_NEED_STEPS = {"meet": "met", "drop": "dropped", "reopen_need": "reopened"}
_PROJECT_STEPS = {"resume": "resumed", "conclude": "finished"}


def step_need(replay: "Replay", line: Line) -> None:
    """Meet, drop or reopen a need."""
    replay.ledger.book(Needs).step(_need(replay, line), _NEED_STEPS[line["do"]], day=day_of(line))


def step_project(replay: "Replay", line: Line) -> None:
    """Resume or finish a project."""
    projects = replay.ledger.book(Projects)
    projects.step(_project(replay, line), _PROJECT_STEPS[line["do"]], day=day_of(line))


def evaluate(replay: "Replay", line: Line) -> None:
    """Evaluate a project; a new project that comes of it is linked to the need."""
    found = Particulars("partly", line["result"], line["asked"], line["satisfied"])
    book, project = replay.ledger.book(Evaluations), _project(replay, line)
    done = book.evaluate(project, found, day=day_of(line), new_title=line.get("new"))
    if done.now.new:
        replay.ledger.book(Projects).edit(done.now.new, need_id=_need(replay, line).id)


def join(replay: "Replay", line: Line) -> None:
    """Let a partner join a project."""
    partner = replay.partner(line["partner"])
    replay.ledger.book(Joining).join(_project(replay, line), partner, day=day_of(line))


DOING: dict[str, Callable[["Replay", Line], None]] = {
    "meet": step_need,
    "drop": step_need,
    "reopen_need": step_need,
    "resume": step_project,
    "conclude": step_project,
    "evaluate": evaluate,
    "join": join,
}
"""What each verb does."""


def _need(replay: "Replay", line: Line) -> Need:
    """Find a need as somebody does who works in its community."""
    listed = replay.ledger.book(Needs).listing(under=replay.community(line))
    return next(one for one in listed if one.title == line["need"])


def _project(replay: "Replay", line: Line) -> Project:
    listed = replay.ledger.book(Projects).listing(under=replay.community(line))
    return next(one for one in listed if one.title == line["project"])
