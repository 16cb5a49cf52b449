"""The commands of pairings, as typed."""

import json

import pytest

from hepartner.ledger import Ledger
from tests.commands.conftest import Hep
from tests.ledger.conftest import enrol


@pytest.fixture(autouse=True)
def dentist(ledger: Ledger) -> None:
    enrol(ledger, "柏乐口腔门诊部", kind="business")


def test_a_partner_is_paired_edited_listed_and_parted(hep: Hep) -> None:
    said = hep("pairing", "add", "柏乐口腔门诊部", "--links", "组织联建、服务联做", "--day", "2025-03-01")
    assert (said.code, said.out, said.err.splitlines()[0]) == (
        0, "", "已登记 XF-P0001 柏乐口腔门诊部 与幸福里社区的结对（组织联建、服务联做）。",
    )  # fmt: skip
    assert hep("结对", "修改", "P0001", "--六联", "全部").code == 0
    (paired,) = json.loads(hep("pairing", "list", "--json").out)
    assert (paired["since"], len(paired["links"])) == ("2025-03-01", 6)
    assert "已解除 XF-P0001" in hep("结对", "解除", "P0001", "--原因", "搬走").err
    assert len(hep("pairing", "list").out.splitlines()) == 1
    row = hep("pairing", "list", "--ended").out.splitlines()[1].split("\t")
    assert (row[0], row[2], row[7]) == ("幸福里社区", "柏乐口腔门诊部", "已解除")


def test_a_link_that_is_none_of_the_six_is_wrong_usage(hep: Hep) -> None:
    said = hep("pairing", "add", "P0001", "--links", "组织联建、联谊")
    assert said.code == 2
    assert "没有“联谊”，可用的有：组织联建（party）" in said.err


def test_who_is_not_paired_here_is_not_found(hep: Hep) -> None:
    said = hep("pairing", "end", "P0001")
    assert said.code == 4
    assert said.err == (
        "没有找到结对“柏乐口腔门诊部与幸福里社区”。可用 hep pairing list 查看，或用 --community 指明社区。\n"
    )
