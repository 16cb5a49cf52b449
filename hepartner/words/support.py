"""Words of support 扶持: what partners receive, venues and the bookings of them."""

COMMANDS = ("support", "扶持", "场地预订，宣传、办公、对接等扶持", 55)
VERBS = {
    "book": "预订",
    "bookings": "预订表",
    "rebook": "改订",
    "give": "给予",
    "use": "使用",
    "venue": "场地",
    "venues": "场地表",
}
OPTIONS = {"--planned": "--待用", "--purpose": "--用途", "--rename": "--改名", "--venue": "--场地"}

KINDS = {"venue": "场地", "publicity": "宣传", "office": "办公", "matchmaking": "对接"}
"""What is given: a venue 阵地, publicity 品牌宣传, office space 办公空间, business matchmaking 商企对接."""
STATUSES = {"booked": "已预订", "used": "已使用", "cancelled": "已取消"}

ACTIONS = {
    "support.venue": "登记场地",
    "support.book": "预订场地",
    "support.use": "使用场地",
    "support.rebook": "改订场地",
    "support.cancel": "取消预订",
    "support.give": "给予扶持",
}
TABLES = {"venue": "场地", "booking": "场地预订", "support_given": "扶持"}
LETTERS = {"booking": "Y"}
FILES = {"supports": "扶持"}
