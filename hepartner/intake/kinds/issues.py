"""Lists of residents' issues with all that became of them: new ones are added, known ones move on."""

from collections import defaultdict
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from hepartner.chinese import names
from hepartner.intake.columns import (
    dated,
    read_choice,
    read_day,
    read_due_day,
    read_names,
    read_text,
    read_whole,
    titled,
)
from hepartner.intake.kinds.partners import COMMUNITY_TITLES
from hepartner.intake.lines import Form, Lines
from hepartner.intake.people import People
from hepartner.intake.places import Places
from hepartner.intake.plan import Kind, Plan, note_days, span, unrepeated, was_absent
from hepartner.intake.problems import Fault, Misfit
from hepartner.ledger.handling import MOST_BENEFICIARIES
from hepartner.ledger.issuelists import Listed, faults
from hepartner.ledger.presence import absences

if TYPE_CHECKING:
    from hepartner.ledger import Ledger
    from hepartner.ledger.categories import Category
    from hepartner.ledger.sources import Source
    from hepartner.ledger.vouchers import Voucher


class IssueLine(NamedTuple):
    """What one row says of an issue; None where it is blank."""

    reported_on: str
    community: str | None
    category: str
    title: str
    place: str | None
    due_on: str | None
    resolved_on: str | None
    confirmed_on: str | None
    beneficiaries: int | None
    satisfied: str | None
    helpers: tuple[str, ...] | None


_SATISFIED_WORDS = {"yes": ("是", "满意", "非常满意", "基本满意"), "no": ("否", "不满意", "不")}
_OPEN = ("reported", "assigned")


def form(today: date) -> Form[IssueLine]:
    """The columns of an issue list; days are read as somebody typing today means them."""
    day = read_day(today)
    columns = (
        dated(
            "reported_on",
            "上报日期 上报时间 受理日期 登记日期 反映日期 日期",
            day,
            required=True,
            sample="2024-03-05",
        ),
        titled("community", COMMUNITY_TITLES, partial(read_text, noun="社区"), fill_down=True),
        titled(
            "category", "类别 问题类别 问题类型 类型", partial(read_text, noun="类别", most=40), required=True
        ),
        titled(
            "title",
            _TITLE_TITLES,
            partial(read_text, noun="标题", most=200),
            required=True,
            sample="3栋路灯不亮（示例）",
        ),
        titled("place", "地点 问题地点 位置 发生地点", partial(read_text, noun="地点", most=100)),
        dated("due_on", "截止日期 办结期限 期限 办理期限 应办结日期", read_due_day(today)),
        dated("resolved_on", "解决日期 办结日期 完成日期 解决时间 办结时间", day),
        dated("confirmed_on", "确认日期 回访日期 确认时间 回访时间", day),
        titled(
            "beneficiaries", "受益人数 惠及人数 受益群众", read_whole("受益人数", most=MOST_BENEFICIARIES)
        ),
        titled(
            "satisfied",
            "满意 是否满意 满意情况 满意度",
            read_choice("满意", _SATISFIED_WORDS),
            choices=("是", "否"),
        ),
        titled("helpers", "协助合伙人 协助 参与合伙人 办理合伙人 协办合伙人", read_names),
    )
    return Form("民生问题台账", columns, IssueLine._make)


_TITLE_TITLES = "标题 问题标题 问题 问题描述 问题内容 事项 反映事项"


