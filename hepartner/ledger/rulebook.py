"""The rulebook 积分规则: what points are given for, in dated versions, each with its caps."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from hepartner.chinese import names
from hepartner.words.rule import CAPS

from . import errors
from .book import Book
from .facts import stands
from .keys import of_name
from .lookup import literal, only
from .partners import Partner
from .persons import CARDS
from .rules import Claim, Given, Tally, Terms, Used, Version, begun, capped, faults, in_force, points_for
from .vouchers import Voucher


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule's card; what it gives stands in its versions."""

    id: int
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class RuleWritten:
    """What a write did: the version that now stands, the voucher, and the day from which another version follows it, if any."""

    version: Version
    voucher: int
    followed_from: str | None = None


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many rules a load added, and its voucher."""

    rules: int
    voucher: int


@dataclass(frozen=True, slots=True)
class Trial:
    """What an award would give: points wanted, what counts against the caps already, and what is left."""

    version: Version
    partner: Partner
    day: str
    wanted: int
    used: Used
    given: Given


class BadTerms(errors.Refused):
    """What is said of a rule can't be."""


class SameTerms(errors.Refused):
    """The version of that day says all of it already."""

    def __init__(self, version: Version) -> None:
        super().__init__(
            f"规则“{version.name}”（{version.code}）已经是这样，没有增加新版本。请写要改的内容，如 --points。"
        )


class RuleNameTaken(errors.Refused):
    """Another rule has this name."""

    def __init__(self, name: str, code: str) -> None:
        super().__init__(f"规则名称“{name}”已用于 {code}。请换一个名称，或用代码 {code} 增加新版本。")


class NotInForce(errors.Refused):
    """No version of the rule governs this day."""

    def __init__(self, rule: Rule, day: str) -> None:
        super().__init__(
            f"规则“{rule.name}”（{rule.code}）在 {day} 没有生效的版本。各版本的起止见 hep rule list --all。"
        )


class AlreadyRetired(errors.Refused):
    """The rule has ended by then."""

    def __init__(self, version: Version) -> None:
        super().__init__(
            f"规则“{version.name}”（{version.code}）已经停用，用到 {version.valid_to} 为止，没有改动。"
        )


class BeginsAgain(errors.Refused):
    """A later version would go on after the day on which the rule is to end."""

    def __init__(self, last: str, later: Version) -> None:
        super().__init__(
            f"规则“{later.name}”（{later.code}）从 {later.valid_from} 起另有一版，停用到 {last} 它仍会生效，没有记账。"
            f"请用 --valid-to 写 {later.valid_from} 或以后的日期，或先用 hep undo 撤销那一版。"
        )


class NoRoot(errors.Refused):
    """Rules belong to the top area, and there is none."""

    def __init__(self) -> None:
        super().__init__(
            "台账里还没有区域，规则无处可归。请先运行 hep init，或用 hep area add 增加最上级区域。"
        )


_TERMS = "points, per, cap_activity, cap_day, cap_month, cap_year, needs_confirmer, valid_from, valid_to"
_VERSIONS = f"""SELECT v.id, r.id, r.code, r.name, v.{_TERMS.replace(", ", ", v.")}
    FROM rule r JOIN rule_version v ON v.rule_id = r.id
    WHERE r.withdrawn = 0 AND {stands("rule_version", "v")}"""
LOST = "iif(e.shortfall AND NOT EXISTS (SELECT 1 FROM entry a WHERE a.restores_id = e.id), e.shortfall, 0)"
"""SQL for what a reversal `e` could not take. It counts in full where points are counted as earned: the award it names no
longer stands, unless the reversal was undone."""
# CROSS JOIN keeps SQLite from beginning with every award there is.
_AWARDED = f"""{CARDS} SELECT card.person, v.rule_id, e.happened_on, e.points - {LOST}, t.activity_id
    FROM card
    CROSS JOIN entry e ON e.partner_id = card.id AND e.happened_on BETWEEN :first AND :last
    CROSS JOIN rule_version v ON v.id = e.rule_version_id LEFT JOIN participation t ON t.id = e.participation_id
    WHERE e.kind = 'award' AND v.rule_id IN (SELECT value FROM json_each(:rules))"""


