"""Words of areas 区域."""

COMMANDS = ("area", "区域", "城区、街道、社区、网格", 5)

LEVELS = {"district": "城区", "subdistrict": "街道", "community": "社区", "grid": "网格"}
"""The kinds of area, from the top down."""

ACTIONS = {"area.add": "增加区域"}
TABLES = {"area": "区域", "area_founding": "社区设立"}