def plan(ledger: "Ledger", lines: Lines[IssueLine], source: "Source") -> Plan:
    """Tell which issues are new and which recorded ones the list brings on."""
    plan = Plan()
    people = People.of(ledger)
    said = _listed(ledger, plan, lines, people)
    recorded = _Recorded(ledger, source, [listed for _, listed in said], people)
    fresh: list[tuple[int, Listed]] = []
    later: list[tuple[int, Listed]] = []
    for row, listed in said:
        known = recorded.take(listed)
        if known is None:
            fresh.append((row, listed))
            continue
        issue_id, before = known
        news = listed._replace(helpers=people.besides(listed.helpers, before.helpers))
        moved = _moved_on(before, news, is_open=recorded.is_open(issue_id))
        if isinstance(moved, Misfit):
            plan.problems.append(lines.problem(row, moved))
        elif moved == before:
            plan.unchanged += 1
        else:
            later.append((issue_id, moved))
            plan.changes.append(f"第 {row} 行“{listed.title}”：{_told(before, moved)}")
    new = _unrepeated(ledger, plan, lines, fresh, source)
    plan.added, plan.changed = len(new), len(later)
    note_days(plan, ledger, [(listed.community_id, listed.reported_on) for listed in new])

    def write(voucher: "Voucher") -> None:
        ledger.issues.enter_many(voucher, new)
        ledger.issues.advance_many(voucher, later)

    plan.write = write
    return plan


def _unrepeated(
    ledger: "Ledger",
    plan: Plan,
    lines: Lines[IssueLine],
    fresh: list[tuple[int, Listed]],
    source: "Source",
) -> list[Listed]:
    """Those that nobody else reported on the day under the same title."""
    days = span([listed.reported_on for _, listed in fresh])
    known = ledger.issues.recorded(source.others, *days) if fresh else []
    written = ledger.issues.written_in([issue_id for issue_id, _ in known])
    others = [(written[issue_id], _identity(one)) for issue_id, one in known]
    told = [(row, _identity(listed)) for row, listed in fresh]
    kept = {
        row for row, _ in unrepeated(plan, lines, told, source, others, compared="社区、日期、类别、标题")
    }
    return [listed for row, listed in fresh if row in kept]


class _Recorded:
    """The issues that lists of the source brought, each to be met by one row."""

    def __init__(self, ledger: "Ledger", source: "Source", said: list[Listed], people: People) -> None:
        self._people = people
        self._waiting: dict[tuple[str, str, int, str], list[tuple[int, Listed]]] = defaultdict(list)
        known = ledger.issues.recorded(source, *span([listed.reported_on for listed in said]))
        for issue_id, listed in known:
            self._waiting[_identity(listed)].append((issue_id, listed))
        self._open = {
            issue.id for issue in ledger.issues.these([one for one, _ in known]) if issue.status in _OPEN
        }

    def take(self, listed: Listed) -> tuple[int, Listed] | None:
        """The recorded issue that a row means, which no other row can mean then; equal ones come first."""
        waiting = self._waiting[_identity(listed)]
        waiting.sort(key=lambda known: self._today(known[1]) == listed)
        return waiting.pop() if waiting else None

    def _today(self, known: Listed) -> Listed:
        """A recorded issue with the helpers for whom it counts today."""
        return known._replace(helpers=tuple(dict.fromkeys(map(self._people.now, known.helpers))))

    def is_open(self, issue_id: int) -> bool:
        """Whether an issue can still be resolved."""
        return issue_id in self._open


def _identity(listed: Listed) -> tuple[str, str, int, str]:
    return listed.category, names.match_key(listed.title), listed.community_id, listed.reported_on


def _moved_on(known: Listed, listed: Listed, *, is_open: bool) -> Listed | Misfit:
    """What stands and what the row adds to it; where the ledger is further than the row, the ledger stands."""
    moved = known
    if listed.resolved_on > known.resolved_on:
        if known.resolved_on and not is_open:
            fault = Fault(
                "台账里已在…解决",
                "请改正日期；确是又解决一次，请先用 hep issue reopen",
                (f" {known.resolved_on} ",),
            )
            return Misfit("resolved_on", fault, listed.resolved_on)
        moved = moved._replace(
            resolved_on=listed.resolved_on,
            beneficiaries=listed.beneficiaries,
            confirmed_on="",
            satisfied=None,
        )
    elif listed.resolved_on == known.resolved_on and listed.beneficiaries not in (0, known.beneficiaries):
        fault = Fault("台账里受益人数是…", "请改一致", (f" {known.beneficiaries}",))
        return Misfit("beneficiaries", fault, str(listed.beneficiaries))
    if listed.confirmed_on > moved.confirmed_on and listed.resolved_on == moved.resolved_on:
        if moved.confirmed_on:
            fault = Fault("台账里已在…确认", "请改正日期", (f" {known.confirmed_on} ",))
            return Misfit("confirmed_on", fault, listed.confirmed_on)
        moved = moved._replace(confirmed_on=listed.confirmed_on, satisfied=listed.satisfied)
    return moved._replace(helpers=tuple(dict.fromkeys((*known.helpers, *listed.helpers))))


