"""Words of the points shop 积分超市."""

COMMANDS = ("shop", "超市", "积分超市：兑换、库存、商品", 50)

CATEGORIES = {"goods": "商品", "coupon": "服务券"}

PERIODS = {"day": "日", "month": "月", "quarter": "季", "year": "年"}

ACTIONS = {
    "shop.add": "添加商品",
    "shop.edit": "修改商品",
    "shop.price": "商品定价",
    "shop.in": "入库",
    "shop.out": "出库",
    "shop.stocktake": "盘点",
    "shop.redeem": "兑换",
    "shop.cancel": "取消兑换",
}
TABLES = {"item": "商品", "item_price": "商品价格", "redemption": "兑换单", "stock_move": "库存流水"}
LETTERS = {"item": "S"}
FILES = {"items": "商品", "redemptions": "兑换登记表"}
