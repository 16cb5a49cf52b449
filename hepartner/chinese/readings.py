"""How a Han character is read in a name: the dictionary, and what surnames and offices read otherwise."""

import re
import unicodedata
from functools import cache
from typing import Final


def _pairs(table: str) -> dict[str, str]:
    cells = table.split()
    return dict(zip(cells[::2], cells[1::2], strict=True))


def _cut(table: str) -> dict[str, list[str]]:
    return {written: reading.split("'") for written, reading in _pairs(table).items()}


# Surnames of characters with several readings. 覃 is Qin in Guangxi; 牟 is Mu in Shandong.
_SURNAMES: Final = _pairs("""
单 shan 仇 qiu 曾 zeng 区 ou 解 xie 查 zha 朴 piao 盖 ge 乐 yue 覃 qin 冼 xian 洗 xian 冯 feng
缪 miao 翟 zhai 种 chong 牟 mu 宓 mi 逄 pang 召 shao 员 yun 折 she 秘 bi 黑 he 哈 ha 万 wan
令 ling 尉 wei 句 gou 那 na 能 nai 祭 zhai 隗 wei 郇 xun 乜 nie 佴 nai 郗 xi 宁 ning 任 ren
么 yao 幺 yao 逯 lu 卜 bu 薄 bo 柏 bai 贲 ben 晟 cheng 车 che 褚 chu 都 du 粘 nian 瞿 qu 炅 gui
莘 shen 盛 sheng 石 shi 宿 su 眭 sui 叶 ye 於 yu 俞 yu 占 zhan 繁 po 阚 kan 沈 shen 蔚 yu 钭 tou
郄 qie 适 kuo 贾 jia 郝 hao 尹 yin 重 chong 澹 tan 蕃 po 拓 tuo 區 ou 單 shan 樂 yue 蓋 ge
樸 piao 馮 feng 繆 miao 員 yun
""")

_COMPOUND_SURNAMES: Final = _cut("""
尉迟 yu'chi 万俟 mo'qi 长孙 zhang'sun 令狐 ling'hu 澹台 tan'tai 乐正 yue'zheng 鲜于 xian'yu 宰父 zai'fu
亓官 qi'guan 颛孙 zhuan'sun 夹谷 jia'gu 谷梁 gu'liang 子车 zi'ju 拓跋 tuo'ba 皇甫 huang'fu 夏侯 xia'hou
呼延 hu'yan 濮阳 pu'yang 闾丘 lv'qiu 第五 di'wu 仉督 zhang'du 尉遲 yu'chi 萬俟 mo'qi 長孫 zhang'sun
""")

# Characters whose first reading in the dictionary is not the one names of people and offices here use.
# 圩 is a market (xu) in Guangxi; 瑜伽 and 花蛤 are trades here, 伽马 and 蛤蟆 are not.
_USUAL: Final = _pairs("""
长 chang 長 chang 卜 bu 佛 fo 都 du 晟 sheng 薄 bo 茄 qie 泊 bo 裳 chang 似 si 琢 zhuo 靓 liang 圩 xu 莞 wan
什 shi 勒 le 调 tiao 調 tiao 给 ji 曾 zeng 伽 jia 蛤 ge 槟 bing 囤 tun 刨 bao 蹊 xi 铛 cheng 沓 ta 鹄 hu
𠮷 ji
""")

