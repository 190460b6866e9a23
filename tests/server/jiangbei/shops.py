"""Three thousand shops of Jiangbei and its neighbour district, as the table that an operator would import."""

import csv
import io
from random import Random

FIRST = 5001
CATEGORIES = ("catering/foods", "hotel/express_hotel", "leisure/ktv", "leisure/foot_massage", "movie/movie_ticket")
_COLUMNS = ("outlet_id", "name_zh", "name_en", "district", "category", "latitude", "longitude", "hours",
            "address_zh", "address_en", "merchant_id", "merchant_zh", "merchant_en")  # fmt: skip
BAD_LINES = (
    {"outlet_id": "0", "name_zh": "没有编号的店", "name_en": "No number"},
    {"outlet_id": "99001", "name_zh": "", "name_en": "No Chinese name"},
    {"outlet_id": "99002", "name_zh": "北纬九百度", "name_en": "Far north", "latitude": "900", "longitude": "106"},
)


def table_of_shops(count: int, random: Random) -> str:
    """`count` good lines and the bad ones among them."""
    text = io.StringIO()
    writer = csv.DictWriter(text, _COLUMNS, restval="")
    writer.writeheader()
    for index in range(count):
        if index % 1000 == 500 and index // 1000 < len(BAD_LINES):
            writer.writerow({"district": "jiangbei", "category": CATEGORIES[0], **BAD_LINES[index // 1000]})
        writer.writerow(_shop(index, random))
    return text.getvalue()


def _shop(index: int, random: Random) -> dict[str, str]:
    chain = index % 40
    return {
        "outlet_id": str(FIRST + index),
        "name_zh": f"江北第{index + 1}店",
        "name_en": f"Jiangbei shop {index + 1}",
        "district": "jiangbei",
        "category": CATEGORIES[index % len(CATEGORIES)],
        "latitude": f"{29.55 + random.random() * 0.1:.5f}",
        "longitude": f"{106.50 + random.random() * 0.1:.5f}",
        "hours": "10:00-22:00",
        "address_zh": f"江北区建新路{index + 1}号",
        "address_en": f"{index + 1} Jianxin Road, Jiangbei",
        "merchant_id": str(chain + 1),
        "merchant_zh": f"江北餐旅{chain}",
        "merchant_en": f"Jiangbei Table and Bed {chain}",
    }
