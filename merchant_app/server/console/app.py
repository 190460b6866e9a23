"""The console as one application: its areas, its navigation, its files, and how it says what went wrong."""

from dataclasses import dataclass
from functools import partial

from fastapi import APIRouter, Depends, FastAPI

from merchant_app.server.central import Central
from merchant_app.server.console import static, troubles
from merchant_app.server.console.campaigns import routes as campaigns
from merchant_app.server.console.coupons import routes as coupons
from merchant_app.server.console.disputes import routes as disputes
from merchant_app.server.console.entry import routes as entry
from merchant_app.server.console.keys import routes as keys
from merchant_app.server.console.links import routes as links
from merchant_app.server.console.operators import routes as operators
from merchant_app.server.console.outlets import routes as outlets
from merchant_app.server.console.overview import routes as overview
from merchant_app.server.console.report import routes as report
from merchant_app.server.console.settlement import files as settlement_files
from merchant_app.server.console.settlement import routes as settlement
from merchant_app.server.console.templating import Templates
from merchant_app.server.console.tills import routes as tills
from merchant_app.server.console.tokens import routes as tokens
from merchant_app.server.console.who import printable
from merchant_app.server.services.evidence import open_disputes
from merchant_app.wording import Words

_AREAS = (
    overview,
    links,
    campaigns,
    coupons,
    outlets,
    tills,
    disputes,
    settlement,
    settlement_files,
    report,
    operators,
    tokens,
    keys,
)


@dataclass(frozen=True, slots=True)
class NavItem:
    """One line of the navigation; `count` is of what waits for the operator there."""

    to: str
    icon: str
    label: str
    count: int = 0


def console_app(central: Central) -> FastAPI:
    """What is mounted under `/console`."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, dependencies=[Depends(printable)])
    app.state.central = central
    app.state.templates = Templates(central.now, partial(navigation, central))
    troubles.install(app)
    for routes in (static, entry, *_AREAS):
        app.include_router(routes.router)
    return app


def navigation(central: Central, words: Words) -> list[NavItem]:
    """In the order in which a campaign meets them."""
    disputed = open_disputes(central)
    lines: tuple[tuple[APIRouter, NavItem], ...] = (
        (overview.router, NavItem("/console/", "house", words._("Overview"))),
        (campaigns.router, NavItem("/console/campaigns", "megaphone", words._("Campaigns"))),
        (coupons.router, NavItem("/console/coupons", "ticket", words._("Coupons"))),
        (outlets.router, NavItem("/console/outlets", "store", words._("Outlets"))),
        (tills.router, NavItem("/console/tills", "monitor", words._("Tills"))),
        (disputes.router, NavItem("/console/disputes", "scale", words._("Disputes"), disputed)),
        (settlement.router, NavItem("/console/settlement", "banknote", words._("Settlement"))),
        (report.router, NavItem("/console/report", "chart-column", words._("Report"))),
        (operators.router, NavItem("/console/operators", "users", words._("Operators"))),
        (tokens.router, NavItem("/console/tokens", "plug", words._("Programs"))),
        (keys.router, NavItem("/console/keys", "key-round", words._("Keys"))),
    )
    return [item for router, item in lines if router.routes]
