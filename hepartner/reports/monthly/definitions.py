"""Sheet 口径说明: what every figure means, as of when, and the anchor that proves which ledger was printed."""

from hepartner.ledger.months import month_of
from hepartner.reports.figures import CATALOGUE
from hepartner.reports.filling import AS_OF
from hepartner.reports.sheets import Align, Column, Row, Sheet, Table

from .subject import Subject

NAME = "口径说明"

_COLUMNS = (
    Column("number", "序号", 2.5, Align.CENTER),
    Column("name", "指标", 10, Align.LEFT),
    Column("unit", "单位", 3, Align.CENTER),
    Column("nature", "性质", 3, Align.CENTER),
    Column("definition", "口径", 48, Align.LEFT),
    Column("code", "代码", 11, Align.LEFT),
)
_NATURES = (
    "性质：累计——各月、各社区可以相加，冲正和重新办理记负数；月末——期末状态，各社区可以相加；"
    "去重——同一合伙人只计一次，不能相加；比率——按分子、分母重新计算，不能相加或平均；中位数——居中的一个，括号内是个数，不能相加或平均。"
)


def sheet(subject: Subject) -> Sheet:
    """Make the sheet."""
    rows = tuple(
        Row(
            figure.code,
            (number, figure.title, figure.unit, figure.nature.value, figure.definition, figure.code),
        )
        for number, figure in enumerate(CATALOGUE, start=1)
    )
    return Sheet(
        NAME,
        subject.title("社区合伙人工作月报口径说明"),
        (Table(_COLUMNS, rows),),
        notes=(
            _scope(subject),
            f"{_closed(subject)}数字按计入月份统计：业务发生在已结账月份而后补录的，计入其后第一个未结账的月份。",
            _NATURES,
        ),
    )


def _scope(subject: Subject) -> str:
    area = f"{subject.area.name}（{len(subject.communities)} 个社区）"
    return f"统计区域：{area}；统计月份：{subject.when}；{AS_OF}。"


def _closed(subject: Subject) -> str:
    if month_of(subject.ledger.today()) == subject.month:
        return "本月尚未过完，数字还会变动；办结期限在本月内而尚未到期的问题，也已计入按时办结率的分母和超期未办结。"
    if not subject.communities:
        return "本月还没有社区。"
    through = subject.ledger.periods.closed_through
    closed = sum(through(area.id) >= subject.month for area in subject.communities)
    if closed == len(subject.communities):
        return "本月各社区均已结账。"
    return (
        f"本月已结账的社区 {closed} 个，未结账的 {len(subject.communities) - closed} 个，其数字还可能变动。"
    )
