"""Campaigns, changes of them and moments at a till, all drawn by one `Random`: close to every edge that rules have.

Everything happens from 28 October to 8 November 2022, while clocks go back in New York and forward on Lord Howe Island
before.
"""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from merchant_app.domain.campaign import (
    AmountOff,
    Benefit,
    Campaign,
    FixedPrice,
    Gift,
    IssueRound,
    Offer,
    PercentOff,
    PerHolder,
    Stacking,
    Validity,
    WeeklyWindow,
)
from merchant_app.domain.coupon_code import CouponCode
from merchant_app.domain.judging import Accepted, Earlier, NeedsBill, OnBill, Outlet, Refused, Scene, judge
from merchant_app.domain.judging.validity import midnight, wall_instant
from merchant_app.domain.kinds import Bilingual, Fen, OutletId, Serial
from tests.domain.building import a_campaign, a_code, a_hold, a_window, an_offer

ZONES = [ZoneInfo(name) for name in ("Asia/Shanghai", "America/New_York", "Australia/Lord_Howe")]
DAYS = [date(2022, 10, 28) + timedelta(days=offset) for offset in range(12)]
WINDOWS = [
    a_window("mon tue wed thu fri sat sun", "09:00", "21:00"),
    a_window("mon tue wed thu fri sat sun", "11:00", "24:00"),
    a_window("fri sat sun", "17:00", "02:00"),
    a_window("sat sun", "00:00", "24:00"),
    a_window("mon wed fri", "22:00", "10:00"),
    a_window("tue", "12:00", "12:01"),
]
ALL_DAY = a_window("mon tue wed thu fri sat sun", "00:00", "24:00")
SPANS = [None, *(Validity(days=count) for count in (1, 2, 9)), *(Validity(hours=count) for count in (24, 48, 200))]
WAITS = [None, None, *(Validity(days=count) for count in (1, 2)), *(Validity(hours=count) for count in (2, 24))]
CATEGORIES = [None, frozenset({"catering"}), frozenset({"catering/foods"}), frozenset({"catering/foods", "hotel"})]
OUTLETS = [Outlet(OutletId(4201), "jiangbei", "catering/foods"), Outlet(OutletId(4202), "yuzhong", "catering/cafe")]


def wall(random: Random, zone: ZoneInfo) -> datetime:
    """Near midnight, or near a minute at which a window opens or closes."""
    edges = [time(0), time(12), *(edge for window in WINDOWS for edge in (window.from_time, window.until_time))]
    near = timedelta(seconds=random.choice([-1, 0, 0, 1, 1800]))
    return wall_instant(datetime.combine(random.choice(DAYS), random.choice(edges)), zone) + near


def _benefit(random: Random) -> Benefit:
    cap = random.choice([None, Fen(500), Fen(1500)])
    kinds: list[Benefit] = [
        AmountOff(Fen(random.choice([1000, 2000]))),
        PercentOff(random.choice([10, 20]), cap),
        FixedPrice(Fen(random.choice([500, 990])), cap),
        Gift(Bilingual("礼", "A gift")),
    ]
    return random.choice(kinds)


def _windows(random: Random) -> tuple[WeeklyWindow, ...]:
    return tuple(random.sample([*WINDOWS, ALL_DAY], random.choice([0, 0, 1, 2, 3])))


def _dates(random: Random) -> frozenset[date]:
    return frozenset(random.sample(DAYS, random.choice([0, 0, 1, 3, 10])))


def _of_offer(random: Random) -> dict[str, Any]:
    """A value for each field of an offer that judging looks at."""
    return {
        "benefit": _benefit(random),
        "min_spend_fen": Fen(random.choice([0, 5000, 10000])),
        "bill_required": random.choice([True, False]),
        "valid_for": random.choice(SPANS),
        "usable_after": random.choice(WAITS),
        "weekly_windows": _windows(random),
        "excluded_dates": _dates(random),
        "only_dates": _dates(random),
        "uses": random.choice([1, 1, 2, 3]),
        "per_holder": PerHolder(redemptions_per_day=random.choice([None, 1, 2])),
        "stacks_with": random.choice(list(Stacking)),
        "max_per_bill": random.choice([1, 2, 3]),
    }


def _rounds(random: Random, zone: ZoneInfo) -> tuple[IssueRound, ...]:
    opens_at, closes_at = midnight(DAYS[0], zone), midnight(DAYS[4], zone)
    ends = (random.choice([None, None, wall(random, zone)]) for _ in range(random.choice([1, 2])))
    return tuple(
        IssueRound(index, opens_at, closes_at, end if end is None or end > opens_at else None, ((0, 9), (1, 9)))
        for index, end in enumerate(ends)
    )


