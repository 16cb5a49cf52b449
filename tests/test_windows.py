"""Many windows at once on one ledger: each write once, none lost, and nobody sees how they wait for one another."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from hepartner.ledger import Ledger
from tests.commands.conftest import path
from tests.faults.victim import NAMES
from tests.ledger.conftest import enrol, templates
from tests.test_faults import looked_at, start, working

__all__ = ["path", "templates", "working"]

WINDOWS = 8


def test_eight_windows_redeeming_ten_points_each_from_a_thousand_are_given_exactly_a_hundred(
    working: Path,
) -> None:
    windows = [start("redeem", working, 40) for _ in range(WINDOWS)]
    ended = [window.communicate()[0].split(maxsplit=2) for window in windows]
    given, refused = (sum(int(window[place]) for window in ended) for place in (0, 1))
    assert (given, refused) == (100, 220)
    last_refusals = [window[2] for window in ended if window[1] != "0"]
    assert all("积分不够：现有 0 分，需要 10 分" in why for why in last_refusals)
    with Ledger.open(working, operator="李梅", community="XF") as ledger:
        assert ledger.points.balance(ledger.partners.find("武玉侪")) == 0
        assert ledger.shop.find("大米").stock == 400
    looked_at(working)


def test_one_key_from_five_windows_at_once_writes_once_and_four_are_told_of_it(working: Path) -> None:
    before = looked_at(working)
    windows = [start("once", working) for _ in range(5)]
    said = sorted(window.communicate()[0].strip() for window in windows)
    voucher = before[0] + 1
    assert said == sorted([f"已记账 {voucher}", *[f"记过 {voucher}"] * 4])
    assert looked_at(working) == (voucher, before[1] + 1)


class Screen(NamedTuple):
    """A command as it was typed and what it said."""

    words: str
    code: int
    talk: str


def screens(said: str) -> Iterator[Screen]:
    """Yield what the windows' commands said, one by one."""
    talk: list[str] = []
    for line in said.splitlines():
        if ended := re.fullmatch(r"=> ([0-9]+) (.*)", line):
            yield Screen(ended[2], int(ended[1]), "\n".join(talk))
            talk = []
        else:
            talk.append(line)


def mixed(ledger: Path, times: int) -> list[Screen]:
    """Let eight windows type so many commands each, and check that each voucher said to stand is there once, and no other."""
    with Ledger.open(ledger, operator="李梅", community="XF") as opened:
        for name in NAMES[1:]:
            opened.points.award(enrol(opened, name), 500)
        opened.issues.categories.set("LAMP", name="路灯", days=10)
    before, _ = looked_at(ledger)
    windows = [start("mixed", ledger, times, seed) for seed in range(1, WINDOWS + 1)]
    shown = [screen for window in windows for screen in screens(window.communicate()[0])]
    said = [int(number) for one in shown for number in re.findall("已记账：凭证 V([0-9]+)", one.talk)]
    assert sorted(said) == list(range(before + 1, looked_at(ledger)[0] + 1))
    assert len({one.words for one in shown if "已记账" in one.talk}) == len(said)
    return shown


def test_eight_windows_at_mixed_work_lose_nothing_write_nothing_twice_and_see_no_lock(working: Path) -> None:
    shown = mixed(working, 10)
    assert len(shown) == WINDOWS * 11
    assert {one.code for one in shown} == {0}
    again = [one for one in shown if "这一笔已经记过" in one.talk]
    assert len(again) == WINDOWS
    assert not [one for one in shown if "locked" in one.talk or "正被另一个窗口使用" in one.talk]
