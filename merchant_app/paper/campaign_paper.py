"""A campaign's report as tables: the totals, and a table for each breakdown that adds up to them."""

from collections.abc import Iterable

from merchant_app.domain.campaign_report import Breakdown, CampaignReport, Figures, Line
from merchant_app.paper.tables import Cell, Column, Kind, Paper, Table
from merchant_app.wording import Words
from merchant_app.wording.campaign_report import breakdown_title, key_title, line_name, round_name


def campaign_paper(report: CampaignReport, words: Words) -> Paper:
    """Everything the report holds, in the reader's language."""
    breakdowns = tuple(_breakdown(report, words, by, lines) for by, lines in report.added.lines.items())
    return Paper(
        words.of(report.name), tuple(_under(report, words)), (_totals(report, words), *breakdowns), report.zone
    )


def _under(report: CampaignReport, words: Words) -> Iterable[str]:
    wanted = report.wanted
    first, last = words.day(wanted.first_day, year=True), words.day(wanted.last_day, year=True)
    yield words._("Report from {first} to {last}", first=first, last=last)
    for said in (wanted.district, wanted.category, wanted.channel):
        if said is not None:
            yield words._("Only: {what}", what=said or words._("Channel not known"))
    if wanted.round_index is not None:
        yield words._("Only: {what}", what=round_name(words, wanted.round_index))
    if wanted.offer_index is not None:
        yield words._("Only: {what}", what=line_name(words, report, Breakdown.OFFER, wanted.offer_index))
    if wanted.outlet_id is not None:
        yield words._("Only: {what}", what=line_name(words, report, Breakdown.OUTLET, wanted.outlet_id))
    yield words._("Made {when}", when=words.date_and_time(report.made_at, report.zone, year=True))
    if report.left_stale:
        yield words.n_(
            "Still to be added up: {count} outlet's day",
            "Still to be added up: {count} outlets' days",
            report.left_stale,
        )


def _totals(report: CampaignReport, words: Words) -> Table:
    """One line, under the same columns as every breakdown."""
    columns = (Column(words._("Whole")), *_columns(words))
    cells = (words._("In all"), *_cells(report, None, report.added.total))
    return Table(words._("Totals"), columns, (cells,))


def _breakdown(report: CampaignReport, words: Words, by: Breakdown, lines: tuple[Line, ...]) -> Table:
    rows = tuple((*_names(report, words, by, line), *_cells(report, by, line.figures)) for line in lines)
    total = (words._("In all"), *_cells(report, None, report.added.total))
    if by is Breakdown.OUTLET:
        total = (None, *total)
    return Table(
        breakdown_title(words, by), (*_key_columns(words, by), *_columns(words)), rows, total if rows else None
    )


def _key_columns(words: Words, by: Breakdown) -> tuple[Column, ...]:
    name = Column(key_title(words, by))
    return (Column(words._("Number")), name) if by is Breakdown.OUTLET else (name,)


def _names(report: CampaignReport, words: Words, by: Breakdown, line: Line) -> tuple[Cell, ...]:
    """Outlets may share a name: theirs comes with their number."""
    name = line_name(words, report, by, line.key)
    if by is not Breakdown.OUTLET:
        return (name,)
    return (None if line.key is None else str(line.key), name)


def _columns(words: Words) -> tuple[Column, ...]:
    return (
        Column(words._("Claimed"), Kind.COUNT),
        Column(words._("Redeemed"), Kind.COUNT),
        Column(words._("Redemption rate"), Kind.RATE),
        Column(words._("Amount off"), Kind.MONEY),
        Column(words._("Bill amount driven"), Kind.MONEY),
        Column(words._("of it contested"), Kind.COUNT),
        Column(words._("Amount off contested"), Kind.MONEY),
        Column(words._("Voided"), Kind.COUNT),
        Column(words._("Amount off voided"), Kind.MONEY),
    )


def _cells(report: CampaignReport, by: Breakdown | None, figures: Figures) -> tuple[Cell, ...]:
    return (
        figures.claimed,
        figures.redeemed,
        report.rate_of(by, figures),
        figures.amount_off_fen,
        figures.bill_fen,
        figures.contested,
        figures.contested_off_fen,
        figures.voided,
        figures.voided_off_fen,
    )
