"""The day's report for a program to read: fixed names, money in fen, times in UTC."""

import json
from collections.abc import Iterable
from typing import Any, TypeVar

from merchant_app.domain.business_day import DayReport, Group, OutletDays, ReportRow, Tally

Key = TypeVar("Key")


def day_json(days: OutletDays) -> str:
    """One JSON object, ending with a line break."""
    return json.dumps(_days(days), ensure_ascii=False, indent=1) + "\n"


def _days(days: OutletDays) -> dict[str, Any]:
    report = days.report
    return {
        "first_day": report.first_day.isoformat(),
        "last_day": report.last_day.isoformat(),
        "time_zone": report.zone.key,
        "cut_over": f"{report.cut_over:%H:%M}",
        "made_at": days.made_at.isoformat(),
        "outlet": {"zh": days.outlet.zh, "en": days.outlet.en},
        "taken": _tally(report.taken),
        "kept": _tally(report.kept),
        "by_standing": {standing.value: _tally(tally) for standing, tally in report.by_standing},
        "by_day": [{"day": group.key.isoformat()} | _group(group) for group in report.by_day],
        "by_hour": [{"hour": group.key} | _group(group) for group in report.by_hour],
        "by_offer": list(_offers(days)),
        "by_cashier": [{"cashier": group.key} | _group(group) for group in report.by_cashier],
        "by_channel": [{"channel": group.key} | _group(group) for group in report.by_channel],
        "refused": report.refused,
        "by_reason": dict(report.by_reason),
        "adjustments": list(_adjustments(report)),
        "redemptions": [_row(row) for row in report.rows],
    }


def _tally(tally: Tally) -> dict[str, int]:
    return {"count": tally.count, "amount_off_fen": tally.amount_off_fen, "bill_fen": tally.bill_fen}


def _group(group: Group[Key]) -> dict[str, Any]:
    return {"taken": _tally(group.taken), "kept": _tally(group.kept)}


def _offers(days: OutletDays) -> Iterable[dict[str, Any]]:
    for group in days.report.by_offer:
        title = days.offers.get(group.key)
        yield {
            "campaign_id": group.key.campaign_id,
            "offer_index": group.key.offer_index,
            "title": None if title is None else {"zh": title.zh, "en": title.en},
        } | _group(group)


def _adjustments(report: DayReport) -> Iterable[dict[str, Any]]:
    for change in report.adjustments:
        yield {"day": change.day.isoformat(), "at": change.at.isoformat()} | _row(change.row)


def _row(row: ReportRow) -> dict[str, Any]:
    redemption = row.redemption
    return {
        "redemption_id": redemption.redemption_id,
        "redeemed_at": redemption.moment.at.isoformat(),
        "campaign_id": redemption.campaign_id,
        "offer_index": redemption.offer_index,
        "serial": str(redemption.serial),
        "bill_id": redemption.bill.bill_id,
        "bill_number": redemption.bill.bill_number,
        "bill_fen": redemption.bill.bill_fen,
        "amount_off_fen": redemption.amount_off_fen,
        "payable_fen": redemption.payable_fen,
        "cashier": redemption.cashier,
        "channel": row.channel,
        "standing": row.standing.value,
    }
