"""A report takes the place of the old one whole, or not at all."""

import os
from io import BytesIO
from pathlib import Path

import pytest

from hepartner.reports.errors import (
    FolderMissing,
    TargetIsFolder,
    TargetIsLedger,
    TargetNotWorkbook,
    TargetUnwritable,
)
from hepartner.reports.saving import checked_target, checked_workbook, save
from tests.faults.limits import files_of_at_most


def report(buffer: BytesIO) -> None:
    buffer.write(b"new report")


def test_a_report_is_written_where_it_was_asked_for(tmp_path: Path) -> None:
    saved = save(report, tmp_path / "月报.xlsx")
    assert (saved.path, saved.notices) == (tmp_path / "月报.xlsx", ())
    assert saved.path.read_bytes() == b"new report"


def test_an_older_report_is_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    (tmp_path / "月报.xlsx").write_bytes(b"old")
    save(report, tmp_path / "月报.xlsx")
    assert [path.name for path in tmp_path.iterdir()] == ["月报.xlsx"]
    assert (tmp_path / "月报.xlsx").read_bytes() == b"new report"


@pytest.mark.parametrize("mark", ["~$月报.xlsx", ".~月报.xlsx", ".~lock.月报.xlsx#"])
def test_a_report_that_is_open_elsewhere_is_saved_beside_and_says_so(tmp_path: Path, mark: str) -> None:
    (tmp_path / "月报.xlsx").write_bytes(b"old")
    (tmp_path / mark).touch()
    saved = save(report, tmp_path / "月报.xlsx")
    assert saved.path.name == "月报(2).xlsx"
    assert saved.notices == ("月报.xlsx 正被打开，报表另存为 月报(2).xlsx。",)
    assert (tmp_path / "月报.xlsx").read_bytes() == b"old"


def test_if_that_is_open_too_the_next_number_is_taken(tmp_path: Path) -> None:
    for name in ("~$月报.xlsx", "~$月报(2).xlsx"):
        (tmp_path / name).touch()
    assert save(report, tmp_path / "月报.xlsx").path.name == "月报(3).xlsx"


def test_a_file_that_windows_refuses_to_replace_is_taken_for_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = os.replace

    def refusing(source: Path, target: Path) -> None:
        if Path(target).name == "月报.xlsx":
            raise PermissionError(13, "Access is denied")
        replace(source, target)

    monkeypatch.setattr(os, "replace", refusing)
    assert save(report, tmp_path / "月报.xlsx").path.name == "月报(2).xlsx"


def test_when_every_name_is_open_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refusing(*_: Path) -> None:
        raise PermissionError(13, "Access is denied")

    monkeypatch.setattr(os, "replace", refusing)
    with pytest.raises(TargetUnwritable, match="正被其他程序打开"):
        save(report, tmp_path / "月报.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_the_old_report_and_no_rest(tmp_path: Path) -> None:
    (tmp_path / "月报.xlsx").write_bytes(b"old")
    with files_of_at_most(1000), pytest.raises(TargetUnwritable, match="原来的文件没有改动"):
        save(lambda buffer: buffer.write(b"x" * 5000) and None, tmp_path / "月报.xlsx")
    assert [path.name for path in tmp_path.iterdir()] == ["月报.xlsx"]
    assert (tmp_path / "月报.xlsx").read_bytes() == b"old"


def test_a_place_where_nothing_can_be_put_is_named(tmp_path: Path) -> None:
    (tmp_path / "月报.xlsx").mkdir()
    (tmp_path / "月报.xlsx" / "file").touch()
    with pytest.raises(TargetUnwritable, match=r"月报\.xlsx"):
        save(report, tmp_path / "月报.xlsx")


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """A ledger that somebody named like a report."""
    path = tmp_path / "台账.xlsx"
    path.touch()
    return path


def test_the_ledger_itself_is_never_the_target(tmp_path: Path, ledger: Path) -> None:
    with pytest.raises(TargetIsLedger, match="台账文件本身"):
        checked_target(ledger, ledger)
    (tmp_path / "link.xlsx").symlink_to(ledger)
    with pytest.raises(TargetIsLedger):
        checked_target(tmp_path / "link.xlsx", ledger)
    (tmp_path / "same.xlsx").hardlink_to(ledger)
    with pytest.raises(TargetIsLedger):
        checked_target(tmp_path / "same.xlsx", ledger)


def test_a_folder_is_not_a_file(tmp_path: Path, ledger: Path) -> None:
    with pytest.raises(TargetIsFolder, match="是文件夹"):
        checked_target(tmp_path, ledger)


def test_a_workbook_is_named_xlsx(tmp_path: Path, ledger: Path) -> None:
    with pytest.raises(TargetNotWorkbook, match=r"请改为 月报\.xlsx"):
        checked_workbook(tmp_path / "月报.xls", ledger)
    assert checked_workbook(tmp_path / "月报.XLSX", ledger) == tmp_path / "月报.XLSX"


def test_the_folder_must_be_there(tmp_path: Path, ledger: Path) -> None:
    with pytest.raises(FolderMissing, match="没有文件夹"):
        checked_target(tmp_path / "没有" / "月报.xlsx", ledger)
