"""What is typed to find a name: full pinyin and initials."""

import subprocess
import sys

import pypinyin
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hepartner.chinese import names, readings

PERSONS = {
    "武玉侪": ("wuyuchai", "wyc"),
    "单秀英": ("shanxiuying", "sxy"),
    "仇志强": ("qiuzhiqiang", "qzq"),
    "曾小红": ("zengxiaohong", "zxh"),
    "区艳萍": ("ouyanping", "oyp"),
    "解冬梅": ("xiedongmei", "xdm"),
    "查文斌": ("zhawenbin", "zwb"),
    "朴正熙": ("piaozhengxi", "pzx"),
    "盖丽丽": ("gelili", "gll"),
    "乐嘉": ("yuejia", "yj"),
    "覃海燕": ("qinhaiyan", "qhy"),
    "冼星海": ("xianxinghai", "xxh"),
    "翟天临": ("zhaitianlin", "ztl"),
    "种师道": ("chongshidao", "csd"),
    "逄立新": ("panglixin", "plx"),
    "员半千": ("yunbanqian", "ybq"),
    "阚清子": ("kanqingzi", "kqz"),
    "尉迟恭": ("yuchigong", "ycg"),
    "万俟卨": ("moqixie", "mqx"),
    "长孙无忌": ("zhangsunwuji", "zswj"),
    "令狐冲": ("linghuchong", "lhc"),
    "欧阳修": ("ouyangxiu", "oyx"),
    "吕绿": ("lvlv", "ll"),
    "陈佛生": ("chenfosheng", "cfs"),
    "李长江": ("lichangjiang", "lcj"),
    "周晟": ("zhousheng", "zs"),
    "马解放": ("majiefang", "mjf"),
    "查干·巴特尔": ("chaganbateer", "cgbte"),
    "买买提•艾力": ("maimaitiaili", "mmtal"),
    "𠮷野": ("jiye", "jy"),
    "王\ue000芳": ("wangfang", "wf"),
    "⻢\u200b  \uf90a玉": ("majinyu", "mjy"),
    "Mary Wang": ("marywang", "marywang"),
    "José王": ("josewang", "josew"),
    "王２芳!": ("wang2fang", "w2f"),
    "单": ("shan", "s"),
    "": ("", ""),
    "?": ("", ""),
}

ORGANISATIONS = {
    "北海柏乐口腔门诊部有限公司": ("beihaibailekouqiangmenzhenbuyouxiangongsi", "bhblkqmzbyxgs"),
    "北海银行": ("beihaiyinhang", "bhyh"),
    "行业协会": ("hangyexiehui", "hyxh"),
    "音乐教室": ("yinyuejiaoshi", "yyjs"),
    "快乐乐器行动": ("kuaileyueqixingdong", "klyqxd"),
    "重庆火锅": ("chongqinghuoguo", "cqhg"),
    "重阳敬老会": ("chongyangjinglaohui", "cyjlh"),
    "长者食堂": ("zhangzheshitang", "zzst"),
    "长寿社区": ("changshoushequ", "cssq"),
    "重症医学科": ("zhongzhengyixueke", "zzyxk"),
    "社会调查队": ("shehuidiaochadui", "shdcd"),
    "人民调解委员会": ("renmintiaojieweiyuanhui", "rmtjwyh"),
    "财会服务": ("caikuaifuwu", "ckfw"),
    "单车骑行社": ("dancheqixingshe", "dcqxs"),
    "农商行": ("nongshanghang", "nsh"),
    "瑜伽ABC馆": ("yujiaabcguan", "yjabcg"),
    "侨港圩": ("qiaogangxu", "qgx"),
}


@pytest.mark.parametrize(("name", "typed"), PERSONS.items(), ids=ascii)
def test_a_person_is_found_by_the_reading_of_the_surname(name: str, typed: tuple[str, str]) -> None:
    assert (names.pinyin(name, surname=True), names.initials(name, surname=True)) == typed


@pytest.mark.parametrize(("name", "typed"), ORGANISATIONS.items(), ids=ascii)
def test_an_organisation_is_found_by_the_reading_of_its_words(name: str, typed: tuple[str, str]) -> None:
    assert (names.pinyin(name, surname=False), names.initials(name, surname=False)) == typed


def test_surnames_are_read_as_surnames_only_for_persons() -> None:
    assert names.pinyin("单乐", surname=True) == "shanle"
    assert names.pinyin("单乐", surname=False) == "danle"


def test_characters_without_override_read_as_pypinyin_reads_them() -> None:
    name = "武玉侪组织的幸福艺术团老年课堂便民服务志愿者驿马街道社区医疗"
    plainly = "".join(syllable for character in name for syllable in pypinyin.lazy_pinyin(character))
    assert names.pinyin(name, surname=False) == plainly


@settings(deadline=None)  # the first example loads the dictionary
@given(st.text(max_size=20), st.booleans())
def test_pinyin_is_lower_case_ascii_and_begins_like_the_initials(name: str, surname: bool) -> None:  # noqa: FBT001
    typed, first = names.pinyin(name, surname=surname), names.initials(name, surname=surname)
    assert all(letter.isascii() and letter.isalnum() and letter == letter.lower() for letter in typed)
    assert typed[:1] == first[:1]
    assert len(first) <= len(typed)


def test_every_character_of_gb_2312_has_a_reading() -> None:
    """Of the 20,902 that Unicode had first, ten have none: marks of measures and characters made in Japan."""
    common = [chr(code) for code in range(0x4E00, 0x9FA6) if chr(code).encode("gb2312", "ignore")]
    assert len(common) == 6763
    assert [character for character in common if len(names.initials(character, surname=True)) != 1] == []


def test_neither_comparing_nor_spelling_names_imports_pypinyin() -> None:
    script = (
        "import sys; from hepartner.chinese import names; names.match_key('王 芳');"
        "assert names.pinyin('王芳', surname=True) == 'wangfang'; print('pypinyin' in sys.modules)"
    )
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "False"


def test_an_installation_without_pypinyin_names_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in [name for name in sys.modules if name.split(".")[0] == "pypinyin"]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setattr(sys, "path", [])
    with pytest.raises(ModuleNotFoundError, match="pypinyin"):
        readings.dictionary.__wrapped__()
