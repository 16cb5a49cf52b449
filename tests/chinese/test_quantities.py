"""What is taken at the counter, as typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hepartner.chinese.misread import (
    ItemWithoutQuantity,
    NotWhole,
    NumberOutOfRange,
    QuantityWithoutItem,
    UnreadableNumber,
)
from hepartner.chinese.quantities import parse_counts, parse_items


@pytest.mark.parametrize("sign", ["x", "X", "×", "*", "＊", "ｘ", "Ｘ"])
def test_every_sign_of_multiplication_gives_the_quantity(sign: str) -> None:
    assert parse_items([f"洗衣液{sign}12"]) == [("洗衣液", 12)]


def test_items_keep_their_order_and_count_one_when_no_quantity_is_given() -> None:
    assert parse_items(["米x2", "油", "大米×3", "鸡蛋*2", "洗衣液X1"]) == [
        ("米", 2),
        ("油", 1),
        ("大米", 3),
        ("鸡蛋", 2),
        ("洗衣液", 1),
    ]


@pytest.mark.parametrize(
    "words", [["米", "2"], ["米", "x2"], ["米", "×２"], ["米 x 2"], ["米x２"], ["", "米", " ", "2"]]
)
def test_a_quantity_may_stand_apart_from_its_item(words: list[str]) -> None:
    assert parse_items(words) == [("米", 2)]


@pytest.mark.parametrize(
    ("word", "item"),
    [
        ("Xbox", ("Xbox", 1)),
        ("维生素X", ("维生素X", 1)),
        ("maxx3", ("max", 3)),
        ("2x4积木", ("2x4积木", 1)),
        ("2x4x6", ("2x4", 6)),
        ("洗衣液 2kg", ("洗衣液 2kg", 1)),
        ("P0123", ("P0123", 1)),
        ("502胶", ("502胶", 1)),
    ],
)
def test_an_x_within_a_name_belongs_to_the_name(word: str, item: tuple[str, int]) -> None:
    assert parse_items([word]) == [item]


@given(
    st.lists(st.tuples(st.sampled_from(["米", "油", "Xbox", "抽纸 3层"]), st.integers(1, 9999)), max_size=6)
)
def test_items_written_out_read_as_themselves(items: list[tuple[str, int]]) -> None:
    assert parse_items(f"{name}x{quantity}" for name, quantity in items) == items
    assert parse_items(word for name, quantity in items for word in (name, str(quantity))) == items


@pytest.mark.parametrize(
    "words", [["米x0"], ["米x10000"], ["米", "0"], ["米x-1"], ["米", "-1"], ["米*99999999999999999999"]]
)
def test_a_quantity_outside_one_to_9999_is_refused(words: list[str]) -> None:
    with pytest.raises(NumberOutOfRange, match=r"数量“.*请写 1 到 9999 之间的整数"):
        parse_items(words)


def test_half_an_item_is_refused() -> None:
    with pytest.raises(NotWhole, match=r"数量“1.5”不是整数"):
        parse_items(["米x1.5"])


def test_digits_of_other_scripts_are_refused() -> None:
    with pytest.raises(UnreadableNumber, match="看不懂数量"):
        parse_items(["米x٣"])


@pytest.mark.parametrize("words", [["2"], ["x2"], ["2", "米"], ["米x2", "3"], ["米", "2", "3"]])
def test_a_quantity_that_belongs_to_no_item_is_refused(words: list[str]) -> None:
    with pytest.raises(QuantityWithoutItem, match="是哪样商品的。请写成 商品x数量"):
        parse_items(words)


def test_nothing_typed_is_nothing_taken() -> None:
    assert parse_items([]) == []


def test_a_count_must_be_stated_and_may_be_none_where_that_makes_sense() -> None:
    assert parse_counts(["米x0", "油", "12"], least=0) == [("米", 0), ("油", 12)]
    with pytest.raises(ItemWithoutQuantity, match="“油”没有写数量"):
        parse_counts(["米x3", "油"], least=1)
    with pytest.raises(NumberOutOfRange):
        parse_counts(["米x0"], least=1)
