"""How far a server has come: every step is found done or not in the database, however it was done."""

from dataclasses import dataclass
from enum import StrEnum

from merchant_app.domain.kinds import Bilingual
from merchant_app.server.central import Central
from merchant_app.server.db import campaigns as campaign_rows
from merchant_app.server.db import first_steps as there
from merchant_app.server.services.campaigns import parsed
from merchant_app.server.services.operators.deeds import Deed


class Step(StrEnum):
    """In the order in which they are taken."""

    OUTLETS = "outlets"
    CAMPAIGN = "campaign"
    REHEARSAL = "rehearsal"
    TILL = "till"
    OPENING = "opening"
    COUPON = "coupon"
    REDEMPTION = "redemption"


@dataclass(frozen=True, slots=True)
class Progress:
    """`newest` is the campaign that the next steps are about; `draft` one that can be opened."""

    done: frozenset[Step]
    newest: tuple[int, Bilingual] | None
    draft: tuple[int, Bilingual] | None

    @property
    def is_complete(self) -> bool:
        return Step.REDEMPTION in self.done

    @property
    def next(self) -> Step | None:
        return next((step for step in Step if step not in self.done), None)


def progress(central: Central) -> Progress:
    with central.database.reading() as connection:
        found = {
            Step.OUTLETS: there.has_outlet(connection),
            Step.CAMPAIGN: there.has_campaign(connection),
            Step.REHEARSAL: there.has_deed(connection, Deed.CAMPAIGN_REHEARSED),
            Step.TILL: there.has_till(connection),
            Step.OPENING: there.has_opened(connection),
            Step.COUPON: there.has_issued(connection),
            Step.REDEMPTION: there.has_redeemed(connection),
        }
        kept = campaign_rows.all_campaigns(connection)
    named = [(each.campaign_id, parsed(each.document).name, each.opened_at) for each in kept]
    newest = next(((campaign_id, name) for campaign_id, name, _ in named), None)
    draft = next(((campaign_id, name) for campaign_id, name, opened_at in named if opened_at is None), None)
    return Progress(frozenset(step for step, is_done in found.items() if is_done), newest, draft)