class Rulebook(Book):
    """Rules, their versions, and what they give."""

    def find(self, text: str) -> Rule:
        """Return the rule named by code, name, pinyin, initials or the start of its name, retired ones too.

        Raises errors.NotFound, errors.Ambiguous.
        """
        remedy = "可用 hep rule list 查看全部规则。"
        return only(self.ledger, "规则", text, self._attempts(text), shown=_shown, remedy=remedy)

    def version_on(self, rule: Rule, day: date | str) -> Version:
        """Return the version of a rule that governs a day. Raises NotInForce."""
        version = in_force(self._read("AND r.id = ?", (rule.id,)), str(day))
        if version is None:
            raise NotInForce(rule, str(day))
        return version

    def versions(self) -> dict[int, list[Version]]:
        """Return every rule's versions by rule id, in the order that `rules.in_force` wants."""
        found: dict[int, list[Version]] = {}
        for version in self._read():
            found.setdefault(version.rule_id, []).append(version)
        return found

    def listing(self, *, history: bool = False) -> list[Version]:
        """Return the version of every rule that begins last, by code; with `history` all versions, that one first."""
        versions = sorted(self.versions().values(), key=lambda of_one: of_one[0].code)
        return [version for of_one in versions for version in (of_one if history else of_one[:1])]

    def add(
        self,
        code: str,
        name: str = "",
        *,
        points: int | None = None,
        per: str | None = None,
        cap_activity: int | None = None,
        cap_day: int | None = None,
        cap_month: int | None = None,
        cap_year: int | None = None,
        needs_confirmer: bool | None = None,
        valid_from: date | None = None,
        key: str | None = None,
    ) -> RuleWritten:
        """Add a rule, or a new version of the one that has this code; in force from `valid_from` (today).

        What is None stays as in the version of that day (a new rule: per time, no caps, no confirmer); a cap of 0 lifts it.
        A version that begins later goes on from its own day. Raises BadTerms, SameTerms, RuleNameTaken, NoRoot.
        """
        said = {
            "points": points,
            "per": per,
            "cap_activity": cap_activity,
            "cap_day": cap_day,
            "cap_month": cap_month,
            "cap_year": cap_year,
            "needs_confirmer": needs_confirmer,
        }
        begins = self.ledger.day(valid_from)
        intention = [code, name, said, begins]
        with self.ledger.voucher("rule.add", key=key, intention=intention) as voucher:
            code, name = names.match_key(code).upper(), names.tidy(name)
            known = self._read("AND r.code = ?", (code,))
            # A version before all others takes what is not said from the earliest of them.
            before = begun(known, begins) or (known[-1] if known else None)
            terms = _terms(before.terms if before else _NEW, said)._replace(valid_from=begins, valid_to=None)
            if not known and points is None:
                raise BadTerms(f"新规则“{code}”没有写给几分，请用 --points 写明每次或每小时几分。")
            for fault in faults(terms):
                raise BadTerms(fault)
            if before and name in ("", before.name) and _nothing_new(before.terms, terms):
                raise SameTerms(before)
            rule_id = self._card(voucher, code, name)
            version_id = self._post(voucher, [(rule_id, terms)])[0]
        follows = [version.valid_from for version in known if version.valid_from > begins]
        return RuleWritten(self._get(version_id), voucher.id, min(follows, default=None))

    def retire(self, rule: Rule, *, day: date | None = None, key: str | None = None) -> RuleWritten:
        """End a rule: `day` (today) is the last it governs; what was awarded stays.

        Raises NotInForce, AlreadyRetired, BeginsAgain.
        """
        last = self.ledger.day(day)
        with self.ledger.voucher("rule.retire", key=key, intention=[rule.id, last]) as voucher:
            versions = self._read("AND r.id = ?", (rule.id,))
            version = begun(versions, last)
            if version is None:
                raise NotInForce(rule, last)
            if versions[0].valid_from > last:
                raise BeginsAgain(last, versions[0])
            if version.valid_to is not None and version.valid_to <= last:
                raise AlreadyRetired(version)
            version_id = self._post(voucher, [(rule.id, version.terms._replace(valid_to=last))])[0]
        return RuleWritten(self._get(version_id), voucher.id)

    def load_default(self) -> Loaded:
        """Add the rules that ship with hepartner, those whose code is taken left out. Raises NoRoot."""
        with self.ledger.voucher("rule.load") as voucher:
            taken = {code for (code,) in self.database.rows("SELECT code FROM rule WHERE withdrawn = 0")}
            rules = [rule for rule in shipped() if rule[0] not in taken]
            ids = voucher.add("rule", _CARD, [_card(code, name) for code, name, _ in rules])
            self._post(voucher, [(rule_id, terms) for rule_id, (_, _, terms) in zip(ids, rules, strict=True)])
        return Loaded(len(rules), voucher.id)

    def price(
        self,
        partner_id: int,
        version: Version,
        day: date | str,
        *,
        minutes: int = 0,
        times: int = 1,
        activity_id: int | None = None,
    ) -> Given:
        """Return what an award would give and which cap bites; call it in the voucher that awards."""
        return self.price_many([Claim(partner_id, version, str(day), minutes, times, activity_id)])[0]

    def price_many(self, claims: Sequence[Claim]) -> list[Given]:
        """Price a sheet, each line counting for those that follow; call it in the voucher that awards."""
        return self._tally(claims).price(claims)

    def trial(
        self, rule: Rule, partner: Partner, *, minutes: int = 0, times: int = 1, day: date | None = None
    ) -> Trial:
        """Return what an award would give and which cap bites; writes nothing.

        Raises NotInForce, points.NotTaking, partners.BeforeJoining.
        """
        happened_on = self.ledger.day(day)
        self.ledger.points.check_taking(partner, happened_on)
        version = self.version_on(rule, happened_on)
        claim = Claim(partner.id, version, happened_on, minutes, times)
        wanted, used = points_for(version, minutes, times), self._tally([claim]).used(claim)
        return Trial(version, partner, happened_on, wanted, used, capped(wanted, version, used))

    def _tally(self, claims: Sequence[Claim]) -> Tally:
        tally = Tally()
        limited = [claim for claim in claims if claim.version.is_capped]
        if limited:
            years = {claim.day[:4] for claim in limited}
            parameters = {
                "persons": str(sorted({claim.partner_id for claim in limited})),
                "rules": str(sorted({claim.version.rule_id for claim in limited})),
                "first": f"{min(years)}-01-01",
                "last": f"{max(years)}-12-31",
            }
            for partner_id, rule_id, day, points, activity_id in self.database.stream(_AWARDED, parameters):
                tally.add(partner_id, rule_id, day, points, activity_id=activity_id)
        return tally

    def _card(self, voucher: Voucher, code: str, name: str) -> int:
        """Return the card of this code, made or renamed as said. Raises BadTerms, RuleNameTaken."""
        known = self.database.row("SELECT id, name FROM rule WHERE code = ? AND withdrawn = 0", (code,))
        name = name or (known[1] if known else "")
        if not code or not name:
            raise BadTerms("新规则要有代码和名称，请写全。")
        same = "SELECT code FROM rule WHERE name_key = ? AND code <> ? AND withdrawn = 0"
        taken = self.database.value(same, (names.match_key(name), code))
        if taken is not None:
            raise RuleNameTaken(name, taken)
        card = dict(zip(_CARD, _card(code, name), strict=True))
        if known is None:
            return voucher.add_one("rule", **card)
        if name != known[1]:
            voucher.edit("rule", known[0], **card)
        return int(known[0])

    def _post(self, voucher: Voucher, versions: Sequence[tuple[int, Terms]]) -> range:
        root = self.ledger.areas.root()
        if root is None:
            raise NoRoot
        today = self.ledger.today().isoformat()
        columns = ("rule_id", *Terms._fields)
        return voucher.post(
            "rule_version", columns, [(root.id, today, rule_id, *said) for rule_id, said in versions]
        )

    def _get(self, version_id: int) -> Version:
        return self._read("AND v.id = ?", (version_id,))[0]

    def _read(self, condition: str = "", parameters: Sequence[object] = ()) -> list[Version]:
        rows = self.database.rows(
            f"{_VERSIONS} {condition} ORDER BY v.valid_from DESC, v.id DESC", parameters
        )
        return [_version(row) for row in rows]

    def _attempts(self, text: str) -> Iterator[list[Rule]]:
        key, low = names.match_key(text), text.strip().lower()
        if not key:
            return
        escaped = literal(key)
        tests = ["code = upper(:key)", "name_key = :key", "pinyin = :low", "initials = :low"]
        for test in (*tests, "name_key LIKE :start ESCAPE '\\'"):
            sql = f"SELECT id, code, name FROM rule WHERE {test} AND withdrawn = 0 ORDER BY code"
            yield [
                Rule(*row)
                for row in self.database.rows(sql, {"key": key, "low": low, "start": f"{escaped}%"})
            ]


