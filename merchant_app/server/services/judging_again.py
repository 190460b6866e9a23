"""A redemption that was made without the server's answer is judged again when it is stored.

It is judged at its own time, bounded by the floor that the row carries and by its arrival, as the offline redemption it
was. Agreed, and within the coupon's uses: confirmed. Otherwise contested, and a dispute names why.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime

from merchant_app.domain.clock import bounded
from merchant_app.domain.coupon_code import CouponCode, Unreadable
from merchant_app.domain.disputes import DOUBLES, ServerReason
from merchant_app.domain.judging import Accepted, NeedsBill, Refused, Unanswered, Verdict, judge
from merchant_app.domain.judging.reasons import Forged, UnknownCampaign
from merchant_app.domain.kinds import Fen
from merchant_app.domain.redemption import Redemption, Standing
from merchant_app.server.db.kept import KeptRedemption
from merchant_app.server.services.arriving import Arrived
from merchant_app.server.services.book import Book
from merchant_app.server.services.disputing import Reasons, contest
from merchant_app.server.services.scenes import Offline, is_as_issued, scene_for, scope_of
from merchant_app.server.services.taking_part import as_before_leaving
from merchant_app.server.services.uses import note_redeemed
from merchant_app.wire.reasons import reason_as_plain

FORGED: Reasons = [reason_as_plain(Forged())]


@dataclass(slots=True)
class Run:
    """Redemptions of one push so far: when a row was made, those before it had certainly not been answered yet."""

    unanswered: dict[str, int] = field(default_factory=dict)

    def add(self, kept: KeptRedemption) -> None:
        self.unanswered[kept.redemption_id] = kept.amount_off_fen

    def forget(self, kept: KeptRedemption) -> None:
        self.unanswered.pop(kept.redemption_id, None)

    def so_far(self) -> Unanswered:
        return Unanswered(len(self.unanswered), Fen(sum(self.unanswered.values())))


def keep(book: Book, chain_id: str, row: Arrived, fact: Redemption, run: Run) -> KeptRedemption:
    """Stores the redemption with its standing: whatever the judgement, it is kept."""
    at = bounded(fact.moment, book.now)
    reasons = _why_not(book, row.code, fact, at, run)
    kept = _as_kept(book, row.code, fact, at)
    if not reasons:
        kept.use = book.free_use(kept.key, book.uses_of(kept))
    if kept.use is None:
        kept.standing, kept.reasons = Standing.CONTESTED, reasons
        kept.waits_for_use = all(reason["code"] in DOUBLES for reason in reasons)
        kept.dispute_id = contest(book, chain_id, row.seq, kept, fact, reasons)
    book.add(kept)
    run.add(kept)
    if kept.use is not None:
        note_redeemed(book, kept)
    return kept


def _why_not(book: Book, code: CouponCode | Unreadable | None, fact: Redemption, at: datetime, run: Run) -> Reasons:
    if book.reversed_ids and fact.redemption_id in book.reversed_ids:
        return [{"code": ServerReason.REVERSED}]
    if not isinstance(code, CouponCode) or not _says_the_same(code, fact, book):
        return FORGED
    coupon, campaign = book.coupons.get((code.campaign_id, code.serial)), book.campaigns.get(code.campaign_id)
    if campaign is None:
        return [reason_as_plain(UnknownCampaign())]
    if coupon is None or not is_as_issued(code, coupon):
        return FORGED
    campaign = as_before_leaving(campaign, book.outlet.outlet_id, book.left_at.get(code.campaign_id), at)
    override = fact.override_id is not None and fact.override_id in book.override_ids
    replaced_at = book.replaced_at.get(fact.catalogue_version)
    age = at - replaced_at if replaced_at is not None and replaced_at < at else None
    offline = Offline(run.so_far(), override, age)
    scene = scene_for(
        book, code, coupon, at=at, bill_fen=fact.bill.bill_fen, bill_id=fact.bill.bill_id, offline=offline
    )
    reasons = _against(judge(code, campaign, scene), fact)
    if not reasons:
        return []
    known = (replace(each, outlets=campaign.outlets) for each in book.outdated_at(code.campaign_id, at))
    return [] if any(not _against(judge(code, each, scene), fact) for each in known) else reasons


def _against(verdict: Verdict, fact: Redemption) -> Reasons:
    """What speaks against a redemption that this verdict is on."""
    match verdict:
        case Refused(reasons=reasons):
            return [reason_as_plain(reason) for reason in reasons]
        case NeedsBill():
            return [{"code": ServerReason.NEEDS_BILL}]
        case Accepted(amount_off_fen=off):
            differs = {"code": ServerReason.AMOUNT_DIFFERS, "amount_off_fen": off}
            return [] if fact.amount_off_fen <= off else [differs]


def _says_the_same(code: CouponCode, fact: Redemption, book: Book) -> bool:
    """Whether the row's own fields are those of the code that it shows as evidence, and of this till."""
    holder_tag = None if code.hold is None else code.hold.holder_tag
    of_code = (code.campaign_id, code.serial, code.round_index, code.offer_index, holder_tag, book.outlet.outlet_id)
    return of_code == (
        fact.campaign_id, fact.serial, fact.round_index, fact.offer_index, fact.holder_tag, fact.outlet_id,
    )  # fmt: skip


def _as_kept(book: Book, code: CouponCode | Unreadable | None, fact: Redemption, at: datetime) -> KeptRedemption:
    coupon = book.coupons.get((fact.campaign_id, fact.serial))
    here = int(book.outlet.outlet_id)
    scope = scope_of(code, coupon, here) if isinstance(code, CouponCode) and coupon is not None else here
    return KeptRedemption(
        redemption_id=fact.redemption_id,
        stored_order=book.next_order(),
        till_id=book.till_id,
        outlet_id=here,
        campaign_id=fact.campaign_id,
        serial=fact.serial,
        use=None,
        round_index=fact.round_index,
        offer_index=fact.offer_index,
        scope_outlet_id=scope,
        holder_tag=fact.holder_tag,
        cashier=fact.cashier,
        bill_id=fact.bill.bill_id,
        bill_fen=fact.bill.bill_fen,
        amount_off_fen=fact.amount_off_fen,
        payable_fen=fact.payable_fen,
        redeemed_at=at,
        stored_at=book.now,
        standing=Standing.CONFIRMED,
        day=book.day_of(fact.campaign_id, at),
        channel=None if coupon is None else coupon.channel,
    )
