"""Words of points 积分."""

COMMANDS = ("points", "积分", "发放、扣减、余额、流水", 42)

KINDS = {
    "award": "发放",
    "redeem": "兑换",
    "deduct": "扣减",
    "expire": "清零",
    "opening": "期初",
    "transfer": "转移",
}

ACTIONS = {
    "points.award": "发放积分",
    "points.deduct": "扣减积分",
    "points.reverse": "冲正流水",
    "points.expire": "积分清零",
}
TABLES = {"entry": "积分流水"}
FILES = {"opening": "期初"}
