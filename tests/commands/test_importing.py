"""`hep import` and `hep template` as typed: what they say, what they leave, how they end."""

import json
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from hepartner.commands import importing
from hepartner.ledger import Ledger
from hepartner.terminal import questions
from tests.intake.builders import HEADER, LI, WANG, put, saved, text, workbook, xlsx
from tests.ledger.conftest import enrol

from .conftest import Hep

BAD = ("李四", "个体", "1390013900", "幸福里社区")


def test_a_roster_is_imported_and_its_voucher_named(hep: Hep, ledger: Ledger, tmp_path: Path) -> None:
    path = put(tmp_path, "花名册.xlsx", xlsx(("幸福里社区花名册",), HEADER, WANG, LI, ("合计", "2人")))
    said = hep("import", "partners", str(path))
    assert (said.code, said.out) == (0, "")
    assert said.err.splitlines() == [
        "花名册.xlsx：有 1 行不是名单，没有导入：第 5 行（合计行）。",
        "花名册.xlsx：读取 2 行 = 新增 2 + 修改 0 + 不变 0 + 有问题 0。",
        f"已记账：凭证 V{ledger.anchor.vouchers}。撤销：hep undo V{ledger.anchor.vouchers}",
    ]
    assert [partner.name for partner in ledger.partners.cards()] == ["王芳", "李四"]


@pytest.mark.parametrize("quotes", ['""', "''", "“”"])
def test_the_quotes_of_a_dragged_file_are_taken_off(
    hep: Hep, ledger: Ledger, tmp_path: Path, quotes: str
) -> None:
    path = put(tmp_path, "花 名册.csv", text(HEADER, WANG))
    assert hep("import", "partners", f"{quotes[0]}{path}{quotes[1]}").code == 0
    assert [partner.name for partner in ledger.partners.cards()] == ["王芳"]


def test_chinese_words_do_the_same(hep: Hep, ledger: Ledger, tmp_path: Path) -> None:
    path = put(tmp_path, "花名册.csv", text(HEADER, WANG, BAD))
    said = hep("导入", "合伙人", str(path), "--跳过错行", "--机读", "--来源", "街道")
    assert said.code == 3
    assert json.loads(said.out)["added"] == 1
    assert ledger.history.log()[0].source == "街道"


def test_a_bad_row_refuses_the_file_with_where_what_and_what_to_do(
    hep: Hep, ledger: Ledger, tmp_path: Path
) -> None:
    path = put(tmp_path, "花名册.csv", text(HEADER, WANG, BAD))
    said = hep("import", "partners", str(path))
    assert said.code == 3
    assert said.err.splitlines() == [
        "花名册.csv｜第 3 行｜C 列“联系电话”：电话只有 10 位（139****900）。改法：手机号是 11 位，请补全后重新导入。",
        "花名册.csv：读取 2 行 = 新增 1 + 修改 0 + 不变 0 + 有问题 1。",
        f"有问题的行写在 {tmp_path / '花名册_问题.xlsx'}（含个人信息），改好后可以直接导入它。",
        "这个文件没有写入任何内容。改好后重新导入，或加 --skip-bad 先导入其余的行。",
    ]
    assert ledger.partners.cards() == []


def test_a_dry_run_writes_nothing_and_says_so(hep: Hep, ledger: Ledger, tmp_path: Path) -> None:
    path = put(tmp_path, "花名册.csv", text(HEADER, WANG))
    said = hep("import", "partners", str(path), "--dry-run")
    assert said.code == 0
    assert said.err.endswith("这是试运行，没有写入任何内容。\n")
    assert ledger.partners.cards() == []


