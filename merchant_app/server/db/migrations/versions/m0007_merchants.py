"""Merchants, outlets that opt in and out, and what each till says of itself."""

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    pass
