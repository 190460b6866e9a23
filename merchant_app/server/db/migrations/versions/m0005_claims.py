"""Claim links, what each wallet has claimed, and how many were claimed where and when."""

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    pass
