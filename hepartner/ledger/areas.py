"""Areas 区域: district, subdistrict, community, grid; one tree, and every fact bears its community."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from hepartner.chinese import names
from hepartner.words.area import LEVELS

from . import errors
from .book import Book
from .facts import stands
from .keys import of_name
from .lookup import literal, only

if TYPE_CHECKING:
    from .vouchers import Voucher

ORDER = tuple(LEVELS)
"""The kinds from the top of the tree down."""


_SUFFIXES = ("社区", "街道", "街道办事处", "城区", "区", "镇", "网格", "居委会")
_COLUMNS = "a.id, a.kind, a.parent_id, a.code, a.name"
_LONGEST_CODE = 12
_CODE = re.compile(rf"[A-Z0-9]{{1,{_LONGEST_CODE}}}")


class Area(NamedTuple):
    """One area of the tree."""

    id: int
    kind: str
    parent_id: int | None
    code: str
    name: str


class NewArea(NamedTuple):
    """An area to be added; `parent` is an area or what one is called, also one added in the same voucher before.

    Without `kind` the name tells it, without `code` it is made of the name's initials; a community counts from `since`
    (today) on.
    """

    name: str
    parent: Area | str | None = None
    kind: str | None = None
    code: str = ""
    since: date | None = None


class AreaAdded(NamedTuple):
    """An area that was added, the voucher, and the latest month that was reported without it ('' for none)."""

    area: Area
    voucher: int
    closed_through: str = ""


class AreasAdded(NamedTuple):
    """The areas that one voucher added, in the order named; `closed_through` as in AreaAdded, the latest of all."""

    areas: tuple[Area, ...]
    voucher: int
    closed_through: str = ""


class BadArea(errors.Refused):
    """What is said of an area can't be."""


class UnknownKind(errors.Refused):
    """The name does not tell the kind of area."""

    def __init__(self, name: str) -> None:
        super().__init__(f"从“{name}”看不出是城区、街道、社区还是网格。请用 --kind 指明。")


class WrongLevel(errors.Refused):
    """The parent is not of the level above."""

    def __init__(self, name: str, kind: str, parent: str) -> None:
        if kind == ORDER[0]:
            super().__init__(
                f"“{name}”是城区，城区没有上级，不能放在“{parent}”下面。"
                "请用 --kind 改为街道、社区或网格，或另建一本台账。"
            )
            return
        needed = LEVELS[ORDER[ORDER.index(kind) - 1]]
        super().__init__(
            f"{LEVELS[kind]}“{name}”的上级应是{needed}，而“{parent}”不是。请用 --parent 指明{needed}。"
        )


class SecondRoot(errors.Refused):
    """There is one top area only."""

    def __init__(self, name: str, root: str) -> None:
        super().__init__(f"台账的最上级区域已经是“{root}”，“{name}”需要上级。请用 --parent 指明。")


