"""PostgreSQL killed with -9 in the middle of writing, again and again: nothing answered is lost, nothing is doubled.

Meanwhile one till pushes, one asks for redemptions, and the operator issues coupons. Nobody touches the server: it
finds PostgreSQL again by itself.
"""

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from merchant_app.domain.kinds import CampaignId, OutletId
from merchant_app.domain.redemption import Standing
from merchant_app.errors import DatabaseError
from merchant_app.server.app import open_central
from merchant_app.server.central import Central
from merchant_app.server.db.campaigns import issued_counts
from merchant_app.server.db.tables import coupons, events, redemption_ids, redemptions
from merchant_app.server.services.campaign_desk import add, open_campaign
from merchant_app.server.services.enrolling import invite
from merchant_app.server.services.issuing import Issued, Wanted, issue
from merchant_app.server.services.outlet_import import import_outlets
from merchant_app.server.settings import Settings
from merchant_app.wire.facts import PushAnswer, as_pushed
from tests.server.documents import CAMPAIGN_ID, OUTLETS, document
from tests.server.postgres import PrivatePostgres, private_postgres
from tests.server.till_client import TillClient, asked, enrol

KILLS = 8
BATCH = 10
ANSWERS_BETWEEN = 5
"""Each kind of work is answered so often before the next kill: all of them are under way when it comes."""


@dataclass
class Work:
    """What the clients were told, and how often they were told "not now"."""

    pushed: set[int] = field(default_factory=set)
    asked: set[str] = field(default_factory=set)
    issued: set[int] = field(default_factory=set)
    refused: int = 0
    stopping: threading.Event = field(default_factory=threading.Event)
    progress: threading.Condition = field(default_factory=threading.Condition)

    def answered(self, kind: set[str] | set[int], *new: str | int) -> None:
        with self.progress:
            kind.update(new)  # type: ignore[arg-type]
            self.progress.notify_all()

    def wait_for_more(self) -> None:
        """Until each kind of work has been answered some more."""
        kinds = (self.pushed, self.asked, self.issued)
        with self.progress:
            before = [len(each) for each in kinds]
            steps = (BATCH * 2, ANSWERS_BETWEEN, ANSWERS_BETWEEN)
            goals = [length + step for length, step in zip(before, steps, strict=True)]
            done = self.progress.wait_for(
                lambda: all(len(each) >= goal for each, goal in zip(kinds, goals, strict=True)), timeout=60
            )
        assert done, "the server did not find PostgreSQL again"


@dataclass
class World:
    postgres: PrivatePostgres
    central: Central
    process: subprocess.Popen[str]
    url: str
    codes: Iterator[str]

    def till(self) -> TillClient:
        made = invite(self.central, OutletId(4201), None)
        assert made is not None
        return enrol(self.url, 4201, made[0].secret)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with private_postgres(durable=True) as postgres:
        settings = Settings(tmp_path / "server", postgres.new_database(migrated=False))
        central = open_central(settings)
        codes = furnish(central)
        with process(settings) as (server, url):
            yield World(postgres, central, server, url, iter(codes))
            assert server.poll() is None, "the server died with its database"
        central.database.close()


def furnish(central: Central) -> list[str]:
    now = datetime.now(UTC)
    start, end = (now - timedelta(days=1)).isoformat(), (now + timedelta(days=9)).isoformat()
    import_outlets(central, OUTLETS)
    rounds = [{"opens_at": start, "closes_at": end, "stock": {"0": 50_000}}]
    add(central, document(starts_at=start, ends_at=end, rounds=rounds), {})
    open_campaign(central, CAMPAIGN_ID)
    made = issue(central, Wanted(CampaignId(CAMPAIGN_ID), 0, 0, 8_000))
    assert isinstance(made, list)
    return [str(each.code) for each in made]


@contextmanager
def process(settings: Settings) -> Iterator[tuple[subprocess.Popen[str], str]]:
    command = [sys.executable, "-m", "merchant_app", "server", "--json", "--port", "0"]
    where = ["--data-dir", str(settings.data_dir), "--database", str(settings.database)]
    with subprocess.Popen([*command, *where], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield server, json.loads(server.stdout.readline())["url"]
        finally:
            server.kill()


def push(world: World, work: Work, till: TillClient) -> None:
    """Batches of a chain that grows; one that was not answered is sent again."""
    while not work.stopping.is_set():
        batch = [till.redeem(next(world.codes), datetime.now(UTC)) for _ in range(BATCH)]
        answer = again_and_again(work, lambda rows=batch: till.push_raw(list(map(as_pushed, rows))))  # type: ignore[misc]
        told = PushAnswer.model_validate_json(answer)
        assert {each.standing for each in told.answers} == {Standing.CONFIRMED}
        work.answered(work.pushed, *(each.seq for each in told.answers))


def ask(world: World, work: Work, till: TillClient) -> None:
    while not work.stopping.is_set():
        coupon = asked(next(world.codes))
        answer = again_and_again(work, lambda one=coupon: till.ask_raw(one))  # type: ignore[misc]
        assert json.loads(answer)["outcome"] == "confirmed"
        work.answered(work.asked, coupon.redemption_id)


def again_and_again(work: Work, send: Callable[[], object]) -> bytes:
    """The answer, however often the server says first that it cannot reach its database."""
    while True:
        answer = send()
        if answer.status_code == 200:  # type: ignore[attr-defined]
            return bytes(answer.content)  # type: ignore[attr-defined]
        assert answer.status_code == 503, answer.text  # type: ignore[attr-defined]
        work.refused += 1


def issue_more(world: World, work: Work) -> None:
    while not work.stopping.is_set():
        try:
            made = issue(world.central, Wanted(CampaignId(CAMPAIGN_ID), 0, 0, 3))
        except DatabaseError:
            work.refused += 1
            continue
        assert isinstance(made, list)
        work.answered(work.issued, *(each.serial for each in made if isinstance(each, Issued)))


def test_nothing_that_was_answered_is_lost_or_doubled(world: World) -> None:
    pushing, asking, work = world.till(), world.till(), Work()
    clients = [
        threading.Thread(target=push, args=(world, work, pushing)),
        threading.Thread(target=ask, args=(world, work, asking)),
        threading.Thread(target=issue_more, args=(world, work)),
    ]
    for client in clients:
        client.start()
    try:
        for _ in range(KILLS):
            work.wait_for_more()
            world.postgres.kill()
            world.postgres.start_again()
        work.wait_for_more()
    finally:
        work.stopping.set()
        for client in clients:
            client.join()
    assert work.refused >= KILLS, "they were killed while nobody was at work"
    answer = pushing.push()
    assert (answer.stored_to, {each.outcome.value for each in answer.answers}) == (len(pushing.rows), {"repeat"})
    assert work.pushed == {row.seq for row in pushing.rows}
    check_the_database(world, work, len(pushing.rows))
    for till in (pushing, asking):
        till.session.close()


def check_the_database(world: World, work: Work, pushed: int) -> None:
    with world.central.database.reading() as connection:
        stored = connection.execute(select(redemptions.c.redemption_id, redemptions.c.standing)).all()
        assert {row.standing for row in stored} == {"confirmed"}
        assert work.asked <= {row.redemption_id for row in stored}
        assert len(stored) == len({row.redemption_id for row in stored}) == pushed + len(work.asked)
        for table in (redemption_ids, events):
            assert connection.scalar(select(func.count()).select_from(table)) == len(stored)
        serials = connection.scalars(select(coupons.c.serial)).all()
        assert work.issued <= set(serials)
        assert issued_counts(connection, CAMPAIGN_ID) == {(0, 0): len(serials)}
