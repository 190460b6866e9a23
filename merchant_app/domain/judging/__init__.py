"""Is this coupon good, here and now, and for how much? `judge` and the rules it asks."""

from merchant_app.domain.judging.judge import judge
from merchant_app.domain.judging.scene import Earlier, Neighbour, Network, OnBill, Outlet, Scene, Unanswered, Withdrawn
from merchant_app.domain.judging.verdict import Accepted, NeedsBill, Refused, Verdict

__all__ = [
    "Accepted",
    "Earlier",
    "NeedsBill",
    "Neighbour",
    "Network",
    "OnBill",
    "Outlet",
    "Refused",
    "Scene",
    "Unanswered",
    "Verdict",
    "Withdrawn",
    "judge",
]