def shipped() -> Iterator[tuple[str, str, Terms]]:
    """Yield code, name and terms of each rule in the rulebook that ships with hepartner."""
    import csv

    from hepartner import data

    with data.path("rulebook.csv").open(encoding="utf-8-sig", newline="") as file:
        for line in csv.DictReader(file):
            yield line["code"], line["name"], _written(line)


def _nothing_new(latest: Terms, wanted: Terms) -> bool:
    return latest.valid_from <= wanted.valid_from and wanted._replace(valid_from=latest.valid_from) == latest


_CARD = ("code", "name", "name_key", "pinyin", "initials")
_NEW = Terms(0, "time", None, None, None, None, needs_confirmer=False, valid_from="")


def _card(code: str, name: str) -> tuple[str, ...]:
    return code, name, *of_name(name)


def _written(line: Mapping[str, str]) -> Terms:
    activity, day, month, year = (int(line[f"cap_{span}"]) if line[f"cap_{span}"] else None for span in CAPS)
    confirmer = line["needs_confirmer"] == "1"
    return Terms(int(line["points"]), line["per"], activity, day, month, year, confirmer, line["valid_from"])


def _terms(before: Terms, said: Mapping[str, object]) -> Terms:
    """Return the terms with what was said in place of what was before; 0 lifts a cap."""
    given: dict[str, Any] = {field: value for field, value in said.items() if value is not None}
    lifted = {field: None for field, value in given.items() if field.startswith("cap_") and value == 0}
    return before._replace(**given | lifted)


def _version(row: Sequence[Any]) -> Version:
    fields = dict(zip(Version.__dataclass_fields__, row, strict=True))
    return Version(**fields | {"needs_confirmer": bool(fields["needs_confirmer"])})


def _shown(rule: Rule) -> str:
    return f"{rule.code} {rule.name}"
