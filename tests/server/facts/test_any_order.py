"""However batches are cut, repeated and reordered, the state is as if every row had been sent once, in its order."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from nacl.signing import SigningKey
from sqlalchemy import select

from merchant_app.domain.chain import Row
from merchant_app.domain.kinds import ANY_OUTLET, CampaignId, OutletId, RedemptionId, TillId
from merchant_app.server.app import open_central
from merchant_app.server.central import Central
from merchant_app.server.db.tables import chains, redemptions
from merchant_app.server.services.campaign_desk import add, open_campaign
from merchant_app.server.services.enrolling import enrol, invite
from merchant_app.server.services.issuing import Wanted, issue
from merchant_app.server.services.outlet_import import import_outlets
from merchant_app.server.services.taking_facts import take
from merchant_app.server.settings import Settings
from merchant_app.wire.enrolment import EnrolRequest
from merchant_app.wire.facts import PushRequest, Report, as_pushed
from tests.server.documents import CAMPAIGN_ID, OUTLETS, document
from tests.server.till_client import TillClient

NOW = datetime(2026, 6, 30, 4, 0, tzinfo=UTC)
STEPS = ("redeem", "redeem again", "void", "reverse", "reverse unknown")
stories = st.lists(st.tuples(st.integers(0, 1), st.sampled_from(STEPS), st.integers(0, 2)), min_size=1, max_size=12)


@contextmanager
def opened() -> Iterator[Central]:
    with TemporaryDirectory() as folder:
        central = open_central(Settings(Path(folder)), now=lambda: NOW, new_id=iter(map(str, range(10**6))).__next__)
        try:
            import_outlets(central, OUTLETS)
            add(central, document(), {})
            open_campaign(central, CAMPAIGN_ID)
            yield central
        finally:
            central.database.close()


def tills_of(central: Central) -> list[TillClient]:
    """Two tills that are spoken to without a network; their keys and chains are the same every time."""
    made = []
    for number in (1, 2):
        invited = invite(central, OutletId(4200 + number), None)
        assert invited is not None
        key = SigningKey(bytes([number]) * 32)
        request = EnrolRequest(
            secret=invited[0].secret,
            public_key=key.verify_key.encode().hex(),
            chain_id=f"chain-{number}",
            till_name="t",
            version="1",
        )
        till_id = enrol(central, request, "here")
        assert isinstance(till_id, str)
        made.append(TillClient("", 4200 + number, till_id, key, f"chain-{number}", key.verify_key, set()))
    return made


def write(tills: list[TillClient], codes: list[str], story: list[tuple[int, str, int]]) -> None:
    """Each till's ledger as the story tells it; nothing is pushed."""
    ids: list[list[RedemptionId]] = [[], []]
    for number, (who, step, which) in enumerate(story):
        till, own, at = tills[who], ids[who], NOW + timedelta(seconds=number)
        fresh = RedemptionId(f"{who}-{number}")
        if step == "redeem" or not own:
            till.redeem(codes[which], at, redemption_id=fresh)
            own.append(fresh)
        elif step == "redeem again":
            till.redeem(codes[which], at, redemption_id=own[which % len(own)])
        elif step == "void":
            till.void(own[which % len(own)], at)
        else:
            till.reverse(own[which % len(own)] if step == "reverse" else fresh, at)


def push(central: Central, till: TillClient, rows: list[Row]) -> None:
    report = Report(floor=NOW, head_seq=till.head.seq, head_hash=till.head.hash.hex())
    request = PushRequest(chain_id=till.chain_id, rows=[as_pushed(row) for row in rows], report=report)
    answer = take(central, TillId(till.till_id), request)
    assert answer is not None
    assert [each.seq for each in answer.answers] == [row.seq for row in rows]


def state(central: Central) -> list[Any]:
    """What the server has come to, without the numbers that only say in how many steps."""
    columns = (
        redemptions.c.redemption_id,
        redemptions.c.till_id,
        redemptions.c.serial,
        redemptions.c.use,
        redemptions.c.standing,
        redemptions.c.freed_by,
        redemptions.c.waits_for_use,
        redemptions.c.reasons,
    )
    with central.database.reading() as connection:
        of_chain = (chains.c.chain_id, chains.c.stored_to, chains.c.head_hash, chains.c.frozen_at)
        ends = connection.execute(select(*of_chain).order_by(chains.c.chain_id))
        kept = connection.execute(select(*columns).order_by(redemptions.c.redemption_id))
        return [*map(tuple, ends), *map(tuple, kept)]


@settings(max_examples=25)
@given(stories, st.data())
def test_cut_repeated_and_reordered_batches_give_the_same_state(
    story: list[tuple[int, str, int]], data: st.DataObject
) -> None:
    with opened() as central:
        codes = [str(each.code) for each in issued(central)]
        tills = tills_of(central)
        write(tills, codes, story)
        for till in tills:
            if till.rows:
                push(central, till, till.rows)
        expected = state(central)
        for till in tills:
            again(central, till, data)
        assert state(central) == expected
    with opened() as central:
        recodes = [str(each.code) for each in issued(central)]
        fresh = tills_of(central)
        write(fresh, recodes, story)
        for till in fresh:
            again(central, till, data)
            if till.rows:
                push(central, till, till.rows)
        assert [without_serial(each) for each in state(central)] == [without_serial(each) for each in expected]


def issued(central: Central) -> list[Any]:
    made = issue(central, Wanted(CampaignId(CAMPAIGN_ID), 0, 0, 3, ANY_OUTLET))
    assert isinstance(made, list)
    return made


def again(central: Central, till: TillClient, data: st.DataObject) -> None:
    """Some of the till's rows, in any order and as often as it happens, in batches of any size."""
    if not till.rows:
        return
    picked = data.draw(st.lists(st.sampled_from(range(len(till.rows))), max_size=15))
    while picked:
        size = data.draw(st.integers(1, len(picked)))
        push(central, till, [till.rows[number] for number in picked[:size]])
        picked = picked[size:]


def without_serial(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Serials and hashes are other ones in another database; the rest is compared."""
    return tuple(
        "…" if isinstance(value, bytes) or (isinstance(value, int) and value > 10**6) else value for value in row
    )
