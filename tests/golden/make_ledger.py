"""Makes the ledger that a released version leaves behind: `python -m tests.golden.make_ledger FILE`, once a release.

It has seen everything a ledger can: redeemed on paper and by phone, refused, undone, a bill shared by two coupons,
answers of the server, a withdrawal, an open intent. The file is kept for ever; every later version has to open it.
"""

import sqlite3
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

from merchant_app.domain.coupon_code import Form
from merchant_app.domain.redemption import Intent, Standing
from merchant_app.till.db import facts, intents, redemptions
from merchant_app.till.services.answers import Redeemed
from merchant_app.till.services.withdrawing import acknowledge
from merchant_app.wire.catalogue import Withdrawal
from merchant_app.wire.facts import RowAnswer, RowOutcome
from tests.till.made_till import CAMPAIGN, NOON, MadeTill, bearer, bill, document, hold, make_till


def main(path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        till = make_till(Path(folder), catalogue_of=[document(offer={"stacks_with": "any", "max_per_bill": 2})])
        _live(till)
        till.parts.close()
        with sqlite3.connect(Path(folder) / "ledger.db") as connection:
            connection.execute("VACUUM INTO ?", (str(path),))


def _live(till: MadeTill) -> None:
    present, counter = till.parts.redeeming.present, till.parts.redeeming.counter
    shown = [present(bearer(1), bill()), present(bearer(2), bill()), present(hold(3), bill(bill_id="next"))]
    for answer in shown:
        assert isinstance(answer, Redeemed)
        till.parts.redeeming.shown(answer.redemption.redemption_id)
    present(hold(4), bill(500, bill_id="small"))
    present("https://example.com", bill())
    till.clock.pass_by(seconds=30)
    last = present(bearer(5), bill(bill_id="typo"))
    assert isinstance(last, Redeemed)
    till.parts.voiding.undo(last.redemption.redemption_id, "typed wrong")
    with counter.writing() as db:
        answers = [
            RowAnswer(seq=seq, outcome=RowOutcome.CONFIRMED, standing=Standing.CONFIRMED, redemption_id=row.fact_id)
            for seq, row in enumerate(facts.waiting(db, 2), start=1)
        ]
        facts.store_answers(db, answers, counter.clock.now())
        for answer in answers:
            redemptions.take_word(db, answer)
        held_until = NOON + timedelta(minutes=1)
        withdrawal = Withdrawal(
            withdrawal_id="w-1", campaign_id=CAMPAIGN, serial="6", form=Form.HOLD, held_until=held_until
        )
        acknowledge(db, counter, [withdrawal])
        intent = Intent(counter.new_redemption_id(), "02", bearer(7), None, bill(), counter.clock.moment())
        intents.open_one(db, intent)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
