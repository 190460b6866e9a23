"""Every row is kept: early ones wait, unread ones are parked, forks are frozen, a revoked till's go into quarantine."""

from dataclasses import replace

from sqlalchemy import func, select

from merchant_app.domain.chain import Row, link
from merchant_app.domain.kinds import RedemptionId, TillId
from merchant_app.domain.plain import canonical
from merchant_app.domain.redemption import Standing
from merchant_app.server.db.tables import chains, disputes, forks, rows, tills
from merchant_app.server.services.clones import fork_of, start_anew
from merchant_app.server.services.enrolling import revoke
from merchant_app.wire.facts import PushedRow, RowOutcome, as_pushed
from tests.server.conftest import House
from tests.server.till_client import TillClient


def outcomes(till: TillClient, some: list[Row]) -> list[RowOutcome]:
    return [answer.outcome for answer in till.push(some).answers]


def unreadable(till: TillClient) -> Row:
    """A row of a kind that only a newer till knows, in its place in the chain."""
    content = canonical({"chain_id": till.chain_id, "seq": till.head.seq + 1, "kind": "hand_out_2", "fact_id": "x"})
    row = Row(
        till.rows[-1].chain_id if till.rows else till.chain_id,  # type: ignore[arg-type]
        till.head.seq + 1,
        "hand_out_2",  # type: ignore[arg-type]
        "x",
        content,
        link(till.head.hash, content),
    )
    till.rows.append(row)
    return row


def test_a_row_that_comes_early_waits_for_the_ones_before_it(house: House) -> None:
    till = house.till()
    one, two, three = (till.redeem(house.code(), house.clock.at) for _ in range(3))
    assert outcomes(till, [three]) == [RowOutcome.WAITING]
    assert till.push([one]).stored_to == 1
    assert outcomes(till, [three]) == [RowOutcome.WAITING]
    assert till.push([two]).stored_to == 3
    assert till.push([three]).answers[0].standing is Standing.CONFIRMED


def test_a_void_that_comes_before_its_redemption_is_applied_after_it(house: House) -> None:
    till, code = house.till(), house.code()
    redemption = till.redeem(code, house.clock.at)
    void = till.void(redemption.fact_id, house.clock.at)
    till.push([void])
    till.push([redemption])
    assert till.push([redemption]).answers[0].standing is Standing.VOIDED
    assert house.till(4202).ask(code).outcome == "confirmed"


def test_a_row_that_cannot_be_read_is_kept_byte_for_byte_and_parked_and_the_rest_goes_on(house: House) -> None:
    till = house.till()
    strange = unreadable(till)
    till.redeem(house.code(), house.clock.at)
    answers = till.push().answers
    assert [answer.outcome for answer in answers] == [RowOutcome.PARKED, RowOutcome.CONFIRMED]
    assert outcomes(till, [strange]) == [RowOutcome.PARKED]
    with house.central.database.reading() as connection:
        assert connection.scalar(select(rows.c.content).where(rows.c.seq == 1)) == strange.content


def test_a_till_with_a_parked_row_answers_for_nothing(house: House) -> None:
    till = house.till()
    till.redeem(house.code(), house.clock.at)
    till.push(floor=house.clock.at)
    with house.central.database.reading() as connection:
        assert connection.scalar(select(tills.c.answered_floor)) == house.clock.at
    unreadable(till)
    till.push(floor=house.clock.forward(hours=1))
    with house.central.database.reading() as connection:
        assert connection.scalar(select(tills.c.answered_floor)) < house.clock.at


def test_two_ledgers_on_one_chain_are_seen_as_a_fork_and_both_are_kept(house: House) -> None:
    till = house.till()
    clone = replace(till, rows=[])
    own = till.redeem(house.code(), house.clock.at)
    till.push()
    other = clone.redeem(house.code(), house.clock.at)
    assert outcomes(clone, [other]) == [RowOutcome.FORKED]
    assert outcomes(clone, [other]) == [RowOutcome.FORKED]
    more = till.redeem(house.code(), house.clock.at)
    assert outcomes(till, [own, more]) == [RowOutcome.REPEAT, RowOutcome.FORKED]
    with house.central.database.reading() as connection:
        assert connection.scalar(select(chains.c.frozen_at)) is not None
        kept = set(connection.scalars(select(forks.c.content)))
    assert kept == {other.content, more.content}


