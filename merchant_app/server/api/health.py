"""`GET /health`: whether the server answers and reaches its database."""

from fastapi import APIRouter
from pydantic import AwareDatetime
from sqlalchemy import text

from merchant_app.server.api.who import CentralPart
from merchant_app.version import program_version
from merchant_app.wire.shape import Wire

router = APIRouter(tags=["health"])


class Health(Wire):
    status: str
    version: str
    now: AwareDatetime


@router.get("/health")
def health(central: CentralPart) -> Health:
    """Answers 200 where the database answers too."""
    with central.database.reading() as connection:
        connection.execute(text("SELECT 1"))
    return Health(status="ok", version=program_version(), now=central.now())
