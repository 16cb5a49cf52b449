"""The same command with the same key is the same after midnight: the day that the clock filled in was not said."""

import shutil
from datetime import datetime
from pathlib import Path

import pytest

from hepartner.ledger import Ledger
from tests.commands.conftest import Hep
from tests.ledger.conftest import CHINA, Clock

BEFORE = (
    "partner add 武玉侪 --joined 2025-01-01", "partner add 陈一 --joined 2025-01-01",
    "partner add 柏乐口腔 --kind 商企 --joined 2025-01-01", "points award 陈一 30",
    "rule add PATROL 巡查 --points 2 --valid-from 2025-01-01", "issue category OTHER --name 其他 --deadline 7",
    "issue add 其他 漏水", "shop add 油 5",
    "shop in 油x5", "need add 医疗 看牙", "project add 助残", "support venue 活动室",
    "dispatch whistle 防台 柏乐口腔", "offer add 柏乐口腔 洗牙 --terms 免费", "pairing add 柏乐口腔",
)  # fmt: skip


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """A clock that commands go by."""
    clock = Clock()
    monkeypatch.setattr(Ledger, "now", lambda _: clock.now)
    return clock


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the first evening leaves its ledger for the others to copy."""
    return tmp_path_factory.mktemp("evening") / "台账.db"


@pytest.fixture
def evening(hep: Hep, clock: Clock, path: Path, full: Path) -> Hep:
    """One minute to midnight on a ledger in which something of every noun stands."""
    clock.now = datetime(2025, 11, 20, 23, 59, tzinfo=CHINA)
    if full.exists():
        shutil.copy(full, path)
        return hep
    for words in BEFORE:
        said = hep(*words.split())
        assert said.code == 0, said.err
    shutil.copy(path, full)
    return hep


@pytest.mark.parametrize(
    "words",
    [
        "partner add 赵六", "partner suspend 武玉侪", "partner leave 武玉侪", "partner move 武玉侪 和平社区",
        "partner merge 武玉侪 陈一", "points award 武玉侪 5", "points award 武玉侪 --rule 巡查",
        "points deduct 陈一 5 --reason 未到", "rule add PATROL --points 3", "rule retire PATROL",
        "activity add 夜巡 --kind 网格巡查", "issue add 其他 停水", "issue resolve 漏水", "issue help 漏水 武玉侪",
        "shop add 米 5", "shop price 油 6", "shop in 油x2", "shop out 油x1 --reason 破损",
        "shop stocktake 油x3", "shop redeem 陈一 油",
        "need add 医疗 补牙", "need drop 看牙", "project add 助老", "project stop 助残", "project join 助残 武玉侪",
        "project session 助残 35", "project finish 助残", "support give 柏乐口腔 宣传",
        "support book 活动室 柏乐口腔 --from 8点 --to 9点", "honour give 好人 陈一 --level 街道",
        "honour rule 3 --points 100", "pairing add 柏乐口腔 --community HP", "offer add 柏乐口腔 补牙 --terms 免费",
        "offer use 洗牙 2",
        "offer close 洗牙", "meeting add 联席会", "meeting cooperate 柏乐口腔 --with 陈一",
        "dispatch whistle 演练 柏乐口腔", "dispatch arrive 防台 柏乐口腔 3", "dispatch finish 防台",
    ],
)  # fmt: skip
def test_the_same_key_is_the_same_after_midnight(evening: Hep, clock: Clock, words: str) -> None:
    first = evening(*words.split(), "--key", "一次")
    assert first.code == 0, first.err
    clock.now = datetime(2025, 11, 21, 0, 1, tzinfo=CHINA)
    again = evening(*words.split(), "--key", "一次")
    assert (again.code, "这一笔已经记过（键 一次）" in again.err) == (0, True), again.err


def test_a_day_that_was_said_is_part_of_what_was_meant(evening: Hep) -> None:
    days = (["--day", "2025-02-01"], ["--day", "2025-02-01"], ["--day", "2025-02-02"], [])
    codes = [evening(*["points", "award", "陈一", "5", "--key", "一次"], *day).code for day in days]
    assert codes == [0, 0, 1, 1]
