"""Which area a cell names: communities and grids as rosters spell them."""

import re
from collections.abc import Iterable

from hepartner.chinese import names
from hepartner.intake.problems import Fault
from hepartner.ledger.areas import Area

_COMMUNITY_ENDINGS = ("社区居民委员会", "社区居委会", "社区", "居委会")
_GRID_NUMBER = re.compile(r"(?:第|网格|^)([0-9]{1,3})")
_HAN_NUMBER = re.compile(r"第?([一二三四五六七八九十]{1,3})(?:号|网格|$)")


class Places:
    """The areas of one ledger, found by what rosters call them; `heading` is what stands above the list."""

    def __init__(self, tree: Iterable[Area], here: Area | None, heading: str) -> None:
        areas = list(tree)
        self._by_id = {area.id: area for area in areas}
        self._communities: dict[str, list[Area]] = {}
        for area in areas:
            if area.kind == "community":
                for key in self._spellings(area):
                    self._communities.setdefault(key, []).append(area)
        self._grids = [area for area in areas if area.kind == "grid"]
        self.default = self._named_in(heading) or here

    @property
    def grid_names(self) -> dict[int, str]:
        """The names of all grids, by id."""
        return {grid.id: grid.name for grid in self._grids}

    def community(self, text: str | None) -> Area | Fault:
        """The community that a cell names; a blank one is the heading's, else the one worked in."""
        if text is None:
            return self.default or Fault(
                "没有写社区",
                "请填写社区，没有这一列就加上；都是一个社区的，用 --community 指明，或写在标题、文件名里",
            )
        key = names.match_key(text)
        found = self._communities.get(key) or self._communities.get(_stem(key)) or ()
        if len(found) == 1:
            return found[0]
        if found:
            return Fault("有几个社区叫这个名字", "请在前面写上街道，如 驿马街道幸福里社区")
        return Fault("台账里没有这个社区", "请核对名称，或先用 hep area add 增加社区")

    def grid(self, community: Area, text: str | None) -> Area | Fault | None:
        """The grid of a community that a cell names: by name, or by number where numbers tell them apart."""
        if text is None:
            return None
        key = names.match_key(text)
        mine = [grid for grid in self._grids if grid.parent_id == community.id]
        found = [grid for grid in mine if names.match_key(grid.name) == key or grid.code == text.upper()]
        found = found or [grid for grid in mine if names.match_key(community.name + grid.name) == key]
        if not found and (number := _number(text)):
            found = [grid for grid in mine if _number(grid.name) == number]
        if len(found) == 1:
            return found[0]
        return Fault(f"{community.name}没有这个网格", f"请核对网格，或先增加：{_adding(text, community)}")

    def _spellings(self, area: Area) -> set[str]:
        key = names.match_key(area.name)
        spelled = {key, _stem(key), names.match_key(area.code)}
        parent = self._by_id.get(area.parent_id or 0)
        if parent:
            above = names.match_key(parent.name)
            spelled |= {above + key, above + _stem(key)}
        return spelled

    def _named_in(self, heading: str) -> Area | None:
        text = names.match_key(heading)
        found = {
            area.id: area
            for key, areas in self._communities.items()
            for area in areas
            if key.endswith(_COMMUNITY_ENDINGS) and key in text
        }
        return next(iter(found.values())) if len(found) == 1 else None


def _adding(grid: str, community: Area) -> str:
    """The command that adds a grid as a cell names it."""
    name = names.tidy(grid)
    quoted = f'"{name}"' if " " in name else name
    kind = "" if name.endswith("网格") else " --kind 网格"
    return f"hep area add {quoted} --parent {community.name}{kind}"


def _stem(key: str) -> str:
    for ending in _COMMUNITY_ENDINGS:
        if key.endswith(ending) and len(key) > len(ending):
            return key.removesuffix(ending)
    return key


def _number(text: str) -> str:
    key = names.match_key(text)
    if found := _GRID_NUMBER.search(key):
        return found[1].lstrip("0")
    if han := _HAN_NUMBER.search(key):
        tens, _, units = han[1].rpartition("十")
        digits = "零一二三四五六七八九"
        if "十" not in han[1]:
            return str(digits.index(units)) if len(units) == 1 else ""
        return str((digits.index(tens) if tens else 1) * 10 + (digits.index(units) if units else 0))
    return ""
