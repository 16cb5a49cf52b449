"""Lists of resolutions: those of a meeting and a wording are counted by occurrence, so the same list again adds none."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from hepartner.intake.columns import dated, read_day, read_due_day, read_name, read_text, titled
from hepartner.intake.kinds.meetings import meeting_named
from hepartner.intake.kinds.needs import read_title
from hepartner.intake.kinds.partners import COMMUNITY_TITLES
from hepartner.intake.lines import Form, Lines
from hepartner.intake.named import Named
from hepartner.intake.people import People
from hepartner.intake.places import Places
from hepartner.intake.plan import ByHand, Days, Kind, Plan, note_days, seconds, understood, unrepeated
from hepartner.intake.problems import Fault, Misfit
from hepartner.ledger.meetings import Meetings
from hepartner.ledger.resolutions import Particulars, Resolution, Resolutions
from hepartner.ledger.sources import former_names
from hepartner.ledger.titles import titled as title_of
from hepartner.words.meeting import EVENTS

if TYPE_CHECKING:
    from hepartner.ledger import Ledger
    from hepartner.ledger.sources import Source
    from hepartner.ledger.vouchers import Voucher


class ResolutionLine(NamedTuple):
    """What one row says of a resolution; None where it is blank."""

    held_on: str
    community: str | None
    meeting: str
    title: str
    owner: str | None
    partner: str | None
    due_on: str | None
    done_on: str | None


class Change(NamedTuple):
    """What a row says of a resolution that is known: fields that it says otherwise, and the day on which it was done."""

    known: Resolution
    fields: dict[str, Any]
    done_on: str | None


MEETING_TITLES = "会议名称 会议 会议主题 会议编号"


def form(today: date) -> Form[ResolutionLine]:
    """The columns of a list of resolutions; days are read as somebody typing today means them."""
    columns = (
        dated(
            "held_on",
            "会议日期 会议时间 召开日期 召开时间 日期",
            read_day(today),
            required=True,
            fill_down=True,
            sample="2024-03-05",
        ),
        titled("community", COMMUNITY_TITLES, partial(read_text, noun="社区"), fill_down=True),
        titled(
            "meeting",
            MEETING_TITLES,
            read_title("会议名称"),
            required=True,
            fill_down=True,
            sample="一季度联席会议（示例）",
        ),
        titled(
            "title",
            "决议 决议内容 决议事项 议定事项 会议决议",
            read_title("决议"),
            required=True,
            may_be_blank=False,
            sample="修3号楼路灯",
        ),
        titled("owner", "负责人 责任人 责任单位 负责单位", partial(read_text, noun="负责人", most=100)),
        titled("partner", "承办合伙人 合伙人 承办单位 办理单位", read_name),
        dated("due_on", "期限 完成期限 办结期限 完成时限 截止日期", read_due_day(today), sample="2024-03-31"),
        dated("done_on", "办结日期 完成日期 办结时间 完成时间", read_day(today)),
    )
    return Form("决议清单", columns, ResolutionLine._make)


def plan(ledger: "Ledger", lines: Lines[ResolutionLine], source: "Source") -> Plan:
    """Tell which resolutions are new, which say another owner, partner or due day, and which were done."""
    plan, resolutions = Plan(), ledger.book(Resolutions)
    reading, known = _Reading(ledger, lines.heading), _Known(ledger, resolutions)
    by_hand = ByHand(ledger, source, "resolution")
    done = Days(ledger, "resolution", "done", EVENTS["done"])
    seen = Counter[tuple[int, str]]()
    fresh: list[tuple[int, Particulars]] = []
    changes: list[Change] = []
    rows, line_of = understood(plan, lines, reading.said), dict(lines.good)
    for row, said in rows:
        key = (said.meeting_id, title_of(said.title)[1])
        one = known.meant(key, seen[key]) or known.once_meant(
            reading.once(said, line_of[row]), key, seen[key]
        )
        seen[key] += 1
        if one is None:
            fresh.append((row, said))
        elif misfit := _contradicted(one, said, done):
            plan.problems.append(lines.problem(row, misfit))
        elif change := _change(one, reading.as_then(one, said, line_of[row]), by_hand):
            changes.append(change)
        else:
            plan.unchanged += 1
    again = seconds((row, _worded(said)) for row, said in rows)
    new = [said for _, said in unrepeated(plan, lines, fresh, source, again=again)]
    plan.added, plan.changed = len(new), len(changes)
    plan.changes = [_told(one) for one in changes]
    by_hand.note(plan)
    note_days(plan, ledger, [(said.community_id, said.made_on) for said in new])

    def write(voucher: "Voucher") -> None:
        resolutions.make_many(voucher, new)
        for one in changes:
            resolutions.edit_in(voucher, one.known, one.fields)
            if one.done_on:
                resolutions.step_in(voucher, one.known, "done", one.done_on)

    plan.write = write
    return plan


class _Reading:
    """What the cells of a list mean in the ledger."""

    def __init__(self, ledger: "Ledger", heading: str) -> None:
        self._places = Places(ledger.areas.tree(), ledger.here, heading)
        self._people = People.of(ledger)
        self._meetings = Named(ledger, "meeting", ledger.book(Meetings).listing())

    def said(self, line: ResolutionLine) -> Particulars | Misfit:
        """The resolution that a row means, or what it fits not."""
        community = self._places.community(line.community)
        if isinstance(community, Fault):
            return Misfit("community", community, line.community or "")
        meeting = meeting_named(self._meetings, line.meeting, community, line.held_on)
        if isinstance(meeting, Fault):
            return Misfit("meeting", meeting, line.meeting)
        if meeting.held_on != line.held_on:
            held = f" {meeting.held_on} 开的（{meeting.code} {meeting.title}）"
            return Misfit("held_on", Fault("会议是…", "请改正会议日期或会议名称", (held,)), line.held_on)
        partner = self._people.meant(line.partner, "", community) if line.partner else None
        if isinstance(partner, Fault):
            return Misfit("partner", partner, line.partner or "")
        for field, day in (("due_on", line.due_on), ("done_on", line.done_on)):
            if day and day < line.held_on:
                return Misfit(field, Fault(f"早于会议日期 {line.held_on}", "请改正日期"), day)
        by = partner.id if partner else None
        return Particulars(
            meeting.id, meeting.community_id, meeting.held_on, line.title, line.owner or "", by, line.due_on,
            line.done_on,
        )  # fmt: skip

    def as_then(self, known: Resolution, said: Particulars, line: ResolutionLine) -> Particulars:
        """What a row says of a resolution by the partner that was called so when that had it, whoever is called so now."""
        if said.partner_id is None or known.partner_id not in self._people.once_called(
            said.partner_id, line.partner or ""
        ):
            return said
        return said._replace(partner_id=known.partner_id)

    def once(self, said: Particulars, line: ResolutionLine) -> list[int]:
        """The meetings of the day that were called so when the meeting that is called so now was not there yet."""
        found = self._meetings.once_called(line.meeting, said.community_id)
        return [one.id for one in found if one.held_on == said.made_on and one.id != said.meeting_id]


class _Known:
    """The resolutions of the ledger by meeting and wording, those that were once worded so after those that are."""

    def __init__(self, ledger: "Ledger", resolutions: Resolutions) -> None:
        self._there: dict[tuple[int, str], list[Resolution]] = {}
        every = sorted(resolutions.listing(), key=lambda one: one.id)
        for one in every:
            self._there.setdefault((one.meeting_id, title_of(one.title)[1]), []).append(one)
        by_id = {one.id: one for one in every}
        for resolution_id, title_key in sorted(former_names(ledger.database, "resolution", "title_key")):
            there = self._there.setdefault((by_id[resolution_id].meeting_id, title_key), [])
            if by_id[resolution_id] not in there:
                there.append(by_id[resolution_id])

    def meant(self, key: tuple[int, str], place: int) -> Resolution | None:
        """The one that the row means which is at this place among those of its meeting and wording."""
        there = self._there.get(key, ())
        return there[place] if place < len(there) else None

    def once_meant(self, meetings: Iterable[int], key: tuple[int, str], place: int) -> Resolution | None:
        """The one that the row meant while one of these meetings was called so, after those of the meeting called so now."""
        later = place - len(self._there.get(key, ()))
        found = (self.meant((meeting_id, key[1]), later) for meeting_id in meetings)
        return next((one for one in found if one), None)


def _worded(said: Particulars) -> Particulars:
    """What makes two resolutions the same: wording, owner, partner and due day, done or not."""
    return said._replace(title=title_of(said.title)[1], done_on=None)


def _contradicted(known: Resolution, said: Particulars, done: Days) -> Misfit | None:
    """What a row says otherwise of a resolution that has ended."""
    if known.status == "dropped" and said.done_on:
        fault = Fault(
            "台账里这条决议…已撤下",
            "确实办结了请先撤销撤下的那一笔，否则请清空这一格",
            (f" {known.ended_on} ",),
        )
        return Misfit("done_on", fault, said.done_on)
    return done.misfit("done_on", known.id, known.ended_on, said.done_on) if known.status == "done" else None


def _change(known: Resolution, said: Particulars, by_hand: ByHand) -> Change | None:
    """What a row changes of a resolution; a blank cell, and what a hand has changed since, changes nothing."""
    typed = {"owner": said.owner or None, "partner_id": said.partner_id, "due_on": said.due_on}
    fields = {name: value for name, value in typed.items() if value not in (None, getattr(known, name))}
    fields = by_hand.but(known.id, _named(known), fields)
    # Before it was opened again is no news.
    news = known.status == "open" and said.done_on and said.done_on >= known.stepped_on
    return Change(known, fields, said.done_on if news else None) if fields or news else None


def _named(resolution: Resolution) -> str:
    return f"决议“{resolution.title}”（{resolution.code}）"


def _told(change: Change) -> str:
    said = ["负责人、合伙人或期限有改动"] if change.fields else []
    said += [f"{change.done_on} 办结"] if change.done_on else []
    return f"{_named(change.known)}：{'，'.join(said)}"


KIND = Kind("resolutions", form, plan)
