"""What is stored of a name, and which spellings of it are one name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hepartner.chinese.names import (
    match_key,
    may_be_one_organisation,
    may_be_slip,
    organisation_key,
    sound,
    tidy,
)

# Letters that the rules treat differently, mixed at random, find more than arbitrary text does.
NAME_CHARACTERS = (
    "王芳买提𠮷金⾦⻢\ue863Ａａé·•・．.-—  \u3000\u00a0\t\n\u200b\u202e\ufeff\ufe0f\U000e0100()（）1Ⅻß"
)
MIXED_NAMES = st.text(st.sampled_from(NAME_CHARACTERS), max_size=12)
ANY_NAMES = st.one_of(MIXED_NAMES, st.text(max_size=30))

SAME_NAME = {
    "blanks between": ("王芳", "王  芳"),
    "an ideographic space": ("王芳", "王\u3000芳"),
    "a no-break space": ("王芳", "王\u00a0芳"),
    "a tab and a line end": ("王芳", "\t王芳\n"),
    "an empty Braille cell": ("王芳", "王\u2800芳"),
    "a zero-width space": ("王芳", "王\u200b芳"),
    "a byte-order mark": ("王芳", "\ufeff王芳"),
    "a soft hyphen": ("王芳", "王\u00ad芳"),
    "a variation selector": ("王芳", "王\U000e0100芳\ufe00"),
    "a bidi override": ("王芳", "王\u202e芳"),
    "a Kangxi radical": ("金玉", "⾦⽟"),
    "a radical that NFKC leaves alone": ("马龙", "⻢⻰"),
    "a compatibility ideograph": ("金玉", "\uf90a玉"),
    "full-width letters": ("abc商会", "ＡＢＣ商会"),
    "full-width brackets": ("王芳(大)", "王芳（大）"),
    "a blank beside Latin": ("abc商会", "ABC 商会"),
    "letter case and blanks of a Latin name": ("mary wang", "Mary   WANG"),
    "a letter with its mark apart": ("zoé", "Zoe\u0301"),
}
MIDDLE_DOTS = "·•・‧∙⋅･.．"


@pytest.mark.parametrize(("key", "spelling"), SAME_NAME.values(), ids=SAME_NAME)
def test_spellings_of_one_name_share_a_key(key: str, spelling: str) -> None:
    assert match_key(spelling) == match_key(key) == key


@pytest.mark.parametrize("joint", [*MIDDLE_DOTS, " · ", " ", "-", "－", "—", ""])
def test_a_minority_name_has_one_key_however_its_parts_are_joined(joint: str) -> None:
    assert match_key(f"买买提{joint}艾力") == match_key("买买提·艾力")


@pytest.mark.parametrize(
    ("one", "other"),
    [("喆", "哲"), ("淸", "清"), ("劉", "刘"), ("王芳", "王方"), ("Li Na", "Lina"), ("𠮷", "吉")],
)
def test_traditional_and_variant_characters_and_latin_blanks_tell_names_apart(one: str, other: str) -> None:
    assert match_key(one) != match_key(other)


def test_a_latin_name_keeps_its_stops_and_hyphens_in_the_key() -> None:
    assert match_key("J.-P. Li") == "j.-p. li"


@pytest.mark.parametrize("dot", MIDDLE_DOTS)
def test_every_middle_dot_is_stored_as_one(dot: str) -> None:
    assert tidy(f"买买提{dot}艾力") == tidy(f"买买提 {dot} 艾力") == "买买提·艾力"


def test_a_full_stop_outside_han_is_stored_as_it_is() -> None:
    assert tidy("J.K. 罗琳") == "J.K. 罗琳"


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("  王　 芳\r\n", "王芳"),
        ("王\u200b\u202e\x1b芳\ufeff", "王芳"),
        (" Mary \t Wang ", "Mary Wang"),
        ("ABC  商会", "ABC 商会"),
        ("", ""),
        ("\u200b \u3000", ""),
    ],
)
def test_stray_blanks_and_invisible_marks_are_not_stored(written: str, stored: str) -> None:
    assert tidy(written) == stored


@pytest.mark.parametrize(
    "name", ["\uf90a玉", "王\ue863", "𠮷野", "䶮", "㐱", "ＡＢＣ商会", "⾦玉", "NA", "null", "王芳（大）"]
)
def test_rare_compatibility_and_private_characters_are_stored_as_written(name: str) -> None:
    assert tidy(name) == name


def test_a_mark_that_a_blank_kept_apart_joins_its_letter_in_the_key() -> None:
    assert match_key("か \u3099") == match_key("か\u3099") == "が"


def test_blanks_between_signs_that_stand_for_latin_are_kept() -> None:
    assert tidy("㎏  ㎏") == "㎏ ㎏"
    assert match_key("㎏  ㎏") == "kg kg"


@given(ANY_NAMES)
def test_tidying_twice_changes_nothing_more(name: str) -> None:
    assert tidy(tidy(name)) == tidy(name)


@given(ANY_NAMES)
def test_the_key_of_a_key_is_itself(name: str) -> None:
    assert match_key(match_key(name)) == match_key(name)


@given(ANY_NAMES)
def test_what_is_stored_has_the_key_of_what_was_written(name: str) -> None:
    assert match_key(tidy(name)) == match_key(name)


@pytest.mark.parametrize(
    "spelling",
    [
        "北海柏乐口腔门诊部有限公司",
        "北海市柏乐口腔门诊部",
        "柏乐口腔门诊部",
        "柏乐口腔门诊部（北海）有限公司",
        "广西壮族自治区北海市海城区柏乐口腔门诊部有限责任公司",
        "广西北海 柏乐口腔门诊部股份有限公司",
        "海城柏乐口腔门诊部（个体工商户）",
    ],
)
def test_an_office_is_known_without_region_and_legal_form(spelling: str) -> None:
    assert organisation_key(spelling) == "柏乐口腔门诊部"


def test_an_association_is_known_without_the_word() -> None:
    assert organisation_key("北海市家庭服务业协会") == organisation_key("家庭服务业") == "家庭服务业"


@pytest.mark.parametrize("name", ["北海市", "海城区", "协会", "有限公司", "北海", "(北海)"])
def test_a_name_made_of_region_and_legal_form_alone_keeps_its_last_part(name: str) -> None:
    assert organisation_key(name) == name


def test_an_office_named_by_region_and_form_only_is_not_reduced_to_nothing() -> None:
    assert organisation_key("北海市协会") == "北海市"
    assert organisation_key("北海港有限公司") == organisation_key("北海港") == "北海港"


@given(
    st.lists(
        st.sampled_from(["北海市", "北海", "海城区", "(北海)", "协会", "有限公司", "花", "花店"]), max_size=6
    ).map("".join)
)
def test_the_key_of_an_office_is_empty_only_for_no_name_and_stays_when_taken_again(name: str) -> None:
    key = organisation_key(name)
    assert bool(key) == bool(name)
    assert organisation_key(key) == key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("柏乐口腔", "北海柏乐口腔有限公司"),
        ("北海市柏乐口腔", "柏乐口腔有限公司"),
        ("北海柏乐口腔有限公司", "北海市柏乐口腔有限责任公司"),
        ("广西北海市爱心协会", "北海爱心协会"),
        ("柏乐口腔（北海）有限公司", "北海市柏乐口腔有限公司"),
    ],
)
def test_names_that_leave_something_out_may_be_one_organisations(one: str, other: str) -> None:
    assert may_be_one_organisation(one, other)
    assert may_be_one_organisation(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("北海市图书馆", "海城区图书馆"),
        ("北海市图书馆", "北海市海城区图书馆"),
        ("爱心协会", "爱心有限公司"),
        ("爱心股份有限公司", "爱心有限公司"),
        ("北海柏乐口腔有限公司", "北海柏康口腔有限公司"),
    ],
)
def test_names_that_say_otherwise_are_two_organisations(one: str, other: str) -> None:
    assert not may_be_one_organisation(one, other)
    assert not may_be_one_organisation(other, one)


SLIPS = {
    "typed wrong": ("柏乐口腔", "柏乐口控"),
    "left out": ("柏乐口腔", "柏乐腔"),
    "doubled": ("柏乐口腔", "柏乐乐口腔"),
    "swapped": ("柏乐口腔", "乐柏口腔"),
    "the same": ("柏乐", "柏乐"),
}
NO_SLIPS = {
    "two characters": ("舞蹈队", "武术队"),
    "numbers": ("陈记一店", "陈记二店"),
    "a number more": ("陈记店", "陈记2店"),
    "sides": ("东街小学", "西街小学"),
    "letters": ("A座粉店", "B座粉店"),
    "far ones swapped": ("甲乐口丁", "丁乐口甲"),
}


@pytest.mark.parametrize(("one", "other"), SLIPS.values(), ids=SLIPS)
def test_a_slip_is_one_character(one: str, other: str) -> None:
    assert may_be_slip(one, other)
    assert may_be_slip(other, one)


@pytest.mark.parametrize(("one", "other"), NO_SLIPS.values(), ids=NO_SLIPS)
def test_what_tells_apart_on_purpose_is_no_slip(one: str, other: str) -> None:
    assert not may_be_slip(one, other)
    assert not may_be_slip(other, one)


def test_syllables_are_kept_apart_in_a_sound() -> None:
    assert sound("王西安", surname=True) == "wang xi an"
    assert sound("王先", surname=True) != sound("王西安", surname=True)
    assert sound("单芳", surname=True) == "shan fang"
