"""Campaign documents and outlets for the server's tests."""

import copy
from typing import Any

CAMPAIGN_ID = 20260628

OFFER: dict[str, Any] = {
    "title": {"zh": "满100减20", "en": "20 off 100"},
    "terms": {"zh": "到店使用", "en": "In store"},
    "benefit": {"kind": "amount_off", "amount_fen": 2000},
    "min_spend_fen": 10000,
    "stacks_with": "any",
    "max_per_bill": 5,
    "void": {"minutes": 60},
}

DOCUMENT: dict[str, Any] = {
    "campaign_id": CAMPAIGN_ID,
    "name": {"zh": "心动生活", "en": "Xindong Life"},
    "organiser": {"zh": "江北区", "en": "Jiangbei district"},
    "time_zone": "Asia/Shanghai",
    "starts_at": "2026-06-28T00:00:00+08:00",
    "ends_at": "2026-07-20T00:00:00+08:00",
    "rounds": [
        {
            "opens_at": "2026-06-28T00:00:00+08:00",
            "closes_at": "2026-07-14T00:00:00+08:00",
            "stock": {"0": 5000, "1": 5000},
        }
    ],
    "offers": [
        OFFER,
        {**OFFER, "title": {"zh": "三次券", "en": "Three times 20 off"}, "uses": 3},
    ],
    "districts": ["jiangbei"],
    "channels": ["short_video"],
    "offline": {"mode": "open"},
}

OUTLETS = """outlet_id,name_zh,name_en,district,category,latitude,longitude,hours,address_zh,address_en
4201,火锅,Hot pot,jiangbei,catering/foods,29.57412,106.53318,11:00-02:00,a,a
4202,小面,Noodles,jiangbei,catering/foods,29.57501,106.53202,06:30-21:30,b,b
4203,书房,Books,jiangbei,catering/foods,29.57836,106.52967,09:30-22:30,c,c
4301,外区,Elsewhere,yuzhong,catering/foods,29.55000,106.57000,09:30-22:30,d,d
"""


def document(**changes: Any) -> dict[str, Any]:
    """The campaign with some of its top-level fields changed."""
    return copy.deepcopy({**DOCUMENT, **changes})


def offer(**changes: Any) -> dict[str, Any]:
    return {**copy.deepcopy(OFFER), **changes}
