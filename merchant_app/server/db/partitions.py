"""Tables that are spread: by hash over partitions on PostgreSQL, so that a distributed one can put them on many nodes.

Every key of such a table contains the columns it is spread by. SQLite has one file and one table each.
"""

from collections.abc import Iterable

PARTITIONS = 8
SPREAD: dict[str, tuple[str, ...]] = {
    "coupons": ("campaign_id", "serial"),
    "holds": ("campaign_id", "serial"),
    "redemptions": ("campaign_id", "serial"),
    "coupon_numbers": ("coupon_number",),
    "redemption_ids": ("redemption_id",),
    "claims": ("campaign_id", "wallet_id"),
    "settlement_lines": ("campaign_id", "outlet_id"),
}
"""Table -> what its rows are spread by."""


def spread_by(table: str) -> str:
    """What PostgreSQL is told when the table is made."""
    return f"HASH ({', '.join(SPREAD[table])})"


def partitions_of(table: str, parent: str | None = None) -> Iterable[str]:
    """The statements that make a table's partitions, under `parent` where it has another name for now."""
    for index in range(PARTITIONS):
        bounds = f"WITH (MODULUS {PARTITIONS}, REMAINDER {index})"
        yield f"CREATE TABLE {table}_p{index} PARTITION OF {parent or table} FOR VALUES {bounds}"


def is_partition(table: str) -> bool:
    """Whether this is one of the tables that the statements above make."""
    parent, _, index = table.rpartition("_p")
    return parent in SPREAD and index.isdecimal()
