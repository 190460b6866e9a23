"""After a crash: every open intent is looked at, and what was committed but never shown is asked about.

What the server never had is reversed. For a yes, or a provisional redemption, that was committed and not shown, the
cashier is asked "was it given?", and only the cashier's no voids it. While the server is away an open intent stays
open: scanning its coupon again continues it.
"""

from merchant_app.domain.campaign import Campaign
from merchant_app.domain.coupon_code import CouponCode, Unreadable, unpack
from merchant_app.domain.kinds import Bilingual, RedemptionId
from merchant_app.domain.redemption import NOT_GIVEN, Intent, Reversal, Void
from merchant_app.errors import RemoteError
from merchant_app.till.db import facts, intents, old_chains, redemptions
from merchant_app.till.db.redemptions import Stored
from merchant_app.till.services.answers import Unfinished
from merchant_app.till.services.asking import Asking
from merchant_app.till.services.counter import Counter
from merchant_app.till.services.number_redeeming import commit_number
from merchant_app.till.services.online_redeeming import commit_yes


class Recovering:
    """Called at the start, and again when the line comes up after a start without it.

    It speaks only of what an earlier run of the program left behind: what this one has under way is nobody's loss.
    """

    def __init__(self, counter: Counter, asking: Asking) -> None:
        self._counter, self._asking = counter, asking
        with counter.ledger.reading() as db:
            self._left_behind = {intent.redemption_id for intent in intents.still_open(db)} | {
                stored.redemption.redemption_id for stored in redemptions.not_shown(db)
            }

    def unfinished(self) -> list[Unfinished]:
        """What the cashier is to be asked about, oldest first, once every open intent has been looked at."""
        if self._counter.line.online:
            with self._counter.ledger.reading() as db:
                still_open = intents.still_open(db)
                # Of an earlier enrolment the server speaks to this till only once it has adopted that chain.
                unheard = old_chains.intents_not_adopted(db)
            for intent in still_open:
                if intent.redemption_id in self._left_behind - unheard:
                    self._look_at(intent)
        with self._counter.ledger.reading() as db:
            found = redemptions.not_shown(db)
        return [self._as_unfinished(each) for each in found if each.redemption.redemption_id in self._left_behind]

    def settle(self, redemption_id: RedemptionId, *, given: bool) -> None:
        """The cashier's word: given, it stands; not given, it is voided and the coupon is free again."""
        counter = self._counter
        with counter.writing() as db:
            moment = counter.clock.moment()
            if not given:
                void = Void(redemption_id, counter.cashier(), None, NOT_GIVEN, moment)
                facts.append(db, redemption_id, void)
                redemptions.free(db, redemption_id)
            redemptions.mark_shown(db, redemption_id, moment.at)

    def _look_at(self, intent: Intent) -> None:
        try:
            answer = self._asking.look_up(intent.redemption_id)
        except RemoteError:
            return
        if answer is None or not answer.confirmed:
            self._reverse(intent)
            return
        confirmed = answer.confirmed[0]
        if intent.coupon_number is not None:
            commit_number(self._counter, intent.bill, confirmed, intent.coupon_number)
            return
        code = unpack(intent.code or "")
        campaign = self._campaign_of(code)
        if isinstance(code, Unreadable) or campaign is None:
            self._reverse(intent)
            return
        commit_yes(self._counter, code, campaign, intent.bill, confirmed)

    def _campaign_of(self, code: CouponCode | Unreadable) -> Campaign | None:
        return None if isinstance(code, Unreadable) else self._counter.knowledge().campaigns.get(code.campaign_id)

    def _reverse(self, intent: Intent) -> None:
        with self._counter.writing() as db:
            moment = self._counter.clock.moment()
            intents.reverse(db, Reversal(intent.redemption_id, "the server never had it", moment))

    def _as_unfinished(self, stored: Stored) -> Unfinished:
        made = stored.redemption
        campaign = self._counter.knowledge().campaigns.get(made.campaign_id)
        known = campaign is not None and made.offer_index < len(campaign.offers)
        title = campaign.offers[made.offer_index].title if campaign is not None and known else Bilingual("", "")
        return Unfinished(made.redemption_id, title, made.amount_off_fen, made.bill.bill_fen, made.moment.at)