def test_what_both_ledgers_redeemed_after_the_fork_are_disputes_and_the_till_begins_anew(house: House) -> None:
    till = house.till()
    clone = replace(till, rows=[])
    first = till.redeem(house.code(), house.clock.at)
    till.push()
    known = clone.ask(house.code()).confirmed[0].redemption_id
    other = clone.redeem(house.code(), house.clock.at)
    clone.redeem(house.code(), house.clock.at, redemption_id=known)
    for _ in range(2):
        clone.push()
    with house.central.database.reading() as connection:
        opened = connection.execute(select(disputes.c.redemption_id, disputes.c.reasons)).all()
    assert [tuple(each) for each in opened] == [(other.fact_id, '[{"code": "cloned_till"}]')]
    fork = fork_of(house.central, TillId(till.till_id))
    assert fork is not None
    assert [each.redemption_id for each in fork.first] == [first.fact_id]
    assert [each.redemption_id for each in fork.other] == [other.fact_id, known]
    assert start_anew(house.central, TillId(till.till_id), house.url) is not None
    assert outcomes(clone, [clone.redeem(house.code(), house.clock.at)]) == [RowOutcome.FORKED]
    assert start_anew(house.central, TillId(house.till().till_id), house.url) is None


def test_a_row_that_does_not_follow_from_those_before_it_is_a_fork_too(house: House) -> None:
    till = house.till()
    till.redeem(house.code(), house.clock.at)
    till.push()
    row = till.redeem(house.code(), house.clock.at)
    bent = PushedRow(seq=row.seq, content=row.content.decode().replace("02", "03"), hash=row.hash.hex())
    answer = till.push_raw([bent]).json()
    assert [each["outcome"] for each in answer["answers"]] == ["forked"]
    assert answer["stored_to"] == 1


def test_a_revoked_tills_rows_go_into_quarantine_each_redemption_and_void_a_dispute(house: House) -> None:
    till = house.till()
    confirmed = house.code()
    known = RedemptionId(till.ask(confirmed).confirmed[0].redemption_id)
    revoke(house.central, TillId(till.till_id))
    code = house.code()
    till.redeem(code, house.clock.at)
    till.redeem(confirmed, house.clock.at, redemption_id=known)
    till.redeem(house.code(), house.clock.at, redemption_id=known)
    till.void(known, house.clock.at)
    answers = till.push(floor=house.clock.at).answers
    assert [answer.outcome for answer in answers] == [RowOutcome.QUARANTINED] * 4
    fresh, of_its_yes, of_another_coupon, void = answers
    assert of_its_yes.dispute_id is None
    assert len({fresh.dispute_id, of_another_coupon.dispute_id, void.dispute_id} - {None}) == 3
    again = till.push(till.rows).answers
    assert [answer.outcome for answer in again] == [RowOutcome.QUARANTINED] * 4
    assert [answer.dispute_id for answer in again] == [answer.dispute_id for answer in answers]
    with house.central.database.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(disputes)) == 3
        assert connection.scalar(select(tills.c.answered_floor)) is None
    assert house.till(4202).ask(code).outcome == "confirmed"


def test_a_chain_of_another_till_is_refused(house: House) -> None:
    till, other = house.till(), house.till(4202)
    row = till.redeem(house.code(), house.clock.at)
    thief = replace(other, chain_id=till.chain_id)
    answer = thief.push_raw([as_pushed(row)])
    assert (answer.status_code, answer.json()["code"]) == (409, "unknown_chain")


def test_the_same_number_twice_in_one_push_is_answered_row_by_row(house: House) -> None:
    till = house.till()
    row = till.redeem(house.code(), house.clock.at)
    clone = replace(till, rows=[])
    other = clone.redeem(house.code(), house.clock.at)
    answers = till.push_raw([as_pushed(row), as_pushed(row), as_pushed(other)]).json()["answers"]
    assert [each["outcome"] for each in answers][2] == "forked"
    assert len({json_of["outcome"] for json_of in answers[:2]}) == 1
