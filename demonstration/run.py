"""The main job on the made-up district: init, areas, rosters, everything else, workbook, verify; and what came out."""

import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from hepartner.ledger import Ledger

from . import compare, tally
from .doing import Line
from .generate import AREAS, DIARY, INBOX, TALLY, build
from .replay import Clock, FileRefused, Replay, add_areas, read_diary

LEDGER, WORKBOOK, MONTH = "haicheng.db", "haicheng-2025-11.xlsx", "2025-11"
OPERATOR, OFFICE = "李梅", "海城区社区合伙人办公室"
_SHOWN = 10


class Failed(Exception):
    """The demonstration did not come out as it must; the text says what."""


class Steps:
    """Says on stderr what is being done and how long it took."""

    def __init__(self) -> None:
        self._begun = time.monotonic()

    def say(self, text: str) -> None:
        """Say that something is done, with the seconds since the start."""
        print(f"[{time.monotonic() - self._begun:5.1f} 秒] {text}", file=sys.stderr, flush=True)


def demonstrate(folder: Path, *, seed: int) -> None:
    """Build everything in a folder from a seed. Raises Failed."""
    steps = Steps()
    folder.mkdir(parents=True, exist_ok=True)
    ledger, workbook = folder / LEDGER, folder / WORKBOOK
    # A journal left by a run that was cut short would be played into the new ledger.
    for old in (ledger, ledger.with_name(f"{LEDGER}-journal")):
        old.unlink(missing_ok=True)
    story = build(folder, seed=seed)
    steps.say(f"已写出各单位报来的文件和手工统计（种子 {seed}）：{folder / INBOX}")
    diary = list(read_diary(folder / INBOX / DIARY))
    _begin(folder, diary[0], steps)
    _replay(folder, diary[1:], refusals=story.refused, steps=steps)
    hep(ledger, "report", "monthly", MONTH, "-o", str(workbook))
    steps.say(f"月报：{workbook}")
    hep(ledger, "verify")
    steps.say("核验通过")
    _hold_up(folder, steps)


def _begin(folder: Path, rosters: Line, steps: Steps) -> None:
    """Make the ledger with its areas, and import all rosters in one process."""
    ledger = folder / LEDGER
    hep(ledger, "init", "海城区", "--office", OFFICE, "--expiry", "january")
    with Ledger.open(ledger, operator=OPERATOR, clock=Clock()) as opened:
        added = add_areas(opened, folder / INBOX / AREAS)
    steps.say(f"台账 {ledger}：区域 {added + 1} 个")
    files = [str(folder / INBOX / file) for file in rosters["files"]]
    reports = json.loads(hep(ledger, "import", "partners", *files, "--json", quiet=True))
    totals = {key: sum(report[key] for report in reports) for key in ("read", "added", "rejected")}
    steps.say(
        f"花名册 {len(reports)} 份：读取 {totals['read']} 行，新增 {totals['added']}，有问题 {totals['rejected']}"
    )
    if totals["added"] != totals["read"]:
        raise Failed("花名册没有全部导入。")


def _replay(folder: Path, diary: Iterable[Line], *, refusals: int, steps: Steps) -> None:
    """Do the diary; slips that overdraw and bookings that clash must be refused and nothing else. Raises Failed."""
    clock = Clock()
    with Ledger.open(folder / LEDGER, operator=OPERATOR, clock=clock) as ledger:
        replay = Replay(ledger, clock, folder / INBOX)
        until, done = "", Counter[str]()
        for line in diary:
            if line["on"][:7] != until[:7] and done:
                steps.say(_told(until, done))
                done.clear()
            until = line["on"]
            try:
                replay.do(line)
            except FileRefused as refused:
                raise Failed(str(refused)) from refused
            done[line["do"]] += 1
        steps.say(_told(until, done))
    wrong = [text for text in replay.refused if '"slip": "R' not in text and '"clash": true' not in text]
    if wrong or len(replay.refused) != refusals:
        raise Failed(
            f"应当拒绝 {refusals} 笔超出余额、限次的兑换和撞期的预订，实际拒绝 {len(replay.refused)} 笔。"
            + "\n".join(wrong[:_SHOWN])
        )
    steps.say(f"超出余额、限次的兑换和撞期的预订 {refusals} 笔，全部拒绝")


def _told(until: str, done: Counter[str]) -> str:
    others = done.total() - done["import"] - done["redeem"]
    return f"记到 {until}：导入 {done['import']} 个文件，柜台兑换 {done['redeem']} 笔，其他 {others} 笔"


def _hold_up(folder: Path, steps: Steps) -> None:
    """Print the figures beside the report's and compare them all with the tally. Raises Failed."""
    with Ledger.open(folder / LEDGER, operator=OPERATOR) as ledger:
        held = compare.with_report(ledger)
        counted = tally.read(folder / TALLY)
        differences = list(compare.with_tally(ledger, counted))
    for one in held:
        print(one)
    for difference in differences[:_SHOWN]:
        told = difference.counted
        print(
            f"不符  {told.area} {told.first}至{told.last} {told.figure}：手工 {told.value}，台账 {difference.value}"
        )
    if uncounted := compare.uncounted(counted):
        raise Failed(f"手工统计没有这些指标：{'、'.join(uncounted)}")
    steps.say(f"与手工统计逐项核对 {len(counted):,} 个数：{len(differences)} 个不同")
    if differences or not all(one.agrees for one in held):
        raise Failed("演示的数字不符，见上。")


def hep(ledger: Path, *words: str, quiet: bool = False) -> str:
    """Run hep in a process of its own on the ledger; return what it wrote. Raises Failed."""
    environment = {
        **os.environ,
        "HEPARTNER_LEDGER": str(ledger),
        "HEPARTNER_OPERATOR": OPERATOR,
        # Whoever runs this may have set where they work; the district has no such community.
        "HEPARTNER_COMMUNITY": "",
        "PYTHONUTF8": "1",
    }
    talk = subprocess.PIPE if quiet else None
    done = subprocess.run(
        [sys.executable, "-m", "hepartner", *words],
        env=environment, stdout=subprocess.PIPE, stderr=talk, check=False, encoding="utf-8",
    )  # fmt: skip
    if done.returncode:
        raise Failed(f"hep {words[0]} 没有成功（退出码 {done.returncode}）。\n{done.stderr or ''}")
    return done.stdout
