"""The day's report as tables: how redemptions stand, by day, hour, offer, cashier, what was refused, and every row."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeVar

from merchant_app.domain.business_day import DayReport, Group, OfferKey, OutletDays, Tally
from merchant_app.paper.tables import Cell, Column, Kind, Paper, Table
from merchant_app.wording import Words
from merchant_app.wording.reason_names import reason_name
from merchant_app.wording.standings import standing_name

Key = TypeVar("Key")


def day_paper(days: OutletDays, words: Words) -> Paper:
    """Everything the report holds, in the reader's language."""
    report = days.report
    tables = [
        _standings(report, words),
        *_breakdowns(days, words),
        _refused(report, words),
        _adjustments(days, words),
        _rows(days, words),
    ]
    return Paper(
        _heading(report, words), _under(days, words), tuple(table for table in tables if table.rows), report.zone
    )


def _heading(report: DayReport, words: Words) -> str:
    first = words.day(report.first_day, year=True)
    if report.first_day == report.last_day:
        return words._("Report of {day}", day=first)
    return words._("Report from {first} to {last}", first=first, last=words.day(report.last_day, year=True))


def _under(days: OutletDays, words: Words) -> tuple[str, ...]:
    report, made_at = days.report, words.date_and_time(days.made_at, days.report.zone, year=True)
    kept = report.kept
    lines = [
        words.of(days.outlet),
        words._("Made {when}", when=made_at),
        words.n_("{count} redemption kept", "{count} redemptions kept", kept.count),
        words._("Amount off: {amount}", amount=words.money(kept.amount_off_fen)),
        words._("Bought with it: {amount}", amount=words.money(kept.bill_fen)),
        words.n_("{count} refused", "{count} refused", report.refused),
    ]
    return tuple(lines)


def _standings(report: DayReport, words: Words) -> Table:
    columns = (
        Column(words._("Standing")),
        Column(words._("Redemptions"), Kind.COUNT),
        Column(words._("Amount off"), Kind.MONEY),
        Column(words._("Bills"), Kind.MONEY),
    )
    rows = tuple((standing_name(words, standing), *_cells(tally)) for standing, tally in report.by_standing)
    return Table(words._("How they stand"), columns, rows, (words._("Taken in all"), *_cells(report.taken)))


def _cells(tally: Tally) -> tuple[Cell, ...]:
    return tally.count, tally.amount_off_fen, tally.bill_fen


def _breakdowns(days: OutletDays, words: Words) -> Iterable[Table]:
    report = days.report

    def title(key: OfferKey) -> str:
        known = days.offers.get(key)
        return f"{key.campaign_id}/{key.offer_index}" if known is None else words.of(known)

    def day(key: date) -> str:
        return key.isoformat()

    if report.first_day != report.last_day:
        yield _groups(words, words._("By day"), words._("Day"), report.by_day, day)
    yield _groups(words, words._("By hour"), words._("Hour"), report.by_hour, lambda hour: f"{hour:02}:00–{hour:02}:59")
    yield _groups(words, words._("By offer"), words._("Offer"), report.by_offer, title)
    yield _groups(words, words._("By cashier"), words.p_("person", "Cashier"), report.by_cashier, str)
    if any(group.key is not None for group in report.by_channel):
        yield _groups(words, words._("By channel"), words._("Channel"), report.by_channel, lambda key: key or "–")


def _groups(
    words: Words, title: str, key_title: str, groups: tuple[Group[Key], ...], name: Callable[[Key], str]
) -> Table:
    columns = (
        Column(key_title),
        Column(words._("Redemptions"), Kind.COUNT),
        Column(words._("Amount off"), Kind.MONEY),
        Column(words._("of it voided"), Kind.MONEY),
        Column(words._("Bills"), Kind.MONEY),
    )
    rows = tuple((name(group.key), *_group_cells(group)) for group in groups)
    sums = tuple(sum(column) for column in zip(*(_group_cells(group) for group in groups), strict=True))
    return Table(title, columns, rows, (words._("In all"), *sums) if rows else None)


def _group_cells(group: Group[Key]) -> tuple[int, int, int, int]:
    taken, kept = group.taken, group.kept
    return taken.count, taken.amount_off_fen, taken.amount_off_fen - kept.amount_off_fen, taken.bill_fen


def _refused(report: DayReport, words: Words) -> Table:
    columns = (Column(words._("Reason")), Column(words._("Times"), Kind.COUNT))
    return Table(
        words._("Refused, by reason"), columns, tuple((reason_name(words, code), n) for code, n in report.by_reason)
    )


def _adjustments(days: OutletDays, words: Words) -> Table:
    columns = (
        Column(words._("Day")),
        Column(words._("Changed"), Kind.TIME),
        Column(words._("Standing")),
        Column(words._("Amount off"), Kind.MONEY),
    )
    rows = tuple(
        (
            change.day.isoformat(),
            change.at,
            standing_name(words, change.row.standing),
            change.row.redemption.amount_off_fen,
        )
        for change in days.report.adjustments
    )
    return Table(words._("Changed after the day had ended"), columns, rows)


def _rows(days: OutletDays, words: Words) -> Table:
    columns = (
        Column(words._("Time"), Kind.TIME),
        Column(words._("Offer")),
        Column(words._("Coupon")),
        Column(words._("Bill number")),
        Column(words._("Bill"), Kind.MONEY),
        Column(words._("Amount off"), Kind.MONEY),
        Column(words._("To pay"), Kind.MONEY),
        Column(words.p_("person", "Cashier")),
        Column(words._("Standing")),
    )
    return Table(words._("Every redemption"), columns, tuple(_row(days, words)))


def _row(days: OutletDays, words: Words) -> Iterable[tuple[Cell, ...]]:
    for row in days.report.rows:
        redemption = row.redemption
        title = days.offers.get(OfferKey(redemption.campaign_id, redemption.offer_index))
        yield (
            redemption.moment.at,
            str(redemption.offer_index) if title is None else words.of(title),
            str(redemption.serial),
            redemption.bill.bill_number,
            redemption.bill.bill_fen,
            redemption.amount_off_fen,
            redemption.payable_fen,
            redemption.cashier,
            standing_name(words, row.standing),
        )
