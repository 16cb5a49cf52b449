import atexit
import errno
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import IO

import pytest
from typer._click.core import Context
from typer.core import TyperOption

from hepartner.chinese.misread import Misread
from hepartner.cli import program
from hepartner.ledger.errors import AlreadyRecorded, NotFound
from hepartner.terminal import edge, glossary, talk
from hepartner.terminal.help import further
from hepartner.terminal.tree import Command, Group, Root, version_option
from hepartner.words import Commands, commands, files
from tests.terminal import sample

REPOSITORY = Path(__file__).parents[1]
Hep = Callable[..., tuple[int, str, str]]
Failing = Callable[[BaseException], tuple[int, str, str]]


@pytest.fixture(autouse=True)
def fresh_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine on which nothing was ever set, and a process that has written nothing."""
    for name in ("HOME", "USERPROFILE", "APPDATA", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    for name in ("HEPARTNER_LEDGER", "HEPARTNER_OPERATOR", "HEPARTNER_COMMUNITY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(talk, "_vouchers", [])


@pytest.fixture
def hep(capsys: pytest.CaptureFixture[str]) -> Hep:
    """Return a function that runs the sample program and returns (exit code, stdout, stderr)."""

    def run(*words: str) -> tuple[int, str, str]:
        entries = {
            "partner": Commands("partner", "合伙人", "登记、查找合伙人", 1, "tests.terminal.sample", {}),
            "log": Commands("log", "日志", "查看凭证", 2, "tests.terminal.sample_log", {}),
        }

        def called(typed: str) -> Commands | None:
            return next((one for one in entries.values() if typed in (one.name, one.alias)), None)

        options = [version_option(lambda: talk.show("1.0"))]
        root = Root("hep", every=lambda: entries, called=called, text="台账。", params=options)
        return edge.run(root, words), *capsys.readouterr()

    return run


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch, hep: Hep) -> Failing:
    """Return a function that runs a command which raises the error."""

    def run(error: BaseException) -> tuple[int, str, str]:
        def fail(*_lines: str) -> None:
            raise error

        with monkeypatch.context() as patched:
            patched.setattr(sample, "say", fail)
            return hep("partner", "award", "李梅", "5")

    return run


def test_a_command_is_reached_by_its_english_and_by_its_chinese_words(hep: Hep) -> None:
    english = hep("partner", "add", "李梅", "--kind", "business", "--members", "12", "--operator", "王")
    chinese = hep("合伙人", "添加", "李梅", "--类型", "商企", "--人数", "十二", "--操作人", "王")
    assert (
        english == chinese == (0, "", "李梅 business 12 None False 王\n已记账：凭证 V7。撤销：hep undo V7\n")
    )


def test_a_noun_of_one_command_is_that_command(hep: Hep) -> None:
    assert hep("log", "--limit", "3") == (0, "3\n", "")
    assert hep("日志") == (0, "20\n", "")


def test_dashes_of_a_chinese_keyboard_begin_options(hep: Hep) -> None:
    assert hep("partner", "add", "李梅", "——kind=group", "－－loud", "—h")[1].startswith("用法：")
    assert "group" in hep("partner", "add", "李梅", "——类型=社群")[2]


def test_a_dash_in_a_text_that_is_no_option_stays(hep: Hep) -> None:
    assert hep("partner", "award", "——李梅", "5")[2] == "——李梅 5 None\n"


def test_settings_given_before_or_after_the_command_are_the_same(hep: Hep) -> None:
    for words in (("--operator", "王", "partner", "add", "李"), ("partner", "--operator", "王", "add", "李")):
        assert hep(*words)[2].startswith("李 individual None None False 王\n")


WRONG = {
    "partner ad": "没有“ad”这个命令，是不是要 add（添加）。全部命令见 hep partner --help。",
    "partnr list": "没有“partnr”这个命令，是不是要 partner（合伙人）。全部命令见 hep --help。",
    "合伙 列表": "没有“合伙”这个命令，是不是要 partner（合伙人）。全部命令见 hep --help。",
    "zzz": "没有“zzz”这个命令。全部命令见 hep --help。",
    "--ledger a.db": "缺少命令。用法：hep 命令 …。全部命令见 hep --help。",
    "partner add": "缺少“名称”。用法：hep partner add 名称 [选项]。",
    "partner add 李 梅 王": "多出了“梅 王”。用法：hep partner add 名称 [选项]。",
    "partner add 李 --knd 商企": "没有“--knd”这个选项，是不是要 --kind／--类型。全部选项见 hep partner add --help。",
    "partner add 李 -x": "没有“-x”这个选项。全部选项见 hep partner add --help。",
    "partner add 李 --kind 公司": (
        "选项 --kind／--类型 不对：没有“公司”，可用的有：个体（individual）、社群（group）、商企（business）。"
    ),
    "partner add 李 --kind": "选项 --kind 后面缺少内容。",
    "partner add 李 --loud=1": "选项 --loud 后面不带内容。",
    "partner add 李 --no-loud": "没有“--no-loud”这个选项，是不是要 --loud。全部选项见 hep partner add --help。",
    "partner award 李 -5": "“-5”会被当作选项。数值不用写减号；确实要以减号开头时，请在它前面加写 -- 。",
    "partner import a.xlsx": "导入这一步需要确认，而这里没有人可问。请加 --yes 再运行。",
}


@pytest.mark.parametrize(("words", "sentence"), WRONG.items(), ids=WRONG)
def test_wrong_usage_is_one_chinese_sentence_on_stderr_and_exit_2(
    hep: Hep, words: str, sentence: str
) -> None:
    assert hep(*words.split()) == (2, "", f"{sentence}\n")


def test_a_day_that_can_not_be_read_is_wrong_usage_at_its_option(hep: Hep) -> None:
    code, out, err = hep("partner", "add", "李", "--day", "2月30日")
    assert (code, out) == (2, "")
    assert err.startswith("选项 --day／--日期 不对：没有“2月30日”这一天。")


def test_a_noun_alone_shows_its_help_on_stderr_with_exit_2(hep: Hep) -> None:
    code, out, err = hep("partner")
    assert (code, out) == (2, "")
    assert err == hep("partner", "--help")[1]


HELP = """\
用法：hep partner add 名称 [选项]

  登记一位合伙人。

  例：hep partner add 李梅 --kind 个体

