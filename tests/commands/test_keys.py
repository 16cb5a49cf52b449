"""What ends, closes or takes something back is recorded once by its key: sent again, it says so and changes nothing."""

import pytest

from hepartner.ledger import Ledger
from tests.commands.conftest import Hep

BEFORE = {
    "partner": "partner add 柏乐口腔 --kind 商企 --joined 2025-01-01",
    "person": "partner add 王芳 --joined 2025-01-01",
    "double": "partner add 柏乐牙科 --kind 商企 --joined 2025-01-01",
    "pairing": "pairing add 柏乐口腔 --day 2025-03-01",
    "offer": "offer add 柏乐口腔 洗牙 --day 2025-03-01",
    "meeting": "meeting add 联席会 --day 2025-03-10",
    "resolution": "meeting resolve 联席会 修路灯",
    "done": "meeting done 修路灯",
    "need": "need add 医疗 补牙 --day 2025-03-01",
    "project": "project add 义诊 --partner 柏乐口腔 --day 2025-03-01",
    "venue": "support venue 活动室",
    "booking": "support book 活动室 柏乐口腔 --day 2025-03-01 --from 9:00 --to 10:00 --planned",
    "dispatch": "dispatch whistle 清障 柏乐口腔 --kind 台风 --day 2025-03-10 --at 8:00",
    "arrived": "dispatch arrive 清障 柏乐口腔 5 --day 2025-03-10 --at 8:40",
    "category": "issue category LAMP --name 路灯 --deadline 5",
    "issue": "issue add LAMP 3号楼灯 --day 2025-03-01",
    "another": "issue add LAMP 4号楼灯 --day 2025-03-01",
    "rule": "rule add GRID 巡查 --points 5 --valid-from 2025-01-01",
    "points": "points award 王芳 50 --day 2025-03-01",
    "item": "shop add 米 5",
    "stock": "shop in 米x5",
    "slip": "shop redeem 王芳 米",
}
ONCE = {
    "pairing end 柏乐口腔": "partner pairing",
    "offer close 洗牙": "partner offer",
    "meeting done 修路灯": "meeting resolution",
    "meeting drop 修路灯": "meeting resolution",
    "meeting reopen 修路灯": "meeting resolution done",
    "need meet 补牙": "need",
    "need drop 补牙": "need",
    "project part 义诊 柏乐口腔": "partner project",
    "project stop 义诊": "partner project",
    "project finish 义诊": "partner project",
    "support cancel Y0001": "partner venue booking",
    "support use Y0001": "partner venue booking",
    "dispatch finish 清障 --day 2025-03-10 --at 12:00": "partner dispatch",
    "dispatch decline 清障 柏乐口腔 --day 2025-03-10 --at 8:30": "partner dispatch",
    "dispatch return 清障 柏乐口腔 --day 2025-03-10 --at 8:30 --reason 错": "partner dispatch",
    "dispatch leave 清障 柏乐口腔 --day 2025-03-10 --at 9:30": "partner dispatch arrived",
    "issue resolve 3号楼灯": "category issue",
    "issue duplicate 3号楼灯 4号楼灯": "category issue another",
    "rule retire GRID --valid-to 2025-10-31": "rule",
    "points reverse 1": "person points",
    "shop cancel D1 --reason 退货": "person points item stock slip",
    "partner leave 柏乐口腔": "partner",
    "partner suspend 柏乐口腔": "partner",
    "partner merge 柏乐牙科 柏乐口腔": "partner double",
    "partner move 柏乐口腔 和平社区": "partner",
}
"""What ends something, and what of BEFORE it needs."""


@pytest.mark.parametrize("words", ONCE)
def test_what_is_sent_again_with_its_key_is_recorded_once(hep: Hep, ledger: Ledger, words: str) -> None:
    for name in ONCE[words].split():
        assert hep(*BEFORE[name].split()).code == 0
    first = hep(*words.split(), "--key", "一次")
    assert first.code == 0, first.err
    before = ledger.anchor
    again = hep(*words.split(), "--key", "一次")
    assert (again.code, again.err.startswith("这一笔已经记过（键 一次）")) == (0, True), again.err
    assert ledger.anchor == before
