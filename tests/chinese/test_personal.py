"""Identity-card numbers and phones in what people type and what lists say."""

from datetime import date
from hashlib import sha256
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_11_2

from hepartner.chinese.personal import identity_number, masked_numbers


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("身份证450502199001011234", "450502199001011234"),
        ("吴一 45050219900101123x（本人）", "45050219900101123x"),
        ("450502 19900101 1234", "450502199001011234"),
        ("450502.19900101.1234", "450502199001011234"),
        ("450502_1990_01_01_1234", "450502199001011234"),
        ("450502　　19900101　　1234", "450502199001011234"),
        ("450502 – 19900101 – 123 X", "45050219900101123X"),
        ("4 5 0 5 0 2 1 9 9 0 0 1 0 1 1 2 3 4", "450502199001011234"),
        ("4505 0219 9001 0112 34", "450502199001011234"),
        ("45 05 02 19 90 01 01 12 33", "450502199001011233"),  # its check digit is right
        ("电话 2031 450502 19900101 1234", "450502199001011234"),
        ("４５０５０２１９９００１０１１２３４", "450502199001011234"),
        ("旧证 450502900101123", "450502900101123"),
        ("旧证 450502-900101-123", "450502900101123"),
        ("④⑤⓪⑤⓪②①⑨⑨⓪⓪①⓪①①②③④", "450502199001011234"),
    ],
)
def test_an_identity_number_is_found_however_it_is_typed(text: str, number: str) -> None:
    assert identity_number(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "13800138000",
        "450502199002301234",  # no such day
        "990502199001011234",  # no such province
        "450502199001011234567",  # longer: an order number
        "91450500MA5KABCD1X",  # a credit code
        "2025-03-05 08:30:00 第 12 号",
        "6222021234567890123",  # a bank card
        "450502991301123",  # no such month
        "50 10 10 20 10 10 20 10 20",  # points of nine lines: a possible birthday in Chongqing, without its check digit
        "12.05 11 2025.03.05 12.30",
        "5 4 3 2 1 0 9 0 0 1 0 1 1 2 3",  # fifteen marks
    ],
)
def test_other_numbers_are_not_taken_for_identity_numbers(text: str) -> None:
    assert identity_number(text) is None


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("13800138000", "138****8000"),
        ("1380013800", "138****800"),
        ("138001380000", "138****0000"),
        ("+86 13800138000", "+861****8000"),
        ("138 0013 8000", "138****8000"),
        ("0779-2031234转8", "077****1234转8"),
        ("400-123-4567", "400****567"),
        ("450502199001011234", "450****1234"),
        ("450502 19900101 1234", "450****1234"),
        ("450502-19900101-123X", "450****123X"),
        ("6222021234567890123", "622****0123"),
        ("6222 0212 3456 7890 123", "622****0123"),
        ("622202.1234567890123", "622****0123"),
        ("6 2 2 2 0 2 1 2 3 4 5 6 7 8 9 0 1 2 3", "622****0123"),
        ("139　0000　0001", "139****0001"),
        ("139  0000  0001", "139****0001"),
        ("139.0000.0001", "139****0001"),
        ("139·0000·0001", "139****0001"),
        ("139 - 0000 - 0001", "139****0001"),
        ("1390000 0001", "139****0001"),
        ("1 3 9 0 0 0 0 0 0 0 1", "139****0001"),
        ("139\u200b0000\u200b0001", "139****0001"),
        ("１３９　００００　０００１", "１３９****０００１"),
        ("13800138000.0", "138****8000.0"),
        ("139,0000,0001", "139****0001"),
        ("139，0000，0001", "139****0001"),
        ("139, 0000, 0001", "139****0001"),
        ("139、0000、0001、吴一", "139****0001、吴一"),
        ("139:0000:0001", "139****0001"),
        ("139：0000：0001", "139****0001"),
        ("139*0000*0001", "139****0001"),
        ("139#0000#0001", "139****0001"),
        ("86139+0000+0001", "861****0001"),
        ("①③⑨⓪⓪⓪⓪⓪⓪⓪①", "①③⑨****⓪⓪⓪①"),
        ("❶❸❾⓿⓿⓿⓿⓿⓿⓿❶", "❶❸❾****⓿⓿⓿❶"),
        ("⑴⑶⑼0000000⑴", "⑴⑶⑼****000⑴"),
        ("𝟏𝟑𝟗𝟎𝟎𝟎𝟎𝟎𝟎𝟎𝟏", "𝟏𝟑𝟗****𝟎𝟎𝟎𝟏"),
        ("13900000001/13900000002", "139****0001/139****0002"),
        ("2025-03-05 13900000001", "2025-03-05 139****0001"),
        ("(0779) 203 1234", "(077****1234"),
        ("０７７９．２０３１２３４", "０７７****１２３４"),
        ("450502.19900101.1234", "450****1234"),
        ("4 5 0 5 0 2 1 9 9 0 0 1 0 1 1 2 3 x", "450****123x"),
    ],
)
def test_what_has_the_shape_of_a_phone_or_a_card_is_hidden(text: str, shown: str) -> None:
    assert masked_numbers(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-41",
        "2026-03-41 25:30",
        "1999-13-01",
        "20260341",
        "1.38",
        "5000000",
        "100000000000000000000000",
        "2025/3/5",
        "250000000",
        "1999-12-31 123",
        "2025-03-05 2025-03-06 12",
        "2025.03.05-2025.03.06",
        "1999.12.30-1999.12.31",
        "20260341 20260342",
        "2021 2022 2023 2024",
        "138.00 120.00 95.50",
        "13800138.00",
        "91450500MA5KABCD1X",
        "52450500498675003Q",
        "0830-1200 1430-1730",
        "0900–1130/1400–1700 周末 0930-1230  1330-1730 1900-2100",
        "100,200,300",
        "139,200,300",
        "1390,0000,001",
        "139,0000,001",
        "139,0000、0001",  # two marks: a list of lists
        "139,1200,1300,1400",
        "50,139,1200,1300",
        "139,120,1300",
        "1,390,000,000",
        "10:30:1500",
        "139*0000=0001",
        "①139 ②0000 ③0001",
    ],
)
def test_days_hours_and_amounts_stay_readable(text: str) -> None:
    assert masked_numbers(text) == text


