"""Lists of dispatches: a row per partner that was called, so a list adds who came and never doubles anybody."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from hepartner.chinese import names
from hepartner.chinese.clock import parse_time
from hepartner.intake.columns import dated, read_choice, read_day, read_name, read_text, read_whole, titled
from hepartner.intake.kinds.partners import COMMUNITY_TITLES, NAME_TITLES, ORGANISATION_TITLES
from hepartner.intake.lines import Form, Lines
from hepartner.intake.people import People
from hepartner.intake.places import Places
from hepartner.intake.plan import ByHand, Kind, Plan, note_days, span, understood, was_absent
from hepartner.intake.problems import Fault, Misfit
from hepartner.ledger.dispatches import Dispatch, Dispatches, Whistle
from hepartner.ledger.dispatchlists import Listed, enter
from hepartner.ledger.moments import Moment, now
from hepartner.ledger.presence import absences
from hepartner.ledger.responding import MOST_HEADS, Came, Response, heads_fault
from hepartner.ledger.responses import Responses
from hepartner.ledger.sources import cards_brought, former_names
from hepartner.words.dispatch import KINDS, RESPONSES, STEPS

if TYPE_CHECKING:
    from hepartner.ledger import Ledger
    from hepartner.ledger.areas import Area
    from hepartner.ledger.partners import Partner
    from hepartner.ledger.sources import Source
    from hepartner.ledger.vouchers import Voucher


class DispatchLine(NamedTuple):
    """What one row says of a call to a dispatch; None where it is blank."""

    community: str | None
    title: str
    kind: str | None
    place: str | None
    whistled_on: str
    whistled_at: int
    partner: str
    arrived_on: str | None
    arrived_at: int | None
    heads: int | None
    party_members: int | None
    finished_on: str | None
    finished_at: int | None


class Said(NamedTuple):
    """The call that a row means: the dispatch, the partner, and what became of it."""

    community: "Area"
    title: str
    kind: str | None
    place: str
    whistled: Moment
    partner: "Partner"
    arrived: Moment | None
    heads: int
    party_members: int
    finished: Moment | None
    named: str

    @property
    def key(self) -> tuple[int, str, str]:
        """What tells one dispatch from another: community, day, title."""
        return self.community.id, self.whistled.day, names.match_key(self.title)


def form(today: date) -> Form[DispatchLine]:
    """The columns of a list of dispatches; days are read as somebody typing today means them."""
    day, heads = read_day(today), partial(read_whole, most=MOST_HEADS)
    kinds = {code: (word,) for code, word in KINDS.items()}
    columns = (
        titled("community", COMMUNITY_TITLES, partial(read_text, noun="社区"), fill_down=True),
        titled(
            "title", "吹哨事项 事项 吹哨 名称 任务", partial(read_text, noun="事项", most=100),
            required=True, fill_down=True, sample="台风清障（示例）",
        ),
        titled("kind", "类别 事项类别 类型", read_choice("类别", kinds), fill_down=True, choices=tuple(KINDS.values())),
        titled("place", "地点 集合地点", partial(read_text, noun="地点", most=100), fill_down=True),
        dated("whistled_on", "吹哨日期 日期", day, required=True, fill_down=True, sample="2024-09-06"),
        titled("whistled_at", "吹哨时间 时间", parse_time, required=True, fill_down=True, sample="08:30"),
        titled(
            "partner", f"单位 报到单位 {NAME_TITLES}{ORGANISATION_TITLES}", read_name,
            required=True, may_be_blank=False, sample="义工队（示例）",
        ),
        dated("arrived_on", "报到日期", day),
        titled("arrived_at", "报到时间 到场时间 到达时间", parse_time, sample="09:00"),
        titled("heads", "到场人数 报到人数 人数", heads("到场人数", least=1), sample="30"),
        titled("party_members", "党员人数 其中党员 党员", heads("党员人数")),
        dated("finished_on", "结束日期", day, fill_down=True),
        titled("finished_at", "结束时间", parse_time, fill_down=True, sample="14:30"),
    )  # fmt: skip
    return Form("吹哨报到表", columns, DispatchLine._make)


def plan(ledger: "Ledger", lines: Lines[DispatchLine], source: "Source") -> Plan:
    """Tell which calls and arrivals are new; what is known and said otherwise is a problem of its row."""
    plan = Plan()
    by_hand = ByHand(ledger, source, "dispatch")
    sheet = _Sheet(ledger, lines, by_hand)
    said = understood(plan, lines, sheet.said)
    sheet.settle([one for _, one in said], source)
    absent = absences(ledger.database, {(one.partner.id, one.whistled.day) for _, one in said})
    new: list[Said] = []
    for row, one in said:
        why = absent.get((one.partner.id, one.whistled.day))
        misfit = Misfit("partner", was_absent(why, "请核对日期和单位")) if why else sheet.misfit(one)
        if misfit:
            plan.problems.append(lines.problem(row, misfit))
        elif (change := sheet.enter(one)) is None:
            plan.unchanged += 1
        elif change:
            plan.changed += 1
            plan.changes.append(f"第 {row} 行“{one.title}”{one.partner.name}：{change}")
        else:
            new.append(one)
    plan.added = len(new)
    by_hand.note(plan)
    note_days(plan, ledger, [(one.community.id, one.whistled.day) for one in new])

    def write(voucher: "Voucher") -> None:
        for listed in sheet.listed.values():
            enter(ledger, voucher, listed)

    plan.write = write
    return plan


class _Sheet:
    """What the words on a list mean, and what it says beyond the ledger: `listed` by dispatch."""

    def __init__(self, ledger: "Ledger", lines: Lines[DispatchLine], by_hand: ByHand) -> None:
        self.listed: dict[tuple[int, str, str], Listed] = {}
        self._places = Places(ledger.areas.tree(), ledger.here, lines.heading)
        self._people = People.of(ledger)
        self._now, self._ledger = now(ledger), ledger
        first, last = span([line.whistled_on for _, line in lines.good])
        first_day, last_day = date.fromisoformat(first), date.fromisoformat(last)
        self._by_hand = by_hand
        self._known: dict[tuple[int, str, str], Dispatch] = {}
        self._once: dict[tuple[int, str, str], list[Dispatch]] = {}
        self._brought: set[int] = set()
        self._named: set[int] = set()
        self._responses: dict[tuple[int, int], list[Response]] = {}
        listed = ledger.book(Dispatches).listing(first=first_day, last=last_day)
        for one in listed:
            self._known[one.community_id, one.whistled_on, names.match_key(one.title)] = one
            for response in ledger.book(Responses).of(one):
                known = (one.id, self._people.now(response.partner_id))
                self._responses.setdefault(known, []).append(response)
        by_id = {one.id: one for one in listed}
        for dispatch_id, title_key in former_names(ledger.database, "dispatch", "title_key"):
            if renamed := by_id.get(dispatch_id):
                once = renamed.community_id, renamed.whistled_on, title_key
                self._known.setdefault(once, renamed)
                self._once.setdefault(once, []).append(renamed)
        self._met: dict[object, Said] = {}
        self._first: dict[tuple[int, str, str], Said] = {}
        self._end: dict[tuple[int, str, str], Moment] = {}
        self._latest: dict[tuple[int, str, str], Moment] = {}

    def settle(self, rows: Sequence[Said], source: "Source") -> None:
        """Decide which dispatch the rows of a title mean: what is called so now, unless one called so once has more of them.

        Such a one the source must have brought: an old list means it, whatever was called so since.
        """
        self._named = {one.partner.id for one in rows}
        self._brought = cards_brought(self._ledger.database, source, "response")
        dispatches = cards_brought(self._ledger.database, source, "dispatch")
        for key, those in groupby(sorted(rows, key=lambda one: one.key), key=lambda one: one.key):
            if once := [one for one in self._once.get(key, ()) if one.id in dispatches]:
                told = list(those)
                self._known[key] = max(
                    (self._known[key], *once), key=lambda one: sum(self._says(one, row) for row in told)
                )

    def _says(self, known: Dispatch, said: Said) -> bool:
        """Whether the ledger has of a dispatch all that a row says of who came."""
        response = self._response(said, known)
        return response is not None and known.whistled == said.whistled and _says(response, said)

    def said(self, line: DispatchLine) -> Said | Misfit:
        """The call that a row means, or what it fits not."""
        community = self._places.community(line.community)
        if isinstance(community, Fault):
            return Misfit("community", community, line.community or "")
        partner = self._people.meant(line.partner, "", community)
        if isinstance(partner, Fault):
            return Misfit("partner", partner, line.partner)
        whistled = Moment(line.whistled_on, line.whistled_at)
        arrived = _after(whistled, line.arrived_on, line.arrived_at)
        finished = _after(whistled, line.finished_on, line.finished_at)
        heads, party = line.heads or 0, line.party_members or 0
        title, place = names.tidy(line.title), line.place or ""
        said = Said(
            community,
            title,
            line.kind,
            place,
            whistled,
            partner,
            arrived,
            heads,
            party,
            finished,
            line.partner,
        )
        return self._impossible(said) or said

    def _impossible(self, said: Said) -> Misfit | None:
        if not names.match_key(said.title):
            return Misfit("title", Fault("吹哨事项里没有看得见的字", "请填写事项"))
        if said.arrived is None and (said.heads or said.party_members):
            return Misfit("arrived_at", Fault("有到场人数而没有报到时间", "请补上报到时间，或去掉人数"))
        if said.arrived and (why := heads_fault(said.heads, said.party_members)):
            return Misfit("heads", Fault(why, "请补上或改正人数"))
        order = (("whistled_at", said.whistled), ("arrived_at", said.arrived), ("finished_at", said.finished))
        before = said.whistled
        for column, moment in order:
            if moment and moment > self._now:
                return Misfit(column, Fault(f"{moment} 还没有到（现在是 {self._now}）", "请改正日期或时间"))
            if moment and moment < before:
                return Misfit(column, Fault(f"{moment} 早于上一步 {before}", "请改正日期或时间"))
            before = moment or before
        return None

    def misfit(self, said: Said) -> Misfit | None:
        """Why a row can't stand beside the rows before it, or beside the ledger."""
        first, known = self._first.setdefault(said.key, said), self._known.get(said.key)
        if (said.whistled, said.kind or first.kind) != (first.whistled, first.kind):
            return Misfit("title", Fault("同一次吹哨的时间或类别与前面的行不同", "请改成一样"))
        if said.finished and self._end.get(said.key) not in (None, said.finished):
            return Misfit("finished_at", Fault("同一次吹哨的结束时间与前面的行不同", "请改成一样"))
        met = self._met.setdefault(self._call(said), said)
        if met[6:9] != said[6:9]:
            return Misfit("partner", Fault("这家在同一次吹哨里写了两次，报到不同", "请合成一行"))
        misfit = (self._contradicted(said, known) or self._out_of_order(said, known)) if known else None
        misfit = misfit or self._past_end(said, known)
        if misfit is None:
            self._note_times(said)
        return misfit

    def _note_times(self, said: Said) -> None:
        """Take down when the latest of a dispatch came, and when it ended, from a row that fits."""
        if said.finished:
            self._end[said.key] = said.finished
        if said.arrived:
            self._latest[said.key] = max(said.arrived, self._latest.get(said.key, said.arrived))

    def _past_end(self, said: Said, known: Dispatch | None) -> Misfit | None:
        """Why nobody came after the end: an end lies behind all that others did, here and in the ledger."""
        end, latest = self._end.get(said.key), self._latest.get(said.key)
        if said.arrived and end and said.arrived > end:
            return Misfit(
                "arrived_at", Fault(f"{said.arrived} 报到，晚于前面的行写的结束 {end}", "请改正日期或时间")
            )
        if said.finished and latest and latest > said.finished:
            return Misfit(
                "finished_at", Fault(f"{said.finished} 早于前面的行的报到 {latest}", "请改正日期或时间")
            )
        if said.finished and known and not known.finished:
            steps = [one.at for one in self._ledger.book(Responses).replies(known) if one.event != "left"]
            if steps and max(steps) > said.finished:
                fault = Fault("台账里这次吹哨…还有后续，结束比它早", "请改正日期或时间", (f" {max(steps)} ",))
                return Misfit("finished_at", fault)
        return None

    def _response(self, said: Said, known: Dispatch) -> Response | None:
        """How the partner of a row stands in a known dispatch; who were called apart and merged since stand there apart.

        Where it was not called, who bore its name when the list was brought first.
        """
        there = self._responses.get((known.id, said.partner.id)) or self._once_called(said, known)
        own = [one for one in there if self._people.is_named(one.partner_id, said.named, said.community)]
        return next(iter(own or there), None)

    def _once_called(self, said: Said, known: Dispatch) -> list[Response]:
        before = self._people.once_called(said.partner.id, said.named, self._named)
        found = (self._responses.get((known.id, one), ()) for one in before)
        return [one for those in found for one in those if one.id in self._brought and _says(one, said)]

    def _call(self, said: Said) -> object:
        """What tells the call of a row from the other calls on the list."""
        known = self._known.get(said.key)
        response = self._response(said, known) if known else None
        return ("response", response.id) if response else (said.key, said.partner.id)

    def _contradicted(self, said: Said, known: Dispatch) -> Misfit | None:
        """What the ledger has otherwise of the dispatch of a row, unless a hand changed it since the list said so."""
        if known.whistled != said.whistled:
            return Misfit("whistled_at", Fault("台账里是…吹哨", "请改成一样", (f" {known.whistled} ",)))
        if said.kind not in (None, known.kind):
            if not self._by_hand.changed(known.id, "kind", said.kind):
                return Misfit("kind", Fault("台账里类别是…", "请改成一样", (KINDS[known.kind],)))
            self._by_hand.keep(f"吹哨“{known.title}”（{known.code}）")
        if said.finished and known.finished not in (None, said.finished):
            return Misfit("finished_at", Fault("台账里是…结束", "请改成一样", (f" {known.finished} ",)))
        return None

    def _out_of_order(self, said: Said, known: Dispatch) -> Misfit | None:
        """Why what a row says of a partner can't follow what the ledger has of it."""
        response = self._response(said, known)
        over = Fault("台账里这次吹哨（…）已经结束，不能再补", "请先撤销它的结束", (known.code,))
        if response is None:
            return Misfit("partner", over, said.partner.name) if known.finished else None
        if said.arrived is None:
            return None
        if response.arrived is None:
            if known.finished or response.status not in ("called", "answered"):
                standing = Fault("台账里这家是“…”", "请先再叫这家，或改正名单", (RESPONSES[response.status],))
                return Misfit("partner", standing)
            before = response.answered or response.called
            fault = Fault(
                "台账里这家…，报到比它早", "请改正日期或时间", (f" {before} {STEPS[response.status]}",)
            )
            return Misfit("arrived_at", fault) if str(said.arrived) < before else None
        there = _came(response)
        if there != (str(said.arrived), said.heads, said.party_members):
            shown = f" {there[0]} 报到 {there[1]} 人，其中党员 {there[2]} 人"
            return Misfit("heads", Fault("台账里是…，与名单不同", "请改成一样，或先撤销那一笔", (shown,)))
        return None

    def enter(self, said: Said) -> str | None:
        """Take down what a row says beyond the ledger: '' for a new call, words for a change, None for nothing."""
        known = self._known.get(said.key)
        response = self._response(said, known) if known else None
        changes = []
        repeated = self._met[self._call(said)] is not said
        came = Came(said.partner, said.heads, said.party_members)
        if response is None and not repeated:
            self._of(said, known).called.append(said.partner)
        if said.arrived and not repeated and (response is None or response.arrived is None):
            self._of(said, known).arrived.append((said.arrived, came))
            changes.append(f"{said.arrived} 报到 {said.heads} 人")
        if said.finished and not (known and known.finished) and self._of(said, known).finished is None:
            self._of(said, known).finished = said.finished
            changes.append(f"{said.finished} 结束")
        if response is None and not repeated:
            return ""
        return "，".join(changes) or None

    def _of(self, said: Said, known: Dispatch | None) -> Listed:
        if said.key not in self.listed:
            kind = said.kind or "other"
            new = Whistle(said.title, kind, said.community, said.whistled, said.place)
            self.listed[said.key] = Listed(known or new)
        return self.listed[said.key]


def _came(response: Response) -> tuple[str | None, int | None, int | None]:
    """When somebody arrived, with how many people, party members among them."""
    return response.arrived, response.heads, response.party_members


def _says(response: Response, said: Said) -> bool:
    """Whether the ledger has of a response all that a row says of who came."""
    return said.arrived is None or _came(response) == (str(said.arrived), said.heads, said.party_members)


def _after(whistled: Moment, day: str | None, minute: int | None) -> Moment | None:
    """The moment of a time after the whistle: of its day, or of the next morning if no day is said."""
    if minute is None:
        return None
    if day is None and minute < whistled.minute:
        day = (date.fromisoformat(whistled.day) + timedelta(days=1)).isoformat()
    return Moment(day or whistled.day, minute)


KIND = Kind("dispatches", form, plan)
