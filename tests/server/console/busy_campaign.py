"""A campaign in full swing for the report to show: districts, categories, channels and days that differ."""

from datetime import timedelta
from random import Random

from merchant_app.domain.redemption import Standing
from merchant_app.server.db import redemptions as redemption_rows
from merchant_app.server.db.kept import KeptRedemption
from merchant_app.server.db.stale import mark_stale
from merchant_app.server.services.issuing import Wanted, issue
from merchant_app.server.services.outlet_import import import_outlets
from tests.server.conftest import House
from tests.server.documents import OFFER, document
from tests.server.reporting.recount import ZONE

BUSY_ID = 20260701
NAMES = (
    ("观音桥老灶火锅", "Guanyinqiao Old Stove Hotpot", "jiangbei", "catering/foods"),
    ("鎏嘉码头江景酒店", "Liujia Wharf River Hotel", "jiangbei", "hotel/star_hotel"),
    ("北滨路小面", "Beibin Road Noodles", "jiangbei", "catering/foods"),
    ("九街KTV", "Nine Street KTV", "jiangbei", "leisure/ktv"),
    ("解放碑书吧酒廊", "Jiefangbei Book Bar", "yuzhong", "leisure/pubs"),
    ("洪崖洞客栈", "Hongyadong Inn", "yuzhong", "hotel/express_hotel"),
    ("南滨路烤鱼", "Nanbin Road Grilled Fish", "nan'an", "catering/foods"),
    ("弹子石电影城", "Danzishi Cinema", "nan'an", "movie/movie_ticket"),
)  # fmt: skip
CHANNELS = ("short_video", "short_video", "short_video", "live_stream", "live_stream", "#江北好物", None)


def busy_campaign(house: House, redemptions: int = 600) -> int:
    """Fills the server's database; the campaign's id. The same every time."""
    rows = "".join(
        f"{5000 + number},{zh} {number // len(NAMES) + 1},{en} {number // len(NAMES) + 1},{district},{category},,,,,\n"
        for number in range(64)
        for zh, en, district, category in [NAMES[number % len(NAMES)]]
    )
    head = "outlet_id,name_zh,name_en,district,category,latitude,longitude,hours,address_zh,address_en\n"
    report = import_outlets(house.central, head + rows)
    assert not report.bad_lines, report.bad_lines
    rounds = [
        {"opens_at": f"2026-06-{day}T00:00:00+08:00", "closes_at": "2026-07-14T00:00:00+08:00",
         "stock": {"0": 5000, "1": 5000}}
        for day in (28, 29, 30)
    ]  # fmt: skip
    other = {
        **OFFER,
        "title": {"zh": "满200减50", "en": "50 off 200"},
        "benefit": {"kind": "amount_off", "amount_fen": 5000},
    }
    text = document(campaign_id=BUSY_ID, offers=[OFFER, other], rounds=rounds, channels=[])
    del text["districts"]
    house.campaign(**text)
    _claim(house)
    with house.central.database.writing() as connection:
        made = list(_redeemed(house, redemptions))
        redemption_rows.add(connection, made)
        mark_stale(connection, made)
    return BUSY_ID


def _claim(house: House) -> None:
    draw = Random(1)
    for channel in dict.fromkeys(CHANNELS):
        for round_index in (0, 1, 2):
            wanted = Wanted(BUSY_ID, round_index, round_index % 2, draw.randrange(60, 200), channel=channel)  # type: ignore[arg-type]
            assert isinstance(issue(house.central, wanted), list)


def _redeemed(house: House, count: int) -> list[KeptRedemption]:
    draw, now, kept = Random(2), house.clock.at, []
    for number in range(count):
        outlet = min(draw.randrange(64), draw.randrange(64), draw.randrange(64))
        at = now - timedelta(hours=min(draw.expovariate(1 / 20), 59), minutes=draw.randrange(60))
        offer, standing = draw.choice((0, 0, 1)), draw.choices(list(Standing), (0, 96, 2, 2, 0))[0]
        kept.append(
            KeptRedemption(
                redemption_id=f"busy-{number:05}",
                stored_order=100_000 + number,
                till_id=f"{5000 + outlet}-01",
                outlet_id=5000 + outlet,
                campaign_id=BUSY_ID,
                serial=number + 1,
                use=None if standing is Standing.VOIDED else 1,
                round_index=draw.choice((0, 1, 1, 2)),
                offer_index=offer,
                scope_outlet_id=0,
                holder_tag=None,
                cashier="02",
                bill_id=f"bill-{number // 2 if draw.random() < 0.2 else -number}",
                bill_fen=(10_000, 20_000)[offer] + draw.randrange(20_000),
                amount_off_fen=(2000, 5000)[offer],
                payable_fen=None,
                redeemed_at=at,
                stored_at=at,
                standing=standing,
                day=at.astimezone(ZONE).date(),
                channel=draw.choice(CHANNELS),
            )
        )
    return kept
