"""What a column may be called and how its text is read; a reading is a value or a fault, never an exception."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from hepartner.chinese import days, durations, names, numbers
from hepartner.chinese.characters import plain, without_invisible
from hepartner.chinese.misread import Misread
from hepartner.chinese.personal import identity_number
from hepartner.intake.cells import Cell
from hepartner.intake.problems import Fault, masked
from hepartner.ledger.particulars import MOST_CHARACTERS, holds_phone

Read = Callable[[str], object]
"""From a text that is not blank to its value, or to the Fault that says why not; may raise Misread."""


@dataclass(frozen=True)
class Column:
    """One column that a kind of file may have; the first title is the one a template shows.

    `instead` is the field of another column that says the same: one of the two must be there, in the header and in each row.
    """

    field: str
    titles: tuple[str, ...]
    read: Read
    required: bool = False
    instead: str = ""
    fill_down: bool = False
    may_be_blank: bool = True
    is_day: bool = False
    choices: tuple[str, ...] = ()
    sample: str = ""

    @property
    def title(self) -> str:
        """The title that templates and messages use."""
        return self.titles[0]


def titled(field: str, titles: str, read: Read, **more: Any) -> Column:
    """A column whose titles are given as one text, the template's first; `more` are the rest of its fields."""
    return Column(field, tuple(titles.split()), read, **more)


def dated(field: str, titles: str, read: Read, **more: Any) -> Column:
    """A column of days: a number that a spreadsheet program counts days by is read as its day."""
    return titled(field, titles, read, is_day=True, **more)


# What people write where there is nothing to write. A name is never nothing: people are called 无.
_NOTHING = {"无", "—", "——", "-", "--", "/", "\\", "／", "暂无", "没有", "空"}
_COMBINING_MAX = 3
# No column takes as many, and looking through megabytes takes seconds.
_CELL_CHARACTERS_MAX = 10_000
_COMMON_NAME = re.compile("[\u4e00-\u9fa5]{2,4}")
_BETWEEN_NAMES = re.compile(r"[、,，;；/\n\r]+")
_NO_PERSON = "市区县镇会店队社部馆司团院校"
_UNREADABLE = re.compile("[\x00\ufffd\ud800-\udfff]|锟斤拷|烫烫烫")

_DRESSED = re.compile(r"[.,¥$+]")
_ODD = re.compile("(?P<private>[\ue000-\uf8ff\U000f0000-\U0010ffff])|[\u2e80-\u2fdf\uf900-\ufaff]")

_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"(0[0-9]{2,3})?([2-9][0-9]{6,7})|[48]00[0-9]{7}|1[0-9]{4}|9[56][0-9]{3,6}")
_PHONE_DRESS = re.compile(r"[\s()（）\-‐-―−.]")
_EXTENSION = re.compile(r"(?:转|分机|ext\.?|#|,)\s*([0-9]{1,6})$", re.IGNORECASE)
_COUNTRY = re.compile(r"^(?:\+86|0086|86(?=1[3-9][0-9]{9}$))")
_EXPONENT = re.compile(r"[0-9](?:\.[0-9]+)?[eE]\+?[0-9]+")
_WHOLE_FLOAT = re.compile(r"^([0-9]{5,})\.0+$")
_NO_PHONE = re.compile(r"(?P<day>(?:19|20)[0-9]{2}-[01][0-9]-[0-3][0-9](?: .*)?)|[0-9]{5,}\.[0-9]+")
_CREDIT_CODE_LENGTH = 18
_MOBILE_LENGTH = 11
_FILL_IN = "请补全后重新导入"


class Readings(dict[Cell, object]):
    """What the cells of one column say: each a value, None where blank, or a Fault; equal texts are read once.

    `remarks` tell what was mended in those that are not taken as they stand, or looks odd.
    """

    def __init__(self, column: Column) -> None:
        super().__init__()
        self.remarks: dict[Cell, str] = {}
        self._column = column
        self._is_name = column.read in _NAMES

    def __missing__(self, cell: Cell) -> object:
        found = self[cell] = _reading(cell, self._column)
        if isinstance(cell, str) and found is not None and not isinstance(found, Fault):
            remark = mended(cell, found, self._column.read) if found != cell else ""
            if not remark and self._is_name:
                remark = odd(cell)
            if remark:
                self.remarks[cell] = remark
        return found

    def of(self, cells: Iterable[Cell]) -> list[object]:
        """Read cells."""
        return [self[cell] for cell in cells]


def _reading(cell: Cell, column: Column) -> object:
    if isinstance(cell, Fault):
        return cell
    text = cell.strip().removeprefix("'")
    if not text or (column.may_be_blank and text in _NOTHING):
        return blank(column) if column.required and not column.instead else None
    if unfit := _unfit(text, column.title):
        return unfit
    try:
        return column.read(text)
    except Misread as misread:
        return Fault(misread.reason, misread.remedy)


