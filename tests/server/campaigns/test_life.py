"""A campaign's life: draft, open, paused, closed. Issuing stops with a pause and with the close; redeeming never."""

import pytest

from merchant_app.domain.campaign_life import CampaignState, LifeStep
from merchant_app.domain.kinds import CampaignId
from merchant_app.server.db.campaign_versions import versions_of
from merchant_app.server.db.campaigns import KeptCampaign, campaign_of
from merchant_app.server.services.campaign_desk import Author, NotChanged, add, delete_draft, take_step
from merchant_app.server.services.issuing import NotIssued, Wanted, issue
from tests.server.conftest import House
from tests.server.documents import CAMPAIGN_ID, document

DRAFT_ID = 7


def kept(house: House, campaign_id: int = CAMPAIGN_ID) -> KeptCampaign:
    with house.central.database.reading() as connection:
        found = campaign_of(connection, campaign_id)
    assert found is not None
    return found


def test_a_draft_can_be_replaced_and_deleted_and_an_opened_campaign_not(house: House) -> None:
    assert add(house.central, document(campaign_id=DRAFT_ID), {})
    changed = document(campaign_id=DRAFT_ID, name={"zh": "新", "en": "New"})
    assert add(house.central, changed, {})
    assert '"New"' in kept(house, DRAFT_ID).document
    assert delete_draft(house.central, DRAFT_ID)
    assert not delete_draft(house.central, DRAFT_ID)
    assert not delete_draft(house.central, CAMPAIGN_ID)
    assert kept(house).state is CampaignState.OPEN


def test_opening_keeps_the_first_version(house: House) -> None:
    add(house.central, document(campaign_id=DRAFT_ID), {})
    assert (kept(house, DRAFT_ID).state, kept(house, DRAFT_ID).version) == (CampaignState.DRAFT, 0)
    assert take_step(house.central, DRAFT_ID, LifeStep.OPEN, Author("Li", None)) is None
    with house.central.database.reading() as connection:
        (first,) = versions_of(connection, DRAFT_ID)
    assert (first.version, first.made_by, first.made_at) == (1, "Li", house.clock.at)
    assert (kept(house, DRAFT_ID).version, first.document) == (1, kept(house, DRAFT_ID).document)


@pytest.mark.parametrize(("step", "why_not"), [(LifeStep.PAUSE, "paused"), (LifeStep.CLOSE, "closed")])
def test_a_paused_or_closed_campaign_issues_nothing_and_is_redeemed_all_the_same(
    house: House, step: LifeStep, why_not: str
) -> None:
    till = house.till()
    held, online, offline = house.coupons(on_paper=False)[0], house.code(), house.code()
    assert take_step(house.central, CAMPAIGN_ID, step) is None
    wanted = Wanted(CampaignId(CAMPAIGN_ID), round_index=0, offer_index=0, count=1)
    assert issue(house.central, wanted) is NotIssued(why_not)
    assert till.ask(online).outcome == "confirmed"
    assert till.ask(house.hold(held)).outcome == "confirmed"
    till.redeem(offline, house.clock.at)
    (row,) = till.push().answers
    assert row.outcome == "confirmed"
    assert "campaigns" in till.snapshot().parts
    campaigns = till.send("GET", "/api/catalogue/campaigns").json()
    assert [each["campaign_id"] for each in campaigns["campaigns"]] == [CAMPAIGN_ID]


def test_a_pause_ends_and_a_close_does_not(house: House) -> None:
    steps = [LifeStep.PAUSE, LifeStep.PAUSE, LifeStep.RESUME, LifeStep.RESUME, LifeStep.OPEN]
    assert [take_step(house.central, CAMPAIGN_ID, step) for step in steps] == [
        None,
        NotChanged.ALREADY_PAUSED,
        None,
        NotChanged.ALREADY_OPEN,
        NotChanged.ALREADY_OPEN,
    ]
    assert len(house.coupons()) == 1
    assert take_step(house.central, CAMPAIGN_ID, LifeStep.CLOSE) is None
    assert {take_step(house.central, CAMPAIGN_ID, step) for step in LifeStep} == {NotChanged.CLOSED}
    assert kept(house).closed_at == house.clock.at


def test_what_is_not_open_cannot_be_paused_and_what_is_not_there_neither(house: House) -> None:
    add(house.central, document(campaign_id=DRAFT_ID), {})
    assert take_step(house.central, DRAFT_ID, LifeStep.PAUSE) is NotChanged.NOT_OPEN
    assert take_step(house.central, DRAFT_ID, LifeStep.CLOSE) is NotChanged.NOT_OPEN
    assert take_step(house.central, 99, LifeStep.OPEN) is NotChanged.UNKNOWN_CAMPAIGN
