"""Redeeming: a coupon is shown, judged, written down, and only then accepted. One id on every path.

The id is made before anything else and kept; intent, redemption and reversal all carry it. The cases:

1. The server is known to be away. The coupon is judged offline and, where good, its redemption is committed
   (one transaction, one fsync) before anybody is told: provisional. The push goes up later under the same id.
2. The server says yes in time. An intent was committed before asking; the yes is committed as a redemption, in a
   transaction that takes the use and looks again at floor and withdrawals: confirmed. Taken or withdrawn meanwhile:
   refused here, and the yes reversed there.
3. The server says no in time. The intent is closed by a reversal, so that a copy of the question that arrives late
   cannot become a yes that nobody saw.
4. No answer within a second. Judged as in 1 under the same id, so that a yes which was only late is a repeat and no
   double. Where offline rules refuse, a reversal closes the intent and takes a late yes back.
5. The program dies between any two of these. The intent is still open: `recovering` looks at it at the next start,
   and scanning the coupon again continues it under its id.
"""

from collections.abc import Callable
from datetime import timedelta

from merchant_app.domain.campaign import Campaign
from merchant_app.domain.coupon_code import CouponCode, Unreadable, decode, encode
from merchant_app.domain.coupon_number import is_coupon_number, normalise
from merchant_app.domain.judging import Accepted, NeedsBill, Refused, judge
from merchant_app.domain.judging.reasons import Reason, UnknownCampaign
from merchant_app.domain.judging.unreadable import why_unreadable
from merchant_app.domain.kinds import RedemptionId
from merchant_app.domain.redemption import Bill, Redemption
from merchant_app.errors import NotEnrolledError, TillRevokedError
from merchant_app.till.db import intents, redemptions, state
from merchant_app.till.services.answers import Answer, BillWanted, NotRedeemed, Redeemed, Usable, not_redeemed
from merchant_app.till.services.asking import Asking
from merchant_app.till.services.counter import Counter
from merchant_app.till.services.knowledge import Knowledge
from merchant_app.till.services.number_redeeming import look_at_number, redeem_number
from merchant_app.till.services.offline_redeeming import redeem_offline
from merchant_app.till.services.online_redeeming import open_intent, redeem_online
from merchant_app.till.services.recording import record_refusal
from merchant_app.till.services.scene import catalogue_age, set_scene


class Redeeming:
    """What a cashier does with a coupon. Called from one worker at a time."""

    def __init__(self, counter: Counter, asking: Asking) -> None:
        self.counter, self._asking = counter, asking

    def present(self, text: str, bill: Bill, *, redeem: bool = True) -> Answer:
        """What was scanned, pasted or typed, to an answer; with `redeem`, an acceptance has been written down.

        Raises `NotEnrolledError`, `TillRevokedError`, or a `LedgerError` where nothing could be written down: then
        nothing was redeemed.
        """
        knowledge = self._ready()
        if is_coupon_number(text):
            number = normalise(text)
            if not redeem:
                return look_at_number(self.counter, number)
            again = self._not_shown_yet(lambda made: made.coupon_number == number)
            return again or redeem_number(self.counter, self._asking, number, bill)
        decoded = decode(text, knowledge.keys)
        if isinstance(decoded, Unreadable):
            return self._refuse(text, None, None, bill, why_unreadable(decoded, self._age()), record=redeem)
        if decoded.hold is not None:
            self.counter.clock.hear(decoded.hold.held_at)
        campaign = knowledge.campaigns.get(decoded.campaign_id)
        if campaign is None:
            return self._refuse(text, decoded, None, bill, UnknownCampaign(self._age()), record=redeem)
        return self._redeem(decoded, campaign, bill) if redeem else self._look(decoded, campaign, bill)

    def shown(self, redemption_id: RedemptionId) -> None:
        """The answer was on the screen: its intent is closed, and no restart asks about it."""
        with self.counter.ledger.transaction() as db:
            redemptions.mark_shown(db, redemption_id, self.counter.clock.now())

    def _redeem(self, code: CouponCode, campaign: Campaign, bill: Bill) -> Answer:
        again = self._not_shown_yet(lambda made: made.coupon_id == code.coupon_id)
        if again is not None:
            return again
        seen = self._look(code, campaign, bill)
        if isinstance(seen, Usable) and self.counter.line.online:
            return redeem_online(self.counter, self._asking, code, campaign, bill)
        if isinstance(seen, Usable):
            asked = self._asked_for(code, bill)
            redemption_id = asked or self.counter.new_redemption_id()
            return redeem_offline(self.counter, code, campaign, bill, redemption_id, was_asked=asked is not None)
        if isinstance(seen, NotRedeemed):
            self._record(code, bill, seen.reasons)
        return seen

    def _asked_for(self, code: CouponCode, bill: Bill) -> RedemptionId | None:
        with self.counter.ledger.reading() as db:
            if intents.of_coupon(db, code.coupon_id) is None:
                return None  # as nearly always: nothing has to be written for it
        with self.counter.writing() as db:
            return open_intent(db, self.counter, code.coupon_id, bill)

    def _look(self, code: CouponCode, campaign: Campaign, bill: Bill) -> BillWanted | Usable | NotRedeemed:
        counter = self.counter
        with counter.ledger.reading() as db:
            scene = set_scene(db, counter.knowledge(), code, bill, counter.clock.moment(), counter.network())
        verdict = judge(code, campaign, scene)
        match verdict:
            case Accepted():
                return Usable(encode(code), code, campaign, verdict)
            case NeedsBill(offer=offer):
                return BillWanted(encode(code), campaign, offer)
            case Refused(reasons=reasons):
                return not_redeemed(encode(code), code, campaign, reasons)

    def _not_shown_yet(self, is_it: Callable[[Redemption], bool]) -> Redeemed | None:
        """This coupon's redemption where it was committed and the screen never said so: it is said now."""
        campaigns = self.counter.knowledge().campaigns
        with self.counter.ledger.reading() as db:
            for stored in redemptions.not_shown(db):
                made, campaign = stored.redemption, campaigns.get(stored.redemption.campaign_id)
                if campaign is not None and is_it(made):
                    return Redeemed(made, stored.standing, campaign, campaign.offers[made.offer_index], before=True)
        return None

    def _refuse(
        self, text: str, code: CouponCode | None, campaign: Campaign | None, bill: Bill, reason: Reason, *, record: bool
    ) -> NotRedeemed:
        if record:
            self._record(code, bill, (reason,))
        return not_redeemed(text, code, campaign, (reason,))

    def _record(self, code: CouponCode | None, bill: Bill, reasons: tuple[Reason, ...]) -> None:
        with self.counter.writing() as db:
            record_refusal(db, self.counter, code, reasons, bill)

    def _ready(self) -> Knowledge:
        with self.counter.ledger.reading() as db:
            if state.get(db, state.REVOKED) is not None:
                raise TillRevokedError
        knowledge = self.counter.knowledge()
        if knowledge.outlet is None:
            raise NotEnrolledError
        return knowledge

    def _age(self) -> timedelta | None:
        with self.counter.ledger.reading() as db:
            return catalogue_age(db, self.counter.clock.now())