def mended(cell: str, value: object, read: Read) -> str:
    """Tell what of a cell was not taken as it stands, '' if only what its column is there for: a day, a choice, a number."""
    text = cell.strip()
    if without_invisible(text) != text:
        return "去掉了看不见的字符"
    if text.startswith("'") and value != text:
        return "去掉了前面的撇号"
    if read not in _NAMES and plain(text) != text and value != text:
        return "把全角字符改成了半角"
    if isinstance(value, int):
        return "只取了其中的整数" if _DRESSED.search(text) and str(value) in text.replace(",", "") else ""
    is_as_written = read in (*_NAMES, read_phone, read_credit_code)
    return "去掉了多余的空格和符号" if is_as_written and value != text else ""


def odd(name: str) -> str:
    """Tell of a name whose characters are kept but look otherwise elsewhere, '' of most."""
    found = _ODD.search(name)
    if found is None:
        return ""
    return (
        "有自造的生僻字，在别的电脑上可能显示成方框"
        if found["private"]
        else "有部首或兼容字，看上去与常用字一样，多半是从 PDF 抄来的"
    )


def _unfit(text: str, title: str) -> Fault | None:
    """What no column takes: text without end, characters that were lost, identity-card numbers."""
    if len(text) > _CELL_CHARACTERS_MAX:
        return Fault(f"“{title}”有 {len(text)} 个字，太长", "请对照原件重新填写这一格")
    # Digits and Latin words hold none of them, and are asked faster.
    if not (text.isascii() and text.isprintable()) and (garbled := _UNREADABLE.search(text)):
        reason = f"“{title}”第 {garbled.start() + 1} 个字是乱码"
        return Fault(reason, "请对照原件重新填写这一格")
    if identity_number(text):
        return Fault(f"“{title}”里有身份证号，台账不保存身份证号", "请删去这个号码后重新导入")
    return None


def blank(column: Column) -> Fault:
    """What is wrong with a cell that must say something."""
    return Fault(f"“{column.title}”是空的", "请填写后重新导入")


def read_name(text: str) -> str | Fault:
    """A person's or organisation's name, as written but for stray blanks and invisible marks."""
    if _COMMON_NAME.fullmatch(text):
        return text
    parts = [part.strip() for part in _BETWEEN_NAMES.split(text)]
    if len(parts) > 1 and all(_COMMON_NAME.fullmatch(part) and part[-1] not in _NO_PERSON for part in parts):
        return Fault("一格里写了几个名字", "请每人一行分开填写")
    name = names.tidy(text)
    if not names.match_key(name):
        return Fault("名称里没有看得见的字", "请填写姓名或单位名称")
    return _name_fault(name) or name


def read_new_name(text: str) -> str | Fault:
    """The name of a partner who may be enrolled: it is shown whole wherever phones are masked, so it holds none."""
    found = read_name(text)
    if not text.isalpha() and isinstance(found, str) and holds_phone(found):
        return Fault("名称里有电话号码", "请把号码移到电话一列，这一格只留名字")
    return found


_NAMES = (read_name, read_new_name)


def _name_fault(name: str) -> Fault | None:
    """Why a tidied name is none."""
    if len(name) > MOST_CHARACTERS:
        return Fault(f"名称有 {len(name)} 个字，太长", f"请缩短到 {MOST_CHARACTERS} 字以内")
    if _heaped_marks(name) > _COMBINING_MAX:
        return Fault("名称里的字叠加了太多附加符号", "请重新填写这一格")
    return None


def read_text(text: str, *, noun: str = "文字", most: int = 500) -> str | Fault:
    """Free text on one line, at most `most` characters."""
    tidied = " ".join(without_invisible(text).split())
    if len(tidied) > most:
        return Fault(f"{noun}有 {len(tidied)} 字，太长", f"请缩短到 {most} 字以内")
    return tidied


def read_phone(text: str) -> str | Fault:
    """A phone number as digits, an extension behind a hyphen: mobiles, landlines, 400 and service numbers."""
    if _MOBILE.fullmatch(text):
        return text
    typed = _WHOLE_FLOAT.sub(r"\1", plain(text))
    if _EXPONENT.fullmatch(typed):
        return Fault("电话被表格软件改成了科学计数，后面的数字已经丢失", "请把这一列设为文本格式后重新填写")
    if odd := _NO_PHONE.fullmatch(typed):
        return Fault("电话一栏里是日期" if odd["day"] else "电话带有小数", "请改成电话号码")
    number = _COUNTRY.sub("", _PHONE_DRESS.sub("", typed))
    extension = _EXTENSION.search(number)
    main = number[: extension.start()] if extension else number
    if _MOBILE.fullmatch(main) or _LANDLINE.fullmatch(main):
        return f"{main}-{extension[1]}" if extension else main
    return _phone_fault(typed, main)


