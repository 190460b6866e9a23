"""The server as the till sees it: signed requests out, checked answers in, HTTP's troubles as our errors.

An answer counts only when a serving key, vouched for by the root key pinned at enrolment, has signed it together with
the nonce of this very request. Its signed time is handed to whoever listens for the time.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

import requests
from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey
from pydantic import ValidationError
from urllib3.exceptions import HTTPError

from merchant_app.errors import (
    NotTheServerError,
    RequestRefusedError,
    ServerBusyError,
    UnreachableError,
    UntrustedCertificateError,
)
from merchant_app.till.network import new_session
from merchant_app.till.trust import Trust
from merchant_app.wire import signing
from merchant_app.wire.catalogue import LARGEST_PART, Keys, KeysDocument
from merchant_app.wire.chains import AdoptAnswer, AdoptRequest
from merchant_app.wire.enrolment import EnrolAnswer, EnrolRequest
from merchant_app.wire.events import EventsAnswer
from merchant_app.wire.facts import PushAnswer, PushRequest
from merchant_app.wire.redeeming import RedeemAnswer, RedeemRequest
from merchant_app.wire.refusal import Refusal
from merchant_app.wire.shape import Wire

Answered = TypeVar("Answered", bound=Wire)

CONNECT_SECONDS = 3.0
READ_SECONDS = 10.0
ASK_SECONDS = 1.0
_CHUNK = 64 * 1024
_LONGEST_PATIENCE = 3600.0
"""Seconds: `Retry-After` is not signed, so nobody can send a till away for longer by it."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who this till is to its server, and by which key it knows the server."""

    server: str
    till_id: str
    key: SigningKey
    root_key: VerifyKey


@dataclass(frozen=True, slots=True)
class _Reply:
    status: int
    body: bytes
    etag: str | None
    retry_after: float | None


class Remote:
    """One till's door to one server. `heard` is told every fresh signed time; calls may come from several threads.

    `served` gives the latest time that the server has signed: what has expired by then is not believed.
    """

    def __init__(
        self,
        identity: Identity,
        *,
        new_nonce: Callable[[], str],
        heard: Callable[[datetime], None],
        served: Callable[[], datetime | None] = lambda: None,
        session: requests.Session | None = None,
    ) -> None:
        self._identity = identity
        self._new_nonce = new_nonce
        self._heard = heard
        self._session = session or new_session()
        self.trust = Trust(identity.root_key, served)

    def keys(self) -> tuple[KeysDocument, Keys]:
        """The list of keys; its signature is the root's own, so that a new serving key can be learned by it."""
        reply = self._send("GET", "/api/keys", checked=False)
        document = _parse(KeysDocument, reply.body)
        return document, self.trust.checked_keys(document)

    def catalogue(self, etag: str | None) -> tuple[bytes, str] | None:
        """The signed snapshot and its ETag; None where it is still the one with `etag`."""
        reply = self._send("GET", "/api/catalogue", headers={"If-None-Match": etag} if etag else {})
        return None if reply.status == requests.codes.not_modified else (reply.body, reply.etag or "")

    def part(self, name: str) -> bytes:
        return self._send("GET", f"/api/catalogue/{name}").body

    def picture(self, sha256: str) -> bytes:
        return self._send("GET", f"/api/pictures/{sha256}").body

    def redeem(self, request: RedeemRequest) -> RedeemAnswer:
        reply = self._send("POST", "/api/redemptions", request, timeout=(ASK_SECONDS, ASK_SECONDS))
        return _parse(RedeemAnswer, reply.body)

    def redemption(self, redemption_id: str) -> RedeemAnswer:
        """What the server said to an ask. Raises `RequestRefusedError("unknown_redemption")` for one it never had."""
        return _parse(RedeemAnswer, self._send("GET", f"/api/redemptions/{redemption_id}").body)

    def push(self, request: PushRequest) -> PushAnswer:
        return _parse(PushAnswer, self._send("POST", "/api/facts", request).body)

    def adopt(self, request: AdoptRequest) -> AdoptAnswer:
        """Raises `RequestRefusedError`: a code of `wire.chains`, or that of an older server."""
        return _parse(AdoptAnswer, self._send("POST", "/api/chains", request).body)

    def events(self, after: int) -> EventsAnswer:
        return _parse(EventsAnswer, self._send("GET", f"/api/events?after={after}").body)

    def _send(
        self,
        method: str,
        path: str,
        body: Wire | None = None,
        *,
        headers: dict[str, str] | None = None,
        timeout: tuple[float, float] = (CONNECT_SECONDS, READ_SECONDS),
        checked: bool = True,
    ) -> _Reply:
        content, nonce = b"" if body is None else body.as_json(), self._new_nonce()
        message = signing.request_message(method, path, nonce, content)
        sent = {
            signing.TILL_ID: self._identity.till_id,
            signing.TILL_NONCE: nonce,
            signing.TILL_SIGNATURE: self._identity.key.sign(message).signature.hex(),
            "Content-Type": "application/json",
            **(headers or {}),
        }
        response = _exchange(self._session, method, self._identity.server + path, content, sent, timeout)
        reply = _Reply(
            response.status_code,
            _read(response, time.monotonic() + sum(timeout)),
            response.headers.get("ETag"),
            _seconds(response.headers.get("Retry-After")),
        )
        if checked:
            self._check(response, nonce, reply)
        return _good(reply)

    def _check(self, response: requests.Response, nonce: str, reply: _Reply) -> None:
        """Raises `NotTheServerError` unless a trusted serving key signed this answer to this request."""
        if reply.status in (requests.codes.bad_gateway, requests.codes.gateway_timeout):
            raise UnreachableError(f"status {reply.status} from something between")
        try:
            server_time = datetime.fromisoformat(response.headers.get(signing.SERVER_TIME, ""))
            signature = bytes.fromhex(response.headers.get(signing.SERVER_SIGNATURE, ""))
            key = self.trust.serving_key(response.headers.get(signing.SERVER_KEY, ""), server_time)
            key.verify(signing.answer_message(nonce, reply.status, server_time, reply.body), signature)
        except (ValueError, BadSignatureError) as error:
            raise NotTheServerError(f"an answer with a wrong signature: {error}") from error
        self._heard(server_time)