def test_several_files_are_several_vouchers_and_a_list_of_reports(hep: Hep, tmp_path: Path) -> None:
    files = [
        put(tmp_path, "一.csv", text(HEADER, WANG)),
        put(tmp_path, "二.pdf", b"%PDF-1.7"),
        put(tmp_path, "三.csv", text(HEADER, LI)),
    ]
    said = hep("import", "partners", *map(str, files), "--json")
    reports = json.loads(said.out)
    assert said.code == 3
    assert [(one["file"], one["added"], one["voucher"] is not None) for one in reports] == [
        ("一.csv", 1, True),
        ("二.pdf", 0, False),
        ("三.csv", 1, True),
    ]
    assert set(reports[1]) == {
        "file",
        "sheet",
        "read",
        "added",
        "changed",
        "unchanged",
        "rejected",
        "columns",
        "problems",
        "changes",
        "skipped",
        "notes",
        "voucher",
    }
    assert set(reports[1]["problems"][0]) == {"file", "sheet", "row", "column", "reason", "remedy"}


def test_a_pattern_names_its_files_where_the_shell_does_not(hep: Hep, ledger: Ledger, tmp_path: Path) -> None:
    put(tmp_path, "一月.csv", text(HEADER, WANG))
    put(tmp_path, "二月.csv", text(HEADER, LI))
    assert hep("import", "partners", str(tmp_path / "?月.csv")).code == 0
    assert {partner.name for partner in ledger.partners.cards()} == {"王芳", "李四"}


def test_a_folder_means_its_tables_by_name_and_what_is_left_out_is_told(
    hep: Hep, ledger: Ledger, tmp_path: Path
) -> None:
    folder = tmp_path / "三月"
    (folder / "更早.csv").mkdir(parents=True)
    for name, content in (
        ("乙.csv", text(HEADER, LI)),
        ("乙.CSV.bak", b"old"),
        ("丙.XLSX", xlsx(HEADER, WANG)),
        ("~$丙.xlsx", b"lock"),
        ("._丙.xlsx", b"left by a Mac"),
        ("丙_问题.xlsx", b"not looked at"),
        ("丙_问题(2).xlsx", b"not looked at"),
        ("说明.docx", b"PK"),
    ):
        put(folder, name, content)
    said = hep("import", "partners", str(folder))
    assert said.code == 0
    assert said.err.splitlines()[:3] == [
        f"{folder}：没有导入临时文件 ._丙.xlsx、~$丙.xlsx。",
        f"{folder}：没有导入退回的问题清单 丙_问题(2).xlsx、丙_问题.xlsx，改好后请写明文件名来导入。",
        "丙.XLSX：读取 1 行 = 新增 1 + 修改 0 + 不变 0 + 有问题 0。",
    ]
    assert [partner.name for partner in ledger.partners.cards()] == ["王芳", "李四"]


def test_the_rejected_rows_of_a_folder_do_not_come_back_with_it(
    hep: Hep, ledger: Ledger, tmp_path: Path
) -> None:
    folder = tmp_path / "三月"
    folder.mkdir()
    put(folder, "花名册.csv", text(HEADER, WANG, BAD))
    assert hep("import", "partners", str(folder), "--skip-bad").code == 3
    again = hep("import", "partners", str(folder), "--json", "--skip-bad")
    assert json.loads(again.out)["file"] == "花名册.csv"
    assert "没有导入退回的问题清单 花名册_问题.xlsx" in again.err
    assert len(ledger.partners.cards()) == 1


@pytest.mark.parametrize("left", [None, "~$花名册.xlsx", "花名册_问题.xlsx", "说明.docx"])
def test_a_folder_without_a_table_to_import_is_refused_and_the_other_files_are_taken(
    hep: Hep, ledger: Ledger, tmp_path: Path, left: str | None
) -> None:
    folder = tmp_path / "四月"
    folder.mkdir()
    if left:
        put(folder, left, b"x")
    roster = put(tmp_path, "花名册.csv", text(HEADER, WANG))
    said = hep("import", "partners", str(folder), str(roster), "--json")
    assert said.code == 3
    assert [(one["file"], one["added"]) for one in json.loads(said.out)] == [("四月", 0), ("花名册.csv", 1)]
    assert "四月：这个文件夹里没有要导入的表格文件。改法：请核对文件夹" in said.err
    assert len(ledger.partners.cards()) == 1


