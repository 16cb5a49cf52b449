"""Made-up names, phone numbers and credit codes; none is taken from a register."""

import random
from collections.abc import Iterator

_SURNAMES = "陈李黄梁林吴刘张王苏庞何杨叶邓罗莫韦覃农冯卢蒙周徐曾谢钟廖宁蔡许包石单仇区解沈范潘"
_GIVEN_FIRST = "海春秀玉建国志文小丽桂美永光荣少明子雨晓家伟德思嘉婷凤振金福祥锦瑞兰耀景"
_GIVEN_SECOND = "珍芳英华强军平生龙梅萍娟霞红燕云辉波涛斌宇琳莹洁欣怡浩然健成林峰翠莲清源"
_RARE = ("李𠮷祥", "王䶮", "陈㐱", "黄𬭎文", "覃𫍯华", "韦喆")
_WITH_DOTS = ("买买提·艾力", "阿依古丽·吐尔逊", "古丽娜尔·马木提", "扎西·顿珠", "卓玛·央宗", "巴特尔·其木格")
TEACHER = "武玉侪"
"""The retired teacher whom the programme's report names."""
TROUPE = "幸福艺术团"
"""Her troupe, in 幸福里社区."""
HOME_SERVICE = "北海市家庭服务业协会"
"""The business partner of the report that serves elders at home with eight others, in 幸福里社区."""
DENTIST = "北海柏乐口腔门诊部有限公司"
"""The dentist whom the report names, in 驿马社区."""

_GROUP_FIRST = (
    "海韵 潮声 珊瑚 红树林 白鹭 银帆 渔歌 晨光 夕阳红 同心 和顺 暖阳 春晖 丹桂 紫荆 木棉 望海 听涛 金沙 海燕 "
    "星火 南珠 百合 青松 翠竹 蓝湾 启明 向阳 归航 灯塔 海风 锦绣 团圆 邻里情 石榴籽 八音 月湾 拾贝 椰林 晓渡"
)
_GROUP_LAST = {
    "共建单位": "党支部共建队 职工志愿队 青年突击队 巾帼志愿队",
    "社会团体": "艺术团 舞蹈队 太极拳队 书画社 合唱团 老年协会 广场舞队",
    "行业协会": "餐饮协会 家政协会 渔业协会 民宿协会",
    "社工组织": "社会工作服务中心 志愿服务队 助老服务社 义工联合会",
}
_TRADES = {
    "餐饮": "海鲜餐馆 糖水铺 早餐店 螺蛳粉店",
    "理发": "理发店 美发沙龙",
    "医疗": "口腔诊所 中医馆 药房 体检中心",
    "文化": "书店 琴行 照相馆 文化传媒有限公司",
    "家政": "家政服务部 洗衣店 家电维修部",
    "零售": "便民超市 水果店 服装店 眼镜店",
    "住宿": "海景民宿 酒店管理有限公司",
    "出行": "修车行 电动车行",
}
_MOBILE = "1990779"
"""Every made-up mobile number begins so, so that its last four digits are its own."""
_CODE_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CODE_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_ORGANISATION_CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def people(rng: random.Random) -> Iterator[str]:
    """Yield names of people without end: rare characters and middle dots first, now and then a name that came before."""
    yield from (*_RARE, *_WITH_DOTS)
    given: list[str] = []
    while True:
        if given and rng.random() < 0.01:
            yield rng.choice(given)
            continue
        name = rng.choice(_SURNAMES) + rng.choice(_GIVEN_FIRST)
        given.append(name if rng.random() < 0.06 else name + rng.choice(_GIVEN_SECOND))
        yield given[-1]


def groups(rng: random.Random) -> Iterator[tuple[str, str]]:
    """Yield (name, category) of groups, each name once."""
    return _shuffled(rng, _GROUP_LAST, _GROUP_FIRST.split(), "")


def businesses(rng: random.Random) -> Iterator[tuple[str, str]]:
    """Yield (name, trade) of businesses, each name once; half of them are called 北海市…."""
    return _shuffled(rng, _TRADES, _GROUP_FIRST.split(), "北海市")


def _shuffled(
    rng: random.Random, lasts: dict[str, str], firsts: list[str], place: str
) -> Iterator[tuple[str, str]]:
    pairs = [
        (first + last, category)
        for category, words in lasts.items()
        for last in words.split()
        for first in firsts
    ]
    rng.shuffle(pairs)
    for name, category in pairs:
        yield (place + name if rng.random() < 0.5 else name), category


def mobiles(rng: random.Random, *, taken: frozenset[str]) -> Iterator[str]:
    """Yield mobile numbers, each once, none of those taken."""
    tails = list(range(10_000))
    rng.shuffle(tails)
    yield from (number for tail in tails if (number := f"{_MOBILE}{tail:04d}") not in taken)


def credit_codes() -> Iterator[str]:
    """Yield unified social credit codes (GB 32100) with right check characters, each once."""
    for number in range(1, 10_000):
        organisation = f"MA{number:06d}"
        body = "91450502" + organisation + _organisation_check(organisation)
        yield body + _code_check(body)


def _organisation_check(text: str) -> str:
    """Return the check character of GB 11714."""
    pairs = zip(text, _ORGANISATION_WEIGHTS, strict=True)
    check = -sum(_ORGANISATION_CHARACTERS.index(character) * weight for character, weight in pairs) % 11
    return "0123456789X"[check]


def _code_check(text: str) -> str:
    """Return the check character of GB 32100."""
    pairs = zip(text, _CODE_WEIGHTS, strict=True)
    return _CODE_CHARACTERS[
        -sum(_CODE_CHARACTERS.index(character) * weight for character, weight in pairs) % 31
    ]
