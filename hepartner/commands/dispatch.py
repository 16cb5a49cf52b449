"""Commands about dispatches 吹哨报到."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from hepartner.terminal.parameters import Choice
from hepartner.terminal.tables import show_json, show_listing
from hepartner.terminal.talk import not_written, say, written
from hepartner.words.dispatch import BY, KINDS, STATUSES
from hepartner.words.partner import KINDS as PARTNERS

from .opening import opened
from .parameters import (
    DAY,
    POINTS,
    DayOption,
    DryRunOption,
    FromDayOption,
    JsonOption,
    KeyOption,
    ListingArea,
    NoteOption,
    PartnerArgument,
    ReasonOption,
    RequiredReason,
    TimeOption,
    ToDayOption,
    check_days,
    given,
    typed_lines,
)

app = typer.Typer()

DispatchArgument = Annotated[str, typer.Argument(metavar="吹哨", help="吹哨：编号、事项或事项的一部分")]
Kind = Annotated[str | None, typer.Option(click_type=Choice(KINDS), help="类别")]
Place = Annotated[str | None, typer.Option(help="地点")]
Remark = Annotated[str | None, typer.Option(help="备注")]


@app.command()
def whistle(
    context: typer.Context,
    title: Annotated[str, typer.Argument(metavar="事项", help="为什么吹哨，一句话")],
    partners: Annotated[list[str] | None, typer.Argument(metavar="合伙人", help="叫谁，可写多个")] = None,
    kind: Annotated[str, typer.Option(click_type=Choice(KINDS), help="类别")] = "other",
    to_kind: Annotated[str | None, typer.Option(click_type=Choice(PARTNERS), help="叫哪一类合伙人")] = None,
    skill: Annotated[str | None, typer.Option(help="叫会什么的，如 电工")] = None,
    paired: Annotated[bool, typer.Option("--paired", help="叫与当前社区结对的")] = False,
    area: Annotated[
        str | None, typer.Option("--area", help="叫这个区域的；不写是当前社区，--paired 不限")
    ] = None,
    place: Place = None,
    day: DayOption = None,
    at: TimeOption = None,
    remark: Remark = None,
    dry_run: DryRunOption = False,
    key: KeyOption = None,
) -> None:
    """当前社区吹哨，一次叫许多合伙人；补记的，照吹哨那天在册、结对的叫。

    例：hep dispatch whistle 台风摩羯清障 --kind 台风 --to-kind 社群 --area 驿马街道 --at 8点半
    例：hep dispatch whistle 3号楼漏水 柏乐口腔 家政协会 --skill 水电
    """
    from hepartner.ledger.dispatches import Whistle, Whom

    from . import dispatching

    with opened(context) as ledger:
        book, community = ledger.book(dispatching.Dispatches), ledger.areas.community()
        under = ledger.areas.find(area) if area else None
        named = [ledger.partners.find(one) for one in partners or ()]
        moment = dispatching.meant(ledger, day, at)
        called = book.whom(community, named, Whom(to_kind, skill, under, paired), moment.day)
        said = Whistle(title, kind, community, moment, place or "", remark or "")
        blown = None if dry_run else book.whistle(said, called, key=key)
    if blown is None:
        show_listing(called, dispatching.CALLED)
        say(f"将为“{title}”叫 {len(called)} 家。")
        not_written()
    else:
        dispatching.say_whistled(blown)


@app.command()
def answer(
    context: typer.Context,
    dispatch: DispatchArgument,
    partner: PartnerArgument,
    day: DayOption = None,
    at: TimeOption = None,
    key: KeyOption = None,
) -> None:
    """记一家答应要来。

    例：hep dispatch answer 台风 柏乐口腔 --at 8:40
    """
    from . import dispatching

    dispatching.respond(
        context, (dispatch, partner), (day, at), "已应答", lambda book, *who: book.answer(*who, key=key)
    )


@app.command()
def arrive(
    context: typer.Context,
    dispatch: DispatchArgument,
    partner: PartnerArgument,
    heads: Annotated[int, typer.Argument(metavar="人数", min=1, help="到场几人")],
    party: Annotated[int, typer.Option(min=0, help="其中党员几人")] = 0,
    day: DayOption = None,
    at: TimeOption = None,
    key: KeyOption = None,
) -> None:
    """记一家到场报到，来了几人、其中党员几人。

    例：hep dispatch arrive 台风 柏乐口腔 12 --party 3 --at 9点
    """
    from . import dispatching

    dispatching.respond(
        context,
        (dispatch, partner),
        (day, at),
        f"报到 {heads} 人",
        lambda book, *who: book.arrive(*who, heads=heads, party_members=party, key=key),
    )


@app.command()
def leave(
    context: typer.Context,
    dispatch: DispatchArgument,
    partner: PartnerArgument,
    day: DayOption = None,
    at: TimeOption = None,
    key: KeyOption = None,
) -> None:
    """记一家离开。

    例：hep dispatch leave 台风 柏乐口腔 --at 12点
    """
    from . import dispatching

    dispatching.respond(
        context, (dispatch, partner), (day, at), "已离开", lambda book, *who: book.leave(*who, key=key)
    )


@app.command()
def decline(
    context: typer.Context,
    dispatch: DispatchArgument,
    partner: PartnerArgument,
    reason: ReasonOption = "",
    day: DayOption = None,
    at: TimeOption = None,
    key: KeyOption = None,
) -> None:
    """记一家来不了。

    例：hep dispatch decline 台风 家政协会 --reason 人手不够
    """
    from . import dispatching

    dispatching.respond(
        context,
        (dispatch, partner),
        (day, at),
        "谢绝",
        lambda book, *who: book.decline(*who, reason=reason, key=key),
    )


@app.command("return")
def return_(
    context: typer.Context,
    dispatch: DispatchArgument,
    partner: PartnerArgument,
    reason: RequiredReason,
    day: DayOption = None,
    at: TimeOption = None,
    key: KeyOption = None,
) -> None:
    """退单：不该叫这一家，不计入应答率；可再叫别家，或以后再叫它。

    例：hep dispatch return 台风 家政协会 --reason 不在本辖区
    """
    from . import dispatching

    dispatching.respond(
        context,
        (dispatch, partner),
        (day, at),
        "退单",
        lambda book, *who: book.give_back(*who, reason=reason, key=key),
    )


@app.command()
def again(
    context: typer.Context,
    dispatch: DispatchArgument,
    partners: Annotated[list[str], typer.Argument(metavar="合伙人", help="再叫谁，可写多个")],
    instead: Annotated[str | None, typer.Option(help="代替哪一家")] = None,
    day: DayOption = None,
    at: TimeOption = None,
    key: KeyOption = None,
) -> None:
    """再叫：退单、谢绝或离开的重新叫一次，或加叫别家。

    例：hep dispatch again 台风 义工队 --instead 家政协会
    """
    from . import dispatching

    with opened(context) as ledger:
        found = ledger.book(dispatching.Dispatches).find(dispatch)
        named = [ledger.partners.find(one) for one in partners]
        place_of = ledger.partners.find(instead) if instead else None
        moment = dispatching.meant(ledger, day, at)
        called = ledger.book(dispatching.Responses).call_again(
            found, named, moment, instead=place_of, key=key
        )
    say(f"{dispatching.named(found)}：已再叫 {'、'.join(one.partner for one in called.now)}。")
    written(called.voucher)


@app.command()
def rollcall(
    context: typer.Context,
    dispatch: DispatchArgument,
    lines: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="合伙人=人数[,党员]", help="每家一项，如 P0012=30,12；不写就从文件或标准输入读"
        ),
    ] = None,
    file: Annotated[Path | None, typer.Option(help="点名文件，每家一行；不写就从标准输入读")] = None,
    day: DayOption = None,
    at: TimeOption = None,
    dry_run: DryRunOption = False,
    key: KeyOption = None,
) -> None:
    """点名：许多家的报到一次记下，一张凭证。

    每行写合伙人、到场人数，可再写其中党员人数，用等号、逗号或空格隔开。

    例：hep dispatch rollcall 台风 P0012=30,12 P0013=25 --at 9点
    例：hep dispatch rollcall XF-C0001 --file 点名.txt
    """
    from . import dispatching

    typed = typed_lines(lines, file, "没有写报到的人。请写 合伙人=人数，或用 --file 指明文件。")
    with opened(context) as ledger:
        found = ledger.book(dispatching.Dispatches).find(dispatch)
        came = dispatching.came(ledger, typed)
        moment = dispatching.meant(ledger, day, at)
        book = ledger.book(dispatching.Responses)
        taken = book.roll_call(found, came, moment, dry_run=dry_run, key=key)
    dispatching.say_called(found, came, taken)


@app.command()
def finish(
    context: typer.Context,
    dispatch: DispatchArgument,
    points: Annotated[int | None, typer.Option(click_type=POINTS, help="给每家报到的合伙人几分")] = None,
    rule: Annotated[str | None, typer.Option(help="按哪条规则给分：按次，或按在场的时间")] = None,
    note: NoteOption = "",
    day: DayOption = None,
    at: TimeOption = None,
    dry_run: DryRunOption = False,
    key: KeyOption = None,
) -> None:
    """结束一次吹哨：始终没有应答的记为未应答；可以给报到的合伙人发积分。

    例：hep dispatch finish 台风 --at 14点 --points 10
    """
    from hepartner.ledger.rewarding import Reward

    from . import dispatching

    with opened(context) as ledger:
        book = ledger.book(dispatching.Dispatches)
        by = ledger.rulebook.find(rule) if rule else None
        reward = Reward(points, by) if points or by else None
        moment = dispatching.meant(ledger, day, at)
        ended = book.finish(book.find(dispatch), moment, reward=reward, note=note, dry_run=dry_run, key=key)
    dispatching.say_finished(ended)


@app.command()
def edit(
    context: typer.Context,
    dispatch: DispatchArgument,
    title: Annotated[str | None, typer.Option(help="新的事项")] = None,
    kind: Kind = None,
    place: Place = None,
    remark: Remark = None,
    key: KeyOption = None,
) -> None:
    """修改一次吹哨的事项、类别、地点或备注。

    例：hep dispatch edit XF-C0001 --kind 内涝 --place 北部湾广场
    """
    from . import dispatching

    said = given(title=title, kind=kind, place=place, remark=remark)
    with opened(context) as ledger:
        book = ledger.book(dispatching.Dispatches)
        edited = book.edit(book.find(dispatch), key=key, **said)
    say(f"已修改 {dispatching.named(edited.now)}。")
    written(edited.voucher)


@app.command("list")
def list_(
    context: typer.Context,
    area: ListingArea = None,
    kind: Kind = None,
    status: Annotated[str | None, typer.Option(click_type=Choice(STATUSES), help="状态")] = None,
    first: FromDayOption = None,
    last: ToDayOption = None,
    as_json: JsonOption = False,
) -> None:
    """列出各次吹哨，新的在前：叫了几家，来了几家几人，用了多久。

    例：hep dispatch list --area 驿马街道 --kind 台风 --from 2025-01-01
    """
    from . import dispatching

    check_days(first, last)
    with opened(context) as ledger:
        under = ledger.areas.asked(area)
        found = ledger.book(dispatching.Dispatches).listing(
            under=under, kind=kind, status=status, first=first, last=last
        )
    show_listing(found, dispatching.DISPATCHES, as_json=as_json)


@app.command()
def show(
    context: typer.Context,
    dispatch: DispatchArgument,
    steps: Annotated[bool, typer.Option("--all", help="逐步列出，退单、再叫都在内")] = False,
    day: Annotated[
        date | None, typer.Option("--day", click_type=DAY, help="吹哨的日期，用来区分同名的")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """查看一次吹哨和各家的应答。

    例：hep dispatch show 台风
    """
    from . import dispatching

    with opened(context) as ledger:
        found = ledger.book(dispatching.Dispatches).find(dispatch, day=day)
        responses = ledger.book(dispatching.Responses).by_person(found)
        replies = ledger.book(dispatching.Responses).replies(found)
    if as_json:
        show_json({"dispatch": found, "responses": responses, "steps": replies})
        return
    dispatching.show_dispatch(found)
    listed = (replies, dispatching.STEPS) if steps else (responses, dispatching.RESPONSES)
    show_listing(*listed, further=True)


@app.command()
def rates(
    context: typer.Context,
    by: Annotated[str, typer.Option(click_type=Choice(BY), help="按什么分")] = "partner",
    area: ListingArea = None,
    first: FromDayOption = None,
    last: ToDayOption = None,
    as_json: JsonOption = False,
) -> None:
    """各家（或各类、各社区）的应答率，和从呼叫到报到的中位用时；退单的不计。

    例：hep dispatch rates --by 社区 --from 2025-01-01
    """
    from hepartner.ledger.dispatchrates import rates as rates_of

    from . import dispatching

    check_days(first, last)
    with opened(context) as ledger:
        found = rates_of(ledger, by, under=ledger.areas.asked(area), first=first, last=last)
    show_listing(found, dispatching.rates(by), as_json=as_json)