def _phone_fault(typed: str, number: str) -> Fault:
    if re.search(r"[0-9]\s*[/、,;|\s]\s*[0-9]", typed) and len(re.sub(r"\D", "", typed)) > _MOBILE_LENGTH:
        return Fault("一格里写了几个电话", "请只留一个，其余写到备注")
    if re.search("[A-Za-z]", number):
        return Fault("电话里有字母，可能是把 0 写成 O、把 1 写成 l", "请改成数字")
    if re.fullmatch("[0-9]+", number):
        if number.startswith("1") and len(number) != _MOBILE_LENGTH:
            short = "只有" if len(number) < _MOBILE_LENGTH else "有"
            return Fault(f"电话{short} {len(number)} 位", "手机号是 11 位，" + _FILL_IN)
        return Fault("电话号码不对", "请填 11 位手机号，或带区号的座机号")
    return Fault("电话里有看不懂的字符", "请只填数字，如 0779-2021234")


def read_credit_code(text: str) -> str | Fault:
    """A unified social credit code, its check digit verified (GB 32100)."""
    from stdnum.cn import uscc

    code = re.sub(r"[\s-]", "", plain(text)).upper()
    if len(code) != _CREDIT_CODE_LENGTH:
        return Fault(f"统一社会信用代码有 {len(code)} 位，应是 18 位", "请对照营业执照或登记证填写")
    if not uscc.is_valid(code):
        return Fault("统一社会信用代码的校验位不对", "请对照营业执照或登记证核对每一位")
    return code


def read_day(today: date) -> Read:
    """A reader of past days: an ISO day, not after today."""
    return partial(_past_day, today=today)


def _past_day(text: str, *, today: date) -> str | Fault:
    day = days.parse_day(text, today)
    if day > today:
        return Fault(f"日期 {day.isoformat()} 还没有到（今天是 {today.isoformat()}）", "请改正日期")
    return day.isoformat()


def read_due_day(today: date) -> Read:
    """A reader of days that may lie ahead, such as deadlines: an ISO day."""
    return lambda text: days.parse_due_day(text, today).isoformat()


def read_whole(noun: str, *, least: int = 0, most: int = 999_999_999) -> Read:
    """A reader of whole numbers with or without the counter word people put behind them: 35人, 3 个."""
    return lambda text: numbers.parse_whole(_COUNTER.sub("", text), noun=noun, least=least, most=most)


_COUNTER = re.compile(r"\s*(?:人次|人|个|名|件|张|份|元|民族|户|家)$")


def read_points(text: str) -> int:
    """Whole points: 10, 10分, 10.0."""
    return numbers.parse_points(text)


def read_minutes(text: str) -> int:
    """Minutes, from hours (1.5) or any form of a duration."""
    return durations.parse_minutes(text)


def read_choice(noun: str, words: Mapping[str, tuple[str, ...]]) -> Read:
    """A reader of one of a few words; `words` gives the ways to say each code, the first being shown."""
    codes = {plain(word).casefold(): code for code, said in words.items() for word in (code, *said)}
    shown = "、".join(said[0] for said in words.values())

    def read(text: str) -> str | Fault:
        key = "".join(plain(text).casefold().split())
        return codes.get(key) or Fault(f"{noun}看不懂", f"请填其中之一：{shown}")

    return read


def read_choices(noun: str, words: Mapping[str, str]) -> Read:
    """A reader of several of a few words in one cell, between 、 or other marks; 全部 is all of them."""
    one = read_choice(noun, {code: (word,) for code, word in words.items()})

    def read(text: str) -> tuple[str, ...] | Fault:
        if "".join(plain(text).split()) == "全部":
            return tuple(words)
        found = {part.strip(): one(part) for part in _BETWEEN_NAMES.split(text) if part.strip()}
        unknown = [part for part, each in found.items() if isinstance(each, Fault)]
        if unknown:
            remedy = f"可写几项，用顿号隔开：{'、'.join(words.values())}；都有的写 全部"
            return Fault(f"{noun}里的“{'”、“'.join(map(masked, unknown))}”看不懂", remedy)
        return tuple(dict.fromkeys(map(str, found.values())))

    return read


def read_names(text: str) -> tuple[str, ...]:
    """Several names in one cell, between 、 or other marks."""
    return tuple(name for part in _BETWEEN_NAMES.split(text) if (name := names.tidy(part)))


def _heaped_marks(text: str) -> int:
    most = run = 0
    for character in text:
        run = run + 1 if unicodedata.combining(character) else 0
        most = max(most, run)
    return most