def _told(known: Listed, moved: Listed) -> str:
    told = []
    if moved.resolved_on != known.resolved_on:
        told.append(f"{moved.resolved_on} 解决，受益 {moved.beneficiaries} 人")
    if moved.confirmed_on != known.confirmed_on and moved.confirmed_on:
        told.append(f"{moved.confirmed_on} 确认")
    if moved.helpers != known.helpers:
        told.append(f"协助合伙人增加 {len(moved.helpers) - len(known.helpers)} 位")
    return "；".join(told)


def _listed(
    ledger: "Ledger", plan: Plan, lines: Lines[IssueLine], people: People
) -> list[tuple[int, Listed]]:
    """What the rows say, in the ledger's terms; rows that fit nothing become problems."""
    desk = _Desk(ledger, lines.heading, people)
    said: list[tuple[int, Listed]] = []
    for row, line in lines.good:
        listed = desk.listed(line)
        if isinstance(listed, Misfit):
            plan.problems.append(lines.problem(row, listed))
        else:
            said.append((row, listed))
    absent = absences(
        ledger.database, {(helper, _helped_on(one)) for _, one in said for helper in one.helpers}
    )
    good = []
    for row, listed in said:
        why = [absent[pair] for helper in listed.helpers if (pair := (helper, _helped_on(listed))) in absent]
        if why:
            fault = was_absent(why[0], "请改正日期或协助合伙人")
            plan.problems.append(lines.problem(row, Misfit("helpers", fault)))
        else:
            good.append((row, listed))
    return good


def _helped_on(listed: Listed) -> str:
    return listed.resolved_on or listed.reported_on


class _Desk:
    """What the words of a list mean in the ledger."""

    def __init__(self, ledger: "Ledger", heading: str, people: People) -> None:
        self._places = Places(ledger.areas.tree(), ledger.here, heading)
        self._people = people
        self._categories = ledger.issues.categories.listing()
        self._today = ledger.today().isoformat()

    def listed(self, line: IssueLine) -> Listed | Misfit:
        """The issue that a row means, or what it fits not."""
        community = self._places.community(line.community)
        if isinstance(community, Fault):
            return Misfit("community", community, line.community or "")
        category = self._category(line.category)
        if isinstance(category, Fault):
            return Misfit("category", category, line.category)
        helpers = []
        for name in line.helpers or ():
            helper = self._people.meant(name, "", community)
            if isinstance(helper, Fault):
                return Misfit("helpers", helper, name)
            helpers.append(helper.id)
        usual = date.fromisoformat(line.reported_on) + timedelta(days=category.days)
        listed = Listed(
            category.code,
            names.tidy(line.title),
            community.id,
            line.reported_on,
            line.place or "",
            line.due_on or usual.isoformat(),
            line.resolved_on or "",
            line.confirmed_on or "",
            line.beneficiaries or 0,
            None if line.satisfied is None else line.satisfied == "yes",
            tuple(dict.fromkeys(helpers)),
        )
        for field, why in faults(listed, self._today):
            sentence, _, remedy = why.rstrip("。").partition("，")
            return Misfit(field, Fault(sentence, remedy), str(getattr(listed, field) or ""))
        return listed

    def _category(self, text: str) -> "Category | Fault":
        key = names.match_key(text)
        exact = [one for one in self._categories if key in (names.match_key(one.name), one.code.casefold())]
        found = exact or [one for one in self._categories if key in names.match_key(one.name)]
        if len(found) == 1:
            return found[0]
        shown = "、".join(one.name for one in self._categories)
        return Fault("没有这个问题类别", f"请填其中之一：{shown}；或先用 hep issue category 增加")


KIND = Kind("issues", form, plan)
