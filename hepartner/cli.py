"""The program `hep`: its nouns and its root options; each noun's command file is imported when it is used."""

from typing import NoReturn

from hepartner.terminal import edge
from hepartner.terminal.talk import show
from hepartner.terminal.tree import Entry, Root, version_option

ENTRIES = {
    "init": Entry("hepartner.commands.init", "初始化", "建立一本新台账"),
    "area": Entry("hepartner.commands.area", "区域", "城区、街道、社区、网格"),
    "partner": Entry("hepartner.commands.partner", "合伙人", "登记、查找、修改合伙人"),
    "rule": Entry("hepartner.commands.rule", "规则", "积分规则"),
    "activity": Entry("hepartner.commands.activity", "活动", "活动、签到与确认"),
    "points": Entry("hepartner.commands.points", "积分", "发放、扣减、余额、流水"),
    "shop": Entry("hepartner.commands.shop", "超市", "积分超市：兑换、库存、商品"),
    "issue": Entry("hepartner.commands.issue", "问题", "民生问题的上报与办结"),
    "import": Entry("hepartner.commands.importing", "导入", "从表格文件批量导入"),
    "template": Entry("hepartner.commands.template", "模板", "写出空白的导入表格"),
    "report": Entry("hepartner.commands.report", "报表", "指标与月报"),
    "setting": Entry("hepartner.commands.setting", "设置", "填报单位与积分清零办法"),
    "log": Entry("hepartner.commands.log", "日志", "查看凭证"),
    "undo": Entry("hepartner.commands.undo", "撤销", "撤销一张凭证"),
    "verify": Entry("hepartner.commands.verify", "核验", "核验台账是否完好"),
}
"""Noun → where its commands are, its Chinese alias and its line in `hep --help`, in the order shown there."""


def program() -> Root:
    """Put the program together; imports no command file."""
    title = "社区合伙人台账：记录合伙人、活动、积分、兑换与民生问题，按月出报表。"
    return Root("hep", ENTRIES, text=title, params=[version_option(_show_version)])


def main() -> NoReturn:
    """Run `hep` on this process's words and end the process with its exit code."""
    edge.end(edge.main(program()))


def _show_version() -> None:
    from hepartner import __version__

    show(f"hepartner {__version__}")
