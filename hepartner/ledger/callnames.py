"""What partners are called by people: the SQL tests on partner `p` that tell who is meant, the surest first."""

from typing import TYPE_CHECKING, NamedTuple

from hepartner.chinese import names

from .lookup import literal

if TYPE_CHECKING:
    from .areas import Area

_SHORTEST_TAIL = 3


class Called(NamedTuple):
    """Tests by which what was typed names a partner, tests by which it may be part of a name, and their parameters."""

    naming: tuple[str, ...]
    guessing: tuple[str, ...]
    parameters: dict[str, str]


def called(text: str, here: "Area | None") -> Called:
    """Return how a text may name a partner; blank text names nobody.

    By code (in the community worked in also without its prefix), name, last digits of the phone, pinyin or initials, and
    organisations without region, 有限公司 or 协会, spelled so too. A surname, or any other part of a name, is only a guess:
    张伟 who is not enrolled is not 张伟明.
    """
    typed, key = text.strip(), names.match_key(text)
    if not key:
        return Called((), (), {})
    parameters = {
        "text": typed,
        "key": key,
        "low": typed.lower(),
        "part": f"{literal(key)}%",
        "short": names.organisation_key(typed),
        "here": f"{here.code}-" if here else "",
    }
    exact = ("p.code = upper(:text)", "p.name_key = :key")
    if typed.isascii() and typed.isdigit() and len(typed) >= _SHORTEST_TAIL:
        tail = "p.phone_tail = substr(:text, -4) AND p.phone LIKE '%' || :text"
        return Called((*exact, tail), (), parameters)
    if typed.isascii():
        mine = ("p.code = :here || upper(:text)",) if here else ()
        return Called((exact[0], *mine, exact[1], *_SPELLED), (), parameters)
    parts = ("p.name_key LIKE :part ESCAPE '\\'", "p.name_key LIKE '%' || :part ESCAPE '\\'")
    return Called((*exact, "p.short_key = :short AND p.short_key <> ''"), parts, parameters)


_SPELLED = (
    "p.pinyin = :low",
    "p.initials = :low",
    # The second half tells SQLite that the index, which leaves out whoever has no short name, holds what is looked for.
    "p.short_pinyin = :low AND p.short_pinyin <> ''",
    "p.short_initials = :low AND p.short_initials <> ''",
)
