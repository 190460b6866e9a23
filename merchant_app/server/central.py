"""What every route and command of the server works with, joined in one value by the composition root."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from merchant_app.server.db.database import Database
from merchant_app.server.services.keeping_keys.server_keys import ServerKeys
from merchant_app.server.services.reporting.refreshing import Refreshing
from merchant_app.server.services.surroundings import Memory


@dataclass(frozen=True, slots=True)
class Central:
    """`now` gives aware UTC; `new_id` ids that nobody can guess; `random_below(n)` numbers in [0, n) likewise;
    `memory` is what this process has read of the database and can read again."""

    database: Database
    keys: ServerKeys
    now: Callable[[], datetime]
    new_id: Callable[[], str]
    random_below: Callable[[int], int]
    refreshing: Refreshing = field(default_factory=Refreshing)
    memory: Memory = field(default_factory=Memory)