def test_a_pattern_may_name_folders_and_a_name_is_meant_before_what_it_matches(
    hep: Hep, ledger: Ledger, tmp_path: Path
) -> None:
    for place, row in (("三月/甲.csv", WANG), ("三日/乙.csv", LI)):
        (tmp_path / place).parent.mkdir()
        put(tmp_path, place, text(HEADER, row))
    assert hep("import", "partners", str(tmp_path / "三?")).code == 0
    assert {partner.name for partner in ledger.partners.cards()} == {"王芳", "李四"}
    put(tmp_path, "名?册.csv", text(HEADER, ("孙七", *WANG[1:2], "13700137000", WANG[3])))
    put(tmp_path, "名单册.csv", text(HEADER, BAD))
    assert hep("import", "partners", str(tmp_path / "名?册.csv")).code == 0


@pytest.mark.parametrize("pattern", ["**.csv", "[三月]*.csv", "*/[三月]甲.csv"])
def test_patterns_read_as_people_mean_them(
    hep: Hep, ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pattern: str
) -> None:
    (tmp_path / "里").mkdir()
    monkeypatch.chdir(tmp_path)
    put(tmp_path / "里", "[三月]甲.csv", text(HEADER, WANG))
    put(tmp_path, "[三月]甲.csv", text(HEADER, WANG))
    assert hep("import", "partners", pattern).code == 0
    assert [partner.name for partner in ledger.partners.cards()] == ["王芳"]


def test_a_pattern_that_matches_nothing_is_no_file(hep: Hep, tmp_path: Path) -> None:
    said = hep("import", "partners", str(tmp_path / "没有*.xlsx"))
    assert (said.code, "没有*.xlsx：没有这个文件" in said.err) == (3, True)


def test_many_problems_and_changes_are_told_in_part(hep: Hep, ledger: Ledger, tmp_path: Path) -> None:
    names = [f"王{chr(0x4E00 + n)}" for n in range(25)]
    for name in names:
        enrol(ledger, name)
    changes = [(name, "个体", "", "幸福里社区", "书法") for name in names]
    bad = [(name, f"外星人{name}", "", "幸福里社区", "") for name in names]
    path = put(tmp_path, "花名册.csv", text((*HEADER, "技能"), *changes, *bad))
    said = hep("import", "partners", str(path), "--skip-bad")
    assert said.err.count("类型看不懂") == 20
    assert "……共 25 处问题。" in said.err
    assert said.err.count("技能 无 → 书法") == 20
    assert "……共修改 25 条。" in said.err


def test_the_same_problem_is_said_once_with_its_rows_and_listed_by_row_for_programs(
    hep: Hep, tmp_path: Path
) -> None:
    rows = [(f"王{chr(0x4E00 + n)}", "个体", "", "幸福里社区", "第9网格") for n in range(12)]
    path = put(
        tmp_path, "花名册.csv", text((*HEADER, "网格"), *rows, ("李四", "个体", "", "幸福里社区", "8"))
    )
    said = hep("import", "partners", str(path), "--json")
    assert said.err.splitlines()[:2] == [
        (
            "花名册.csv｜第 2、3、4、5、6、7、8、9、10、11 等 12 行｜E 列“网格”：幸福里社区没有这个网格（第9网格）。"
            "改法：请核对网格，或先增加：hep area add 第9网格 --parent 幸福里社区。"
        ),
        (
            "花名册.csv｜第 14 行｜E 列“网格”：幸福里社区没有这个网格（8）。"
            "改法：请核对网格，或先增加：hep area add 8 --parent 幸福里社区 --kind 网格。"
        ),
    ]
    assert [problem["row"] for problem in json.loads(said.out)["problems"]] == list(range(2, 15))


