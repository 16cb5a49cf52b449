"""A name in its many spellings: what is stored, what is compared, and what is typed to find it."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from hepartner.chinese import readings
from hepartner.chinese.characters import BLANKS, is_han, without_invisible

# What is typed for the middle dot of 买买提·艾力; the full stop counts only between Han (see below).
_MIDDLE_DOTS = dict.fromkeys(map(ord, "·•・‧∙⋅･\u0387ㆍ⸱᛫"), "·")

# Radicals that PDF copies put in place of ideographs and that NFKC leaves alone (it folds the Kangxi ones).
_RADICALS = str.maketrans(
    "⺠⺩⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰",
    "民王虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙",
)

_COMMON_HAN = re.compile("[一-\u9fff]+")

# What may stand between two parts of a name.
_JOINT = re.compile(r"[ ·.．\-\u2010-\u2015]+")

# Longest first, so that 北海市 goes before 北海.
_REGIONS: Final = ("广西壮族自治区", "北海市", "海城区", "广西", "北海", "海城")
_LEGAL_FORMS: Final = (
    "有限责任公司", "股份有限公司", "有限公司", "股份公司", "协会",
    "(个体工商户)", "(普通合伙)", "(有限合伙)", "(个人独资)",
)  # fmt: skip
# Narrowest first, as the regions' names begin.
_PLACES: Final = ("海城", "北海", "广西")
_SAME_FORMS: Final = {"有限责任公司": "有限公司", "股份公司": "股份有限公司"}
_REGION_IN_BRACKETS = rf"\((?:{'|'.join(_REGIONS)})\)"
_SHORTEST_KEY: Final = 2
_TWO_SWAPPED: Final = 2


def tidy(name: str) -> str:
    """The name as it is stored: as written, without invisible marks and stray blanks, its middle dots as ·.

    Compatibility, private-use and rare ideographs stay as they are (even NFC would change some). Blanks
    between Han go, and so does a line break: ask whether a cell holds two names before you tidy it.
    """
    if _is_common_han(name):
        return name
    return _JOINT.sub(_stored_joint, _bare(name))


def match_key(name: str) -> str:
    """The key that every spelling of one name shares: never shown, only compared.

    Width, case, invisible marks and radicals are folded. Between Han, blanks, middle dots, full stops and
    hyphens are dropped, for 买买提·艾力 is also typed 买买提 艾力 and 买买提-艾力; a blank counts only
    between Latin words. Traditional and variant characters stay apart: 喆 and 哲 are two people.
    """
    if _is_common_han(name):
        return name
    key = _folded(name)
    # A mark that a dropped blank kept apart may now join a letter, which NFKC would change again.
    while not _is_common_han(key) and (again := _folded(key)) != key:
        key = again
    return key


@lru_cache(maxsize=64)  # A row of a list asks for it several times on its way.
def organisation_key(name: str) -> str:
    """The key of a group or business: its match key without region and legal form.

    北海柏乐口腔门诊部有限公司 and 柏乐口腔门诊部 share one. What would leave fewer than two characters stays.
    The key proposes, it does not identify: the libraries of 北海市 and of 海城区 share one too.
    """
    key = match_key(name)
    while (shorter := _shortened(key)) != key:
        key = shorter
    return key


def may_be_one_organisation(one: str, other: str) -> bool:
    """Whether two names of groups or businesses may be one's: the same without region and legal form, which never differ.

    柏乐口腔 may be 北海柏乐口腔有限公司; but the libraries of 北海市 and of 海城区 are two, as are 爱心协会 and 爱心有限公司.
    """
    core, region, form = _taken_off(one)
    other_core, other_region, other_form = _taken_off(other)
    same_region = not region or not other_region or region == other_region
    return core == other_core and same_region and (not form or not other_form or form == other_form)


def may_be_slip(one: str, other: str) -> bool:
    """Whether two match keys are one but for a single character typed wrong, left out, doubled or swapped with the next.

    What tells names apart on purpose is no slip: 一店 and 二店, 东街 and 西街, 大 and 小 are two.
    """
    shorter = min(len(one), len(other))
    start = next((n for n in range(shorter) if one[n] != other[n]), shorter)
    rest, other_rest = one[start:], other[start:]
    while rest and other_rest and rest[-1] == other_rest[-1]:
        rest, other_rest = rest[:-1], other_rest[:-1]
    is_swapped = len(rest) == _TWO_SWAPPED and rest == other_rest[::-1]
    return (is_swapped or max(len(rest), len(other_rest)) <= 1) and not any(
        map(_tells_apart, rest + other_rest)
    )


def sound(key: str, *, surname: bool) -> str:
    """The syllables of a match key, apart: what is typed by its sound and picked wrong (王芳, 王方) sounds the same."""
    return " ".join(readings.of_person(key) if surname else readings.of_organisation(key))


def _tells_apart(character: str) -> bool:
    return character.isnumeric() or character.isascii() or character in "东南西北上下大小老新甲乙丙丁"


def pinyin(name: str, *, surname: bool) -> str:
    """The name in pinyin: lower case, no tones, no blanks, ü as v.

    `surname` is true for a person, whose surname may read otherwise (单 is Shan), and false for the others,
    in whose names words are looked for (音乐, 银行). Latin letters and digits stay; what has no reading goes.
    """
    return spelled(name, surname=surname)[0]


def initials(name: str, *, surname: bool) -> str:
    """The first letter of every syllable of `pinyin`; Latin letters and digits stay whole."""
    return spelled(name, surname=surname)[1]


def spelled(name: str, *, surname: bool) -> tuple[str, str]:
    """The name in pinyin and its initials."""
    written = name if _is_common_han(name) else _taken_apart(name)
    heard = readings.of_person(written) if surname else readings.of_organisation(written)
    return "".join(heard), "".join([syllable[:1] for syllable in heard])


def _is_common_han(name: str) -> bool:
    """Whether there is nothing in the name to fold or drop, as in most."""
    return _COMMON_HAN.fullmatch(name) is not None


def _stored_joint(joint: re.Match[str]) -> str:
    if not all(map(is_han, _neighbours(joint))):
        return joint[0]
    mark = joint[0].strip()
    return "·" if mark in {".", "．"} else mark


def _folded(name: str) -> str:
    # Folding case can leave a text that NFKC would change again, so NFKC comes before and after.
    narrow = unicodedata.normalize("NFKC", _bare(name).translate(_RADICALS)).casefold()
    return _JOINT.sub(_compared_joint, _bare(unicodedata.normalize("NFKC", narrow)))


def _compared_joint(joint: re.Match[str]) -> str:
    before, after = _neighbours(joint)
    if is_han(before) and is_han(after):
        return ""
    closed = is_han(before) or is_han(after) or bool({before, after} & {"(", ")"}) or "·" in joint[0]
    return joint[0].replace(" ", "") if closed else joint[0]


def _neighbours(joint: re.Match[str]) -> tuple[str, str]:
    name, start, end = joint.string, joint.start(), joint.end()
    return name[start - 1 : start], name[end : end + 1]


def _bare(name: str) -> str:
    """The name with single spaces for its blanks, one kind of middle dot, and nothing invisible."""
    return BLANKS.sub(" ", without_invisible(name).translate(_MIDDLE_DOTS)).strip()


def _taken_off(name: str) -> tuple[str, str, str]:
    """The organisation key of a name, and what it lost: its narrowest region, and its legal form, each '' if none."""
    key, regions, forms = match_key(name), set[str](), []
    while (shorter := _shortened(key)) != key:
        if key.startswith(shorter):
            forms.append(_SAME_FORMS.get(form := key.removeprefix(shorter), form))
        else:
            regions |= {place for place in _PLACES if place in _lost(key, shorter)}
        key = shorter
    return key, next((place for place in _PLACES if place in regions), ""), "".join(sorted(forms))


def _lost(key: str, shorter: str) -> str:
    return (
        key.removesuffix(shorter) if key.endswith(shorter) else "".join(re.findall(_REGION_IN_BRACKETS, key))
    )


def _shortened(key: str) -> str:
    candidates = []
    if "(" in key:
        candidates.append(re.sub(_REGION_IN_BRACKETS, "", key))
    if key.endswith(_LEGAL_FORMS):
        candidates += [key.removesuffix(form) for form in _LEGAL_FORMS]
    # After the legal form, so that 北海港有限公司 stops at 北海港 and not at 港有限公司.
    if key.startswith(_REGIONS):
        candidates += [key.removeprefix(region) for region in _REGIONS]
    return next((shorter for shorter in candidates if _SHORTEST_KEY <= len(shorter) < len(key)), key)


def _taken_apart(name: str) -> str:
    # NFKD makes é a letter and a mark; the mark has no reading.
    return unicodedata.normalize("NFKD", tidy(name).translate(_RADICALS))
