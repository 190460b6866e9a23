"""The shapes the till's file has had, oldest first. A released step is never edited; the next one is added below it."""

import shutil
from pathlib import Path

from sqlite_utils import Database, Migrations

from merchant_app.errors import LedgerNewerError

migrations = Migrations("ledger")

_FIRST_SHAPE = """
CREATE TABLE fact (
    chain_id TEXT NOT NULL, seq INTEGER NOT NULL, kind TEXT NOT NULL, fact_id TEXT NOT NULL,
    content BLOB NOT NULL, hash BLOB NOT NULL,
    PRIMARY KEY (chain_id, seq)
);
CREATE UNIQUE INDEX fact_by_id ON fact (fact_id, kind);
CREATE TRIGGER facts_are_never_edited BEFORE UPDATE ON fact
    BEGIN SELECT RAISE(ABORT, 'facts are never edited'); END;
CREATE TRIGGER facts_are_never_deleted BEFORE DELETE ON fact
    BEGIN SELECT RAISE(ABORT, 'facts are never deleted'); END;

CREATE TABLE answer (
    chain_id TEXT NOT NULL, seq INTEGER NOT NULL, outcome TEXT NOT NULL, content TEXT NOT NULL,
    answered_at TEXT NOT NULL,
    PRIMARY KEY (chain_id, seq)
) WITHOUT ROWID;
CREATE INDEX answer_by_outcome ON answer (outcome) WHERE outcome IN ('parked', 'forked', 'quarantined');

CREATE TABLE redemption (
    redemption_id TEXT PRIMARY KEY, chain_id TEXT NOT NULL, seq INTEGER NOT NULL,
    campaign_id INTEGER NOT NULL, serial INTEGER NOT NULL, use INTEGER NOT NULL,
    offer_index INTEGER NOT NULL, outlet_id INTEGER NOT NULL, holder_tag INTEGER, cashier TEXT NOT NULL,
    bill_id TEXT NOT NULL, bill_fen INTEGER, amount_off_fen INTEGER NOT NULL, payable_fen INTEGER,
    redeemed_at TEXT NOT NULL, standing TEXT NOT NULL, answered INTEGER NOT NULL, dispute_id TEXT,
    reasons TEXT NOT NULL DEFAULT '[]'
) WITHOUT ROWID;
CREATE UNIQUE INDEX use_slot ON redemption (campaign_id, serial, use) WHERE standing != 'voided';
CREATE INDEX redemption_voided ON redemption (campaign_id, serial) WHERE standing = 'voided';
CREATE INDEX redemption_by_holder ON redemption (campaign_id, holder_tag) WHERE holder_tag IS NOT NULL;
CREATE INDEX redemption_by_time ON redemption (redeemed_at);
CREATE INDEX redemption_by_bill ON redemption (bill_id);
CREATE INDEX redemption_unanswered ON redemption (amount_off_fen)
    WHERE answered = 0 AND standing = 'provisional';
CREATE INDEX redemption_contested ON redemption (redemption_id) WHERE standing = 'contested';
CREATE TABLE attempt (
    attempted_at TEXT NOT NULL, attempt_id TEXT NOT NULL, PRIMARY KEY (attempted_at, attempt_id)
) WITHOUT ROWID;
CREATE TABLE open_intent (
    coupon TEXT PRIMARY KEY, redemption_id TEXT NOT NULL UNIQUE
) WITHOUT ROWID;
CREATE TABLE news (cursor INTEGER PRIMARY KEY, content TEXT NOT NULL);
CREATE TABLE shown (redemption_id TEXT PRIMARY KEY, shown_at TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE other_redemption (
    redemption_id TEXT PRIMARY KEY, campaign_id INTEGER NOT NULL, serial INTEGER NOT NULL, outlet_id INTEGER,
    holder_tag INTEGER, offer_index INTEGER, redeemed_at TEXT
) WITHOUT ROWID;
CREATE INDEX other_by_coupon ON other_redemption (campaign_id, serial);
CREATE INDEX other_by_holder ON other_redemption (campaign_id, holder_tag);
CREATE TABLE withdrawal (
    withdrawal_id TEXT PRIMARY KEY, campaign_id INTEGER NOT NULL, serial INTEGER NOT NULL, form TEXT NOT NULL,
    held_until TEXT, into_wallet INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX withdrawal_by_coupon ON withdrawal (campaign_id, serial);
CREATE TABLE revoked_coupon (
    campaign_id INTEGER NOT NULL, serial INTEGER NOT NULL, since TEXT NOT NULL,
    PRIMARY KEY (campaign_id, serial)
) WITHOUT ROWID;

CREATE TABLE catalogue_part (
    name TEXT PRIMARY KEY, version INTEGER NOT NULL, sha256 TEXT NOT NULL, content BLOB NOT NULL
);
CREATE TABLE state (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
"""


@migrations()
def facts_and_what_follows(db: Database) -> None:
    """Facts are never edited; `redemption`, `attempt` and `open_intent` follow from facts and answers."""
    db.executescript(_FIRST_SHAPE)


def bring_up_to_date(db: Database, path: Path) -> None:
    """Applies what is pending; the file is copied first. Raises `LedgerNewerError` for a file from the future."""
    refuse_newer(db, path)
    if not migrations.pending(db):
        return
    if migrations.applied(db):
        _copy(db, path)
    migrations.apply(db)


def refuse_newer(db: Database, path: Path) -> None:
    known = {migration.name for migration in migrations._migrations}
    newer = [step.name for step in migrations.applied(db) if step.name not in known]
    if newer:
        raise LedgerNewerError(str(path), newer[0])


def _copy(db: Database, path: Path) -> None:
    """Beside the file, named after the last step it has; what is in the write-ahead file is moved over first."""
    db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    shutil.copy2(path, path.with_name(f"{path.stem}-before-{migrations.pending(db)[0].name}{path.suffix}"))
