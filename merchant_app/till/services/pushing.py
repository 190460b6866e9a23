"""Pushing: facts go up in the order of their numbers, an answer comes back for each, standings follow."""

import logging

from sqlite_utils import Database

from merchant_app.till.db import catalogue, facts, old_chains, redemptions, state
from merchant_app.till.remote import Remote
from merchant_app.till.services.counter import Counter
from merchant_app.version import program_version
from merchant_app.wire.events import Event, EventKind
from merchant_app.wire.facts import LARGEST_BATCH, PushRequest, Report, RowAnswer, RowOutcome, as_pushed

log = logging.getLogger(__name__)


def push_all(counter: Counter, remote: Remote) -> int:
    """Pushes until nothing waits; how many rows got their answer. Once at least: the till's report goes with it.

    A server that has less of the chain than it had answered was restored from a backup: it gets the rest again.
    """
    pushed, went_back = 0, False
    while True:
        request = _next_batch(counter)
        answer = remote.push(request)
        answered = _take_answers(counter, answer.answers)
        pushed += answered
        if not went_back and _go_back(counter, answer.stored_to):
            went_back = True
        elif len(request.rows) < LARGEST_BATCH or not answered:
            return pushed


def pull_events(counter: Counter, remote: Remote) -> int:
    """What others redeemed and freed, and new standings of our own; how many events there were."""
    pulled = 0
    while True:
        with counter.ledger.reading() as db:
            cursor = state.get_number(db, state.EVENTS_CURSOR)
        answer = remote.events(cursor)
        with counter.writing() as db:
            for event in answer.events:
                catalogue.take_event(db, event)
                _take_news(db, event)
            state.put(db, state.EVENTS_CURSOR, str(max(cursor, answer.cursor)))
        pulled += len(answer.events)
        if not answer.more or answer.cursor <= cursor:
            return pulled


def _next_batch(counter: Counter) -> PushRequest:
    """Rows and report, read in one transaction; the reported floor is durable before it is sent."""
    with counter.writing() as db:
        floor = counter.clock.floor()
        if floor is not None:
            state.put_time(db, state.REPORTED_FLOOR, floor)
        head = facts.head(db)
        rows = facts.waiting(db, LARGEST_BATCH)
        chain = facts.chain_id(db)
        report = Report(
            floor=floor,
            head_seq=head.seq,
            head_hash=head.hash.hex(),
            version=program_version(),
            sent_at=counter.clock.wall(),
            waiting=facts.count_waiting(db) - len(rows),
            catalogue_version=counter.knowledge().version,
            catalogue_at=state.get_time(db, state.CATALOGUE_CONFIRMED_AT),
        )
    if floor is not None:
        counter.clock.report(floor)
    return PushRequest(chain_id=chain, rows=[as_pushed(row) for row in rows], report=report)


def _take_answers(counter: Counter, answers: list[RowAnswer]) -> int:
    with counter.writing() as db:
        before = facts.pushed_to(db)
        facts.store_answers(db, answers, counter.clock.now())
        for answer in answers:
            redemptions.take_word(db, answer)
        return facts.pushed_to(db) - before


def _go_back(counter: Counter, stored_to: int) -> bool:
    """Whether the server has lost rows that it had answered; from here on they wait to be pushed again."""
    with counter.ledger.reading() as db:
        if not facts.is_missing_there(db, stored_to):
            return False
    with counter.writing() as db:
        log.warning("the server has this ledger only up to row %s of %s: pushing again", stored_to, facts.pushed_to(db))
        redemptions.forget_words(db, facts.chain_id(db), stored_to)
        facts.forget_answers(db, stored_to)
        old_chains.forget_adoptions(db)
    return True


def _take_news(db: Database, event: Event) -> None:
    """A new standing of one of our own, kept so that what is derived can be built again."""
    if event.kind is not EventKind.STANDING or event.standing is None:
        return
    word = RowAnswer(
        seq=0,
        outcome=RowOutcome.STORED,
        redemption_id=event.redemption_id,
        standing=event.standing,
        reasons=event.reasons,
        dispute_id=event.dispute_id,
        dispute_outcome=event.dispute_outcome,
    )
    facts.store_news(db, event.cursor, word)
    redemptions.take_word(db, word)
