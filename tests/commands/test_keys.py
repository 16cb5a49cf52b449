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
    "phone": "partner add 李丽 --phone 13800000001 --joined 2025-01-01",
    "activity": "activity add 清扫 --day 2025-03-05",
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
RENAMED = {
    "activity edit 清扫 --name 大扫除": "activity",
    "activity edit 清扫 --day 2025-03-05 --held-on 2025-03-06": "activity",
    "dispatch edit 清障 --title 台风清障": "partner dispatch",
    "issue edit 楼灯 --title 路灯不亮": "category issue",
    "meeting edit 联席 --title 一季度例会": "meeting",
    "meeting amend 修路灯 --text 换路灯": "meeting resolution",
    "need edit 补牙 --title 种牙": "need",
    "need edit 补 --title 种牙 --heads 9": "need",
    "offer edit 洗牙 --title 洁牙": "partner offer",
    "partner edit 柏乐口腔 --name 柏乐牙科": "partner",
    "partner edit 0001 --phone 13800000002": "phone",
    "partner edit wangfang --name 王方圆": "person",
    "project edit 义诊 --title 大义诊": "partner project",
    "project edit 义诊 --title 看牙": "partner project",
    "shop edit 米 --name 大米": "item",
    "shop edit 米 --name 面": "item",
    "support venue 活动室 --rename 会议室": "venue",
}
"""What calls something otherwise than the command does that sends it."""


@pytest.mark.parametrize("words", ONCE | RENAMED)
def test_what_is_sent_again_with_its_key_is_recorded_once(hep: Hep, ledger: Ledger, words: str) -> None:
    for name in (ONCE | RENAMED)[words].split():
        assert hep(*BEFORE[name].split()).code == 0
    first = hep(*words.split(), "--key", "一次")
    assert first.code == 0, first.err
    before = ledger.anchor
    again = hep(*words.split(), "--key", "一次")
    assert (again.code, again.err.startswith("这一笔已经记过（键 一次）")) == (0, True), again.err
    assert ledger.anchor == before


def test_what_was_renamed_under_a_key_is_not_found_by_what_others_are_called(
    hep: Hep, ledger: Ledger
) -> None:
    """The old title finds it under that key alone, and another need is another intention."""
    for words in (BEFORE["need"], "need add 医疗 镶牙", "need edit 补牙 --title 种牙 --key 一次"):
        assert hep(*words.split()).code == 0
    before = ledger.anchor
    other = hep("need", "edit", "镶牙", "--title", "种牙", "--key", "一次")
    assert (other.code, other.err.startswith("键 一次 已用于另一笔业务")) == (1, True), other.err
    for words in ("need edit 补牙 --heads 5 --key 两次", "need show 补牙"):
        assert (hep(*words.split()).code, ledger.anchor) == (4, before)