def enrol(server: str, request: EnrolRequest, session: requests.Session | None = None) -> EnrolAnswer:
    """Asks to become a till of this server; nobody's signature is known yet, the caller checks the root key."""
    session = session or new_session()
    headers = {"Content-Type": "application/json"}
    timeout = (CONNECT_SECONDS, READ_SECONDS)
    response = _exchange(session, "POST", server + "/api/enrolments", request.as_json(), headers, timeout)
    body = _read(response, time.monotonic() + sum(timeout))
    retry_after = _seconds(response.headers.get("Retry-After"))
    return _parse(EnrolAnswer, _good(_Reply(response.status_code, body, None, retry_after)).body)


def _exchange(
    session: requests.Session, method: str, url: str, body: bytes, headers: dict[str, str], timeout: tuple[float, float]
) -> requests.Response:
    try:
        return session.request(
            method, url, data=body, headers=headers, timeout=timeout, stream=True, allow_redirects=False
        )
    except requests.exceptions.SSLError as error:
        raise UntrustedCertificateError(str(error)) from error
    except requests.RequestException as error:
        raise UnreachableError(str(error)) from error


def _read(response: requests.Response, deadline: float) -> bytes:
    """The whole body, up to `LARGEST_PART` and until the deadline: neither endless nor trickling answers hold us.

    What has come is taken as it comes: requests' own `iter_content` waits until a chunk is full.
    """
    body = bytearray()
    try:
        with response:
            while chunk := response.raw.read1(_CHUNK, decode_content=True):
                body += chunk
                if len(body) > LARGEST_PART:
                    raise NotTheServerError("an answer without end")
                if time.monotonic() > deadline:
                    raise UnreachableError("an answer that trickles")
    except HTTPError as error:
        raise UnreachableError(f"the answer broke off: {error}") from error
    return bytes(body)


def _good(reply: _Reply) -> _Reply:
    """The reply where it is a yes; else the error that says what kind of no."""
    if reply.status < 400:
        return reply
    if reply.status in (requests.codes.too_many_requests, requests.codes.service_unavailable):
        raise ServerBusyError(reply.retry_after)
    if reply.status >= 500:
        raise UnreachableError(f"status {reply.status}")
    try:
        refusal = Refusal.model_validate_json(reply.body)
    except ValidationError as error:
        raise NotTheServerError(f"status {reply.status} in a shape of its own") from error
    raise RequestRefusedError(refusal.code, refusal.detail)


def _parse(shape: type[Answered], body: bytes) -> Answered:
    try:
        return shape.model_validate_json(body)
    except ValidationError as error:
        raise NotTheServerError(f"an answer of another shape: {error.error_count()} fields") from error


def _seconds(text: str | None) -> float | None:
    """A header's seconds; None for a date, or for no number that one could wait for."""
    if text is None or not (text.isascii() and text.isdecimal()):
        return None
    return min(float(text), _LONGEST_PATIENCE)
