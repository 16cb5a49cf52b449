"""What the commands of dispatches share: one step of a response, a line of a roll-call, and how all is shown."""

from datetime import date
from typing import TYPE_CHECKING, Any

import typer

from hepartner.chinese.numbers import parse_whole
from hepartner.ledger.dispatches import Dispatches
from hepartner.ledger.moments import Moment, meant
from hepartner.ledger.responding import MOST_HEADS, Came, Response, RollCall
from hepartner.ledger.responses import Responses
from hepartner.terminal.tables import show_listing, show_record
from hepartner.terminal.talk import not_written, say, written
from hepartner.words.dispatch import BY, KINDS, STATUSES
from hepartner.words.dispatch import RESPONSES as STANDINGS
from hepartner.words.dispatch import STEPS as STEP_NAMES
from hepartner.words.partner import KINDS as PARTNERS

from .opening import opened
from .parameters import fields

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hepartner.ledger import Ledger
    from hepartner.ledger.book import Written
    from hepartner.ledger.dispatches import Dispatch, Finished
    from hepartner.ledger.partners import Partner


__all__ = [
    "CALLED", "DISPATCHES", "RESPONSES", "STEPS", "Dispatches", "Responses", "came", "length", "meant", "named", "rates",
    "respond", "say_called", "say_finished", "say_whistled", "show_dispatch",
]  # fmt: skip


def respond(
    context: typer.Context,
    words: tuple[str, str],
    when: tuple[date | None, int | None],
    done: str,
    take: "Callable[[Responses, Dispatch, Partner, Moment], Written[Response]]",
) -> None:
    """Take one step of a response, of the dispatch and partner that are typed, and say what was `done`."""
    with opened(context) as ledger:
        found = ledger.book(Dispatches).find(words[0])
        responded = take(ledger.book(Responses), found, ledger.partners.find(words[1]), meant(ledger, *when))
    now = responded.now
    after = f"，用时 {length(now.minutes)}" if now.status == "arrived" else ""
    say(f"{named(found)}：{now.partner}（{now.partner_code}）{done}{after}。")
    written(responded.voucher)


def came(ledger: "Ledger", lines: "Sequence[str]") -> "list[Came]":
    """Read the lines of a roll-call: 合伙人, 到场人数, 党员人数. All that read not, or name nobody, are told at once."""
    read, wrong = [], []
    for line in lines:
        try:
            read.append(_read(line))
        except typer.BadParameter as error:
            wrong.append(str(error))
    if wrong:
        raise typer.BadParameter("\n".join(wrong))
    partners = ledger.partners.find_each(partner for partner, _, _ in read)
    return [Came(partner, *counted) for partner, (_, *counted) in zip(partners, read, strict=True)]


def _read(line: str) -> tuple[str, int, int]:
    found = fields(line, 3)
    if not found or not found[1]:
        raise typer.BadParameter(f"点名行“{line}”应是 合伙人=人数，如 P0012=30，可再写 ,党员人数。")
    partner, heads, party = found
    if party.startswith("0") and party != "0":
        raise typer.BadParameter(f"点名行“{line}”：党员人数“{party}”以 0 开头。人数里请不要写千位的逗号。")
    try:
        people = parse_whole(heads, noun="到场人数", least=1, most=MOST_HEADS)
        members = parse_whole(party, noun="党员人数", most=MOST_HEADS) if party else 0
    except ValueError as error:
        raise typer.BadParameter(f"点名行“{line}”：{error}") from error
    return partner, people, members


def say_whistled(blown: "Written[Dispatch]") -> None:
    """Say what a whistle did, and how to go on."""
    code = blown.now.code
    say(f"已吹哨 {named(blown.now)}，叫了 {blown.now.called} 家。")
    say(f"报到：hep dispatch arrive {code} 合伙人 人数；点名：hep dispatch rollcall {code}")
    written(blown.voucher)


