"""Lists of meetings: each community, day and title once, so a list adds what is missing and never doubles what is there."""

import re
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from hepartner.chinese import names
from hepartner.intake.columns import (
    dated,
    read_choice,
    read_day,
    read_names,
    read_text,
    read_whole,
    titled,
)
from hepartner.intake.kinds.activities import HELD_TITLES
from hepartner.intake.kinds.partners import COMMUNITY_TITLES
from hepartner.intake.lines import Form, Lines
from hepartner.intake.named import Named
from hepartner.intake.people import People
from hepartner.intake.places import Places
from hepartner.intake.plan import ByHand, Kind, Plan, called_then, note_days, span, understood, was_absent
from hepartner.intake.problems import Fault, Misfit
from hepartner.ledger.areas import Area
from hepartner.ledger.meetings import MOST_PEOPLE, Meeting, Meetings, Particulars, Topic
from hepartner.ledger.presence import absences
from hepartner.ledger.titles import once_titled
from hepartner.ledger.titles import titled as title_of
from hepartner.words.meeting import KINDS

if TYPE_CHECKING:
    from hepartner.ledger import Ledger
    from hepartner.ledger.sources import Source
    from hepartner.ledger.vouchers import Voucher


class MeetingLine(NamedTuple):
    """What one row says of a meeting; None where it is blank."""

    held_on: str
    community: str | None
    title: str
    kind: str | None
    place: str | None
    attendance: int | None
    partners: tuple[str, ...] | None
    matters: tuple[str, ...] | None
    remark: str | None


class Said(NamedTuple):
    """The meeting that a row means, and what the row itself says, where a blank cell is None."""

    meeting: Particulars
    line: MeetingLine

    @property
    def place(self) -> tuple[int, str, str]:
        """What tells meetings apart: community, day, title key."""
        return self.meeting.community_id, self.meeting.held_on, title_of(self.meeting.title)[1]


class More(NamedTuple):
    """What a row adds to a meeting that is known: fields that it says otherwise, partners and matters that are new."""

    meeting: Meeting
    fields: dict[str, Any]
    partners: tuple[int, ...]
    matters: tuple[Topic, ...]


_KIND_WORDS = {
    "joint": ("联席会议", "联席会", "联席", "党建联席会议", "议事会", "协商议事"),
    "matchmaking": ("资源对接会", "对接会", "资源对接", "供需对接会"),
}
_BETWEEN_MATTERS = re.compile(r"[;；\n\r]+")


def form(today: date) -> Form[MeetingLine]:
    """The columns of a list of meetings; days are read as somebody typing today means them."""
    columns = (
        dated(
            "held_on",
            f"{HELD_TITLES} 会议日期 会议时间 召开日期 召开时间",
            read_day(today),
            required=True,
            sample="2024-03-05",
        ),
        titled("community", COMMUNITY_TITLES, partial(read_text, noun="社区"), fill_down=True),
        titled(
            "title",
            "会议名称 名称 会议 会议主题",
            _read_title,
            required=True,
            may_be_blank=False,
            sample="一季度联席会议（示例）",
        ),
        titled(
            "kind",
            "类型 会议类型 会议类别 类别",
            read_choice("会议类型", _KIND_WORDS),
            choices=tuple(KINDS.values()),
        ),
        titled("place", "地点 会议地点", partial(read_text, noun="地点", most=100)),
        titled("attendance", "参会人数 到会人数 人数", read_whole("参会人数", most=MOST_PEOPLE), sample="35"),
        titled("partners", "参会单位 参会合伙人 参加单位 到会单位", read_names),
        titled("matters", "议题 会议议题 议事内容", _read_matters, sample="路灯改造；停车位"),
        titled("remark", "备注 说明", partial(read_text, noun="备注")),
    )
    return Form("会议清单", columns, MeetingLine._make)


def _read_title(text: str) -> str | Fault:
    title = read_text(text, noun="会议名称", most=100)
    if isinstance(title, Fault):
        return title
    return (
        names.tidy(title) if names.match_key(title) else Fault("会议名称里没有看得见的字", "请填写会议名称")
    )


def _read_matters(text: str) -> tuple[str, ...] | Fault:
    """Several matters in one cell, between ； or on lines of their own."""
    found = []
    for part in _BETWEEN_MATTERS.split(text):
        matter = read_text(part, noun="议题")
        if isinstance(matter, Fault):
            return matter
        if names.match_key(matter):
            found.append(names.tidy(matter))
    return tuple(found)


