"""Kept summaries for the report over all outlets."""

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    pass