参数：
  名称  姓名或名称（必填）

选项：
  --kind，--类型 个体|社群|商企  合伙人类型（默认 个体）
  --members，--人数 整数         社群人数
  --day，--日期 日期             发生日期，如 3月5日、昨天；不写是今天
  --loud                         大声
  -h，--help，--帮助             显示帮助

每个命令还可以带 --ledger、--operator、--community，见 hep --help。
"""


@pytest.mark.parametrize("word", ["--help", "-h", "--帮助"])
def test_help_is_the_docstring_with_arguments_and_options_in_chinese(hep: Hep, word: str) -> None:
    assert hep("partner", "add", word) == (0, HELP, "")


def test_on_a_narrow_screen_notes_go_on_under_themselves_and_examples_stay_whole(
    hep: Hep, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "56")
    page = hep("partner", "add", "-h")[1]
    assert (
        "  --day，--日期 日期             发生日期，如 3月5日、昨\n"
        "                                 天；不写是今天\n"
    ) in page
    assert "  例：hep partner add 李梅 --kind 个体\n" in page
    monkeypatch.setenv("COLUMNS", "20")
    assert hep("partner", "add", "-h")[1] == HELP


def test_help_notes_what_may_repeat_and_what_an_argument_chooses_from(hep: Hep) -> None:
    assert "--skills，--技能 文字  （可写多次）" in hep("partner", "award", "-h")[1]
    assert "类型  （可选 个体|社群|商企；默认 社群）" in hep("partner", "count", "-h")[1]
    assert hep("partner", "count", "-h")[1].startswith("用法：hep partner count [类型] [选项]\n")
    assert hep("partner", "import", "-h")[1].startswith("用法：hep partner import 文件… [选项]\n")


def test_help_of_a_noun_lists_commands_with_alias_and_summary(hep: Hep) -> None:
    lines = hep("partner", "-h")[1].splitlines()
    assert "  add     添加    登记一位合伙人。" in lines
    assert lines[-1] == "每个命令的说明：hep partner 命令 --help"


def test_version_is_shown(hep: Hep) -> None:
    assert hep("--version") == hep("--版本") == (0, "1.0\n", "")


def test_an_error_of_the_ledger_is_its_sentence_and_its_exit_code(failing: Failing) -> None:
    assert failing(NotFound("合伙人", "武")) == (4, "", "没有找到合伙人“武”。请核对后重试。\n")


def test_what_was_recorded_before_is_a_notice_with_exit_0(failing: Failing) -> None:
    code, _, err = failing(AlreadyRecorded("k1", 7))
    assert (code, err) == (0, "这一笔已经记过（键 k1），凭证是 V7，没有重复记账。\n")
    code, _, err = failing(AlreadyRecorded("k1", 7, undone_by=9))
    told = "这一笔已经记过（键 k1），凭证是 V7，后来由 V9 撤销，没有重复记账。还要记的请换一个键。\n"
    assert (code, err) == (0, told)


def test_text_that_a_command_can_not_read_is_wrong_usage(failing: Failing) -> None:
    assert failing(Misread("看不懂“米xx”", "请写成 米x2")) == (2, "", "看不懂“米xx”。请写成 米x2。\n")


def test_an_interruption_says_that_nothing_was_written(failing: Failing) -> None:
    assert failing(KeyboardInterrupt()) == (130, "", "已中断，没有写入任何内容。\n")


def test_an_interruption_after_vouchers_names_them(failing: Failing) -> None:
    talk.written(7)
    assert failing(EOFError())[::2] == (
        130,
        "已记账：凭证 V7。撤销：hep undo V7\n已中断。凭证 V7 已经记账，其余没有写入。\n",
    )


SYSTEM = [
    (
        OSError(errno.ENOSPC, "No space left", "月报.xlsx"),
        1,
        "磁盘已满，“月报.xlsx”没有写完。请腾出空间后重试。",
    ),
    (
        PermissionError(errno.EACCES, "denied", "月报.xlsx"),
        1,
        "不能读写“月报.xlsx”：没有权限，或者它正被别的程序打开。请关闭它或换个位置后重试。",
    ),
    (
        FileNotFoundError(errno.ENOENT, "No such file", "a/月报.xlsx"),
        4,
        "找不到文件“a/月报.xlsx”。请检查路径后重试。",
    ),
    (OSError(errno.EIO, "Input/output error"), 1, "系统不能读写文件（Input/output error）。请检查后重试。"),
]


@pytest.mark.parametrize(("error", "code", "sentence"), SYSTEM, ids=lambda value: type(value).__name__)
def test_what_the_system_refuses_is_a_sentence_too(
    failing: Failing, error: OSError, code: int, sentence: str
) -> None:
    assert failing(error) == (code, "", f"{sentence}\n")


def test_an_error_nobody_expected_reaches_the_hook_and_not_the_screen(
    failing: Failing, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(ZeroDivisionError) as raised:
        failing(ZeroDivisionError("division by zero"))
    edge.record_unexpected(raised.type, raised.value, raised.tb)
    first, second = capsys.readouterr().err.splitlines()
    assert first == "程序出了没有料到的问题（ZeroDivisionError），已经停止，没有记完的账已撤回。"
    file = Path(second.removeprefix("详情写在 ").removesuffix("，请转交维护人员。"))
    assert "division by zero" in file.read_text(encoding="utf-8")
    file.unlink()


def test_an_error_that_can_not_be_recorded_is_still_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/no/such/folder")
    edge.record_unexpected(ZeroDivisionError, ZeroDivisionError("division by zero"), None)
    assert capsys.readouterr().err.endswith("详情也没有地方可写：division by zero\n")


def test_a_key_pressed_outside_a_command_is_an_interruption(capsys: pytest.CaptureFixture[str]) -> None:
    edge.record_unexpected(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert capsys.readouterr().err == "已中断，没有写入任何内容。\n"


def test_the_process_ends_at_once_unless_somebody_waits_for_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    codes: list[int] = []
    monkeypatch.setattr(os, "_exit", codes.append)
    monkeypatch.setattr(atexit, "_ncallbacks", lambda: 0)
    edge.end(3)
    assert codes == [3]
    monkeypatch.setattr(atexit, "_ncallbacks", lambda: 1)
    with pytest.raises(SystemExit) as ended:
        edge.end(4)
    assert (ended.value.code, codes) == (4, [3])


def test_what_fails_where_nobody_can_catch_it_shows_no_traceback(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import sys\nfrom hepartner.cli import program\nfrom hepartner.terminal import edge\n"
        "class Torn:\n    def __del__(self):\n        raise ValueError('torn')\n"
        "sys.argv = ['hep', '--version']\nedge.main(program())\nTorn()\n",
        encoding="utf-8",
    )
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY)}
    ended = subprocess.run(
        [sys.executable, script], capture_output=True, check=False, encoding="utf-8", env=environment
    )
    assert (ended.returncode, ended.stderr) == (0, "")


def started(
    *words: str, stdout: int | IO[str] = subprocess.PIPE, encoding: str = "utf-8", **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the whole program in a process of its own, its output buffered as it is on people's machines."""
    variables = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    return subprocess.run(
        [sys.executable, "-m", "hepartner", *words],
        stdout=stdout, stderr=subprocess.PIPE, encoding=encoding, check=False, cwd=REPOSITORY, env=variables | environment,
    )  # fmt: skip


