"""`hep import KIND -` as typed: what comes through standard input is a file like any other, of which nothing is left."""

import io
import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hepartner.intake import sniff, spool
from hepartner.intake.errors import TooLarge
from hepartner.ledger import Ledger
from tests.intake.builders import HEADER, LI, WANG, put, text, xlsx

from .conftest import Hep

BAD = ("孙七", "个体", "1390013900", "幸福里社区")
Pipe = Callable[[bytes], None]


@pytest.fixture
def pipe(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Pipe]:
    """Send bytes through standard input; whatever becomes of them, none is left in the folder for temporary files."""
    temporary, working = tmp_path / "临时", tmp_path / "工作"
    temporary.mkdir()
    working.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    monkeypatch.chdir(working)

    def send(content: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))

    yield send
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize(
    "content",
    [
        text(HEADER, WANG, LI),
        text(HEADER, WANG, LI, encoding="gb18030"),
        text(HEADER, WANG, LI, encoding="utf-16", mark="\t"),
        xlsx(HEADER, WANG, LI),
    ],
    ids=["UTF-8", "GB18030", "UTF-16", "a workbook"],
)
def test_what_comes_through_a_pipe_is_known_by_its_bytes(
    hep: Hep, ledger: Ledger, pipe: Pipe, content: bytes
) -> None:
    pipe(content)
    said = hep("import", "partners", "-", "--source", "街道")
    assert (said.code, said.out) == (0, "")
    assert said.err.splitlines()[0] == "标准输入：读取 2 行 = 新增 2 + 修改 0 + 不变 0 + 有问题 0。"
    assert [one.name for one in ledger.partners.cards()] == ["王芳", "李四"]
    assert ledger.history.log()[0].source == "街道"
    pipe(content)
    assert "新增 0 + 修改 0 + 不变 2" in hep("import", "partners", "-", "--source", "街道").err


def test_it_stands_among_files_in_its_place(hep: Hep, pipe: Pipe, tmp_path: Path) -> None:
    pipe(text(HEADER, LI))
    files = [str(put(tmp_path, f"{name}.csv", text(HEADER, WANG))) for name in ("甲", "乙")]
    said = hep("import", "partners", files[0], "-", files[1], "--json")
    assert [(one["file"], one["added"]) for one in json.loads(said.out)] == [
        ("甲.csv", 1),
        ("标准输入", 1),
        ("乙.csv", 0),
    ]


def test_its_bad_rows_are_given_back_where_one_works(hep: Hep, ledger: Ledger, pipe: Pipe) -> None:
    pipe(text(HEADER, WANG, BAD))
    said = hep("import", "partners", "-", "--skip-bad")
    assert said.code == 3
    assert "标准输入｜第 3 行｜C 列“联系电话”：电话只有 10 位" in said.err
    assert "有问题的行写在 标准输入_问题.xlsx（含个人信息）" in said.err
    assert [file.name for file in Path().iterdir()] == ["标准输入_问题.xlsx"]
    assert hep("import", "partners", "标准输入_问题.xlsx").code == 3
    assert len(ledger.partners.cards()) == 1


def test_it_is_checked_under_its_name(hep: Hep, ledger: Ledger, pipe: Pipe) -> None:
    pipe(text(HEADER, WANG))
    said = hep("import", "check", "partners", "-")
    assert (said.code, said.out.splitlines()[1].split("\t")[:4]) == (0, ["标准输入", "", "1", "1"])
    assert ledger.partners.cards() == []


@pytest.mark.parametrize(("content", "why"), [(b"", "文件是空的"), (b"%PDF-1.7", "这是 PDF 文档")])
def test_what_is_no_list_is_refused_for_what_it_is(hep: Hep, pipe: Pipe, content: bytes, why: str) -> None:
    pipe(content)
    said = hep("import", "partners", "-")
    assert (said.code, f"标准输入：{why}" in said.err) == (3, True)


def test_of_more_than_is_imported_just_as_much_is_kept_as_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for module in (spool, sniff):
        monkeypatch.setattr(module, "FILE_BYTES_MAX", 10_000)
    with spool.spooled(io.BytesIO(b"x" * 50_000)) as path:
        assert path.stat().st_size == 10_001
        with pytest.raises(TooLarge):
            sniff.sniff(path)
    assert not path.exists()


def test_a_broken_off_import_leaves_nothing_of_it(
    hep: Hep, ledger: Ledger, pipe: Pipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken_off(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    pipe(text(HEADER, WANG))
    monkeypatch.setattr("hepartner.intake.pipeline.import_file", broken_off)
    assert hep("import", "partners", "-").code == 130
    assert ledger.partners.cards() == []


def test_the_keyboard_is_not_read_as_a_list(hep: Hep, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    said = hep("import", "partners", "-")
    assert (said.code, "而这里的标准输入是键盘" in said.err) == (2, True)
