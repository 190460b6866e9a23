"""Operators, their sessions, and what they did."""

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    pass