def test_the_whole_program_speaks_chinese_about_a_wrong_command() -> None:
    ended = started("parner")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == "没有“parner”这个命令，是不是要 partner（合伙人）。全部命令见 hep --help。\n"


def test_the_whole_program_prints_what_a_code_page_lacks_as_a_question_mark() -> None:
    ended = started("𠮷", encoding="gbk", PYTHONIOENCODING="gbk")
    assert (ended.returncode, ended.stderr) == (2, "没有“?”这个命令。全部命令见 hep --help。\n")


def test_the_whole_program_shows_its_version() -> None:
    ended = started("--version")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.startswith("hepartner ")


def test_a_shell_that_completes_gets_english_and_chinese_words() -> None:
    ended = started(_HEP_COMPLETE="complete_bash", COMP_WORDS="hep 积分 发", COMP_CWORD="2")
    assert (ended.returncode, ended.stdout) == (0, "发放\n")


def test_a_reader_that_leaves_early_is_no_trouble() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ended = started("--help", stdout=writing)
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (141, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
def test_output_onto_a_full_disk_is_a_sentence() -> None:
    with Path("/dev/full").open("w") as full:
        ended = started("--help", stdout=full)
    assert (ended.returncode, ended.stderr) == (1, "磁盘已满，输出没有写完。请腾出空间后重试。\n")


def test_warnings_of_libraries_stay_off_the_screen_unless_python_is_told_to_warn() -> None:
    script = "import warnings; from hepartner.terminal.talk import prepare_streams; prepare_streams(); warnings.warn('old')"
    for words, warned in (([], False), (["-W", "default"], True)):
        ended = subprocess.run(
            [sys.executable, *words, "-c", script],
            capture_output=True,
            encoding="utf-8",
            check=True,
            cwd=REPOSITORY,
        )
        assert ("old" in ended.stderr) is warned


def commands_of(noun: str) -> dict[str, tuple[Group, Command]]:
    """Return the commands of a noun: the words → the group it stands in and the command."""
    root = program()
    made = root.get_command(Context(root), noun)
    assert made is not None
    own = {noun: (root, made)} if isinstance(made, Command) else {}
    group = made if isinstance(made, Group) else further(made)
    return own | {
        f"{noun} {verb}": (group, command)
        for verb in (group.aliases if group else ())
        if isinstance(command := group.make(verb), Command)
    }


def options_of(command: Command) -> list[TyperOption]:
    return [param for param in command.params if isinstance(param, TyperOption)]


def test_every_noun_has_a_chinese_word_of_its_own() -> None:
    aliases = [entry.alias for entry in commands().values()]
    assert not any(alias.isascii() for alias in aliases)
    assert len(set(aliases)) == len(aliases)


def test_an_option_has_one_word_whichever_noun_takes_it() -> None:
    said = [option for file in files().values() for option in getattr(file, "OPTIONS", {})]
    assert [option for option in said if said.count(option) > 1 or option in glossary.OPTIONS] == []


@pytest.mark.parametrize("noun", commands())
def test_every_command_and_option_has_a_chinese_word(noun: str) -> None:
    commands = commands_of(noun)
    lacking = [words for words, (group, _) in commands.items() if group.aliases[words.split()[-1]].isascii()]
    for words, (_, command) in commands.items():
        lacking += [
            f"{words} {option.opts}" for option in options_of(command) if "".join(option.opts).isascii()
        ]
    assert not lacking


@pytest.mark.parametrize("noun", commands())
def test_no_chinese_word_means_two_things_in_one_noun_or_command(noun: str) -> None:
    for words, (group, command) in commands_of(noun).items():
        names = [name for option in options_of(command) for name in option.opts]
        for chosen in ([*group.aliases, *group.aliases.values()], names):
            assert len(set(chosen)) == len(chosen), words


@pytest.mark.parametrize("noun", commands())
def test_every_help_page_explains_command_and_parameters_in_common_characters(
    noun: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for words, (group, command) in commands_of(noun).items():
        assert edge.run(program(), [*words.split(), "--help"]) == 0
        page = capsys.readouterr().out
        assert page.encode("gb2312")
        assert group.summary(words.split()[-1]), words
        assert page.splitlines()[2].strip(), words
        assert [param.name for param in command.params if not getattr(param, "help", "")] == [], words
