"""The refusals of a typed value: what was read, why it can't be taken, and which forms work."""

from typing import Final

from hepartner.chinese.characters import without_invisible

_SHOWN_LENGTH: Final = 24

_DAY_FORMS: Final = "可以写 2025-3-5、2025年3月5日、20250305、3月5日、5日、昨天、上周五"
_MONTH_FORMS: Final = "可以写 2025-11、2025年11月、202511、11月、本月、上月"
_TIME_FORMS: Final = "可以写 08:30、8点半、下午3点、15时20分、1520"
_DURATION_FORMS: Final = "可以写 2、1.5、1小时30分、1:30、90分钟、一个半小时"


class Misread(ValueError):
    """Base of the refusals; `reason` and `remedy` are the halves of the sentence, without full stops."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(f"{reason}。{remedy}。")
        self.reason = reason
        self.remedy = remedy


class NotADay(Misread):
    """The text can't be taken for a day; its leaves say why."""


class UnreadableDay(NotADay):
    """It is not written in any form of a day."""

    def __init__(self, text: str) -> None:
        super().__init__(_unreadable("日期", text), _DAY_FORMS)


class IncompleteDay(NotADay):
    """It names a month only."""

    def __init__(self, text: str) -> None:
        super().__init__(f"日期“{shown(text)}”没有写几号", "请补上几号，如 2025-3-5")


class AmbiguousDay(NotADay):
    """Year, month and day can't be told apart."""

    def __init__(self, text: str) -> None:
        super().__init__(f"分不清“{shown(text)}”里哪个是年、月、日", "请把四位年份写在最前面，如 2025-3-5")


class ImpossibleDay(NotADay):
    """No calendar has that day."""

    def __init__(self, text: str) -> None:
        super().__init__(f"没有“{shown(text)}”这一天", "请核对月份和日子")


class YearOutOfRange(NotADay):
    """The year is none of this programme's."""

    def __init__(self, text: str, first: int, last: int) -> None:
        super().__init__(f"日期“{shown(text)}”的年份不在 {first}—{last} 年之间", "请核对年份")


class LunarDay(NotADay):
    """It is, or may be, a day of the lunar calendar."""

    def __init__(self, text: str) -> None:
        super().__init__(f"“{shown(text)}”是农历或汉字日期，不能确定是公历哪一天", "请改写公历，如 2025-3-5")


class DayNotYet(NotADay):
    """A bare day that this month has not reached: it may mean last month, so nothing is guessed."""

    def __init__(self, text: str, today: str) -> None:
        super().__init__(f"“{shown(text)}”在这个月还没有到（今天是 {today}）", "请连月份一起写，如 3月5日")


class NotAMonth(Misread):
    """The text can't be taken for a month."""

    def __init__(self, text: str) -> None:
        super().__init__(_unreadable("月份", text), _MONTH_FORMS)


class NotATime(Misread):
    """The text can't be taken for a time of day; its leaves say why."""


class UnreadableTime(NotATime):
    """It is not written in any form of a time."""

    def __init__(self, text: str) -> None:
        super().__init__(_unreadable("时间", text), _TIME_FORMS)


class ImpossibleTime(NotATime):
    """No clock shows that time, or not in that part of the day."""

    def __init__(self, text: str) -> None:
        super().__init__(f"没有“{shown(text)}”这个时间", "请写 00:00 到 23:59 之间的时间")


class AmbiguousTime(NotATime):
    """It is midnight, and may be the one before the day or the one after it."""

    def __init__(self, text: str) -> None:
        super().__init__(f"分不清“{shown(text)}”是哪一天的零点", "请写 00:00，并写明是几号")


class NotANumber(Misread):
    """The text can't be taken for the whole number that `noun` (积分, 数量, …) is; its leaves say why."""


class UnreadableNumber(NotANumber):
    """It is not a number written in digits that people here use."""

    def __init__(self, noun: str, text: str) -> None:
        super().__init__(_unreadable(noun, text), "请用阿拉伯数字写，如 10")


class NotWhole(NotANumber):
    """It is a fraction where only whole numbers are kept."""

    def __init__(self, noun: str, text: str) -> None:
        super().__init__(f"{noun}“{shown(text)}”不是整数", "请写整数，如 10")


class NumberOutOfRange(NotANumber):
    """It is smaller or larger than `noun` may be."""

    def __init__(self, noun: str, text: str, least: int, most: int) -> None:
        super().__init__(f"{noun}“{shown(text)}”超出范围", f"请写 {least} 到 {most} 之间的整数")


class NotADuration(Misread):
    """The text can't be taken for hours and minutes; its leaves say why."""


class UnreadableDuration(NotADuration):
    """It is not written in any form of a duration."""

    def __init__(self, text: str) -> None:
        super().__init__(_unreadable("时长", text), _DURATION_FORMS)


class NotWholeMinutes(NotADuration):
    """It comes to a part of a minute."""

    def __init__(self, text: str) -> None:
        super().__init__(f"时长“{shown(text)}”折不成整分钟", "请写成小时和分钟，如 1小时20分")


class DurationOutOfRange(NotADuration):
    """It is nothing, or longer than the days it may be of."""

    def __init__(self, text: str, *, days: int = 1) -> None:
        most = f"不超过 {days} 天" if days > 1 else "一次不超过 24 小时；跨天的请按天分开记"
        super().__init__(f"时长“{shown(text)}”超出范围", f"时长要大于 0，{most}")


class ItemWithoutQuantity(Misread):
    """An item stands without the quantity that must be stated."""

    def __init__(self, item: str) -> None:
        super().__init__(f"“{shown(item)}”没有写数量", "请写成 商品x数量，如 米x20")


class QuantityWithoutItem(Misread):
    """A quantity stands where no item precedes it, or after an item that has one already."""

    def __init__(self, word: str) -> None:
        super().__init__(f"不知道数量“{shown(word)}”是哪样商品的", "请写成 商品x数量，如 米x2 油")


def shown(text: str) -> str:
    """The text fit to be quoted in a refusal: one short line, no invisible marks, phones masked.

    A phone in the date column would otherwise be printed and logged whole.
    """
    from .personal import masked_numbers

    masked = masked_numbers(" ".join(without_invisible(text).split()))
    return masked if len(masked) <= _SHOWN_LENGTH else masked[:_SHOWN_LENGTH] + "…"


def _unreadable(noun: str, text: str) -> str:
    quoted = shown(text)
    return f"看不懂{noun}“{quoted}”" if quoted else f"没有写{noun}"
