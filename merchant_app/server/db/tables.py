"""Every table of the server's database, and the metadata that the migrations are compared with."""

from merchant_app.server.db.tables_of_campaigns import campaign_versions, campaigns
from merchant_app.server.db.tables_of_claims import claim_links, claimed, claims
from merchant_app.server.db.tables_of_coupons import (
    coupon_numbers,
    coupons,
    holds,
    issued,
    issuing_keys,
    pictures,
    withdrawal_acks,
    withdrawals,
)
from merchant_app.server.db.tables_of_facts import (
    chains,
    disputes,
    events,
    forks,
    redemption_ids,
    redemptions,
    reversals,
    rows,
)
from merchant_app.server.db.tables_of_merchants import by_opt_in, merchants, participants
from merchant_app.server.db.tables_of_money import reserves, settlement_lines, settlement_periods, settlements
from merchant_app.server.db.tables_of_operators import (
    deeds,
    operator_sessions,
    operators,
    sign_in_links,
)
from merchant_app.server.db.tables_of_places import (
    catalogue_versions,
    guesses,
    invitations,
    metadata,
    outlets,
    published,
    settings,
    staff,
    tills,
)
from merchant_app.server.db.tables_of_report import (
    stale_tallies,
    tallies,
    tallies_by_day,
    tallies_by_outlet,
)
from merchant_app.server.db.tables_of_tokens import operator_tokens

__all__ = [
    "by_opt_in",
    "campaign_versions",
    "campaigns",
    "catalogue_versions",
    "chains",
    "claim_links",
    "claimed",
    "claims",
    "coupon_numbers",
    "coupons",
    "deeds",
    "disputes",
    "events",
    "forks",
    "guesses",
    "holds",
    "invitations",
    "issued",
    "issuing_keys",
    "merchants",
    "metadata",
    "operator_sessions",
    "operator_tokens",
    "operators",
    "outlets",
    "participants",
    "pictures",
    "published",
    "redemption_ids",
    "redemptions",
    "reserves",
    "reversals",
    "rows",
    "settings",
    "settlement_lines",
    "settlement_periods",
    "settlements",
    "sign_in_links",
    "staff",
    "stale_tallies",
    "tallies",
    "tallies_by_day",
    "tallies_by_outlet",
    "tills",
    "withdrawal_acks",
    "withdrawals",
]
