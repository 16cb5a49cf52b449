"""The command that lists what deserves a look."""

import json

from hepartner.ledger import Ledger
from tests.commands.conftest import Hep
from tests.ledger.conftest import enrol


def test_what_deserves_a_look_is_listed_masked_and_as_json(hep: Hep, ledger: Ledger) -> None:
    for name in ("武玉侪", "覃秀英"):
        ledger.points.award(enrol(ledger, name, phone="13800138000"), 300)
    said = hep("audit")
    lines = [line.split("\t") for line in said.out.splitlines()]
    assert lines[0] == ["事项", "凭证", "时间", "操作人", "合伙人", "积分", "说明"]
    phones = next(line for line in lines if line[0] == "共用电话")
    assert phones[4:] == ["XF-P0001 武玉侪、XF-P0002 覃秀英", "600", "138****8000 有 2 位在用"]
    assert "13800138000" not in said.out
    listed = json.loads(hep("审计", "--区域", "幸福里", "--机读").out)
    assert {"gains", "round", "phones"} <= {one["audit"] for one in listed}
    assert set(listed[0]) == {"audit", "what", "voucher", "recorded_at", "operator", "partner", "points"}


def test_days_with_nothing_have_nothing_to_look_at_and_backward_days_are_refused(hep: Hep) -> None:
    assert hep("audit", "--from", "2025-01-01", "--to", "2025-01-31").out.splitlines()[1:] == []
    said = hep("audit", "--from", "2025-02-01", "--to", "2025-01-31")
    assert (said.code, "晚于截止日期" in said.err) == (2, True)


def test_an_auditor_may_look(hep: Hep) -> None:
    hep("operator", "add", "陈静", "--role", "审计")
    assert hep("--operator", "陈静", "audit").code == 0
