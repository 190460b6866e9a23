"""The report as a page shows it: cards, charts whose every line is a link, and a table of outlets."""

from collections.abc import Iterator
from dataclasses import dataclass

from merchant_app.domain.campaign_report import Breakdown, CampaignReport, Figures, Line
from merchant_app.domain.kinds import OutletId
from merchant_app.server.console.charts import Datum, LineChart, line_chart
from merchant_app.server.console.report.asking import Measure, View
from merchant_app.wording import Words
from merchant_app.wording.campaign_report import breakdown_title, line_name
from merchant_app.wording.categories import category_name
from merchant_app.wording.figures import compared, driven_for_each_yuan, rate_said, short_money

BARS = (Breakdown.CHANNEL, Breakdown.ROUND, Breakdown.OFFER, Breakdown.DISTRICT, Breakdown.CATEGORY)
_MOST_BARS = 10


@dataclass(frozen=True, slots=True)
class Card:
    label: str
    value: str
    icon: str
    note: str


@dataclass(frozen=True, slots=True)
class Bar:
    """`share` of the longest bar, in percent; `to`: the view of this line alone."""

    name: str
    said: str
    share: float
    to: str | None
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class BarsOf:
    """`more`: so many lines beyond those that are drawn."""

    title: str
    bars: tuple[Bar, ...]
    more: int


@dataclass(frozen=True, slots=True)
class OutletRow:
    number: int | None
    name: str
    district: str
    category: str
    figures: Figures
    to: str | None


def breakdowns_for(view: View) -> tuple[Breakdown, ...]:
    """What a page reads: a chosen category shows its sub-categories in its place."""
    of_category = Breakdown.CATEGORY if view.category is None else Breakdown.SUB_CATEGORY
    return (Breakdown.DAY, *(of_category if by is Breakdown.CATEGORY else by for by in BARS), Breakdown.OUTLET)


def cards(words: Words, report: CampaignReport) -> list[Card]:
    total, before = report.added.total, report.before

    def note(name: str, otherwise: str = "") -> str:
        return otherwise if before is None else compared(words, getattr(total, name), getattr(before, name))

    rate_before = None if before is None else report.rate_of(None, before)
    rate_note = "" if rate_before is None else words._("{rate} in the days before", rate=rate_said(rate_before))
    each = driven_for_each_yuan(words, total.bill_fen, total.amount_off_fen)
    off, bills = words.money(total.amount_off_fen), words.money(total.bill_fen)
    return [
        Card(words._("Claimed"), words.number(total.claimed), "ticket", note("claimed")),
        Card(
            words._("Redeemed"),
            words.number(total.redeemed),
            "circle-check",
            note("redeemed", _exceptions(words, total)),
        ),
        Card(words._("Redemption rate"), rate_said(report.rate_of(None, total)), "percent", rate_note),
        Card(words._("Amount off"), off, "tag", note("amount_off_fen")),
        Card(words._("Bill amount driven"), bills, "trending-up", note("bill_fen", each)),
    ]


def day_chart(words: Words, report: CampaignReport, measure: Measure) -> LineChart:
    """A line over every day of the period, those without anything included."""
    by_day = {line.key: line.figures for line in report.added.lines[Breakdown.DAY]}
    days = (report.wanted.first_day.toordinal(), report.wanted.last_day.toordinal() + 1)
    data = []
    for each in map(type(report.wanted.first_day).fromordinal, range(*days)):
        value = int(getattr(by_day.get(each, Figures()), measure.value))
        data.append(Datum(f"{each.month}/{each.day}", value, _said(words, measure, value)))
    return line_chart(data)


def bar_lists(words: Words, report: CampaignReport, view: View) -> Iterator[BarsOf]:
    """By channel, round, offer, district and category, where there is more than one line to compare."""
    for by in breakdowns_for(view):
        if by in (Breakdown.DAY, Breakdown.OUTLET):
            continue
        said = (line for line in report.added.lines[by] if line.key is not None or _value(line, view.measure))
        lines = sorted(said, key=lambda line: -_value(line, view.measure))
        if len(lines) > 1 or any(of is by for of, _ in view.set_filters()):
            drawn = lines[:_MOST_BARS]
            bars = tuple(_bar(words, report, view, by, line, _value(lines[0], view.measure)) for line in drawn)
            yield BarsOf(breakdown_title(words, by), bars, len(lines) - len(drawn))


def outlet_rows(words: Words, report: CampaignReport, view: View) -> list[OutletRow]:
    """Every outlet, in the order that was asked for; what belongs to no outlet last."""
    lines = report.added.lines[Breakdown.OUTLET]
    in_order = sorted(
        lines, key=lambda line: (line.key is None, -getattr(line.figures, view.sort.value), line.key or 0)
    )
    return [_outlet_row(words, report, view, line) for line in in_order]


def _outlet_row(words: Words, report: CampaignReport, view: View, line: Line) -> OutletRow:
    number = line.key if isinstance(line.key, int) else None
    place = None if number is None else report.added.places.get(OutletId(number))
    name = line_name(words, report, Breakdown.OUTLET, line.key)
    district, category = ("", "") if place is None else (place.district, place.category)
    to = view.choosing(Breakdown.OUTLET, line.key)
    return OutletRow(number, name, district, category_name(words, category) or category, line.figures, to)


def _bar(words: Words, report: CampaignReport, view: View, by: Breakdown, line: Line, longest: int) -> Bar:
    value = _value(line, view.measure)
    return Bar(
        name=line_name(words, report, by, line.key),
        said=words.money(value) if view.measure.is_money else words.number(value),
        share=round(100 * value / longest, 2) if longest else 0.0,
        to=view.choosing(by, line.key),
        is_chosen=(by, line.key) in view.set_filters(),
    )


def _value(line: Line, measure: Measure) -> int:
    return int(getattr(line.figures, measure.value))


def _said(words: Words, measure: Measure, value: int) -> str:
    return short_money(words, value) if measure.is_money else words.number(value)


def _exceptions(words: Words, total: Figures) -> str:
    contested = words.n_("{count} contested", "{count} contested", total.contested)
    voided = words.n_("{count} voided", "{count} voided", total.voided)
    return words._("{one}, {other}", one=contested, other=voided)
