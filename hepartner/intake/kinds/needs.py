"""Lists of residents' needs: an open one of a title is there once in a community, so a list changes it and never doubles it."""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from hepartner.intake.columns import dated, read_choice, read_day, read_text, read_whole, titled
from hepartner.intake.kinds.partners import COMMUNITY_TITLES
from hepartner.intake.lines import Form, Lines
from hepartner.intake.named import Named
from hepartner.intake.places import Places
from hepartner.intake.plan import TWICE, ByHand, Days, Kind, Plan, called_then, note_days, understood
from hepartner.intake.problems import Fault, Misfit
from hepartner.ledger.areas import Area
from hepartner.ledger.needs import MOST_HEADS, Need, Needs, Particulars
from hepartner.ledger.titles import by_title, once_titled
from hepartner.ledger.titles import titled as title_of
from hepartner.words.need import CATEGORIES, EVENTS

if TYPE_CHECKING:
    from hepartner.ledger import Ledger
    from hepartner.ledger.sources import Source
    from hepartner.ledger.vouchers import Voucher


class NeedLine(NamedTuple):
    """What one row says of a need; None where it is blank."""

    community: str | None
    title: str
    category: str | None
    heads: int | None
    raised_on: str
    met_on: str | None
    remark: str | None


_CATEGORY_WORDS = {
    "medical": ("医疗", "看病", "健康", "医疗健康"),
    "elderly": ("养老", "助老", "为老", "养老服务"),
    "childcare": ("托育", "托幼", "托管", "儿童"),
    "meals": ("助餐", "用餐", "长者食堂"),
    "culture": ("文体", "文化", "体育", "文化体育"),
    "repair": ("维修", "修缮", "家电维修"),
    "legal": ("法律", "法律援助", "法律咨询"),
    "jobs": ("就业", "招聘", "培训"),
    "other": ("其他", "其它"),
}


def form(today: date) -> Form[NeedLine]:
    """The columns of a list of needs; days are read as somebody typing today means them."""
    columns = (
        titled("community", COMMUNITY_TITLES, partial(read_text, noun="社区"), fill_down=True),
        titled(
            "title",
            "需求 需求内容 居民需求 需求名称 需求描述",
            read_title("需求"),
            required=True,
            may_be_blank=False,
            sample="老人补牙（示例）",
        ),
        titled(
            "category",
            "类别 需求类别 需求类型",
            read_choice("类别", _CATEGORY_WORDS),
            choices=tuple(CATEGORIES.values()),
        ),
        titled("heads", "需求人数 人数", read_whole("需求人数", least=1, most=MOST_HEADS), sample="40"),
        dated(
            "raised_on",
            "提出日期 收集日期 登记日期 日期",
            read_day(today),
            required=True,
            sample="2024-03-05",
        ),
        dated("met_on", "满足日期 完成日期 解决日期", read_day(today)),
        titled("remark", "备注 说明", partial(read_text, noun="备注")),
    )
    return Form("需求清单", columns, NeedLine._make)


def read_title(noun: str) -> Any:
    """A reader of titles, as the ledger keeps them."""

    def read(text: str) -> str | Fault:
        title = read_text(text, noun=noun, most=100)
        if isinstance(title, Fault):
            return title
        tidy, key = title_of(title)
        return tidy if key else Fault(f"{noun}里没有看得见的字", f"请填写{noun}")

    return read


