"""A settlement as tables: what is owed to whom, and each line with its redemption, its day and why it is there."""

from collections.abc import Iterable

from merchant_app.domain.settlement import Why
from merchant_app.domain.settlement_sheet import SettlementSheet, SheetLine
from merchant_app.paper.tables import Cell, Column, Kind, Paper, Table
from merchant_app.wording import Words
from merchant_app.wording.settlements import why_line, why_name


def settlement_paper(sheet: SettlementSheet, words: Words) -> Paper:
    """Everything the sheet holds, in the reader's language."""
    tables = (_settlements(sheet, words), _reasons(sheet, words), _lines(sheet, words))
    filled = tuple(table for table in tables if table.rows)
    return Paper(_heading(sheet, words), tuple(_under(sheet, words)), filled, sheet.zone)


def _heading(sheet: SettlementSheet, words: Words) -> str:
    name = words.of(sheet.campaign)
    if sheet.is_whole_period:
        return words._("Settlement of {campaign}, period {number}", campaign=name, number=sheet.period_number)
    number = sheet.settlements[0].number
    return words._("Settlement no. {number} of {campaign}", number=number, campaign=name)


def _under(sheet: SettlementSheet, words: Words) -> Iterable[str]:
    yield words.of(sheet.organiser)
    if not sheet.is_whole_period:
        only = sheet.settlements[0]
        yield words._("{outlet} (no. {outlet_id})", outlet=words.of(only.outlet), outlet_id=only.outlet_id)
    first, last = words.day(sheet.first_day, year=True), words.day(sheet.last_day, year=True)
    yield words._("For {first} to {last}", first=first, last=last)
    if sheet.closed_at is not None:
        yield words._("Closed {when}", when=words.date_and_time(sheet.closed_at, sheet.zone, year=True))
    yield words._("Owed: {amount}", amount=words.money(sheet.owed_fen))
    if sheet.adjusted_fen:
        yield words._("of it for earlier days: {amount}", amount=words.money(sheet.adjusted_fen))


def _settlements(sheet: SettlementSheet, words: Words) -> Table:
    columns = (
        Column(words._("Settlement no.")),
        Column(words._("Outlet no.")),
        Column(words._("Outlet")),
        Column(words._("Owed"), Kind.MONEY),
        Column(words._("of it for earlier days"), Kind.MONEY),
        Column(words._("Lines"), Kind.COUNT),
        Column(words._("Paid on"), Kind.DAY),
        Column(words._("Reference")),
    )
    rows = tuple(
        (
            str(each.number),
            str(each.outlet_id),
            words.of(each.outlet),
            each.owed_fen,
            each.adjusted_fen,
            each.line_count,
            each.paid_on,
            each.reference,
        )
        for each in sheet.settlements
    )
    count = sum(each.line_count for each in sheet.settlements)
    total = (words._("In all"), None, None, sheet.owed_fen, sheet.adjusted_fen, count, None, None)
    return Table(words._("Owed by outlet"), columns, rows, total)


def _reasons(sheet: SettlementSheet, words: Words) -> Table:
    """The lines by why they are there, each explained once."""
    columns = (
        Column(words._("Why")),
        Column(words._("What it means")),
        Column(words._("Lines"), Kind.COUNT),
        Column(words._("Amount"), Kind.MONEY),
    )
    rows: list[tuple[Cell, ...]] = []
    for why in Why:
        amounts = [line.amount_fen for line in sheet.lines if line.why is why]
        if amounts:
            rows.append((why_name(words, why), why_line(words, why), len(amounts), sum(amounts)))
    total = (words._("In all"), None, len(sheet.lines), sum(line.amount_fen for line in sheet.lines))
    title = words._("Earlier days, by why") if sheet.is_whole_period else words._("By why")
    return Table(title, columns, tuple(rows), total)


def _lines(sheet: SettlementSheet, words: Words) -> Table:
    columns = (
        Column(words._("Settlement no.")),
        Column(words._("Outlet no.")),
        Column(words._("Day"), Kind.DAY),
        Column(words._("Redeemed"), Kind.TIME),
        Column(words._("Offer")),
        Column(words._("Coupon")),
        Column(words._("Redemption")),
        Column(words._("Bill"), Kind.MONEY),
        Column(words._("Why")),
        Column(words._("Amount"), Kind.MONEY),
    )
    total = (words._("In all"), *[None] * 8, sum(line.amount_fen for line in sheet.lines))
    title = words._("Lines for earlier days") if sheet.is_whole_period else words._("Every line")
    return Table(title, columns, tuple(_line(line, words) for line in sheet.lines), total)


def _line(line: SheetLine, words: Words) -> tuple[Cell, ...]:
    return (
        str(line.number),
        str(line.outlet_id),
        line.day,
        line.redeemed_at,
        None if line.offer is None else words.of(line.offer),
        line.serial,
        line.redemption_id,
        line.bill_fen,
        why_name(words, line.why),
        line.amount_fen,
    )
