"""One question as the rules see it: the coupon, its offer and round, the scene, and today in the campaign's zone."""

from datetime import date, datetime

from merchant_app.domain.campaign import Campaign, IssueRound, Offer
from merchant_app.domain.coupon_code import CouponCode
from merchant_app.domain.judging.scene import Scene


class Ask:
    """What every rule is given. `local` is `scene.now` on the campaign's own clock on the wall."""

    __slots__ = ("campaign", "code", "issue_round", "local", "offer", "scene", "today")

    def __init__(
        self, code: CouponCode, campaign: Campaign, offer: Offer, issue_round: IssueRound, scene: Scene
    ) -> None:
        self.code = code
        self.campaign = campaign
        self.offer = offer
        self.issue_round = issue_round
        self.scene = scene
        self.local: datetime = scene.now.astimezone(campaign.zone)
        self.today: date = self.local.date()