def say_called(found: "Dispatch", those: list[Came], taken: RollCall) -> None:
    """Show who came by a roll-call, and say how many that are."""
    show_listing(taken.now, RESPONSES)
    people, party = sum(one.heads for one in those), sum(one.party_members for one in those)
    say(f"{named(found)}：{len(taken.now)} 家报到，共 {people} 人，其中党员 {party} 人。")
    _said(taken.voucher)


def say_finished(ended: "Finished") -> None:
    """Say what an end did, or would do."""
    now, given_points = ended.now, ended.rewarded
    say(
        f"{named(now)}：{now.finished} 结束，用时 {length(now.minutes)}；"
        f"{now.groups} 家报到，共 {now.people} 人；{ended.silent} 家未应答。"
    )
    if given_points:
        say(f"给 {given_points.partners} 家发放共 {given_points.points} 分。")
        for why in given_points.without:
            say(f"没有给分：{why}。")
    _said(ended.voucher)


def _said(voucher: int | None) -> None:
    if voucher is None:
        not_written()
    else:
        written(voucher)


def show_dispatch(found: "Dispatch") -> None:
    """Put a dispatch on stdout, a field per line."""
    show_record(
        {
            "编号": found.code,
            "事项": found.title,
            "类别": KINDS[found.kind],
            "社区": found.community,
            "地点": found.place,
            "吹哨": str(found.whistled),
            "结束": found.finished,
            "用时": length(found.minutes),
            "状态": STATUSES[found.status],
            "应答": f"叫 {found.called} 家，报到 {found.groups} 家 {found.people} 人，其中党员 {found.party_members} 人",
            "备注": found.remark,
        }
    )


def named(dispatch: "Dispatch") -> str:
    """Name a dispatch by code, title, place and time."""
    return f"{dispatch.code} {dispatch.title}（{dispatch.community}，{dispatch.whistled}）"


def length(minutes: int | None) -> str:
    """Write minutes as people say them: 45分, 5小时30分."""
    if minutes is None:
        return ""
    hours, rest = divmod(minutes, 60)
    return f"{hours}小时" + (f"{rest}分" if rest else "") if hours else f"{rest}分"


RESPONSES: dict[str, Any] = {
    "编号": "partner_code",
    "合伙人": "partner",
    "状态": lambda one: STANDINGS[one.status],
    "呼叫": "called",
    "报到": "arrived",
    "离开": "left",
    "用时": lambda one: length(one.minutes),
    "人数": "heads",
    "党员": "party_members",
    "第几次": "round",
    "代替": "instead_of",
    "原因": "reason",
}
STEPS: dict[str, Any] = {
    "时间": lambda one: str(one.at),
    "编号": "partner_code",
    "合伙人": "partner",
    "事项": lambda one: STEP_NAMES[one.event],
    "第几次": "round",
    "人数": "heads",
    "党员": "party_members",
    "原因": "reason",
    "经手": "operator",
    "凭证": lambda one: f"V{one.voucher}",
}
CALLED: dict[str, Any] = {
    "编号": "code",
    "名称": "name",
    "类型": lambda one: PARTNERS[one.kind],
    "社区": "community",
}
DISPATCHES: dict[str, Any] = {
    "编号": "code",
    "吹哨": lambda one: str(one.whistled),
    "社区": "community",
    "事项": "title",
    "类别": lambda one: KINDS[one.kind],
    "状态": lambda one: STATUSES[one.status],
    "叫": "called",
    "到": "groups",
    "人次": "people",
    "党员": "party_members",
    "用时": lambda one: length(one.minutes),
}


def rates(by: str) -> dict[str, Any]:
    """Return the columns of rates by a code of BY."""
    return {
        **({} if by == "kind" else {"编号": "code"}),
        BY[by]: "name",
        "呼叫": "calls",
        "应答": "answered",
        "报到": "arrived",
        "谢绝": "declined",
        "未应答": "silent",
        "退单": "returned",
        "应答率%": "percent",
        "中位用时": lambda one: length(one.minutes),
    }
