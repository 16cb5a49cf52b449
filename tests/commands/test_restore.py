"""`hep restore` as typed."""

from pathlib import Path

from tests.commands.conftest import Hep


def test_a_backup_is_restored_and_what_it_lacks_is_listed(hep: Hep, path: Path) -> None:
    backup = hep("backup").out.strip()
    hep("partner", "add", "陈一")
    said = hep("恢复", backup, "-o", str(path.with_name("新.db")))
    assert said.code == 0
    assert [line.split("\t")[::2] for line in said.out.splitlines()] == [["凭证", "操作人"], ["V6", "李梅"]]
    assert "里有 1 张凭证是恢复的台账没有的，要用它就得补记。" in said.err
    assert hep("--ledger", str(path.with_name("新.db")), "verify").code == 0


def test_a_backup_is_never_restored_over_a_ledger(hep: Hep, path: Path) -> None:
    backup, content = hep("backup").out.strip(), path.read_bytes()
    said = hep("restore", backup, "-o", str(path))
    assert (said.code, said.out, path.read_bytes()) == (1, "", content)
    assert f"{path} 已经存在，没有改动它。" in said.err


def test_a_backup_with_a_flipped_bit_is_refused_in_one_sentence(hep: Hep, path: Path) -> None:
    backup = Path(hep("backup").out.strip())
    content = bytearray(backup.read_bytes())
    content[-1] ^= 1
    backup.write_bytes(content)
    said = hep("restore", str(backup), "-o", str(path.with_name("新.db")))
    assert (said.code, said.out) == (5, "")
    assert said.err.endswith("与清单不符（校验和不同），已经损坏或被改动过，没有恢复。请换用另一份备份。\n")
    assert not path.with_name("新.db").exists()
