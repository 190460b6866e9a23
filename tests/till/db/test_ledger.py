"""The till's file: one writer, readers beside it, facts that nobody edits, and a check that finds what was changed."""

import os
import sqlite3
import stat
from pathlib import Path

import pytest

from merchant_app.errors import LedgerBusyError, LedgerDamagedError, LedgerNewerError, LedgerUnwritableError
from merchant_app.till.db import facts
from merchant_app.till.db.check import check
from merchant_app.till.db.connection import Ledger, open_reading
from merchant_app.till.parts import check_ledger
from merchant_app.till.services.answers import Redeemed
from tests.till.made_till import MadeTill, bearer, bill, document, hold, make_till


@pytest.fixture
def till(tmp_path: Path) -> MadeTill:
    """A till that has redeemed, refused and voided."""
    made = make_till(tmp_path, catalogue_of=[document()])
    last = None
    for serial in (1, 2, 3):
        last = made.parts.redeeming.present(bearer(serial), bill(bill_id=str(serial)))
    made.parts.redeeming.present(hold(9), bill(100))
    assert isinstance(last, Redeemed)
    made.parts.voiding.undo(last.redemption.redemption_id, "typed the wrong bill")
    return made


def test_a_ledger_in_use_is_sound(till: MadeTill) -> None:
    findings = check_ledger(till.data_dir)
    assert findings.is_sound
    assert (findings.facts, findings.redemptions, findings.unreadable) == (5, 3, 0)


def test_a_fact_cannot_be_edited_or_deleted(till: MadeTill) -> None:
    for statement in ("UPDATE fact SET content = x'00' WHERE seq = 1", "DELETE FROM fact WHERE seq = 1"):
        with pytest.raises(sqlite3.IntegrityError, match="facts are never"), till.parts.ledger.transaction() as db:
            db.conn.execute(statement)


@pytest.mark.parametrize(
    ("damage", "row"),
    [
        ("UPDATE fact SET content = replace(content, '12800', '22800') WHERE seq = 2", 2),
        ("DELETE FROM fact WHERE seq = 3", 4),
        ("UPDATE fact SET hash = x'00' WHERE seq = 1", 1),
    ],
)
def test_a_change_from_outside_is_found(till: MadeTill, damage: str, row: int) -> None:
    """Somebody who can write the file can drop the triggers; the chain still tells."""
    path = till.parts.ledger.path
    till.parts.close()
    outside = sqlite3.connect(path)
    outside.execute("DROP TRIGGER facts_are_never_edited")
    outside.execute("DROP TRIGGER facts_are_never_deleted")
    outside.execute(damage)
    outside.commit()
    outside.close()
    assert check_ledger(path.parent).broken_at == f"chain-1/{row}"


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE redemption SET use = 2 WHERE serial = 1",
        "UPDATE redemption SET standing = 'confirmed' WHERE serial = 1",
        "UPDATE redemption SET amount_off_fen = 1 WHERE serial = 2",
        "INSERT INTO open_intent VALUES ('1/1', 'nobody')",
    ],
)
def test_a_derived_row_that_the_facts_do_not_give_is_found(till: MadeTill, damage: str) -> None:
    with till.parts.ledger.transaction() as db:
        db.conn.execute(damage)
    with till.parts.ledger.reading() as db:
        findings = check(db)
    assert findings.broken_at is None
    assert len(findings.differences) == 1


def test_only_one_process_writes(till: MadeTill) -> None:
    with pytest.raises(LedgerBusyError):
        Ledger(till.parts.ledger.path)


def test_readers_look_on_beside_the_writer(till: MadeTill) -> None:
    reader = open_reading(till.parts.ledger.path)
    before = facts.head(reader).seq
    till.parts.redeeming.present(bearer(4), bill(bill_id="4"))
    assert facts.head(reader).seq == before + 1
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        reader.conn.execute("DELETE FROM shown")
    reader.conn.close()


def test_a_file_from_the_future_is_left_alone(till: MadeTill) -> None:
    path = till.parts.ledger.path
    with till.parts.ledger.transaction() as db:
        db.conn.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('ledger', 'of_next_year', '2999')"
        )
    till.parts.close()
    with pytest.raises(LedgerNewerError):
        Ledger(path)
    with pytest.raises(LedgerNewerError):
        open_reading(path)


def test_a_file_that_is_no_database_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    path.write_bytes(b"not a database, whatever its name says" * 100)
    with pytest.raises(LedgerDamagedError):
        Ledger(path)
    assert path.read_bytes().startswith(b"not a database")


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(LedgerUnwritableError):
        Ledger(tmp_path / "file" / "ledger.db")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs a user whom permissions stop")
def test_a_read_only_file_is_said(till: MadeTill) -> None:
    path = till.parts.ledger.path
    till.parts.close()
    path.chmod(stat.S_IRUSR)
    with pytest.raises(LedgerUnwritableError):
        Ledger(path)


def test_a_full_disk_stops_the_redemption_and_loses_nothing(till: MadeTill) -> None:
    """SQLite's own page limit stands for the disk."""
    with till.parts.ledger.reading() as db:
        (free,) = db.conn.execute("PRAGMA freelist_count").fetchone()
        db.conn.execute("CREATE TABLE filler (bytes BLOB)")
        db.conn.execute("INSERT INTO filler VALUES (zeroblob(? * 4000))", (free,))
        (pages,) = db.conn.execute("PRAGMA page_count").fetchone()
        db.conn.execute(f"PRAGMA max_page_count={pages}")
    with till.parts.ledger.reading() as db:
        head = facts.head(db).seq
    written = _redeem_until_it_breaks(till)
    with till.parts.ledger.reading() as db:
        assert facts.head(db).seq == head + written
        assert check(db).is_sound
        db.conn.execute("PRAGMA max_page_count=1000000")
    assert isinstance(till.parts.redeeming.present(bearer(999), bill(bill_id="999")), Redeemed)


def _redeem_until_it_breaks(till: MadeTill) -> int:
    """How many redemptions were acknowledged before the disk was full."""
    for count, serial in enumerate(range(100, 1000)):
        try:
            till.parts.redeeming.present(bearer(serial), bill(bill_id=str(serial)))
        except LedgerUnwritableError:
            return count
    pytest.fail("the disk never got full")
