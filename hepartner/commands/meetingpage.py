"""What the commands of meetings share: how resolutions and cooperations are shown, and a meeting's page."""

from typing import TYPE_CHECKING

from hepartner.ledger.cooperations import Cooperations
from hepartner.ledger.meetings import Meetings
from hepartner.ledger.projects import Projects
from hepartner.ledger.resolutions import Resolutions
from hepartner.terminal.tables import show_json, show_listing, show_record
from hepartner.terminal.talk import say
from hepartner.words.meeting import KINDS, STATUSES

from .projectpage import PROJECTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hepartner.ledger import Ledger
    from hepartner.ledger.meetings import Meeting
    from hepartner.ledger.resolutions import Resolution


def show_meeting(ledger: "Ledger", meeting: str, *, as_json: bool) -> None:
    """Show a meeting: who attended, what was raised, resolved, closed and landed; what was still to be done, what ended since."""
    meetings, book = ledger.book(Meetings), ledger.book(Resolutions)
    found = meetings.find(meeting)
    partners, matters = meetings.attending(found), meetings.matters(found)
    resolutions, (pending, ended) = book.made_at(found), earlier(ledger, found)
    cooperations = ledger.book(Cooperations).listing(meeting=found)
    landed = ledger.book(Projects).listing(meeting_id=found.id)
    if as_json:
        attended = [{"code": one.code, "name": one.name} for one in partners]
        parts = {"matters": matters, "resolutions": resolutions, "pending": pending, "ended": ended}
        came = {"cooperations": cooperations, "projects": landed}
        show_json({"meeting": found, "partners": attended, **parts, **came})
        return
    show_record(
        {
            "编号": found.code, "名称": found.title, "类型": KINDS[found.kind], "社区": found.community,
            "日期": found.held_on, "地点": found.place, "参会人数": found.attendance or "",
            "参会单位": "、".join(one.name for one in partners), "备注": found.remark,
        }
    )  # fmt: skip
    show_listing(matters, {"议题": "text", "问题编号": "issue_code", "问题": "issue"}, further=True)
    show_listing(resolutions, RESOLUTIONS, further=True)
    for called, those in (("以前的决议", pending), ("上次会议以来办结或撤下的决议", ended)):
        columns = {called if name == "决议" else name: read for name, read in RESOLUTIONS.items()}
        show_listing(those, columns, further=True)
    show_listing(cooperations, COOPERATIONS, further=True)
    show_listing(landed, PROJECTS, further=True)


def earlier(ledger: "Ledger", meeting: "Meeting") -> "tuple[list[Resolution], list[Resolution]]":
    """Return the resolutions of earlier meetings that were to be done at one, and those that ended since the one before."""
    book = ledger.book(Resolutions)
    return book.pending_at(meeting), book.ended_before(meeting)


def not_done_yet(ledger: "Ledger", pending: "Sequence[Resolution]") -> "list[Resolution]":
    """Return those that were to be done at a meeting and still are, for a meeting that is written down late."""
    still = {one.id for one in ledger.book(Resolutions).listing(status="open")}
    return [one for one in pending if one.id in still]


def say_earlier(community: str, pending: "Sequence[Resolution]", ended: "Sequence[Resolution]") -> None:
    """Say which resolutions of earlier meetings are not done, so that this one looks at them, and which ended since the last."""
    if pending:
        late = sum(one.late > 0 for one in pending)
        overdue = f"，其中 {late} 项超期" if late else ""
        say(f"{community}以前的会议还有 {len(pending)} 项决议没有办完{overdue}：")
        say(*(f"  {resolved(one)}" for one in pending))
    if ended:
        say(f"上次会议以来办结或撤下 {len(ended)} 项决议：")
        say(*(f"  {one.code} {one.title}（{one.ended_on} {STATUSES[one.status]}）" for one in ended))


def resolved(one: "Resolution") -> str:
    """Name a resolution in a sentence, with who does it until when."""
    late = f"，已超期 {one.late} 天" if one.late else ""
    said = [_who(one), f"{one.due_on} 到期{late}" if one.due_on else ""]
    details = "，".join(part for part in said if part)
    return f"{one.code} {one.title}" + (f"（{details}）" if details else "")


def _who(one: "Resolution") -> str:
    return "、".join(who for who in (one.owner, one.partner) if who)


RESOLUTIONS = {
    "编号": "code", "决议": "title", "社区": "community", "会议": "meeting", "议定": "made_on", "负责": _who, "期限": "due_on",
    "状态": lambda one: STATUSES[one.status], "办结或撤下": "ended_on", "超期天数": lambda one: one.late or None,
}  # fmt: skip
COOPERATIONS = {
    "日期": "happened_on", "社区": "community", "商企": "partner", "合作方": lambda one: one.with_name or one.community,
    "会议": "meeting", "惠民服务": "offer", "需求": "need", "合作内容": "note", "凭证": lambda one: f"V{one.voucher}",
}  # fmt: skip
