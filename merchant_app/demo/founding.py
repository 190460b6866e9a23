"""Everything that happened before the demo opens: outlets, campaigns, and coupons that people claimed in time.

Each step is done by the server's own services, at the moment at which it would have happened: coupons of a round are
issued while that round is open, so nothing about them is made up but the clock.
"""

from pathlib import Path
from typing import Literal

from merchant_app.demo.customers import HERE, RECIPES, Customer, Kind, Queue, Recipe
from merchant_app.demo.morning import Then
from merchant_app.demo.samples import Sample, Samples
from merchant_app.domain.kinds import ANY_OUTLET, Fen
from merchant_app.resources import resource_path
from merchant_app.server.app import open_central
from merchant_app.server.central import Central
from merchant_app.server.services.campaign_desk import add, check, open_campaign
from merchant_app.server.services.issuing import Issued, NotIssued, Wanted, issue
from merchant_app.server.services.outlet_import import import_outlets
from merchant_app.server.services.outlets import add_staff
from merchant_app.server.settings import Settings

_STAFF: tuple[tuple[str, Literal["cashier", "manager"], str], ...] = (
    ("陈静 Chen Jing", "manager", "2468"),
    ("林小雨 Lin Xiaoyu", "cashier", "1357"),
)
_TAGS = 1 << 32


def found(data_dir: Path, samples: Samples, then: Then) -> Queue:
    """Makes the server's folder as it is on the morning of the demo, and says who will come to the counter."""
    then.at = samples.starts_at
    central = open_central(Settings(data_dir), now=then)
    try:
        _open_shops(central)
        for sample in (samples.jiangbei, samples.hotpot):
            then.at = sample.campaign.starts_at
            _open_campaign(central, sample)
        coming = {}
        for recipe in RECIPES:
            then.at = recipe.sample(samples).while_open(recipe.round_index)
            coming[recipe.kind] = _claim(central, recipe, recipe.sample(samples))
        coming[Kind.PAYMENT] = [Customer(Kind.PAYMENT, Fen(12_800))]
        return Queue(coming)
    finally:
        central.database.close()


def _open_shops(central: Central) -> None:
    import_outlets(central, resource_path("outlets.csv").read_text(encoding="utf-8-sig"))
    for name, role, pin in _STAFF:
        add_staff(central, HERE, name, role, pin)


def _open_campaign(central: Central, sample: Sample) -> None:
    campaign, document, pictures = check(sample.text, [resource_path("offers")])
    add(central, document, pictures)
    open_campaign(central, campaign.campaign_id)


def _claim(central: Central, recipe: Recipe, sample: Sample) -> list[Customer]:
    campaign = sample.campaign
    made = issue(
        central,
        Wanted(
            campaign.campaign_id,
            recipe.round_index,
            recipe.offer_index,
            recipe.count,
            outlet_id=ANY_OUTLET if recipe.paper_for is None else recipe.paper_for,
            on_paper=recipe.paper_for is not None,
            channel=recipe.channel,
        ),
    )
    if isinstance(made, NotIssued):
        raise RuntimeError(f"the sample campaigns do not give {recipe.kind}: {made}")
    return [_customer(central, recipe, sample, issued) for issued in made]


def _customer(central: Central, recipe: Recipe, sample: Sample, issued: Issued) -> Customer:
    return Customer(
        kind=recipe.kind,
        bill_fen=recipe.bill_fen,
        offer=sample.campaign.offers[recipe.offer_index],
        issued=issued,
        paper_for=recipe.paper_for,
        holder_tag=0 if issued.code is not None else central.random_below(_TAGS),
        campaign_id=sample.campaign.campaign_id,
    )
