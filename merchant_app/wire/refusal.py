"""How the server says no to a request: a stable code, a sentence for the log, the field where there is one."""

from merchant_app.wire.shape import Wire

REVOKED = "revoked"
"""The code of a refusal that is about the till itself: the operator has revoked it."""


class Refusal(Wire):
    """The body of every answer with a status of 400 or above."""

    code: str
    detail: str = ""
    field: str | None = None