def test_the_remedy_for_an_unknown_grid_works_as_it_is_typed(hep: Hep, tmp_path: Path) -> None:
    path = put(tmp_path, "花名册.csv", text((*HEADER, "网格"), (*WANG, "东 区"), (*LI, "8")))
    remedies = [
        one["remedy"] for one in json.loads(hep("import", "partners", str(path), "--json").out)["problems"]
    ]
    for remedy in remedies:
        command = remedy.partition("：hep ")[2]
        assert hep(*shlex.split(command)).code == 0
    assert hep("import", "partners", str(path)).code == 0


def test_a_file_without_a_good_row_says_that_nothing_was_written(hep: Hep, tmp_path: Path) -> None:
    path = put(tmp_path, "花名册.csv", text(HEADER, BAD))
    for choice in ([], ["--skip-bad"]):
        said = hep("import", "partners", str(path), *choice)
        assert said.err.endswith("这个文件没有写入任何内容。改好后重新导入。\n")


def test_a_dry_run_does_not_offer_to_skip_what_was_to_be_skipped(hep: Hep, tmp_path: Path) -> None:
    path = put(tmp_path, "花名册.csv", text(HEADER, WANG, BAD))
    said = hep("import", "partners", str(path), "--skip-bad", "--dry-run")
    assert said.err.splitlines()[-2:] == [
        "花名册.csv：读取 2 行 = 新增 1 + 修改 0 + 不变 0 + 有问题 1。",
        "这是试运行，没有写入任何内容。",
    ]


