"""Syncing: patience that survives a restart, rows set aside, a till that was revoked, clocks that were wrong."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from merchant_app.domain.backoff import BETWEEN_SYNCS, LONGEST
from merchant_app.domain.redemption import Standing
from merchant_app.errors import RequestRefusedError, ServerBusyError, TillRevokedError, UnreachableError
from merchant_app.till.db import redemptions
from merchant_app.till.services.answers import Redeemed
from tests.till.false_server import Answering, FalseServer
from tests.till.made_till import NOON, MadeTill, bearer, bill, document, hold, make_till
from tests.till.services.test_catalogue_keeping import Publishing


@pytest.fixture
def server() -> Iterator[FalseServer]:
    with FalseServer() as running:
        running.answer = Publishing().answer
        yield running


@pytest.fixture
def till(tmp_path: Path, server: FalseServer) -> MadeTill:
    return make_till(tmp_path, catalogue_of=[document()], server=server.url)


def facts_answered(server: FalseServer, body: bytes, status: int = 200, **headers: str) -> None:
    """Everything else goes well; pushes are answered so."""
    publishing = Publishing()

    def answer(request: Answering) -> None:
        if request.path == "/api/facts":
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            request.say(body, status, headers=named)
        else:
            publishing.answer(request)

    server.answer = answer


def wait(till: MadeTill) -> timedelta:
    return till.parts.syncing.next_due() - till.clock.at


def test_after_a_good_sync_the_next_is_soon(till: MadeTill) -> None:
    assert till.parts.syncing.sync().trouble is None
    assert wait(till) == BETWEEN_SYNCS
    strip = till.parts.syncing.strip()
    assert strip.online
    assert strip.last_sync_at == NOON


def test_waits_grow_and_are_kept_through_a_restart(till: MadeTill) -> None:
    till.plug.pulled = True
    waits = []
    for _ in range(12):
        assert isinstance(till.parts.syncing.sync().trouble, UnreachableError)
        waits.append(wait(till))
    assert waits[0] < waits[3] < waits[-1] <= LONGEST
    due = till.parts.syncing.next_due()
    assert till.restart().parts.syncing.next_due() == due


def test_a_busy_server_is_left_alone_as_long_as_it_asked(till: MadeTill, server: FalseServer) -> None:
    facts_answered(server, b"{}", 429, Retry_After="600")
    assert isinstance(till.parts.syncing.sync().trouble, ServerBusyError)
    assert wait(till) >= timedelta(seconds=600)


def test_waking_makes_it_due_at_once(till: MadeTill) -> None:
    till.plug.pulled = True
    till.parts.syncing.sync()
    till.parts.syncing.wake()
    assert till.parts.syncing.next_due() <= till.clock.at


def test_a_row_that_the_server_cannot_read_is_shown_and_not_sent_again(till: MadeTill, server: FalseServer) -> None:
    till.parts.redeeming.present(bearer(), bill())
    facts_answered(server, b'{"answers": [{"seq": 1, "outcome": "parked"}], "stored_to": 1}')
    assert till.parts.syncing.sync().trouble is None
    strip = till.parts.syncing.strip()
    assert (strip.parked, strip.waiting) == (1, 0)
    (parked,) = till.parts.looking.parked()
    assert (parked.seq, parked.kind, parked.at) == (1, "redemption", NOON)


def test_a_row_that_came_early_is_sent_again(till: MadeTill, server: FalseServer) -> None:
    till.parts.redeeming.present(bearer(), bill())
    facts_answered(server, b'{"answers": [{"seq": 1, "outcome": "waiting"}], "stored_to": 0}')
    till.parts.syncing.sync()
    assert till.parts.syncing.strip().waiting == 1


def test_a_contested_row_is_seen_at_a_glance(till: MadeTill, server: FalseServer) -> None:
    made = till.parts.redeeming.present(bearer(), bill())
    assert isinstance(made, Redeemed)
    redemption_id = made.redemption.redemption_id
    answer = f'{{"seq": 1, "outcome": "contested", "standing": "contested", "redemption_id": "{redemption_id}"}}'
    facts_answered(server, f'{{"answers": [{answer}], "stored_to": 1}}'.encode())
    till.parts.syncing.sync()
    assert till.parts.syncing.strip().contested == 1
    with till.parts.ledger.reading() as db:
        stored = redemptions.find(db, redemption_id)
    assert stored is not None
    assert stored.standing is Standing.CONTESTED


def test_a_revoked_till_redeems_nothing_more_and_pushes_what_it_has(till: MadeTill, server: FalseServer) -> None:
    till.parts.redeeming.present(bearer(), bill())
    revoked = b'{"code": "revoked", "detail": "by the operator"}'

    def answer(request: Answering) -> None:
        if request.path == "/api/facts":
            request.say(b'{"answers": [{"seq": 1, "outcome": "quarantined"}], "stored_to": 1}')
        else:
            request.say(revoked, 403)

    server.answer = answer
    assert isinstance(till.parts.syncing.sync().trouble, RequestRefusedError)
    with pytest.raises(TillRevokedError):
        till.parts.redeeming.present(bearer(2), bill())
    strip = till.parts.syncing.strip()
    assert (strip.revoked, strip.waiting, strip.parked) == (True, 0, 1)


def test_a_fresh_server_time_lowers_a_floor_that_was_wrong(till: MadeTill, server: FalseServer) -> None:
    """A hold signed by a server whose clock was hours ahead raised the floor; the server's own word mends it."""
    till.parts.redeeming.present(hold(held_at=NOON + timedelta(hours=5)), bill())
    assert till.parts.clock.floor() == NOON + timedelta(hours=5)
    till.parts.syncing.sync()
    assert till.parts.clock.floor() == NOON


def test_a_floor_that_was_reported_is_never_lowered(till: MadeTill, server: FalseServer) -> None:
    server.now = NOON + timedelta(hours=5)
    till.parts.syncing.sync()
    server.now = NOON
    till.parts.syncing.sync()
    floor = till.parts.clock.floor()
    assert floor is not None
    assert floor >= NOON + timedelta(hours=5)
    restarted = till.restart()
    restarted.parts.syncing.sync()
    again = restarted.parts.clock.floor()
    assert again is not None
    assert again >= floor
