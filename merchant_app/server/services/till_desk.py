"""The operator's work on tills: all of them with what is the matter, and one with all that belongs to it."""

from dataclasses import dataclass

from merchant_app.domain.kinds import TillId
from merchant_app.server.central import Central
from merchant_app.server.db import chains as chain_rows
from merchant_app.server.db import till_search
from merchant_app.server.db import tills as till_rows
from merchant_app.server.db.chains import KeptChain
from merchant_app.server.db.till_search import ListedTill, TillMatter
from merchant_app.server.services.clones import Fork, fork_of


@dataclass(frozen=True, slots=True)
class TillStory:
    """`chains` are its own and those that it adopted; `fork` where two copies of it were used."""

    listed: ListedTill
    chains: list[KeptChain]
    fork: Fork | None


def find(
    central: Central, words: str, matter: TillMatter | None, offset: int, limit: int
) -> tuple[int, list[ListedTill]]:
    """How many there are, and a page of them; revoked ones only where they are looked for."""
    now = central.now()
    with central.database.reading() as connection:
        total = till_search.count(connection, words, matter, now)
        return total, till_search.page(connection, words, matter, now, offset, limit)


def matters(central: Central) -> dict[TillMatter | None, int]:
    """How many tills each matter concerns; None: all that were not revoked."""
    now = central.now()
    with central.database.reading() as connection:
        return {each: till_search.count(connection, "", each, now) for each in (None, *TillMatter)}


def story_of(central: Central, till_id: TillId) -> TillStory | None:
    """None: there is no such till."""
    with central.database.reading() as connection:
        listed = till_search.listed(connection, till_id)
        if listed is None:
            return None
        chains = chain_rows.chains_of(connection, [till_id, *till_rows.adopted_by(connection, till_id)])
    return TillStory(listed, chains, fork_of(central, till_id))
