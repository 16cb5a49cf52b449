"""`hep partner forget`: asked first, said what went, and what it can't know."""

from pathlib import Path

from .conftest import Hep


def test_who_left_is_forgotten(hep: Hep, path: Path) -> None:
    hep("partner", "add", "王芳", "--phone", "13800138000", "--joined", "2025-01-01")
    hep("points", "award", "王芳", "5", "--reason", "巡查带队")
    hep("activity", "add", "王芳书法课")
    refused = hep("partner", "forget", "王芳", "--yes")
    assert (refused.code, "请先办退出" in refused.err) == (1, True)
    hep("partner", "leave", "王芳")
    said = hep("partner", "forget", "王芳", "--yes")
    assert said.code == 0
    assert "XF-P0001 已注销" in said.err
    assert "1 条备注" in said.err
    assert "活动" in said.err
    assert "不能撤销" in said.err
    assert b"13800138000" not in path.read_bytes()
    assert "已注销" in hep("partner", "show", "XF-P0001").out
    assert hep("verify").code == 0


def test_nobody_is_forgotten_unasked(hep: Hep) -> None:
    hep("partner", "add", "王芳", "--joined", "2025-01-01")
    hep("partner", "leave", "王芳")
    said = hep("partner", "forget", "王芳")
    assert said.code == 2
    assert "请加 --yes" in said.err
    assert "王芳" in hep("partner", "show", "XF-P0001").out


def test_it_can_not_be_undone(hep: Hep) -> None:
    hep("partner", "add", "王芳", "--joined", "2025-01-01")
    hep("partner", "leave", "王芳")
    hep("partner", "forget", "王芳", "--yes")
    said = hep("undo", "V" + hep("log").out.split("V")[1].split()[0])
    assert (said.code, "找不回来" in said.err) == (1, True)
