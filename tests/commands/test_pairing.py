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


def test_a_pairing_is_ended_once_by_its_key_even_after_they_paired_anew(hep: Hep) -> None:
    hep("pairing", "add", "P0001", "--day", "2025-03-01")
    words = ("pairing", "end", "P0001", "--day", "2025-05-01", "--key", "k")
    ended = hep(*words)
    assert (ended.code, hep(*words).err) == (0, "这一笔已经记过（键 k），凭证是 V8，没有重复记账。\n")
    hep("pairing", "add", "P0001", "--day", "2025-06-01")
    again = hep(*words)
    assert (again.code, "没有重复记账" in again.err) == (0, True)
    assert len(hep("pairing", "list").out.splitlines()) == 2


def test_a_pairing_that_ended_says_so(hep: Hep) -> None:
    hep("pairing", "add", "P0001", "--day", "2025-03-01")
    hep("pairing", "end", "P0001", "--day", "2025-05-01")
    assert "现在是“已解除”，不能记“解除”" in hep("pairing", "end", "P0001").err
    assert "2025-05-01 已解除，不能修改" in hep("pairing", "edit", "P0001", "--links", "全部").err


def test_a_merger_says_what_both_had_and_the_end_is_that_of_the_pairing_that_stays(
    hep: Hep, ledger: Ledger
) -> None:
    enrol(ledger, "柏乐口腔", kind="business")
    hep("pairing", "add", "P0001", "--day", "2025-03-01")
    hep("pairing", "add", "P0002", "--day", "2025-05-01")
    said = hep("partner", "merge", "P0001", "P0002", "--day", "2025-11-01").err
    assert "两位都有的与幸福里社区的结对已合并，保留较早的一份，内容请核对。" in said
    rows = [row.split("\t") for row in hep("pairing", "list").out.splitlines()[1:]]
    assert [(row[1], row[2], row[5]) for row in rows] == [("XF-P0002", "柏乐口腔", "2025-03-01")]
    assert hep("pairing", "end", "P0002", "--day", "2025-11-20").code == 0
    assert "现在是“已解除”" in hep("pairing", "end", "P0002").err
    assert (
        "从 2025-03-01 到 2025-11-20 已经结过对" in hep("pairing", "add", "P0002", "--day", "2025-04-01").err
    )


def test_who_is_not_paired_here_is_not_found(hep: Hep) -> None:
    said = hep("pairing", "end", "P0001")
    assert said.code == 4
    assert said.err == (
        "没有找到结对“柏乐口腔门诊部与幸福里社区”。可用 hep pairing list 查看，或用 --community 指明社区。\n"
    )
