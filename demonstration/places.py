"""The district Haicheng of Beihai: its real subdistricts and made-up communities with their grids."""

from dataclasses import dataclass
from datetime import date

DISTRICT = ("HC", "海城区")
FOUNDED_ON = date(2022, 5, 1)

_COMMUNITIES = {
    ("ZJ", "中街街道"): "ZS中山 ZH珠海 MQ民权 SJ沙脊 HP和平",
    ("DJ", "东街街道"): "DA东安 WM文明 JF解放 GY公园 CY朝阳",
    ("XJ", "西街街道"): "HT海堤 DS独树 XT西塘 YN云南 CL长乐",
    ("HJ", "海角街道"): "HK海阔 GZ贵州 SC四川 BW北部湾 GD广东 HH湖海",
    ("DI", "地角街道"): "YG渔港 DZ地中 DN地南 LD岭底 WS望帆",
    ("GE", "高德街道"): "GS古市 QX七星 ML马栏 DW垌尾 PY平阳 LT龙潭",
    ("YI", "驿马街道"): "XF幸福里 YM驿马 CT茶亭 SL上海路 ZQ站前 XS新世纪",
    ("WZ", "涠洲镇"): "NW南湾 LZ荔枝山 XY斜阳",
}
_GRIDS = "一二三四五六"


@dataclass(frozen=True, slots=True)
class Community:
    """One community: its code, its name and its grids."""

    code: str
    name: str
    grids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Subdistrict:
    """One subdistrict and its communities."""

    code: str
    name: str
    communities: tuple[Community, ...]


def _community(text: str, *, place: int) -> Community:
    grids = tuple(f"第{number}网格" for number in _GRIDS[: 3 + place % 4])
    return Community(code=text[:2], name=f"{text[2:]}社区", grids=grids)


SUBDISTRICTS = tuple(
    Subdistrict(code, name, tuple(_community(text, place=n) for n, text in enumerate(listed.split())))
    for (code, name), listed in _COMMUNITIES.items()
)
COMMUNITIES = tuple(community for subdistrict in SUBDISTRICTS for community in subdistrict.communities)
ISLAND = frozenset(community.name for community in SUBDISTRICTS[-1].communities)
"""The communities of 涠洲镇, whose books are kept open longer than the town's."""
