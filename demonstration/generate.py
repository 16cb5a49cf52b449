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
from .world import Row

INBOX = "inbox"
TALLY = "tally.csv"
DIARY = "diary.jsonl"
AREAS = "areas.csv"


def build(folder: Path, *, seed: int) -> Story:
    """Tell the story of a seed and write it out."""
    story = tell(seed)
    write(folder, story, seed=seed)
    return story


def write(folder: Path, story: Story, *, seed: int) -> None:
    """Write everything that the offices of a story send and the tally of it; what was there is replaced."""
    inbox = folder / INBOX
    shutil.rmtree(inbox, ignore_errors=True)
    inbox.mkdir(parents=True)
    _write_areas(inbox / AREAS)
    lists = send_rosters(inbox, rosters(story.world.partners), seed=seed)
    files = send_others(inbox, story.world.sheets, seed=seed)
    _write_diary(inbox / DIARY, story.world.diary, rosters=lists, files=files)
    tally.write(folder / TALLY, tally.count(story))


def _write_diary(path: Path, diary: list[Row], *, rosters: list[Path], files: dict[str, Path]) -> None:
    """Write the diary with the files' names as they lie in the inbox; the rosters come first."""
    inbox = path.parent
    names = [file.relative_to(inbox).as_posix() for file in rosters]
    lines: list[Row] = [{"do": "import", "what": "partners", "files": names}]
    for line in diary:
        sent = files.get(str(line.get("file")))
        lines.append({**line, "file": sent.relative_to(inbox).as_posix()} if sent else line)
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")


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
