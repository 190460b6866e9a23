"""The rows of earlier enrolments: a till enrolled anew over its ledger adopts those chains, and pushes the rest.

Every sync tries what is still to be done, so a lost answer or a crash costs nothing but another try:

not asked yet   the server is asked, and shown the row that it wants to see
adopted         rows without an answer are pushed, as of any chain
done            every row has its answer
refused         they cannot go up (another outlet's, say): they stay in the ledger, set aside

A server that was restored from a backup may have lost rows that it had answered; it is asked anew then, and gets them.
"""

from merchant_app.domain.kinds import ChainId
from merchant_app.errors import RequestRefusedError
from merchant_app.till.db import facts, old_chains, redemptions
from merchant_app.till.db.old_chains import Adoption
from merchant_app.till.remote import Remote
from merchant_app.till.services.counter import Counter
from merchant_app.wire.chains import FINAL_REFUSALS, AdoptRequest, ShownRow
from merchant_app.wire.facts import LARGEST_BATCH, PushRequest, Report, as_pushed


def push_old_chains(counter: Counter, remote: Remote) -> int:
    """Adopts what can be adopted and pushes what was left; how many rows got their answer."""
    with counter.ledger.reading() as db:
        pending = old_chains.pending(db)
    return sum(_push(counter, remote, chain) for chain in pending if _adopt(counter, remote, chain))


def _adopt(counter: Counter, remote: Remote, chain: ChainId) -> bool:
    """Whether the chain's rows can be pushed."""
    with counter.ledger.reading() as db:
        if old_chains.adoption(db, chain) is Adoption.ADOPTED:
            return True
        head = old_chains.head(db, chain)
    request = AdoptRequest(chain_id=chain, head_seq=head.seq, head_hash=head.hash.hex())
    try:
        answer = remote.adopt(request)
        if answer.show_seq is not None:
            with counter.ledger.reading() as db:
                shown = ShownRow(seq=answer.show_seq, hash=old_chains.hash_at(db, chain, answer.show_seq).hex())
            answer = remote.adopt(request.model_copy(update={"shown": shown}))
    except RequestRefusedError as error:
        if error.code in FINAL_REFUSALS:
            _note(counter, chain, Adoption.REFUSED)
        return False  # an older server does not know the question: it is asked again with every sync
    if answer.show_seq is not None:
        return False
    with counter.writing() as db:
        if old_chains.is_missing_there(db, chain, answer.stored_to):
            redemptions.forget_words(db, chain, answer.stored_to)
            old_chains.forget_answers(db, chain, answer.stored_to)
        old_chains.put_adoption(db, chain, Adoption.ADOPTED)
    return True


def _push(counter: Counter, remote: Remote, chain: ChainId) -> int:
    pushed = 0
    while True:
        with counter.ledger.reading() as db:
            rows, head = old_chains.unanswered(db, chain, LARGEST_BATCH), old_chains.head(db, chain)
        if not rows:
            _note(counter, chain, Adoption.DONE)
            return pushed
        report = Report(floor=None, head_seq=head.seq, head_hash=head.hash.hex())
        try:
            answer = remote.push(PushRequest(chain_id=chain, rows=[as_pushed(row) for row in rows], report=report))
        except RequestRefusedError:
            _note(counter, chain, None)  # it knows nothing of the adoption any more: asked again with the next sync
            return pushed
        with counter.writing() as db:
            before = old_chains.count_unanswered(db, chain)
            facts.store_answers(db, answer.answers, counter.clock.now(), chain)
            for each in answer.answers:
                redemptions.take_word(db, each)
            answered = before - old_chains.count_unanswered(db, chain)
        pushed += answered
        if not answered:
            return pushed


def _note(counter: Counter, chain: ChainId, adoption: Adoption | None) -> None:
    with counter.writing() as db:
        old_chains.put_adoption(db, chain, adoption)