def _of_campaign(random: Random, zone: ZoneInfo) -> dict[str, Any]:
    """A value for each field of a campaign that judging looks at, its offers apart."""
    return {
        "campaign_id": random.choice([20220628] * 9 + [7]),
        "zone": random.choice([zone, zone, *ZONES]),
        "starts_at": wall_instant(datetime.combine(random.choice(DAYS[:3]), time(10)), zone),
        "ends_at": wall_instant(datetime.combine(random.choice(DAYS[6:]), time(0)), zone),
        "rounds": _rounds(random, zone),
        "outlets": random.choice([None, frozenset({OutletId(4201)}), frozenset({OutletId(4201), OutletId(4202)})]),
        "districts": random.choice([None, frozenset({"jiangbei"}), frozenset({"jiangbei", "yuzhong"})]),
        "categories": random.choice(CATEGORIES),
    }


def campaign(random: Random) -> Campaign:
    zone = random.choice(ZONES)
    offers = [_mild(random, an_offer(**_of_offer(random))) for _ in range(random.choice([1, 2]))]
    changes = {**_of_campaign(random, zone), "zone": zone, "campaign_id": 20220628}
    return a_campaign(*offers, **changes)


def _mild(random: Random, offer: Offer) -> Offer:
    """With most of its limits of time taken off: where all of them hold at once, hardly a coupon is good."""
    dropped = {
        "weekly_windows": (),
        "excluded_dates": frozenset(),
        "only_dates": frozenset(),
        "usable_after": None,
        "min_spend_fen": Fen(0),
    }
    return replace(offer, **{name: value for name, value in dropped.items() if random.random() < 0.7})


def changed(random: Random, old: Campaign) -> Campaign:
    """With one or two fields drawn anew; now and then with an offer or a round more, or fewer."""
    new = old
    for _ in range(random.choice([1, 1, 2])):
        new = random.choice([_changed_offer, _changed_offer, _changed_offer, _changed_field, _other_number])(
            random, new
        )
    return new


def _changed_offer(random: Random, old: Campaign) -> Campaign:
    at, drawn = random.randrange(len(old.offers)), _of_offer(random)
    name = random.choice([*drawn, "benefit", "benefit"])
    while name == "benefit" and type(drawn[name]) is not type(old.offers[at].benefit) and random.random() < 0.9:
        drawn[name] = _benefit(random)
    after = replace(old.offers[at], **{name: drawn[name]})
    return replace(old, offers=(*old.offers[:at], after, *old.offers[at + 1 :]))


def _changed_field(random: Random, old: Campaign) -> Campaign:
    drawn = _of_campaign(random, old.zone)
    name = random.choice(list(drawn))
    return replace(old, **{name: drawn[name]})


def _other_number(random: Random, old: Campaign) -> Campaign:
    """Of offers: one more at the end, or one fewer."""
    if random.random() < 0.5 and len(old.offers) > 1:
        return replace(old, offers=old.offers[:-1])
    return replace(old, offers=(*old.offers, an_offer(offer_index=len(old.offers), **_of_offer(random))))


def shown(random: Random, old: Campaign) -> tuple[CouponCode, Scene]:
    """A coupon issued under `old`, and the moment at which it is shown."""
    of_round = random.choice(old.rounds)
    issued_at = of_round.opens_at + random.random() * (of_round.closes_at - of_round.opens_at)
    now = max(wall(random, old.zone), issued_at + timedelta(seconds=random.choice([0, 7200, 86400])))
    which: dict[str, Any] = {
        "round_index": of_round.round_index,
        "offer_index": random.randrange(len(old.offers)),
        "issued_at": issued_at.replace(microsecond=0),
        "outlet_id": OutletId(0),
    }
    code = random.choice([a_code(**which), a_hold(held_at=now, **which)])
    scene = Scene(
        now=now,
        outlet=random.choice(OUTLETS),
        bill_fen=random.choice([None, *map(Fen, (0, 4999, 5000, 9999, 10000, 50000))]),
        on_bill=tuple(_on_bill(random) for _ in range(random.choice([0, 0, 1, 2]))),
        history=tuple(_earlier(random, now) for _ in range(random.choice([0, 0, 1, 2]))),
    )
    return code, scene


def _on_bill(random: Random) -> OnBill:
    return OnBill(random.choice([0, 1]), Serial(99), Fen(random.choice([0, 400])))


def _earlier(random: Random, now: datetime) -> Earlier:
    """Of this coupon, or of another of the same holder."""
    at = now - timedelta(hours=random.choice([1, 30]))
    return Earlier(Serial(random.choice([1, 2])), at, OutletId(4201), random.choice([None, 77]))


def is_worse(code: CouponCode, old: Campaign, new: Campaign, scene: Scene) -> bool:
    """Whether the holder gets less under `new`: a refusal, a bill to be shown, or a smaller amount off."""
    match judge(code, old, scene), judge(code, new, scene):
        case Accepted(amount_off_fen=before), Accepted(amount_off_fen=after):
            return after < before
        case (Accepted(), _) | (NeedsBill(), Refused()):
            return True
        case _:
            return False
