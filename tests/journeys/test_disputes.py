"""A dispute from both ends: two tills that do not hear each other, the operator's word, what the till then shows."""

from pathlib import Path

import pytest

from merchant_app.domain.disputes import Outcome
from merchant_app.domain.kinds import ANY_OUTLET
from merchant_app.domain.redemption import Standing
from merchant_app.server.db.disputes import DisputesWanted
from merchant_app.server.services.evidence import disputes_page
from merchant_app.server.services.resolving import NotResolved, resolve
from merchant_app.till.db import redemptions
from merchant_app.till.services.answers import Redeemed
from tests.journeys.world import HERE, THERE, TillInHand, open_world
from tests.till.made_till import bill


def redeem(till: TillInHand, text: str) -> str:
    answer = till.parts.redeeming.present(text, bill(12_800, bill_id=text[-20:]))
    assert isinstance(answer, Redeemed), answer
    till.parts.redeeming.shown(answer.redemption.redemption_id)
    return answer.redemption.redemption_id


@pytest.mark.parametrize(
    ("outcome", "shown"),
    [(Outcome.CAMPAIGN_PAYS, Standing.RESOLVED), (Outcome.FRAUD, Standing.RESOLVED), (Outcome.VOIDED, Standing.VOIDED)],
)
def test_the_operators_word_comes_back_to_the_till_that_made_the_redemption(
    tmp_path: Path, outcome: Outcome, shown: Standing
) -> None:
    with open_world(tmp_path, offline={"mode": "open"}) as world:
        first, second = world.new_till(HERE), world.new_till(THERE)
        code = world.paper(ANY_OUTLET)
        for till in (first, second):
            till.plug.pulled = True
        redeem(first, code)
        doubled = redeem(second, code)
        for till in (first, second):
            till.plug.pulled = False
            assert till.parts.syncing.sync().trouble is None
        ((dispute,), _, _) = disputes_page(world.central, DisputesWanted(), limit=9)
        assert second.parts.syncing.strip().contested == 1
        done = resolve(world.central, dispute.dispute_id, outcome, note="decided", by="HQ")
        assert not isinstance(done, NotResolved)
        assert second.parts.syncing.sync().trouble is None
        with second.parts.ledger.reading() as db:
            stored = redemptions.find(db, doubled)  # type: ignore[arg-type]
        assert stored is not None
        assert (stored.standing, stored.dispute_id) == (shown, dispute.dispute_id)
        assert second.parts.syncing.strip().contested == 0
