"""From a server's first start to the first redeemed coupon: how far it has come, and each step by one click."""

from merchant_app.server.services.first_steps.progress import Progress, Step, progress
from merchant_app.server.services.first_steps.taking import (
    FirstCoupon,
    FirstInvitation,
    import_sample_outlets,
    invite_first_till,
    issue_first_coupon,
    load_samples,
    note_rehearsal,
    open_draft,
)

__all__ = [
    "FirstCoupon",
    "FirstInvitation",
    "Progress",
    "Step",
    "import_sample_outlets",
    "invite_first_till",
    "issue_first_coupon",
    "load_samples",
    "note_rehearsal",
    "open_draft",
    "progress",
]