@pytest.fixture
def at_keyboard(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Somebody sits at the terminal and gives these answers, one after another."""
    answers: list[str] = []
    monkeypatch.setattr(importing, "can_ask", lambda: True)
    monkeypatch.setattr(questions, "can_ask", lambda: True)
    monkeypatch.setattr(questions, "_answer", lambda _: answers.pop(0))
    yield answers
    assert answers == []


@pytest.mark.parametrize("answer", ["y", ""])
def test_changes_to_cards_are_asked_about_where_somebody_sits(
    hep: Hep, ledger: Ledger, tmp_path: Path, at_keyboard: list[str], answer: str
) -> None:
    enrol(ledger, "王芳", phone=WANG[2])
    path = put(tmp_path, "花名册.csv", text((*HEADER, "技能"), (*WANG, "书法")))
    at_keyboard.append(answer)
    said = hep("import", "partners", str(path))
    assert said.err.count("第 2 行 王芳（XF-P0001）：技能 无 → 书法") == 1
    assert ledger.partners.cards()[0].skills == ("书法" if answer else "")


@pytest.mark.parametrize(("on_match", "skills"), [("update", "书法"), ("skip", "")])
@pytest.mark.usefixtures("at_keyboard")
def test_who_says_what_becomes_of_matches_is_not_asked(
    hep: Hep, ledger: Ledger, tmp_path: Path, on_match: str, skills: str
) -> None:
    enrol(ledger, "王芳", phone=WANG[2])
    path = put(tmp_path, "花名册.csv", text((*HEADER, "技能"), (*WANG, "书法")))
    assert hep("import", "partners", str(path), "--on-match", on_match).code == 0
    assert ledger.partners.cards()[0].skills == skills


def test_everything_is_seen_before_the_question_and_what_was_written_after_it(
    hep: Hep, ledger: Ledger, tmp_path: Path, at_keyboard: list[str]
) -> None:
    enrol(ledger, "王芳", phone=WANG[2])
    rows = ((*WANG, "书法", ""), (*LI, "", "45356"), (*BAD, "", ""), ("合计", "3人", "", "", "", ""))
    path = put(tmp_path, "花名册.csv", text((*HEADER, "技能", "加入日期"), *rows))
    at_keyboard.append("y")
    said = hep("import", "partners", str(path), "--skip-bad")
    assert said.err.splitlines() == [
        "花名册.csv｜第 4 行｜C 列“联系电话”：电话只有 10 位（139****900）。改法：手机号是 11 位，请补全后重新导入。",
        "第 2 行 王芳（XF-P0001）：技能 无 → 书法",
        "花名册.csv：F 列“加入日期”有 1 格是日期的序号，已按日期读取（如 45356 是 2024-03-05），请核对",
        "花名册.csv：有 1 行不是名单，没有导入：第 5 行（合计行）。",
        "花名册.csv：读取 3 行 = 新增 1 + 修改 1 + 不变 0 + 有问题 1。",
        f"有问题的行写在 {tmp_path / '花名册_问题.xlsx'}（含个人信息），改好后可以直接导入它。",
        f"已记账：凭证 V{ledger.anchor.vouchers}。撤销：hep undo V{ledger.anchor.vouchers}",
    ]


def test_a_list_of_bad_rows_that_has_no_place_is_told(hep: Hep, tmp_path: Path) -> None:
    for number in range(1, 100):
        put(tmp_path, "花名册_问题.xlsx" if number == 1 else f"花名册_问题({number}).xlsx", b"kept")
    said = hep("import", "partners", str(put(tmp_path, "花名册.csv", text(HEADER, BAD))))
    assert "没有写出问题清单。花名册.csv：写不进文件（问题清单太多，请先清理旧的）。" in said.err


@pytest.mark.usefixtures("at_keyboard")
def test_what_only_adds_is_not_asked_about_and_yes_answers_beforehand(
    hep: Hep, ledger: Ledger, tmp_path: Path
) -> None:
    path = put(tmp_path, "花名册.csv", text(HEADER, WANG))
    assert hep("import", "partners", str(path)).code == 0
    path = put(tmp_path, "花名册.csv", text((*HEADER, "技能"), (*WANG, "书法")))
    assert hep("import", "partners", str(path), "--yes").code == 0
    assert ledger.partners.cards()[0].skills == "书法"


def test_an_unknown_kind_of_list_is_wrong_usage(hep: Hep, tmp_path: Path) -> None:
    said = hep("import", "宠物", str(put(tmp_path, "花名册.csv", text(HEADER, WANG))))
    assert said.code == 2
    assert "没有“宠物”，可用的有：合伙人（partners）" in said.err


def test_an_empty_list_is_written_and_can_be_imported(hep: Hep, tmp_path: Path) -> None:
    path = tmp_path / "空表.xlsx"
    said = hep("template", "partners", "-o", str(path))
    assert (said.code, said.err) == (
        0,
        f"已写出 {path}。第 2 行是示例，导入时自动跳过。填好后：hep import partners {path}\n",
    )
    assert hep("import", "partners", str(path)).code == 0
    again = hep("模板", "合伙人", "--输出", str(path))
    assert (again.code, "已经存在，没有改动它" in again.err) == (1, True)


def test_a_template_is_a_workbook_in_a_folder_that_is_there(hep: Hep, tmp_path: Path) -> None:
    said = hep("template", "partners", "-o", str(tmp_path / "没有" / "空表.xlsx"))
    reason = f"没有文件夹 {tmp_path / '没有'}，没有写出模板"
    assert (said.code, said.err) == (2, f"空表.xlsx：{reason}。改法：请先建立它，或用 -o 换一个位置。\n")
    said = hep("template", "partners", "-o", str(tmp_path / "空表.csv"))
    reason = "模板是 Excel 表格，没有写出"
    assert (said.code, said.err) == (2, f"空表.csv：{reason}。改法：请让文件名以 .xlsx 结尾。\n")
    assert list(tmp_path.glob("空表*")) == []


def test_what_is_in_the_ledger_already_waits_for_a_word(hep: Hep, ledger: Ledger, tmp_path: Path) -> None:
    hep("activity", "add", "义诊", "--day", "2025-03-05", "--community", "幸福里社区")
    path = str(
        put(tmp_path, "活动.csv", text(("日期", "社区", "活动名称"), ("2025-03-05", "幸福里社区", "义诊")))
    )
    asked = hep("import", "activities", path)
    assert asked.code == 3
    assert "第 2 行：疑似重复：台账里已有同样的一条" in asked.err
    assert "请加 --skip-repeat，确是另一次请加 --accept-repeat" in asked.err
    assert hep("import", "activities", path, "--重复跳过").code == 0
    assert len(ledger.activities.listing()) == 1
    assert hep("import", "activities", path, "--accept-repeat").code == 0
    assert len(ledger.activities.listing()) == 2
    both = hep("import", "activities", path, "--accept-repeat", "--skip-repeat")
    assert (both.code, "只能选一个" in both.err) == (2, True)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", (0, "书法")),
        ("--on-match 修改", (0, "书法")),
        ("--已有 skip", (0, "")),
        ("--on-match ask", (3, "")),
    ],
)
def test_in_a_script_a_roster_changes_cards_unless_told_otherwise(
    hep: Hep, ledger: Ledger, tmp_path: Path, typed: str, expected: tuple[int, str]
) -> None:
    hep("import", "partners", str(put(tmp_path, "花名册.xlsx", xlsx(HEADER, WANG))))
    newer = put(tmp_path, "新.xlsx", xlsx((*HEADER, "技能"), (*WANG, "书法")))
    said = hep("import", "partners", str(newer), *typed.split())
    assert (said.code, ledger.partners.cards()[0].skills) == expected


def test_on_match_is_for_rosters_only(hep: Hep, tmp_path: Path) -> None:
    said = hep("import", "items", str(put(tmp_path, "商品.csv", text(HEADER))), "--on-match", "skip")
    assert (said.code, "--on-match 只用于合伙人花名册" in said.err) == (2, True)


def test_hidden_rows_wait_for_a_word_which_takes_them_and_tells(
    hep: Hep, ledger: Ledger, tmp_path: Path
) -> None:
    book = workbook([HEADER, WANG, LI])
    book.active.row_dimensions[3].hidden = True
    path = str(put(tmp_path, "花名册.xlsx", saved(book)))
    refused = hep("import", "partners", path)
    assert (refused.code, "都要导入，就加 --include-hidden" in refused.err) == (3, True)
    assert ledger.partners.cards() == []
    assert "有 1 行被隐藏或筛掉（第 3 行），也读取了，请核对" in hep("导入", "合伙人", path, "--含隐藏").err
    assert [partner.name for partner in ledger.partners.cards()] == ["王芳", "李四"]


FAMILY = [(name, *WANG[1:]) for name in ("王芳", "王小芳", "王大力", "王二力")]


def test_a_row_that_may_be_somebody_known_is_asked_about(
    hep: Hep, ledger: Ledger, tmp_path: Path, at_keyboard: list[str]
) -> None:
    enrol(ledger, "王芳", phone=WANG[2])
    path = put(tmp_path, "花名册.csv", text(HEADER, ("王方", *WANG[1:])))
    at_keyboard.append("3")
    said = hep("import", "partners", str(path))
    assert said.code == 0
    assert said.err.splitlines()[:5] == [
        "花名册.csv｜第 2 行 王方（个体，电话 138****8000）：疑似重复：与台账里的 XF-P0001 电话相同，不知道是不是同一位",
        "  1  就是 王芳（XF-P0001，电话 138****8000），按名单修改：名称 王芳 → 王方",
        "  2  就是 王芳（XF-P0001，电话 138****8000），台账不改",
        "  3  另一位，新增",
        "  4  先不导入这一行，写进问题清单",
    ]
    assert [one.name for one in ledger.partners.cards()] == ["王芳", "王方"]


def test_one_answer_can_hold_for_all_the_rows_of_its_sort(
    hep: Hep, ledger: Ledger, tmp_path: Path, at_keyboard: list[str]
) -> None:
    at_keyboard.append("2a")
    said = hep("import", "partners", str(put(tmp_path, "花名册.csv", text(HEADER, *FAMILY))))
    assert (said.code, len(ledger.partners.cards())) == (0, 4)
    assert said.err.count("另一位，新增") == 1


def test_an_answer_that_one_row_lacks_is_asked_for_there(
    hep: Hep, ledger: Ledger, tmp_path: Path, at_keyboard: list[str]
) -> None:
    enrol(ledger, "赵强", phone=LI[2])
    rows = text(HEADER, ("赵大强", *LI[1:]), WANG, ("王小芳", *WANG[1:]))
    at_keyboard += ["1a", "2"]
    said = hep("import", "partners", str(put(tmp_path, "花名册.csv", rows)))
    assert said.err.splitlines()[-2] == "花名册.csv：读取 3 行 = 新增 2 + 修改 1 + 不变 0 + 有问题 0。"
    assert [one.name for one in ledger.partners.cards()] == ["赵大强", "王芳", "王小芳"]


def test_who_wants_to_be_asked_is_asked_about_every_card_that_changes(
    hep: Hep, ledger: Ledger, tmp_path: Path, at_keyboard: list[str]
) -> None:
    for row in (WANG, LI):
        enrol(ledger, row[0], phone=row[2])
    path = put(tmp_path, "花名册.csv", text((*HEADER, "技能"), (*WANG, "书法"), (*LI, "合唱")))
    at_keyboard += ["2", "1"]
    said = hep("import", "partners", str(path), "--on-match", "ask")
    assert said.err.splitlines()[:4] == [
        "花名册.csv｜第 2 行 王芳（XF-P0001）：技能 无 → 书法",
        "  1  按名单修改",
        "  2  台账不改",
        "  3  先不导入这一行，写进问题清单",
    ]
    assert [one.skills for one in ledger.partners.cards()] == ["", "合唱"]


def test_breaking_off_at_a_question_writes_nothing(
    hep: Hep, ledger: Ledger, tmp_path: Path, at_keyboard: list[str]
) -> None:
    at_keyboard += ["2", ""]
    said = hep("import", "partners", str(put(tmp_path, "花名册.csv", text(HEADER, *FAMILY))))
    assert (said.code, said.err.splitlines()[-1]) == (130, "已中断，没有写入任何内容。")
    assert (ledger.partners.cards(), list(tmp_path.glob("*_问题*"))) == ([], [])


@pytest.mark.parametrize(
    ("option", "names"), [("--重复照记", ["王芳", "王小芳", "王大力", "王二力"]), ("--重复跳过", ["王芳"])]
)
def test_in_a_script_an_option_says_who_they_are(
    hep: Hep, ledger: Ledger, tmp_path: Path, option: str, names: list[str]
) -> None:
    path = str(put(tmp_path, "花名册.csv", text(HEADER, *FAMILY)))
    said = hep("import", "partners", path)
    assert said.code == 3
    assert said.err.count("疑似重复：与第 2 行电话相同，姓名不同") == 3
    assert "是同一位请合成一行；是另一位请加 --accept-repeat。" in said.err
    assert hep("import", "partners", path, option).code == 0
    assert [one.name for one in ledger.partners.cards()] == names


ODD = ("称谓", "类型", "移动号", "所在社区", "性别")


def columns_of(report: dict[str, list[dict[str, str | None]]]) -> list[tuple[str | None, ...]]:
    return [tuple(one.values()) for one in report["columns"]]


def test_columns_that_are_called_otherwise_are_told_and_a_dry_run_tells_all(hep: Hep, tmp_path: Path) -> None:
    header = ("序号", "姓名", "类型", "手机号码", "所在社区", "性别")
    path = put(tmp_path, "花名册.csv", text(header, ("1", *WANG, "女")))
    rehearsed = hep("import", "partners", str(path), "--dry-run", "--json")
    assert rehearsed.err.splitlines()[:2] == [
        "花名册.csv：读取的列：B 姓名、C 类型、D 手机号码→联系电话、E 所在社区→社区。",
        "花名册.csv：没有导入的列：性别",
    ]
    assert columns_of(json.loads(rehearsed.out)) == [
        ("A", "序号", None, None),
        ("B", "姓名", "name", "title"),
        ("C", "类型", "kind", "title"),
        ("D", "手机号码", "phone", "synonym"),
        ("E", "所在社区", "community", "synonym"),
        ("F", "性别", None, None),
    ]
    said = hep("import", "partners", str(path))
    assert said.err.splitlines()[:2] == [
        "花名册.csv：按列名认作：手机号码→联系电话、所在社区→社区。",
        "花名册.csv：没有导入的列：性别",
    ]


def test_columns_are_mapped_told_and_remembered(hep: Hep, ledger: Ledger, tmp_path: Path) -> None:
    path = put(tmp_path, "一月.csv", text(ODD, (*WANG, "女")))
    said = hep("导入", "合伙人", str(path), "--对应", "姓名＝称谓", "--对应", "移动号=手机", "--来源", "街道")
    assert (said.code, said.err.splitlines()[:2]) == (
        0,
        [
            "一月.csv：按列名认作：所在社区→社区。",
            "一月.csv：按 --map：称谓→姓名、移动号→联系电话；来源“街道”的下次不用再写。",
        ],
    )
    again = hep(
        "import", "partners", str(put(tmp_path, "二月.csv", text(ODD, (*LI, "男")))), "--source", "街道"
    )
    assert again.code == 0
    assert (
        "二月.csv：按上次的对应（来源“街道”）：称谓→姓名、移动号→联系电话；不对请用 --map 改写。"
        in again.err.splitlines()
    )
    assert [partner.name for partner in ledger.partners.cards()] == ["王芳", "李四"]


def test_remembered_columns_are_listed_and_forgotten_by_source(
    hep: Hep, ledger: Ledger, tmp_path: Path
) -> None:
    path = put(tmp_path, "花名册.csv", text(("姓名", "类型", "移动号", "社区"), WANG))
    for source in ("街道", "街道 东"):
        hep("import", "partners", str(path), "--map", "联系电话=移动号", "--source", source)
    assert hep("import", "maps").out == (
        "类型\t来源\t字段\t表头\n合伙人\t街道\t联系电话\t移动号\n合伙人\t街道 东\t联系电话\t移动号\n"
    )
    said = hep("import", "forget", "合伙人", "街道", "--key", "k")
    assert (said.code, "已记账：凭证 V" in said.err) == (0, True)
    assert hep("import", "forget", "合伙人", "街道", "--key", "k").code == 0
    assert [one["source"] for one in json.loads(hep("import", "maps", "--json").out)] == ["街道 东"]
    assert hep("import", "forget", "合伙人", "街道").code == 4
    assert "不再记住列的对应" in hep("log").out
    hep("undo", f"V{ledger.history.log()[0].voucher}")
    assert len(hep("import", "maps").out.splitlines()) == 3


def test_a_mapping_without_a_source_says_that_it_is_not_remembered(hep: Hep, tmp_path: Path) -> None:
    path = put(tmp_path, "一月.csv", text(ODD, (*WANG, "女")))
    said = hep("import", "partners", str(path), "--map", "姓名=称谓", "--map", "电话=移动号")
    assert "按 --map：称谓→姓名、移动号→联系电话；没有写 --source，下次要再写。" in said.err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--map", "名字吗=称谓"], "的两边都不是认得的字段，是不是要 姓名。"),
        (["--map", "电话"], "--map “电话”里没有等号。"),
        (["--map", "电话="], "不再记住某一列的对应，要用 --source 写明是哪个来源的。"),
    ],
)
def test_a_mapping_that_can_not_be_meant_is_wrong_usage(
    hep: Hep, tmp_path: Path, words: list[str], sentence: str
) -> None:
    said = hep("import", "partners", str(put(tmp_path, "一月.csv", text(ODD, (*WANG, "女")))), *words)
    assert (said.code, sentence in said.err) == (2, True)
