"""Today over all campaigns: claimed, redeemed, taken off, driven; the days before; what waits for an operator."""

from collections import Counter
from dataclasses import dataclass, fields
from datetime import date, timedelta

from merchant_app.domain.campaign_report import Breakdown, Figures
from merchant_app.server.central import Central
from merchant_app.server.db import campaigns as campaign_rows
from merchant_app.server.db import disputes as dispute_rows
from merchant_app.server.db import tills as till_rows
from merchant_app.server.services.campaigns import parsed
from merchant_app.server.services.reporting.report import Asked, NoReport, make_report

DAYS = 14
_SILENT_FOR = timedelta(hours=24)
_WITHIN_S = 1.0


@dataclass(frozen=True, slots=True)
class Today:
    """`days` are the last two weeks, oldest first, with how many coupons were redeemed on each."""

    figures: Figures
    days: tuple[tuple[date, int], ...]
    open_campaigns: int
    open_disputes: int
    tills: int
    silent_tills: int


def today_over_all(central: Central) -> Today:
    """Each campaign's day is that of its own time zone; drafts have no figures."""
    now, total, by_day = central.now(), Figures(), Counter[date]()
    with central.database.reading() as connection:
        kept = [each for each in campaign_rows.all_campaigns(connection) if each.opened_at is not None]
        disputes = dispute_rows.count_open(connection)
        tills = [till for till in till_rows.all_tills(connection) if till.revoked_at is None]
    for campaign in (parsed(each.document) for each in kept):
        day = now.astimezone(campaign.zone).date()
        asked = Asked(campaign.campaign_id, first_day=day - timedelta(days=DAYS - 1), last_day=day)
        report = make_report(central, asked, [Breakdown.DAY], within=_WITHIN_S)
        if isinstance(report, NoReport):
            continue
        for line in report.added.lines[Breakdown.DAY]:
            if isinstance(line.key, date):
                by_day[line.key] += line.figures.redeemed
                total = _plus(total, line.figures) if line.key == day else total
    last = max([*by_day, now.date()])
    days = tuple((day, by_day[day]) for day in (last - timedelta(days=back) for back in range(DAYS - 1, -1, -1)))
    silent = sum(1 for till in tills if till.last_seen_at is None or now - till.last_seen_at > _SILENT_FOR)
    return Today(total, days, sum(1 for each in kept if each.closed_at is None), disputes, len(tills), silent)


def _plus(one: Figures, other: Figures) -> Figures:
    return Figures(*(getattr(one, each.name) + getattr(other, each.name) for each in fields(Figures)))
