"""Rosters of partners: who is on them is added to the ledger or changed in it, never erased and never merged."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from hepartner.chinese import names
from hepartner.intake.asides import Asides
from hepartner.intake.columns import (
    dated,
    read_choice,
    read_credit_code,
    read_day,
    read_name,
    read_new_name,
    read_phone,
    read_text,
    read_whole,
    titled,
)
from hepartner.intake.entries import Entry
from hepartner.intake.errors import PlaceholderPhone
from hepartner.intake.lines import Form, Lines
from hepartner.intake.matching import Roster
from hepartner.intake.people import People
from hepartner.intake.places import Places
from hepartner.intake.plan import ByHand, Kind, Plan, note_days
from hepartner.intake.problems import Fault, Misfit, refused
from hepartner.ledger import editing
from hepartner.ledger.answers import meant_before, remember_meant
from hepartner.ledger.errors import Refused
from hepartner.ledger.particulars import (
    MOST_MEMBERS,
    OF_ORGANISATIONS,
    Particulars,
    foreign,
    without_foreign,
)
from hepartner.ledger.partners import Partner
from hepartner.ledger.phone import masked as masked_phone
from hepartner.words.partner import KINDS as PARTNER_KINDS

if TYPE_CHECKING:
    from hepartner.ledger import Ledger
    from hepartner.ledger.sources import Source
    from hepartner.ledger.vouchers import Voucher

SAME_PHONE_MAX = 20
"""More rows than this with one phone: it fills a gap and belongs to nobody."""

_SHOWN = 5


class PartnerLine(NamedTuple):
    """What one row of a roster says; None where it is blank."""

    name: str
    kind: str | None
    phone: str | None
    community: str | None
    grid: str | None
    category: str | None
    skills: str | None
    contact: str | None
    address: str | None
    credit_code: str | None
    members: int | None
    joined_on: str | None
    remark: str | None


_KIND_WORDS = {
    "individual": ("个体", "个体合伙人", "个人", "居民", "个人合伙人"),
    "group": ("社群", "社群合伙人", "社会组织", "组织", "团体", "社会团体", "单位", "共建单位"),
    "business": ("商企", "商企合伙人", "商户", "商家", "企业", "商铺"),
}
NAME_TITLES = "姓名 名称 姓名/名称 姓名或名称 姓名名称 合伙人 合伙人姓名 合伙人名称 名字"
ORGANISATION_TITLES = " 单位名称 企业名称 商户名称 商家名称 组织名称 社群名称 团体名称"
CODE_TITLES = "编号 合伙人编号"
PHONE_TITLES = "联系电话 电话 手机 手机号 手机号码 联系方式 电话号码 联系手机 移动电话 联系人电话"
COMMUNITY_TITLES = "社区 所属社区 所在社区 社区名称 村"


def form(today: date) -> Form[PartnerLine]:
    """The columns of a roster; days are read as somebody typing today means them."""
    text = read_text
    columns = (
        titled(
            "name",
            NAME_TITLES + ORGANISATION_TITLES,
            read_new_name,
            required=True,
            may_be_blank=False,
            sample="张三（示例）",
        ),
        titled(
            "kind",
            "类型 合伙人类型 合伙人类别 合伙人种类",
            read_choice("类型", _KIND_WORDS),
            fill_down=True,
            choices=_CHOICES,
        ),
        titled("phone", PHONE_TITLES, read_phone, sample="13800138000"),
        titled("community", COMMUNITY_TITLES, partial(text, noun="社区"), fill_down=True),
        titled("grid", "网格 所属网格 所在网格 网格名称 网格号", partial(text, noun="网格"), fill_down=True),
        titled("category", _CATEGORY_TITLES, partial(text, noun="类别", most=40), sample="退休教师"),
        titled("skills", "技能 特长 专长 技能特长 服务内容", partial(text, noun="技能"), sample="书法"),
        titled("contact", "联系人 负责人 联络人 法人 法定代表人", read_name),
        titled("address", _ADDRESS_TITLES, partial(text, noun="地址")),
        titled("credit_code", "统一社会信用代码 社会信用代码 信用代码 统一信用代码", read_credit_code),
        titled(
            "members", "人数 成员人数 成员数 会员人数 会员数", read_whole("人数", least=1, most=MOST_MEMBERS)
        ),
        dated("joined_on", _JOINED_TITLES, read_day(today), sample="2024-03-05"),
        titled("remark", "备注 说明 其他", partial(text, noun="备注")),
    )
    return Form("合伙人花名册", columns, PartnerLine._make)


_CHOICES = tuple(PARTNER_KINDS.values())
_CATEGORY_TITLES = "类别 身份类别 人员类别 身份 行业 行业类别 经营类别 业态"
_ADDRESS_TITLES = "地址 住址 家庭住址 家庭地址 经营地址 单位地址 详细地址 联系地址"
_JOINED_TITLES = "加入日期 加入时间 登记日期 登记时间 注册日期 入会日期 入会时间"


def plan(ledger: "Ledger", lines: Lines[PartnerLine], source: "Source") -> Plan:
    """Tell what becomes of every row: the rows are read, matched and enrolled in one go when the plan writes.

    Writing raises PlaceholderPhone for a phone that fills gaps.
    """
    plan = Plan()
    places = Places(ledger.areas.tree(), ledger.here, lines.heading)
    people = People.of(ledger)
    by_hand = ByHand(ledger, source, "partner")
    refusal = partial(_refusal, ledger)
    meant = meant_before(ledger.database, source.name) if source.name else {}
    roster = Roster(
        people, places.grid_names, by_hand, refusal, source=source, answers=lines.answers, meant=meant
    )

    def write(voucher: "Voucher") -> None:
        phones, added, left_out, asides = _Phones(lines), _Added(), _Foreign(), Asides(people)
        entries = asides.moved(_entries(plan, lines, phones, places, ledger.today().isoformat()))
        entries = left_out.passing(plan, lines, entries)
        ledger.partners.enrol_many(voucher, added.passing(roster.new(entries)))
        matched = roster.matched
        ledger.partners.edit_many(voucher, matched.edits)
        plan.problems += [lines.problem(row, misfit) for row, misfit in matched.refused]
        plan.doubts, plan.left, plan.answered = matched.doubts, matched.left, matched.answered
        plan.added, plan.changed, plan.unchanged = added.count, len(matched.edits), matched.unchanged
        plan.changes = matched.told
        plan.notes += [
            *phones.notes(),
            *asides.notes(),
            *_renamed(matched.renamed),
            *_merged(matched.merged),
            *_kept(matched.kept),
            *_by_option(matched.others, "按另一位登记"),
            *_by_option(matched.same, "按同一位处理，没有登记"),
            *_by_option(matched.as_before, "照上次的答复是台账里的同一位，没有改"),
            *left_out.notes(),
        ]
        if source.name and not matched.meant.items() <= meant.items():
            remember_meant(voucher, ledger.database, source.name, {**meant, **matched.meant})
            plan.remembers = True
        by_hand.note(plan)
        note_days(plan, ledger, added.days)

    plan.write = write
    return plan


def _refusal(ledger: "Ledger", known: Partner, changes: dict[str, object]) -> Misfit | None:
    """Say why a card does not take what a row changes of it, at the first of the changes that it would not take alone."""
    why = _not_taken(ledger, known, changes)
    if why is None:
        return None
    alone = (name for name, value in changes.items() if _not_taken(ledger, known, {name: value}))
    field = next(alone, "name")
    shown = PARTNER_KINDS[str(changes["kind"])] if field == "kind" else str(changes.get(field, known.name))
    return refused(_COLUMNS.get(field, field), why, shown)


def _not_taken(ledger: "Ledger", known: Partner, changes: dict[str, object]) -> Refused | None:
    try:
        editing.check(ledger, known, changes)
    except Refused as refusal:
        return refusal
    return None


_COLUMNS = {"grid_id": "grid"}


def _renamed(renamed: list[str]) -> Iterator[str]:
    if renamed:
        yield f"{len(renamed)} 位在台账里已改名，按现在的名字处理：{_listed(renamed)}"


def _kept(kept: list[str]) -> Iterator[str]:
    if kept:
        yield f"{len(kept)} 位的内容与台账不同，保留台账的，没有修改：{_listed(kept)}"


def _by_option(alike: list[str], what: str) -> Iterator[str]:
    if alike:
        yield f"{len(alike)} 行与已有的合伙人或前面的行相近，{what}：{_listed(alike)}"


def _merged(merged: list[str]) -> Iterator[str]:
    if merged:
        yield f"{len(merged)} 行是已并入别人的，不再登记，也不改动现在的那一位：{_listed(merged)}"


def _listed(told: Sequence[str]) -> str:
    return "、".join(told[:_SHOWN]) + ("等" if len(told) > _SHOWN else "")


def _entries(
    plan: Plan, lines: Lines[PartnerLine], phones: "_Phones", places: Places, today: str
) -> Iterator[Entry]:
    """Give each row its community, grid and kind; rows that lack one become problems."""
    kind_said = _kind_said(lines.heading)
    known: dict[tuple[str | None, str | None], _Place | Misfit] = {}
    for row, line in lines:
        phones.add(line)
        texts = (line.community, line.grid)
        place = known.get(texts)
        if place is None:
            place = known[texts] = _place(places, line)
        kind = line.kind or kind_said
        if isinstance(place, Misfit):
            plan.problems.append(lines.problem(row, place))
        elif kind is None:
            misfit = _NO_KIND if "kind" in lines.outline.header.fields else _NO_KIND_ANYWHERE
            plan.problems.append(lines.problem(row, misfit))
        else:
            said = _particulars(line, kind, place, today)
            yield Entry(row, said, names.match_key(line.name), line.joined_on is not None)


_NO_KIND = Misfit("kind", Fault("没有写类型", "请填 个体、社群 或 商企"))
_NO_KIND_ANYWHERE = Misfit(
    "kind",
    Fault(
        "名单没有“类型”一列",
        "请加上这一列，填 个体、社群 或 商企；表头叫别的，加 --map 类型=表头；"
        "都是一类的，在标题或文件名里写明也行，如 个体合伙人花名册",
    ),
)


class _Place(NamedTuple):
    community_id: int
    grid_id: int | None


def _place(places: Places, line: PartnerLine) -> _Place | Misfit:
    community = places.community(line.community)
    if isinstance(community, Fault):
        return Misfit("community", community, line.community or "")
    grid = places.grid(community, line.grid)
    if isinstance(grid, Fault):
        return Misfit("grid", grid, line.grid or "")
    return _Place(community.id, grid.id if grid else None)


def _particulars(line: PartnerLine, kind: str, place: _Place, today: str) -> Particulars:
    return Particulars(
        kind,
        line.name,
        place.community_id,
        line.joined_on or today,
        line.phone or "",
        place.grid_id,
        line.category or "",
        line.skills or "",
        line.contact or "",
        line.address or "",
        line.credit_code or "",
        line.members,
        line.remark or "",
    )


class _Foreign:
    """What a roster says of individuals that only organisations have: a column that all rows have is often filled in all."""

    def __init__(self) -> None:
        self._rows = 0
        self._fields: dict[str, None] = {}

    def passing(self, plan: Plan, lines: Lines[PartnerLine], entries: Iterable[Entry]) -> Iterator[Entry]:
        """Yield the rows without it. An individual with the credit code of a firm becomes a problem: one of the two is wrong."""
        for entry in entries:
            said = entry.said
            fields = foreign(said)
            if "credit_code" in fields:
                plan.problems.append(
                    lines.problem(entry.row, Misfit("credit_code", _NO_CREDIT_CODE, said.credit_code))
                )
                continue
            if fields:
                self._rows += 1
                self._fields |= dict.fromkeys(fields)
                yield entry._replace(said=without_foreign(said))
            else:
                yield entry

    def notes(self) -> Iterator[str]:
        """Tell of what was left out."""
        if self._rows:
            told = "、".join(OF_ORGANISATIONS[field] for field in self._fields)
            yield f"{self._rows} 位个体写了{told}，个体不记这些，没有记下；类型填错的请改正后再导入"


_NO_CREDIT_CODE = Fault("个体合伙人没有统一社会信用代码", "个体工商户请把类型改为 商企；是个人请清空这一格")


class _Added:
    """The new partners of a roster, counted as they pass."""

    def __init__(self) -> None:
        self.count = 0
        self.days = Counter[tuple[int, str]]()

    def passing(self, added: Iterable[Particulars]) -> Iterator[Particulars]:
        """Yield them as they are, each counted."""
        for said in added:
            self.count += 1
            self.days[said.community_id, said.joined_on] += 1
            yield said


def _kind_said(heading: str) -> str | None:
    """The one kind that stands above the list, as in 幸福里社区商企合伙人花名册."""
    said = [kind for kind, word in PARTNER_KINDS.items() if word in heading]
    return said[0] if len(said) == 1 else None


class _Phones:
    """The phones of a roster, and by whom they are used."""

    def __init__(self, lines: Lines[PartnerLine]) -> None:
        self._lines = lines
        self._first: dict[str, str] = {}
        self._shared: dict[str, list[str]] = {}

    def add(self, line: PartnerLine) -> None:
        """Note the phone of a row."""
        phone = line.phone
        if phone in self._first:
            self._shared.setdefault(phone, [self._first[phone]]).append(line.name)
        elif phone:
            self._first[phone] = line.name

    def notes(self) -> Iterator[str]:
        """Tell of phones that several names share, as families do; raises PlaceholderPhone for one that is nobody's."""
        for phone, bearers in self._shared.items():
            if len(bearers) > SAME_PHONE_MAX:
                raise PlaceholderPhone(
                    self._lines.outline.file,
                    self._lines.outline.sheet,
                    phone=masked_phone(phone),
                    rows=len(bearers),
                )
        several = [
            masked_phone(phone)
            for phone, bearers in self._shared.items()
            if len(set(map(names.match_key, bearers))) > 1
        ]
        if several:
            yield f"{len(several)} 个电话有几个名字在用，没有合并：{_listed(several)}"


KIND = Kind("partners", form, plan)
