"""Rehearsing a campaign where its outlets are known: ready-made cases at the first outlet that it takes."""

from merchant_app.domain.campaign import Campaign
from merchant_app.domain.rehearsing import Tried, an_outlet_for, try_out
from merchant_app.server.central import Central
from merchant_app.server.db.outlets import open_outlets
from merchant_app.server.services.outlets import judged_at


def rehearse_ready_made(central: Central, campaign: Campaign) -> list[Tried]:
    """Every ready-made case with its verdict; at an outlet made up for it where the campaign takes none yet."""
    with central.database.reading() as connection:
        places = (judged_at(outlet) for outlet in open_outlets(connection))
        here = next((each for each in places if campaign.takes(each.outlet_id, each.district, each.category)), None)
    return try_out(campaign, here or an_outlet_for(campaign))
