"""Commands about the rulebook 积分规则."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from hepartner.terminal.parameters import Choice
from hepartner.terminal.tables import show_json, show_listing, show_record
from hepartner.terminal.talk import say, written
from hepartner.words.rule import CAPS, PER

from .opening import opened
from .parameters import DAY, MINUTES, POINTS, DayOption, JsonOption, KeyOption, PartnerArgument

if TYPE_CHECKING:
    from hepartner.ledger.rulebook import Trial
    from hepartner.ledger.rules import Version

app = typer.Typer()

RuleArgument = Annotated[str, typer.Argument(help="规则：代码、名称、拼音或首字母")]
ValidTo = Annotated[date | None, typer.Option(click_type=DAY, help="最后生效的一天；不写是今天")]


def _cap(span: str) -> object:
    return typer.Option(min=0, help=f"{CAPS[span]}最多几分，0 是不设上限")


@app.command()
def add(
    context: typer.Context,
    code: Annotated[str, typer.Argument(help="规则代码，如 PATROL；已有的代码会增加新版本")],
    name: Annotated[str, typer.Argument(help="规则名称，如 网格巡查；新版本可不写")] = "",
    points: Annotated[int | None, typer.Option(click_type=POINTS, help="每次或每小时几分")] = None,
    per: Annotated[str | None, typer.Option(click_type=Choice(PER), help="按次还是按小时")] = None,
    cap_activity: Annotated[int | None, _cap("activity")] = None,
    cap_day: Annotated[int | None, _cap("day")] = None,
    cap_month: Annotated[int | None, _cap("month")] = None,
    cap_year: Annotated[int | None, _cap("year")] = None,
    needs_confirmer: Annotated[
        str | None, typer.Option(click_type=Choice({"yes": "是", "no": "否"}), help="是否要有人确认才给分")
    ] = None,
    valid_from: Annotated[date | None, typer.Option(click_type=DAY, help="从哪天起生效；不写是今天")] = None,
    key: KeyOption = None,
) -> None:
    """增加一条积分规则，或给已有的规则增加新版本；不写的照那一天的一版。

    新规则不写的：按次、不设上限、不需确认。以前的积分不变；以后另有一版的，到那一天仍按那一版。

    例：hep rule add PATROL 网格巡查 --points 10 --per 小时 --cap-day 40
    """
    with opened(context) as ledger:
        added = ledger.rulebook.add(
            code,
            name,
            points=points,
            per=per,
            cap_activity=cap_activity,
            cap_day=cap_day,
            cap_month=cap_month,
            cap_year=cap_year,
            needs_confirmer=None if needs_confirmer is None else needs_confirmer == "yes",
            valid_from=valid_from,
            key=key,
        )
    version = added.version
    until = f"；{added.followed_from} 起仍按另一版" if added.followed_from else ""
    say(f"规则 {version.code} {version.name}：{_terms(version)}，自 {version.valid_from} 起{until}。")
    written(added.voucher)


@app.command("list")
def list_(
    context: typer.Context,
    history: Annotated[bool, typer.Option("--all", help="列出每条规则的全部版本")] = False,
    as_json: JsonOption = False,
) -> None:
    """列出积分规则，每条只列最新版本。每次、每天、每月、每年是一个人最多得几分，空白是不设上限。

    例：hep rule list
    """
    with opened(context) as ledger:
        versions = ledger.rulebook.listing(history=history)
    columns = {
        "代码": "code",
        "名称": "name",
        "积分": lambda one: f"{one.points} 分/{PER[one.per]}",
        # A rule fits one line of 80 columns.
        "每次": "cap_activity",
        "每天": "cap_day",
        "每月": "cap_month",
        "每年": "cap_year",
        "需确认": "needs_confirmer",
        "生效": "valid_from",
        "失效": "valid_to",
    }
    show_listing(versions, columns, as_json=as_json, title="每次、每天、每月、每年：一个人最多得几分")


@app.command()
def retire(
    context: typer.Context, rule: RuleArgument, valid_to: ValidTo = None, key: KeyOption = None
) -> None:
    """停用一条规则；已发的积分不变。

    例：hep rule retire 网格巡查 --valid-to 2025-12-31
    """
    with opened(context) as ledger:
        retired = ledger.rulebook.retire(ledger.rulebook.find(rule), day=valid_to, key=key)
    say(f"规则 {retired.version.code} {retired.version.name} 用到 {retired.version.valid_to} 为止。")
    written(retired.voucher)


@app.command("try")
def try_(
    context: typer.Context,
    rule: RuleArgument,
    partner: PartnerArgument,
    hours: Annotated[int, typer.Option(click_type=MINUTES, help="时长，如 1.5、90分钟")] = 0,
    day: DayOption = None,
    as_json: JsonOption = False,
) -> None:
    """试算一位合伙人按规则能得几分、被哪个上限截住；不写入。

    例：hep rule try 网格巡查 武玉侪 --hours 2
    """
    with opened(context) as ledger:
        found = ledger.partners.find(partner)
        trial = ledger.rulebook.trial(ledger.rulebook.find(rule), found, minutes=hours, day=day)
    if as_json:
        show_json(_trial(trial))
    else:
        show_record(_trial_shown(trial))


def _trial(trial: "Trial") -> dict[str, object]:
    return {
        "rule": trial.version.code,
        "partner": trial.partner.code,
        "day": trial.day,
        "wanted": trial.wanted,
        "used": trial.used._asdict(),
        "points": trial.given.points,
        "cap": trial.given.cap,
        "needs_confirmer": trial.version.needs_confirmer,
    }


def _trial_shown(trial: "Trial") -> dict[str, object]:
    used = {f"{CAPS[span]}已得": f"{points} 分" for span, points in trial.used._asdict().items() if points}
    cap = f"（到{CAPS[trial.given.cap]}上限）" if trial.given.cap else ""
    return {
        "规则": f"{trial.version.code} {trial.version.name}，{_terms(trial.version)}",
        "合伙人": f"{trial.partner.code} {trial.partner.name}",
        "日期": trial.day,
        "按规则": f"{trial.wanted} 分",
        **used,
        "能得": f"{trial.given.points} 分{cap}",
        "确认": "确认后才给" if trial.version.needs_confirmer else "",
    }


def _terms(version: "Version") -> str:
    """Write what a version says: 每小时 10 分，每天最多 40 分."""
    caps = [
        f"{CAPS[span]}最多 {cap} 分" for span, cap in zip(CAPS, version.caps, strict=True) if cap is not None
    ]
    confirmer = ["需确认"] if version.needs_confirmer else []
    return "，".join([f"每{PER[version.per]} {version.points} 分", *caps, *confirmer])
