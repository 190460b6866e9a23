"""The composition root of the server: its parts are built and joined here."""

import secrets
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send

from merchant_app.errors import DatabaseUnusableError
from merchant_app.server.api import (
    catalogue,
    chains,
    claims,
    describing,
    enrolments,
    events,
    facts,
    health,
    redemptions,
    refusals,
)
from merchant_app.server.api.bodies import BODY_SECONDS, MOST_HELD, Bounds, WholeBodies
from merchant_app.server.api.envelope import SignedAnswers
from merchant_app.server.api.operator import routes as operator
from merchant_app.server.api.operator.who import Paces
from merchant_app.server.api.shares import Shares, SharesTaken
from merchant_app.server.central import Central
from merchant_app.server.console.app import console_app
from merchant_app.server.console.headers import GuardedPages
from merchant_app.server.db.database import WAIT_SECONDS, Database, database_url
from merchant_app.server.db.migrate import migrate
from merchant_app.server.services.backing_up import note_start
from merchant_app.server.services.claiming.door import ClaimDoor
from merchant_app.server.services.enrolling import note_server_url
from merchant_app.server.services.keeping_keys.list_of_keys import is_published
from merchant_app.server.services.keeping_keys.server_keys import open_keys
from merchant_app.server.services.keeping_keys.serving_keys import ready_to_serve
from merchant_app.server.settings import Settings
from merchant_app.server.wallet.app import wallet_app
from merchant_app.version import program_version
from merchant_app.wire.refusal import Refusal


def system_now() -> datetime:
    return datetime.now(UTC)


def open_central(
    settings: Settings,
    *,
    now: Callable[[], datetime] = system_now,
    new_id: Callable[[], str] = lambda: str(uuid.uuid4()),
    random_below: Callable[[int], int] = secrets.randbelow,
    checkpoints: bool = True,
    wait_seconds: float = WAIT_SECONDS,
) -> Central:
    """The database, brought up to date, and the keys. Raises `DatabaseError` or `KeysError`; close it after use."""
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseUnusableError(str(settings.data_dir), str(error)) from error
    url = database_url(settings.database, settings.data_dir)
    database = Database(url, checkpoints=checkpoints, wait_seconds=wait_seconds)
    try:
        migrate(database)
        with database.reading() as connection:
            are_new = not is_published(connection)
        keys = open_keys(settings.data_dir, now(), are_new=are_new)
    except BaseException:
        database.close()
        raise
    return Central(database, keys, now, new_id, random_below)


class ServerApp:
    """The server as an ASGI application: `api` in its envelope of whole bodies and signed answers."""

    def __init__(self, central: Central, *, body_seconds: float = BODY_SECONDS, most_held: int = MOST_HELD) -> None:
        self.central = central
        shares = Shares()
        self.api = _api(central, shares)
        apart = SharesTaken(self.api, shares)
        whole = GuardedPages(WholeBodies(apart, bounds=Bounds(seconds=body_seconds, most_held=most_held)))
        self._outermost: ASGIApp = SignedAnswers(whole, keys=central.keys, now=central.now)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._outermost(scope, receive, send)


def create_app(
    settings: Settings,
    *,
    now: Callable[[], datetime] = system_now,
    new_id: Callable[[], str] = lambda: str(uuid.uuid4()),
    random_below: Callable[[int], int] = secrets.randbelow,
    body_seconds: float = BODY_SECONDS,
    most_held: int = MOST_HELD,
    wait_seconds: float = WAIT_SECONDS,
    url: str | None = None,
) -> ServerApp:
    """The whole server; `url` is written into invitations. Raises `DatabaseError` where it cannot be used."""
    central = open_central(settings, now=now, new_id=new_id, random_below=random_below, wait_seconds=wait_seconds)
    try:
        ready_to_serve(central)
        note_start(central)
        if url is not None:
            note_server_url(central, url)
    except BaseException:
        central.database.close()
        raise
    return ServerApp(central, body_seconds=body_seconds, most_held=most_held)


def _api(central: Central, shares: Shares) -> FastAPI:
    door = ClaimDoor(central)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        door.open()
        yield
        door.close()
        central.database.close()

    api = FastAPI(
        title="merchant-app server",
        version=program_version(),
        description="Tills enrol, fetch what they judge by, ask for redemptions and push what happened; wallets claim;"
        " operators' programs read and act.",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        responses={500: {"model": Refusal}},
    )
    api.state.central = central
    api.state.shares = shares
    api.state.claim_door = door
    api.state.operator_paces = Paces()
    refusals.install(api)
    for routes in (health, enrolments, catalogue, redemptions, facts, chains, events, claims, operator):
        api.include_router(routes.router)
    api.mount("/console", console_app(central))
    api.mount("/c", wallet_app(central, door))
    describing.install(api)
    return api
