"""Wrong commands, one a line: each is answered by one sentence that says what, where and what next, and changes nothing."""

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from hepartner.ledger import Ledger
from hepartner.ledger.activities import Particulars as Event
from hepartner.ledger.signing import SheetLine
from hepartner.ledger.stocking import Goods
from tests.commands.conftest import Hep, hep, path
from tests.intake.builders import put
from tests.ledger.conftest import enrol, templates

__all__ = ["hep", "path", "templates"]


@pytest.fixture(scope="module")
def office(templates: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A ledger in which a little happened.

    武玉侪 (98 points, has used up the quota of 限量券), 陈一, 陈二, a shop, an activity with a sheet, an open issue.
    """
    made = tmp_path_factory.mktemp("office") / "台账.db"
    made.write_bytes(templates["settled"].read_bytes())
    long_ago = date(2025, 1, 1)
    with Ledger.open(made, operator="李梅", community="XF") as ledger:
        wu, _ = enrol(ledger, "武玉侪", phone="13800138000"), enrol(ledger, "陈一", phone="13900138000")
        two, three = enrol(ledger, "陈二"), enrol(ledger, "陈三")
        ledger.membership.merge(three, two)
        ledger.points.award(wu, 100, day=long_ago)
        ledger.rulebook.load_default()
        ledger.issues.load_default()
        add = ledger.shop.add
        rice = add(Goods(wu.community_id, "大米"), 10, day=long_ago).item
        add(Goods(wu.community_id, "食用油"), 25, day=long_ago)
        machine = add(Goods(wu.community_id, "洗衣机"), 500, day=long_ago).item
        coupon = add(Goods(wu.community_id, "限量券", "coupon", "张", 1, "year"), 2, day=long_ago).item
        ledger.shop.stock_in([(rice, 30), (machine, 3), (coupon, 9)], day=long_ago)
        ledger.shop.redeem(wu, [(coupon, 1)])
        held = ledger.activities.add(Event(wu.community_id, "2025-11-05", "清扫")).activity
        ledger.sheets.sign(held, [SheetLine(wu, 60)])
        lamp, community = ledger.issues.categories.find("LAMP"), ledger.areas.find("XF")
        ledger.issues.report(lamp, "路灯不亮", community, day=date(2025, 11, 1))
    return made.read_bytes()


@pytest.fixture
def desk(path: Path, office: bytes, monkeypatch: pytest.MonkeyPatch) -> Path:
    """That ledger as the one commands work on, in the folder they are typed in."""
    path.write_bytes(office)
    monkeypatch.chdir(path.parent)
    return path


WRONG: dict[str, tuple[int, tuple[str, ...]]] = {
    # Names that nobody has or that several have
    "points award 赵六 5": (4, ("没有找到合伙人“赵六”", "可换全名、编号或电话后四位再试")),
    "points award 陈 5": (4, ("没有合伙人叫“陈”，名称里有它的有 2 个", "XF-P0002 陈一", "139****8000", "请写全名或编号")),
    "points award 玉侪 5": (4, ("没有合伙人叫“玉侪”，名称里有它的有 1 个：XF-P0001 武玉侪", "请写全名或编号")),
    "partner show 8000": (4, ("“8000”对应 2 个合伙人", "138****8000")),
    "points award 武玉侪 --rule 无此规则": (4, ("没有找到规则“无此规则”", "hep rule list")),
    "shop redeem 武玉侪 面条": (4, ("没有找到商品“面条”", "hep shop list --area 幸福里社区")),
    "shop cancel D99": (4, ("没有找到兑换单“D99”", "小票上的兑换单号")),
    "activity sign 舞会 武玉侪=2": (4, ("没有找到活动“舞会”", "hep activity list")),
    "activity sign 清扫 赵六=2": (4, ("没有找到合伙人“赵六”",)),
    "activity sign 清扫 赵六=2 陈一=1 钱七=1": (4, ("没有找到合伙人“赵六”、“钱七”", "可换全名")),
    "activity add 新活动 --organiser 赵六": (4, ("没有找到合伙人“赵六”",)),
    "issue resolve XF-W0099": (4, ("没有找到问题“XF-W0099”", "hep issue list")),
    "issue add 天气 下雨": (4, ("没有找到问题类别“天气”", "路灯维修（LAMP）")),
    "partner list --area 无此社区": (4, ("没有找到区域“无此社区”", "hep area list")),
    "partner add 新人 --community 无此社区": (4, ("没有找到区域“无此社区”", "hep area list")),
    "partner add 新人 --community 海城区": (1, ("“海城区”是城区，这里需要社区", "--community")),
    "report figures --area 无此社区": (4, ("没有找到区域“无此社区”",)),
    "report rows points.lost": (4, ("没有“points.lost”这个指标", "hep report figures")),
    "undo V999": (4, ("没有找到凭证“V999”", "hep log")),
    "undo 99999999999999999999": (2, ("不是凭证号", "V123")),
    "verify --anchor 99999999999999999999-1-9f31c2a87b60": (2, ("不是核对码",)),
    "points reverse V1": (2, ("“V1”是凭证号", "hep points statement", "hep undo V1")),
    "log --from 2025-12-01 --to 2025-01-01": (2, ("2025-12-01 晚于截止日期 2025-01-01", "对调")),
    "activity list --from 2025-12-01 --to 2025-01-01": (2, ("2025-12-01 晚于截止日期 2025-01-01", "对调")),
    "undo 999x": (2, ("“999x”不是凭证号", "V123")),
    "points reverse 999": (4, ("没有找到流水“999”", "hep points statement")),
    "setting set 颜色 红": (4, ("没有“颜色”这项设置", "填报单位（office）、清零办法（expiry）")),
    "setting set expiry 随便": (1, ("设置清零办法（expiry）不能是“随便”", "结转（never）、每年清零（yearly）")),
    "log --by 张三": (4, ("没有找到操作人“张三”", "登记过的有：李梅")),
    "log --action 跳舞": (4, ("没有找到操作“跳舞”", "hep log", "points")),
    "verify --anchor 23-39": (2, ("“23-39”不是核对码", "512-20340-9f31c2a87b60")),
    "partner add 新人 --kind 商企 --credit-code 123": (2, ("统一社会信用代码有 3 位，应是 18 位", "请对照营业执照")),
    "partner add 新人 --kind 公司": (2, ("没有“公司”", "个体（individual）、社群（group）、商企（business）")),
    # Days and months that do not exist or have not come
    "points award 武玉侪 5 --day 2月30日": (2, ("--day／--日期", "没有“2月30日”这一天")),
    "points award 武玉侪 5 --day 2025-13-01": (2, ("--day／--日期", "2025-13-01")),
    "points award 武玉侪 5 --day 2099-01-01": (1, ("武玉侪（XF-P0001）", "2099-01-01 还没有到", "请改正日期")),
    "points award 武玉侪 5 --day 明天": (1, ("还没有到", "请改正日期")),
    "points award 武玉侪 5 --day 2023-12-31": (1, ("早于加入日期 2024-01-01", "请改正日期")),
    "shop redeem 武玉侪 大米 --day 2099-01-01": (1, ("2099-01-01 还没有到",)),
    "activity add 义诊 --day 2099-01-01": (1, ("2099-01-01 还没有到", "请在举办之后登记")),
    "issue add LAMP 又不亮 --day 2099-01-01": (1, ("2099-01-01 还没有到",)),
    "issue resolve XF-W0001 --day 2025-01-01": (1, ("（XF-W0001）的上一步在 2025-11-01", "请改用 2025-11-01 或以后")),
    "issue add LAMP 又不亮 --due 2025-01-01": (1, ("截止日期 2025-01-01 早于上报日期", "请改正")),
    "partner leave 武玉侪 --day 2020-01-01": (1, ("早于加入日期 2024-01-01",)),
    "report figures --from 2025-13": (2, ("看不懂月份“2025-13”", "可以写 2025-11")),
    "report figures --from 2025-12 --to 2025-01": (2, ("2025-12 晚于截止月份 2025-01", "对调")),
    "points board --from 2025-12 --to 2025-01": (2, ("2025-12 晚于截止月份 2025-01", "对调")),
    "report monthly 2099-01 -o 月报.xlsx": (1, ("2099-01 还没有到", "请改正月份")),
    "log --from 2025-02-30": (2, ("没有“2025-02-30”这一天",)),
    # Points that can't be
    "points award 武玉侪 0": (2, ("积分“0”超出范围", "1 到 1000000 之间的整数")),
    "points award 武玉侪 -5": (2, ("“-5”会被当作选项", "数值不用写减号")),
    "points award 武玉侪 1000001": (2, ("超出范围", "1 到 1000000 之间的整数")),
    "points award 武玉侪 99999999999999999999": (2, ("超出范围",)),
    "points award 武玉侪 5.5": (2, ("积分“5.5”不是整数", "请写整数")),
    "points award 武玉侪 很多": (2, ("看不懂积分“很多”", "阿拉伯数字")),
    "points award 武玉侪 １２３４５６７８９": (2, ("超出范围",)),
    "points award 武玉侪 5 --key=": (2, ("选项 --key", "防重复的键是空的", "不写 --key")),
    "shop redeem 武玉侪 大米 --key=": (2, ("防重复的键是空的",)),
    "points award 武玉侪": (2, ("没有写给多少分", "--rule")),
    "points award 武玉侪 5 --rule 网格巡查": (2, ("写了积分，又写了 --rule", "只写一样")),
    "points award 武玉侪 5 --hours 2": (2, ("--hours 要和 --rule 一起写",)),
    "points deduct 武玉侪 5 --reason=": (2, ("没有写原因",)),
    "shop out 大米x1 --reason=": (2, ("没有写原因",)),
    "activity complain 清扫 武玉侪 --reason=": (2, ("没有写原因",)),
    "rule add patrol": (1, ("规则“网格巡查”（PATROL）已经是这样，没有增加新版本", "请写要改的内容")),
    "rule add NEW 新规则": (1, ("新规则“NEW”没有写给几分", "--points")),
    "points deduct 武玉侪 5": (2, ("缺少选项 --reason／--原因。",)),
    "points expire": (1, ("清零办法是“结转”", "hep setting set 清零办法 每年清零")),
    "issue help XF-W0001 武玉侪 --points 0": (2, ("积分“0”超出范围",)),
    # The shop: stock, balance, quota
    "shop redeem 武玉侪 食用油": (1, ("食用油（XF-S0002）库存不足", "现有 0 件，需要 1 件", "hep shop in XF-S0002")),
    "shop redeem 武玉侪 大米x31": (1, ("现有 30 件，需要 31 件，还差 1 件", "请减少数量")),
    "shop redeem 武玉侪 大米x10": (1, ("积分不够：现有 98 分，需要 100 分，还差 2 分",)),
    "shop redeem 武玉侪 洗衣机": (1, ("武玉侪（XF-P0001）积分不够", "还差 402 分")),
    "shop redeem 武玉侪 限量券": (1, ("已兑换限量券 1 次，限 1 次", "起可以再兑换")),
    "shop redeem 武玉侪 大米x0": (2, ("数量“0”超出范围",)),
    "shop redeem 武玉侪 大米x99999999999": (2, ("超出范围", "1 到 9999")),
    "shop redeem 武玉侪 x2": (2, ("不知道数量“x2”是哪样商品的", "米x2 油")),
    "shop redeem 武玉侪": (2, ("缺少“商品x数量”", "用法：hep shop redeem")),
    "shop out 大米x31 --reason 过期": (1, ("现有 30 件，需要 31 件",)),
    "shop price 大米 0": (2, ("积分“0”超出范围",)),
    "shop add 大米 10": (1, ("已有“大米”（XF-S0001）", "hep shop price", "hep shop in")),
    # What the state of things does not allow
    "partner add 武玉侪 --phone 13800138000": (1, ("幸福里社区已有“武玉侪”（XF-P0001，电话 138****8000）", "没有重复登记")),
    "partner rejoin 武玉侪": (1, ("现在是“在册”", "重新加入", "可以暂停、退出")),
    "partner merge 陈三 陈二": (1, ("陈三（XF-P0004）现在是“已并入”", "请改用并入的那一位")),
    "partner merge 武玉侪 武玉侪": (1, ("不能并入自己", "没有改动")),
    "partner move 武玉侪 幸福里": (1, ("已经在幸福里社区", "没有改动")),
    "activity sign 清扫 武玉侪=2": (1, ("武玉侪（XF-P0001）已经签到", "--again")),
    "activity sign 清扫 陈一=25": (2, ("时长“25”超出范围", "24 小时")),
    "activity confirm 清扫": (1, ("没有等确认的签到", "hep activity waiting")),
    "issue confirm XF-W0001": (1, ("现在是“待办理”，不能记“确认”", "可以交办、解决、并入重复")),
    "issue duplicate XF-W0001 XF-W0001": (1, ("不能并入自己", "它重复的那个问题的编号")),
    "issue resolve XF-W0001 --beneficiaries 99999999": (1, ("受益人数 99999999 不行", "0 到 10000000")),
    "partner move 武玉侪 海城区": (1, ("“海城区”是城区，这里需要社区", "请改写社区的名称，见 hep area list")),
    "area add 驿马社区 --parent 驿马街道 --code XF": (1, ("代码 XF 已用于“幸福里社区”", "换一个代码")),
    "area add 幸福里社区 --parent 驿马街道": (1, ("已有“幸福里社区”（代码 XF），没有重复增加",)),
    "area add 新社区 --parent 驿马街道 --since 2099-01-01": (1, ("2099-01-01 还没有到", "请改正日期")),
    "area add 一网格 二网格 --parent 和平社区 --code W": (2, ("代码请各写在名称后面",)),
    "area add 一网格,和平社区,W1,今天,多余": (2, ("区域“一网格,和平社区,W1,今天,多余”应是 名称",)),
    "area add 新社区": (1, ("“新社区”需要上级", "--parent")),
    "area add 新社区 --parent 和平社区": (1, ("上级应是街道", "--parent 指明街道")),
    "undo V1": (1, ("凭证 V1 不能撤销",)),
    # Commands that are none
    "parner list": (2, ("没有“parner”这个命令", "partner（合伙人）")),
    "points awrd 武玉侪 5": (2, ("没有“awrd”这个命令", "award（发放）")),
    "points award 武玉侪 5 6": (2, ("多出了“6”",)),
    "points award 武玉侪 5 --dya 昨天": (2, ("没有“--dya”这个选项", "--day")),
    # Files
    "activity sign 清扫 --file .": (1, ("“.”是文件夹，这里要一个文件", "请写明是哪个文件")),
    "activity sign 清扫 --file 没有.txt": (4, ("找不到文件“没有.txt”", "请检查路径")),
    "template partners -o 没有的文件夹/a.xlsx": (2, ("没有文件夹 没有的文件夹，没有写出模板", "-o 换一个位置")),
    "template partners -o 空表.csv": (2, ("模板是 Excel 表格", "以 .xlsx 结尾")),
    "report monthly 2025-11 -o 没有的文件夹/a.xlsx": (2, ("没有文件夹", "没有写出报表", "-o 换一个位置")),
    "--ledger 没有的台账.db points balance 武玉侪": (5, ("没有找到台账文件 没有的台账.db", "hep init", "--ledger")),
    "init 海城区": (1, ("已经存在，没有改动它", "请换一个文件名")),
}  # fmt: skip


@pytest.mark.parametrize("words", WRONG, ids=WRONG)
def test_a_wrong_command_says_what_where_and_what_next_and_changes_nothing(
    desk: Path, office: bytes, hep: Hep, words: str
) -> None:
    files = sorted(desk.parent.iterdir())
    code, phrases = WRONG[words]
    said = hep(*words.split())
    assert (said.code, said.out) == (code, "")
    assert [phrase for phrase in phrases if phrase not in said.err] == []
    assert said.err.endswith("。\n")
    assert said.err.count("\n") == 1
    assert "Traceback" not in said.err
    assert (desk.read_bytes(), sorted(desk.parent.iterdir())) == (office, files)


def test_a_listing_of_a_ledger_with_a_damaged_page_says_so(desk: Path, hep: Hep) -> None:
    with closing(sqlite3.connect(desk)) as connection:
        sql = "SELECT rootpage, (SELECT * FROM pragma_page_size) FROM sqlite_master WHERE name = 'partner'"
        page, size = connection.execute(sql).fetchone()
    content = bytearray(desk.read_bytes())
    content[(page - 1) * size : page * size] = b"\xff" * size
    desk.write_bytes(content)
    said = hep("partner", "list")
    assert (said.code, said.out) == (5, "")
    assert "已损坏" in said.err
    assert "从备份恢复" in said.err


BAD_FILES = {
    "没有这个文件": (None, "没有这个文件"),
    "空的": (b"", "空"),
    "图片": (b"\x89PNG\r\n\x1a\n" + bytes(200), ""),
    "断掉的工作簿": (b"PK\x03\x04" + bytes(60), ""),
    "没有表头": ("只是一句话\n".encode(), ""),
    "不是文字": (bytes(range(128, 256)) * 20, ""),
}


@pytest.mark.parametrize("name", BAD_FILES)
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_a_file_that_can_not_be_read_is_named_with_a_remedy_and_exit_3(
    desk: Path, office: bytes, hep: Hep, name: str, suffix: str
) -> None:
    content, phrase = BAD_FILES[name]
    file = desk.with_name(f"{name}.{suffix}")
    if content is not None:
        put(file.parent, file.name, content)
    said = hep("import", "partners", file.name)
    first, *rest = said.err.splitlines()
    assert (said.code, said.out) == (3, "")
    assert first.startswith(file.name)
    assert phrase in first
    assert "改法：" in first
    assert f"{file.name}：读取 0 行 = 新增 0 + 修改 0 + 不变 0 + 有问题 0。" in rest
    assert desk.read_bytes() == office


def test_a_roster_with_one_impossible_row_is_refused_whole(desk: Path, office: bytes, hep: Hep) -> None:
    roster = desk.with_name("花名册.csv")
    rows = "\n".join(f"居民{n},个体,社区,幸福里社区,2025-0{n}-01" for n in range(1, 6))
    roster.write_text(
        f"姓名,类型,类别,社区,加入日期\n{rows}\n居民六,个体,,幸福里社区,2025-02-30\n", encoding="utf-8"
    )
    said = hep("import", "partners", str(roster))
    assert said.code == 3
    assert said.out == ""
    assert "花名册.csv" in said.err
    assert "第 7 行" in said.err
    assert "2025-02-30" in said.err
    assert "这个文件没有写入任何内容" in said.err
    assert desk.read_bytes() == office
