"""What every command promises: listings as JSON, writes with a key, a voucher and the way back, dry runs of what is large."""

import json

import pytest

from hepartner.ledger import Ledger
from tests.commands.conftest import Hep
from tests.nouns import listed
from tests.reference import every_command

READS = ("list", "show")
"""Verbs that read, whatever the noun."""
READING = {
    "area list", "partner find", "partner list", "partner show", "partner history", "partner sheet", "rule list", "rule try",
    "activity list", "activity show", "activity waiting", "points balance", "points statement", "points board",
    "shop list", "shop show", "shop receipt", "shop slips", "issue list", "issue overdue", "issue show", "report figures",
    "report rows", "setting list", "log", "log exports", "verify", "import check", "import maps", "audit", "doctor",
}  # fmt: skip
FILES_AND_CONTENT = {
    "init", "import", "template", "report monthly", "points expire", "backup", "restore", "migrate", "export hledger",
    "export beancount",
}  # fmt: skip
"""What makes a file once, and what is the same again by its content: neither takes a key."""
LARGE = {
    "area add", "activity sign", "activity confirm", "points expire", "shop stocktake", "partner move", "partner merge",
    "import", "month close", "undo",
}  # fmt: skip
OPTIONS = {
    words: {option for param in command.params for option in param.opts}
    for words, _, command, _ in every_command()
    if not hasattr(command, "aliases")
}
READING |= {words for words in OPTIONS if words.split()[-1] in READS} | set(listed("READING"))
LARGE |= set(listed("LARGE"))


def test_every_command_that_reads_gives_json() -> None:
    assert [words for words in sorted(READING) if "--json" not in OPTIONS[words]] == []


def test_every_command_that_writes_takes_a_key() -> None:
    writing = OPTIONS.keys() - READING - FILES_AND_CONTENT
    assert [words for words in sorted(writing) if "--key" not in OPTIONS[words]] == []
    assert [words for words in sorted(READING) if "--key" in OPTIONS[words]] == []


def test_every_write_of_many_rows_can_be_rehearsed() -> None:
    assert {words for words, options in OPTIONS.items() if "--dry-run" in options} == LARGE


@pytest.fixture
def busy(hep: Hep) -> Hep:
    """A ledger with 武玉侪, 陈一 (30 points) and 陈二, an open issue and a shop."""
    for name in ("武玉侪", "陈一", "陈二"):
        hep("partner", "add", name, "--joined", "2025-01-01")
    hep("points", "award", "陈一", "30", "--day", "2025-01-02")
    return hep


@pytest.mark.parametrize(
    "words",
    [
        "partner suspend 武玉侪", "partner leave 武玉侪", "partner move 武玉侪 和平社区", "partner merge 武玉侪 陈一",
        "points reverse 1", "setting set office 海城区", "setting set expiry 每年清零", "undo V9",
        "issue category PET --name 宠物 --deadline 7", "area add 第一网格 --parent XF",
    ],
)  # fmt: skip
def test_the_same_key_is_recorded_once(busy: Hep, words: str) -> None:
    first = busy(*words.split(), "--key", "一次")
    assert first.code == 0
    assert first.err.splitlines()[-1] == "已记账：凭证 V10。撤销：hep undo V10"
    again = busy(*words.split(), "--key", "一次")
    assert (again.code, again.err) == (0, "这一笔已经记过（键 一次），凭证是 V10，没有重复记账。\n")
    other = busy("points", "award", "陈二", "5", "--key", "一次")
    assert (other.code, "已用于另一笔业务（凭证 V10）" in other.err) == (1, True)


@pytest.mark.parametrize(
    "words",
    ["partner move 陈一 和平社区", "partner merge 陈一 陈二", "undo V9", "area add 第一网格 --parent XF"],
)
def test_a_dry_run_says_all_and_writes_nothing(busy: Hep, ledger: Ledger, words: str) -> None:
    before = ledger.anchor
    rehearsed = busy(*words.split(), "--dry-run")
    assert rehearsed.code == 0
    assert rehearsed.err.splitlines()[-1] == "这是试运行，没有写入任何内容。"
    assert "hep undo" not in rehearsed.err
    assert ledger.anchor == before
    done = busy(*words.split())
    assert done.err.splitlines()[:-1] == [
        line.replace("可以撤销", "已撤销") for line in rehearsed.err.splitlines()[:-1]
    ]


def test_a_stocktake_is_rehearsed(busy: Hep) -> None:
    busy("shop", "add", "米", "5")
    busy("shop", "in", "米x5")
    rehearsed = busy("shop", "stocktake", "米x3", "--dry-run")
    assert rehearsed.err == "这是试运行，没有写入任何内容。\n"
    assert json.loads(busy("shop", "list", "--json").out)[0]["stock"] == 5
    assert busy("shop", "stocktake", "米x3").out == rehearsed.out


def test_a_run_of_expiry_that_finds_nothing_is_not_called_a_dry_run(busy: Hep) -> None:
    busy("setting", "set", "清零办法", "每年清零")
    assert "试运行" in busy("points", "expire", "--dry-run").err
    assert busy("points", "expire").code == 0
    assert busy("points", "expire").err.splitlines()[-1] == "没有到期的积分，没有写入任何内容。"


def test_settings_are_named_and_shown_in_the_offices_words(hep: Hep) -> None:
    said = hep("设置", "设定", "清零办法", "次年一月结清")
    assert said.code == 0
    (line,) = [line for line in hep("setting", "list").out.splitlines() if "expiry" in line]
    assert (line.startswith("清零办法\texpiry\t"), line.endswith("\t次年一月结清")) == (True, True)
    assert json.loads(hep("setting", "list", "--json").out)[1]["value"] == "january"


@pytest.mark.parametrize(
    ("action", "vouchers"),
    [("points", [9]), ("points.award", [9]), ("发放积分", [9]), ("登记", [8, 7, 6]), ("undo", None)],
)
def test_the_log_is_asked_for_an_action_in_either_language(
    busy: Hep, action: str, vouchers: list[int] | None
) -> None:
    logged = json.loads(busy("log", "--action", action, "--by", "李梅", "--json").out)
    assert [one["voucher"] for one in logged] == (vouchers or [])


def test_an_office_whose_name_tells_nothing_is_founded_with_its_kind(
    hep: Hep, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setenv("HEPARTNER_LEDGER", f"{tmp_path}/新.db")
    monkeypatch.delenv("HEPARTNER_COMMUNITY")
    said = hep("init", "老城", "--kind", "街道")
    assert (said.code, "最上级区域是街道“老城”" in said.err) == (0, True)