class GridHasNoFigures(errors.LedgerError):
    """Facts bear their community; below it nothing is counted or listed but the partners themselves."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"“{name}”是网格，数字只统计到社区，清单也是。请用 --area 指明它所在的社区；"
            f"网格里的合伙人可用 hep partner list --area {name} 查看。"
        )


class AreaTaken(errors.Refused):
    """The name or the code stands for another area already."""

    def __init__(self, name: str, code: str, known: Area) -> None:
        super().__init__(
            f"已有“{known.name}”（代码 {known.code}），没有重复增加。"
            if known.name == name
            else f"代码 {code} 已用于“{known.name}”，没有增加“{name}”。请换一个代码，或不写代码由程序取。"
        )


class NotACommunity(errors.Refused):
    """Something needs a community and was given another area, by name or as the one worked in."""

    def __init__(self, area: Area, *, named: bool) -> None:
        remedy = "请改写社区的名称，见 hep area list" if named else "请用 --community 指明社区"
        super().__init__(f"“{area.name}”是{LEVELS[area.kind]}，这里需要社区。{remedy}。")


class NoCommunity(errors.Refused):
    """Nobody said which community."""

    def __init__(self) -> None:
        super().__init__("不知道是哪个社区。请用 --community 指明，或设置环境变量 HEPARTNER_COMMUNITY。")


def code_from(name: str) -> str:
    """Propose a short code: the initials of the name without 社区, 街道 and the like, in capitals."""
    stem = name
    for suffix in sorted(_SUFFIXES, key=len, reverse=True):
        # One character is no name: 海城区 is the 区 of 海城, not the 城区 of 海.
        if stem.endswith(suffix) and len(stem) > len(suffix) + 1:
            stem = stem.removesuffix(suffix)
            break
    initials = names.initials(stem, surname=False).upper()
    return re.sub(r"[^A-Z0-9]", "", initials)[:_LONGEST_CODE] or "Q"


def kind_of(name: str) -> str:
    """Tell the kind of an area from how its name ends. Raises UnknownKind."""
    endings = {
        "社区": "community",
        "居委会": "community",
        "村": "community",
        "街道": "subdistrict",
        "镇": "subdistrict",
    }
    for ending, kind in {
        **endings,
        "网格": "grid",
        "区": "district",
        "县": "district",
        "市": "district",
    }.items():
        if name.strip().endswith(ending):
            return kind
    raise UnknownKind(name)


def check_said(name: str, code: str) -> None:
    """Refuse an area without a name, or with a code of other than letters and digits. Raises BadArea."""
    if not names.match_key(name):
        raise BadArea("区域名称是空的，请写明名称。")
    if code and not _CODE.fullmatch(code):
        raise BadArea(f"区域“{name}”的代码“{code}”不行，应是 1 到 {_LONGEST_CODE} 个字母或数字，如 XF。")


class Areas(Book):
    """The tree of areas."""

    def add(
        self,
        kind: str | None,
        name: str,
        *,
        parent: Area | None = None,
        code: str = "",
        since: date | None = None,
    ) -> AreaAdded:
        """Add an area. Raises what `add_many` raises."""
        added = self.add_many([NewArea(name, parent, kind, code, since)])
        return AreaAdded(added.areas[0], added.voucher, added.closed_through)

    def add_many(self, wanted: Sequence[NewArea], *, key: str | None = None) -> AreasAdded:
        """Add areas, each after what it lies in, all in one voucher.

        Months that were closed in all of a community's subdistrict (else of what lies above) are closed in it from the first:
        they were reported without it.
        Raises BadArea, UnknownKind, WrongLevel, SecondRoot, AreaTaken, errors.NotYet and what `find` raises.
        """
        if not wanted:
            raise BadArea("没有写区域名称，没有增加。请写名称。")
        with self.ledger.voucher("area.add", key=key, intention=wanted) as voucher:
            ids = [self._add(voucher, one) for one in wanted]
            areas = tuple(self.get(area_id) for area_id in ids)
            through = max((self.ledger.periods.closed_through(area_id) for area_id in ids), default="")
        return AreasAdded(areas, voucher.id, through)

    def find(self, text: str, *, kind: str | None = None, within: Area | None = None) -> Area:
        """Return the area named by code, name (also without 社区, 街道), pinyin or initials, of a kind, right below `within`.

        Raises errors.NotFound, errors.Ambiguous.
        """
        return only(
            self.ledger,
            f"{within.name}的{LEVELS[kind]}" if within and kind else "区域",
            text,
            self._attempts(text, kind, within),
            shown=self.full_name,
            remedy="可用 hep area list 查看全部区域。",
        )

    def asked(self, text: str | None) -> Area | None:
        """Return the area a listing is asked for: the one named, else the community worked in, else None (everywhere)."""
        return self.find(text) if text else self.ledger.here

    def get(self, area_id: int) -> Area:
        """Return an area by its id."""
        return Area(*self.database.row(f"SELECT {_COLUMNS} FROM area a WHERE a.id = ?", (area_id,)))

    def root(self) -> Area | None:
        """Return the top of the tree, None in a ledger without areas."""
        row = self.database.row(f"SELECT {_COLUMNS} FROM area a WHERE parent_id IS NULL AND withdrawn = 0")
        return Area(*row) if row else None

    def tree(self) -> list[Area]:
        """Return every area in force, each followed by what lies below it."""
        areas = [
            Area(*row)
            for row in self.database.rows(f"SELECT {_COLUMNS} FROM area a WHERE withdrawn = 0 ORDER BY a.id")
        ]
        below: dict[int | None, list[Area]] = {}
        for area in areas:
            below.setdefault(area.parent_id, []).append(area)
        return list(_walk(below, None))

    def communities(self, under: Area | None = None) -> list[Area]:
        """Return the communities in an area (everywhere if None), withdrawn ones left out. Raises GridHasNoFigures."""
        if under is None:
            return [area for area in self.tree() if area.kind == "community"]
        if under.kind == "grid":
            raise GridHasNoFigures(under.name)
        sql = f"""WITH RECURSIVE below(id) AS (SELECT ? UNION ALL SELECT a.id FROM area a JOIN below b ON a.parent_id = b.id)
            SELECT {_COLUMNS} FROM area a JOIN below b ON b.id = a.id
            WHERE a.kind = 'community' AND a.withdrawn = 0 ORDER BY a.id"""
        return [Area(*row) for row in self.database.rows(sql, (under.id,))]

    def founded(self) -> dict[int, tuple[str, str]]:
        """Return the name of each community and the ISO day from which it is counted."""
        sql = """SELECT a.id, a.name, f.happened_on FROM area a JOIN area_founding f ON f.community_id = a.id
            WHERE a.withdrawn = 0 AND f.sign = 1"""
        return {area_id: (name, day) for area_id, name, day in self.database.rows(sql)}

    def early(self, tables: Iterable[str], voucher_id: int) -> list[str]:
        """Return a sentence for each community of which a voucher posted facts of days before the community is counted.

        They are taken: rosters bring days of joining from long ago. But no figure counts the community on those days.
        """
        mine = "voucher_id = :voucher AND sign = 1"
        facts = " UNION ALL ".join(
            f"SELECT community_id, happened_on FROM {one} WHERE {mine}" for one in tables
        )
        sql = f"""SELECT a.name, g.happened_on, min(f.happened_on) FROM ({facts}) f JOIN area a ON a.id = f.community_id
            JOIN area_founding g ON g.community_id = f.community_id AND {stands("area_founding", "g")}
            WHERE f.happened_on < g.happened_on GROUP BY a.id"""
        return [
            f"请核对日期：{name}从 {since} 起计入，这里记的 {day} 比它早。照样记账，但那时的社区数里没有它。"
            for name, since, day in self.database.rows(sql, {"voucher": voucher_id})
        ]

    def community(self, text: str | None = None) -> Area:
        """Return the community named, or the one worked in. Raises NotACommunity, NoCommunity and what `find` raises."""
        area = self.find(text) if text else self.ledger.here
        if area is None:
            raise NoCommunity
        if area.kind != "community":
            raise NotACommunity(area, named=bool(text))
        return area

    def _reported(self, parent: Area | None) -> list[str]:
        """Return the months that all communities have closed, of the nearest area above a new one that has any."""
        while parent:
            if communities := self.communities(parent):
                return self.ledger.periods.closed_in_all(communities)
            parent = self.get(parent.parent_id) if parent.parent_id else None
        return []

    def full_name(self, area: Area) -> str:
        """Return a name that tells it apart: ``驿马街道 幸福里社区 (XFL)``."""
        above = f"{self.get(area.parent_id).name} " if area.parent_id else ""
        return f"{above}{area.name} ({area.code})"

    def _add(self, voucher: "Voucher", wanted: NewArea) -> int:
        name, code, kind = names.tidy(wanted.name), wanted.code.strip().upper(), wanted.kind
        check_said(name, code)
        kind = kind or kind_of(name)
        since, today = wanted.since or self.ledger.today(), self.ledger.today()
        if since > today:
            raise errors.NotYet(str(since), str(today))
        parent = self.find(wanted.parent) if isinstance(wanted.parent, str) else wanted.parent
        self._check_place(kind, name, parent)
        months = self._reported(parent) if kind == "community" else []
        area_id = voucher.add_one("area", **self._card(kind, name, parent, code))
        if kind == "community":
            voucher.post("period_closing", ("month",), [(area_id, str(today), month) for month in months])
            self.ledger.periods.forget()
            voucher.post_one("area_founding", community_id=area_id, happened_on=since)
        return area_id

    def _attempts(self, text: str, kind: str | None, within: Area | None) -> Iterator[list[Area]]:
        tests = (
            "code = upper(:text)",
            "name_key = :key",
            "name_key LIKE :start ESCAPE '\\'",
            "pinyin LIKE :low ESCAPE '\\'",
            "initials LIKE :low ESCAPE '\\'",
        )
        key = names.match_key(text)
        parameters = {
            "text": text.strip(),
            "key": key,
            "start": _prefix(key),
            "low": _prefix(text.strip().lower()),
            "kind": kind,
            "within": within and within.id,
        }
        if not key:
            return
        for test in tests:
            sql = f"""SELECT {_COLUMNS} FROM area a WHERE {test} AND withdrawn = 0 AND (:kind IS NULL OR kind = :kind)
                AND (:within IS NULL OR parent_id = :within) ORDER BY id"""
            yield [Area(*row) for row in self.database.rows(sql, parameters)]

    def _check_place(self, kind: str, name: str, parent: Area | None) -> None:
        root = self.root()
        if parent is None:
            if root is not None:
                raise SecondRoot(name, root.name)
        elif ORDER.index(parent.kind) + 1 != ORDER.index(kind):
            raise WrongLevel(name, kind, parent.name)

    def _card(self, kind: str, name: str, parent: Area | None, code: str) -> dict[str, object]:
        parent_id = parent.id if parent else None
        taken = f"""SELECT {_COLUMNS} FROM area a WHERE withdrawn = 0 AND (code = ? OR (parent_id IS ? AND name = ?))
            ORDER BY name <> ?"""
        wanted = code or self._free_code(code_from(name))
        name_key, pinyin, initials = of_name(name)
        if known := self.database.row(taken, (wanted, parent_id, name, name)):
            raise AreaTaken(name, wanted, Area(*known))
        return {
            "kind": kind,
            "parent_id": parent_id,
            "code": wanted,
            "name": name,
            "name_key": name_key,
            "pinyin": pinyin,
            "initials": initials,
        }

    def _free_code(self, wanted: str) -> str:
        taken = {row[0] for row in self.database.rows("SELECT code FROM area")}
        candidates = (wanted, *(f"{wanted}{n}" for n in range(2, len(taken) + 3)))
        return next(code for code in candidates if code not in taken)


def _walk(below: dict[int | None, list[Area]], parent_id: int | None) -> Iterator[Area]:
    for area in below.get(parent_id, ()):
        yield area
        yield from _walk(below, area.id)


def _prefix(text: str) -> str:
    return literal(text) + "%"