def plan(ledger: "Ledger", lines: Lines[NeedLine], source: "Source") -> Plan:
    """Tell which needs are new, which say other heads, category or remark, and which were met."""
    plan, needs = Plan(), ledger.book(Needs)
    places = Places(ledger.areas.tree(), ledger.here, lines.heading)
    every = needs.listing()
    known, once = by_title(ledger, "need", every), once_titled(ledger, "need", every, source)
    by_hand = ByHand(ledger, source, "need", "need_event", ("category", "heads"))
    raised, satisfied = (Days(ledger, "need", event, EVENTS[event]) for event in ("raised", "met"))
    before: dict[object, NeedLine] = {}
    new: list[Particulars] = []
    edits: list[tuple[Need, dict[str, Any]]] = []
    met: list[tuple[Need, str]] = []

    def says_all(said: Particulars, line: NeedLine, one: Need) -> bool:
        change = by_hand.news(one.id, _change(one, line))
        return not (change or _contradicted(one, said, raised, satisfied) or _met_on(one, said))

    for row, (said, line) in understood(plan, lines, lambda line: _said(line, places)):
        one = called_then(_meant(known, said), once.get(_title(said), ()), partial(says_all, said, line))
        if (first := before.setdefault(one.id if one else _key(said), line)) is not line:
            plan.unchanged += first == line
            plan.problems += [] if first == line else [lines.problem(row, Misfit("title", TWICE, said.title))]
        elif one is None:
            new.append(said)
        elif misfit := _contradicted(one, said, raised, satisfied):
            plan.problems.append(lines.problem(row, misfit))
        else:
            change, day = by_hand.but(one.id, _named(one), _change(one, line)), _met_on(one, said)
            edits += [(one, change)] if change else []
            met += [(one, day)] if day else []
            plan.changed += bool(change or day)
            plan.unchanged += not (change or day)
    plan.added = len(new)
    plan.changes = [f"{_named(one)}：人数、类别或备注有改动" for one, _ in edits]
    plan.changes += [f"{_named(one)}：{day} 已满足" for one, day in met]
    by_hand.note(plan)
    note_days(plan, ledger, [(said.community_id, said.raised_on) for said in new])

    def write(voucher: "Voucher") -> None:
        needs.collect_many(voucher, new)
        needs.edit_many(voucher, edits)
        for need, day in met:
            needs.step_in(voucher, need, "met", day)

    plan.write = write
    return plan


def _said(line: NeedLine, places: Places) -> tuple[Particulars, NeedLine] | Misfit:
    """The need that a row means, or what it fits not."""
    community = places.community(line.community)
    if isinstance(community, Fault):
        return Misfit("community", community, line.community or "")
    if line.met_on and line.met_on < line.raised_on:
        fault = Fault(f"满足日期早于提出日期 {line.raised_on}", "请改正日期")
        return Misfit("met_on", fault, line.met_on)
    category, heads = line.category or "other", line.heads or 1
    said = (community.id, category, line.title, heads, line.raised_on, line.remark or "", line.met_on)
    return Particulars(*said), line


def _title(said: Particulars) -> tuple[int, str]:
    return said.community_id, title_of(said.title)[1]


def _key(said: Particulars) -> object:
    """What makes two new needs one: the title, and of those that were met the day."""
    return (*_title(said), said.raised_on) if said.met_on else _title(said)


def _meant(known: dict[tuple[int, str], list[Need]], said: Particulars) -> Need | None:
    """The need that a row means: the one raised on its day, else the open one, unless it was met before that was raised."""
    there = known.get(_title(said), [])
    same = [one for one in there if one.raised_on == said.raised_on]
    open_ones = [one for one in there if one.status == "open" and (said.met_on or "9999") >= one.raised_on]
    return next(iter(same or open_ones), None)


def _contradicted(known: Need, said: Particulars, raised: Days, satisfied: Days) -> Misfit | None:
    """Which day a row says otherwise of a need."""
    return raised.misfit("raised_on", known.id, known.raised_on, said.raised_on) or (
        satisfied.misfit("met_on", known.id, known.stepped_on, said.met_on) if known.status == "met" else None
    )


def _met_on(known: Need, said: Particulars) -> str | None:
    """The day on which a row says that an open need was met; before it was opened again is no news."""
    return said.met_on if known.status == "open" and said.met_on and said.met_on >= known.stepped_on else None


def _change(known: Need, line: NeedLine) -> dict[str, Any]:
    """What a row changes of a need; a blank cell changes nothing."""
    typed = {"category": line.category, "heads": line.heads, "remark": line.remark}
    return {name: value for name, value in typed.items() if value not in (None, getattr(known, name))}


def need_named(needs: Named[Need], text: str, community: Area) -> Need | Fault:
    """The need that a cell of another list names by code or title."""
    for found in needs.called(text, community):
        return found
    return Fault(f"{community.name}没有登记这项需求", "请核对编号或标题，或先导入需求清单")


def _named(need: Need) -> str:
    return f"{need.community}的需求“{need.title}”（{need.code}）"


KIND = Kind("needs", form, plan)
