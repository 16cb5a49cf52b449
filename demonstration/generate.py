"""Build demo/inbox/ from a seed: the areas, the rosters, the files, the diary of commands; and the tally beside it."""

import csv
import json
import shutil
from pathlib import Path

from . import tally
from .offices import send_others, send_rosters
from .places import DISTRICT, FOUNDED_ON, SUBDISTRICTS
from .rosters import rosters
from .story import Story, tell

INBOX = "inbox"
TALLY = "tally.csv"
DIARY = "diary.jsonl"
AREAS = "areas.csv"


def build(folder: Path, *, seed: int) -> Story:
    """Write everything that the offices send and the tally of it; what was there is replaced."""
    inbox = folder / INBOX
    shutil.rmtree(inbox, ignore_errors=True)
    inbox.mkdir(parents=True)
    story = tell(seed)
    _write_areas(inbox / AREAS)
    lists = send_rosters(inbox, rosters(story.world.partners), seed=seed)
    files = send_others(inbox, story.world.sheets, seed=seed)
    first = {
        "do": "import",
        "what": "partners",
        "files": [path.relative_to(inbox).as_posix() for path in lists],
    }
    with (inbox / DIARY).open("w", encoding="utf-8") as file:
        for line in [first, *story.world.diary]:
            if "file" in line:
                line["file"] = files[str(line["file"])].relative_to(inbox).as_posix()
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
    tally.write(folder / TALLY, tally.count(story))
    return story


def _write_areas(path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(("级别", "代码", "名称", "上级", "设立日期"))
        lines.writerow(("城区", *DISTRICT, "", ""))
        for subdistrict in SUBDISTRICTS:
            lines.writerow(("街道", subdistrict.code, subdistrict.name, DISTRICT[1], ""))
            for community in subdistrict.communities:
                lines.writerow(("社区", community.code, community.name, subdistrict.name, FOUNDED_ON))
                grids = enumerate(community.grids, 1)
                lines.writerows(
                    ("网格", f"{community.code}{n}", grid, community.name, "") for n, grid in grids
                )
