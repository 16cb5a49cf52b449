"""Words of offers 惠民服务: what a business gives residents for nothing or for less."""

COMMANDS = ("offer", "惠民", "商企的惠民服务：目录、停止、使用人次", 22)
VERBS = {"close": "停止", "use": "使用"}
OPTIONS = {
    "--after": "--现价",
    "--before": "--原价",
    "--closed": "--已停止",
    "--opening-hours": "--服务时间",
    "--terms": "--优惠方式",
    "--trade": "--行业",
}

TRADES = {
    "clothing": "衣",
    "food": "食",
    "housing": "住",
    "travel": "行",
    "medical": "医疗",
    "culture": "文化",
    "education": "教育",
    "elderly": "养老",
    "other": "其他",
}
TERMS = {"free": "免费", "discount": "优惠", "lowcost": "低偿"}
STATUSES = {"open": "开放", "closed": "已停止", "merged": "已合并"}
EVENTS = {"opened": "推出", "closed": "停止", "merged": "合并"}

ACTIONS = {
    "offer.opened": "登记惠民服务",
    "offer.closed": "停止惠民服务",
    "offer.edit": "修改惠民服务",
    "offer.use": "记惠民服务使用",
}
TABLES = {"offer": "惠民服务", "offer_event": "惠民服务变动", "offer_use": "惠民服务使用"}
LETTERS = {"offer": "F"}
FILES = {"offers": "惠民服务", "uses": "惠民服务使用"}