def plan(ledger: "Ledger", lines: Lines[MeetingLine], source: "Source") -> Plan:
    """Tell which meetings are new, and of which a list says otherwise or more; a blank cell changes nothing."""
    plan, meetings = Plan(), ledger.book(Meetings)
    places, people = Places(ledger.areas.tree(), ledger.here, lines.heading), People.of(ledger)
    rows = understood(plan, lines, lambda line: _said(line, places, people))
    rows = _without_absent(ledger, plan, lines, rows)
    by_hand = ByHand(ledger, source, "meeting", "meeting_held", ("kind", "attendance"))
    days = span([said.meeting.held_on for _, said in rows])
    known = meetings.known(*days)
    once = once_titled(
        ledger,
        "meeting",
        meetings.listing(first=date.fromisoformat(days[0]), last=date.fromisoformat(days[1])),
        source,
    )
    new: dict[tuple[int, str, str], Particulars] = {}
    more: dict[int, More] = {}

    def says_all(said: Said, one: Meeting) -> bool:
        return one.held_on == said.meeting.held_on and not _more(meetings, people, one, said, by_hand.news)

    for _, said in rows:
        community_id, _, key = said.place
        meeting_id = known.get(said.place)
        called_now = None if meeting_id is None else meetings.get(meeting_id)
        one = called_then(called_now, once.get((community_id, key), ()), partial(says_all, said))
        if one is None:
            plan.unchanged += said.place in new
            new.setdefault(said.place, said.meeting)
            continue
        change = (
            None
            if one.id in more
            else _more(meetings, people, one, said, partial(by_hand.but, name=f"{one.code} {one.title}"))
        )
        if change:
            more[one.id] = change
        else:
            plan.unchanged += 1
    plan.added, plan.changed = len(new), len(more)
    plan.changes = [
        f"{one.meeting.code} {one.meeting.title}：内容、参会单位或议题有增改" for one in more.values()
    ]
    by_hand.note(plan)
    note_days(plan, ledger, [(said.community_id, said.held_on) for said in new.values()])

    def write(voucher: "Voucher") -> None:
        meetings.hold_many(voucher, list(new.values()))
        for one in more.values():
            meetings.edit_in(voucher, one.meeting, one.fields)
            meetings.attend_in(voucher, one.meeting, one.partners)
            meetings.raise_in(voucher, one.meeting, one.matters)

    plan.write = write
    return plan


def _said(line: MeetingLine, places: Places, people: People) -> Said | Misfit:
    """The meeting that a row means, or what it fits not."""
    community = places.community(line.community)
    if isinstance(community, Fault):
        return Misfit("community", community, line.community or "")
    partners = []
    for name in line.partners or ():
        partner = people.meant(name, "", community)
        if isinstance(partner, Fault):
            return Misfit("partners", partner, name)
        partners.append(partner.id)
    meeting = Particulars(
        community.id, line.held_on, line.title, line.kind or "joint", line.place or "", line.attendance or 0,
        line.remark or "", tuple(dict.fromkeys(partners)), tuple(map(Topic, line.matters or ())),
    )  # fmt: skip
    return Said(meeting, line)


def _more(
    meetings: Meetings, people: People, known: Meeting, said: Said, news: Callable[..., dict[str, Any]]
) -> More | None:
    """What a row adds to a meeting; `news` leaves of the fields those that no hand has changed since."""
    typed = {name: getattr(said.line, name) for name in ("kind", "place", "attendance", "remark")}
    fields = {name: value for name, value in typed.items() if value not in (None, getattr(known, name))}
    fields = news(known.id, change=fields)
    raised = {title_of(one.text)[1] for one in meetings.matters(known)}
    partners = people.besides(said.meeting.partners, (one.id for one in meetings.attending(known)))
    matters = tuple(one for one in said.meeting.matters if title_of(one.text)[1] not in raised)
    return More(known, fields, partners, matters) if fields or partners or matters else None


def _without_absent(
    ledger: "Ledger", plan: Plan, lines: Lines[MeetingLine], rows: list[tuple[int, Said]]
) -> list[tuple[int, Said]]:
    """Refuse rows of which a partner had not joined or had left on that day."""
    absent = absences(
        ledger.database, {(one, said.meeting.held_on) for _, said in rows for one in said.meeting.partners}
    )
    present = []
    for row, said in rows:
        why = [
            absent[one, said.meeting.held_on]
            for one in said.meeting.partners
            if (one, said.meeting.held_on) in absent
        ]
        if why:
            plan.problems.append(
                lines.problem(row, Misfit("partners", was_absent(why[0], "请改正日期或参会单位")))
            )
        else:
            present.append((row, said))
    return present


def meeting_named(meetings: Named[Meeting], text: str, community: Area, day: str) -> Meeting | Fault:
    """The meeting that a cell of another list names by code, or the last one of a title until a day."""
    found = meetings.called(text, community)
    for one in [one for one in found if one.held_on <= day] or found:
        return one
    return Fault(f"{community.name}没有登记这次会议", "请核对编号或名称，或先导入会议清单")


KIND = Kind("meetings", form, plan)