def test_a_local_number_is_hidden_where_it_may_be_one() -> None:
    assert masked_numbers("家里 2031234", local=True) == "家里 203****"
    assert masked_numbers("代码 51450500MJY1234567", local=True) == "代码 51450500MJY1234567"
    assert masked_numbers("2026-03-41 20260341 12345", local=True) == "2026-03-41 20260341 12345"


MARKS = [" ", "　", "\t", "\u00a0", "\u2002", "-", "—", "–", ".", "．", "·", "_", "＿", "/", "／", "\u200b"]
GAPS = st.text(st.sampled_from(MARKS), min_size=1, max_size=3)
BIRTHDAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31)).map(lambda day: f"{day:%Y%m%d}")


@st.composite
def grouped(draw: st.DrawFn, number: str) -> str:
    """A number with one gap of up to three marks at some of the places between its digits."""
    gap, places = draw(GAPS), draw(st.sets(st.integers(1, len(number) - 1)))
    cuts = [0, *sorted(places), len(number)]
    return gap.join(number[start:end] for start, end in pairwise(cuts))


MOBILES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
IDENTITIES = st.builds(
    lambda region, birthday, serial: f"{region}{birthday}{serial:03}",
    st.sampled_from([110101, 450502, 450521, 540102, 650102]),
    BIRTHDAYS,
    st.integers(0, 999),
).map(lambda number: number + mod_11_2.calc_check_digit(number))


@given(st.data(), MOBILES)
def test_a_mobile_is_hidden_wherever_its_groups_part_and_by_whatever(
    data: st.DataObject, number: str
) -> None:
    typed = data.draw(grouped(number))
    assert masked_numbers(f"电话{typed}，找他") == f"电话{number[:3]}****{number[-4:]}，找他", typed


@given(st.data(), IDENTITIES)
def test_an_identity_number_is_found_and_hidden_in_whatever_groups(data: st.DataObject, number: str) -> None:
    typed = data.draw(grouped(number))
    assert identity_number(f"证件{typed}（本人）") == number, typed
    assert masked_numbers(f"证件{typed}（本人）") == f"证件{number[:3]}****{number[-4:]}（本人）", typed


@given(
    GAPS,
    st.from_regex(r"[3-9][0-9]{15}([0-9]{3})?", fullmatch=True),
    st.sampled_from([(4, 8, 12, 16), (6,), range(1, 19)]),
)
def test_a_bank_card_is_hidden_in_its_usual_groups(gap: str, number: str, places: tuple[int, ...]) -> None:
    cuts = [0, *(place for place in places if place < len(number)), len(number)]
    typed = gap.join(number[start:end] for start, end in pairwise(cuts))
    assert masked_numbers(f"卡号{typed}。") == f"卡号{number[:3]}****{number[-4:]}。", typed


@given(
    st.lists(st.dates(date(1900, 1, 1), date(2099, 12, 31)), min_size=1, max_size=4),
    st.sampled_from(["%Y-%m-%d", "%Y.%m.%d", "%Y/%m/%d", "%Y-%m-%d %H:%M"]),
    st.sampled_from([" ", "、", "，", "至", "~", " - "]),
)
def test_days_are_never_taken_for_numbers_of_persons(days: list[date], form: str, mark: str) -> None:
    text = mark.join(day.strftime(form) for day in days)
    assert masked_numbers(text, local=True) == text
    assert identity_number(text) is None


@given(st.lists(st.decimals(0, 99_999, places=2), min_size=1, max_size=4), st.sampled_from("，、+ "))
def test_amounts_are_never_taken_for_numbers_of_persons(amounts: list[object], mark: str) -> None:
    text = mark.join(map(str, amounts))
    assert masked_numbers(text, local=True) == text
    assert identity_number(text) is None


@given(
    st.sampled_from(["91", "92", "93", "51", "52", "12"]),
    st.sampled_from(["450502", "450503", "450512", "450521"]),
    st.from_regex(r"[0-9A-HJ-NPQRTUWXY]{8}[0-9A-HJ-NPQRTUWXY]{2}", fullmatch=True),
)
def test_a_credit_code_is_no_identity_number(kind: str, region: str, rest: str) -> None:
    code = f"{kind}{region}{rest}"
    assert identity_number(code) is None
    if set(code[:17]) - set("0123456789X") or code[17] not in "0123456789X":
        assert masked_numbers(code) == code


@pytest.mark.parametrize(
    "made",
    [
        "1385-105644-1a0657971b5c",
        "2785-694659-0123456789ab",
        sha256(b"10").hexdigest(),
        sha256(b"13").hexdigest(),
        "01380013-8000-7380-8138-001380001234",
    ],
)
def test_anchors_hashes_and_uuids_stay_whole(made: str) -> None:
    assert masked_numbers(f"核对码：{made}。") == f"核对码：{made}。"
    assert masked_numbers(f"{made}，电话 13800138000") == f"{made}，电话 138****8000"