# Words in organisations' names that read a character otherwise than alone.
_WORDS: Final = _cut("""
银行 yin'hang 行业 hang'ye 商行 shang'hang 车行 che'hang 药行 yao'hang 琴行 qin'hang 洋行 yang'hang
行会 hang'hui 分行 fen'hang 支行 zhi'hang 总行 zong'hang 农商行 nong'shang'hang 典当行 dian'dang'hang
拍卖行 pai'mai'hang 五金行 wu'jin'hang 米行 mi'hang 布行 bu'hang 珠宝行 zhu'bao'hang 音乐 yin'yue
乐器 yue'qi 乐团 yue'tuan 乐队 yue'dui 声乐 sheng'yue 民乐 min'yue 器乐 qi'yue 国乐 guo'yue 鼓乐 gu'yue
管乐 guan'yue 弦乐 xian'yue 乐曲 yue'qu 乐坊 yue'fang 礼乐 li'yue 重庆 chong'qing 重阳 chong'yang
重九 chong'jiu 重逢 chong'feng 重建 chong'jian 重生 chong'sheng 重症 zhong'zheng 长者 zhang'zhe
长辈 zhang'bei 校长 xiao'zhang 家长 jia'zhang 会长 hui'zhang 成长 cheng'zhang 生长 sheng'zhang
院长 yuan'zhang 社长 she'zhang 站长 zhan'zhang 队长 dui'zhang 船长 chuan'zhang 班长 ban'zhang 楼长 lou'zhang
调查 diao'cha 调研 diao'yan 调度 diao'du 声调 sheng'diao 会计 kuai'ji 财会 cai'kuai 大夫 dai'fu 厦门 xia'men
人参 ren'shen 海参 hai'shen 党参 dang'shen 参茸 shen'rong 东莞 dong'guan 番禺 pan'yu 畜牧 xu'mu 模具 mu'ju
弹唱 tan'chang 弹奏 tan'zou 弹琴 tan'qin 着装 zhuo'zhuang 西藏 xi'zang 藏族 zang'zu 藏医 zang'yi
藏药 zang'yao 归还 gui'huan 还珠 huan'zhu 扒房 pa'fang 钥匙 yao'shi 咖喱 ga'li 霓裳 ni'chang 衣裳 yi'shang
首都 shou'du
""")


def of_person(name: str) -> list[str]:
    """The syllables of a person's name, its surname read as surnames are."""
    table = _syllables()
    heard = [table[character] for character in name]
    # 查干·巴特尔 has no surname: what stands before the dot is a given name.
    if name and "·" not in name:
        two = _COMPOUND_SURNAMES.get(name[:2])
        heard[: 2 if two else 1] = two or [_SURNAMES.get(name[0], heard[0])]
    return heard


def of_organisation(name: str) -> list[str]:
    """The syllables of any other name, the known words in it read as words."""
    table = _syllables()
    pieces = _word_or_character().findall(name)
    return [syllable for piece in pieces for syllable in _WORDS.get(piece) or (table[piece],)]


class _Syllables(dict[str, str]):
    """Character → its reading without tone; each is worked out when first asked for, then kept.

    A Latin letter or digit reads as itself in lower case; what has no reading reads as nothing.
    """

    def __missing__(self, character: str) -> str:
        marked = dictionary().get(ord(character), "").partition(",")[0]
        self[character] = _toneless(marked) or _latin(character)
        return self[character]


@cache
def dictionary() -> dict[int, str]:
    """The single characters of pypinyin: code point → readings with tone marks, commonest first.

    The file is loaded without its package, which would read 2.5 MB of phrases too: 230 ms against 30 ms.
    """
    import importlib.util
    from importlib.machinery import PathFinder

    package = importlib.util.find_spec("pypinyin")
    found = PathFinder.find_spec("pinyin_dict", package.submodule_search_locations if package else [])
    if found is None or found.loader is None:
        raise ModuleNotFoundError("pypinyin.pinyin_dict", name="pypinyin")
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    characters: dict[int, str] = module.pinyin_dict
    return characters


@cache
def _syllables() -> _Syllables:
    """The one table of readings of this process."""
    return _Syllables(_USUAL)


@cache
def _word_or_character() -> re.Pattern[str]:
    """Cuts an organisation's name into the longest of `_WORDS` and single characters."""
    longest_first = sorted(_WORDS, key=len, reverse=True)
    return re.compile("|".join(longest_first) + "|.", re.DOTALL)


def _toneless(marked: str) -> str:
    # ü is typed v; it must be taken out before its dots are dropped as a mark.
    letters = unicodedata.normalize("NFD", marked).replace("u\u0308", "v")
    return "".join(letter for letter in letters if letter.isascii())


def _latin(character: str) -> str:
    return character.lower() if character.isascii() and character.isalnum() else ""
