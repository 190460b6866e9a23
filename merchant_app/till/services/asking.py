"""Asking the server for a redemption: an answer within a second, or none."""

import logging
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotInTime

from merchant_app.errors import (
    NotTheServerError,
    RemoteError,
    RequestRefusedError,
    ServerBusyError,
    TillRevokedError,
    UnreachableError,
)
from merchant_app.till.remote import ASK_SECONDS, Remote
from merchant_app.till.services.line import Line
from merchant_app.wire.redeeming import UNKNOWN_REDEMPTION, RedeemAnswer, RedeemRequest
from merchant_app.wire.refusal import REVOKED

log = logging.getLogger(__name__)


class Asking:
    """The cashier never waits longer than `ASK_SECONDS`, whatever the network does: name lookup, trickle or silence.

    The question goes out on a thread of its own; an answer that comes later is heard by nobody, which is right:
    the redemption has gone another way under the same id by then.
    """

    def __init__(self, remote: Remote | None, line: Line) -> None:
        self._remote, self._line = remote, line
        self._threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="asking")

    def ask(self, request: RedeemRequest) -> RedeemAnswer | None:
        """The server's answer; None where there was none in time, and the line counts as down from here on.

        A server that is only busy, or has nothing to say to this question, was reached. Raises `TillRevokedError`.
        """
        if self._remote is None:
            return None
        try:
            return _checked(self._threads.submit(self._remote.redeem, request).result(ASK_SECONDS), request)
        except (NotInTime, RemoteError) as error:
            log.info("no answer to an ask: %s", error)
            if isinstance(error, RequestRefusedError) and error.code == REVOKED:
                raise TillRevokedError from error
            if not isinstance(error, RequestRefusedError | ServerBusyError):
                self._line.down()
            return None

    def look_up(self, redemption_id: str) -> RedeemAnswer | None:
        """What the server said to an earlier ask; None: it never had it, or took it back. Raises `RemoteError`."""
        if self._remote is None:
            return None
        try:
            return self._threads.submit(self._remote.redemption, redemption_id).result(ASK_SECONDS)
        except NotInTime as error:
            self._line.down()
            raise UnreachableError("no answer in time") from error
        except RequestRefusedError as error:
            if error.code != UNKNOWN_REDEMPTION:
                raise
            return None

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)


def _checked(answer: RedeemAnswer, request: RedeemRequest) -> RedeemAnswer:
    """The answer where it is one to this question. Raises `NotTheServerError` for a yes to something else."""
    asked = [coupon.redemption_id for coupon in request.coupons]
    if answer.outcome == "confirmed" and [yes.redemption_id for yes in answer.confirmed] != asked:
        raise NotTheServerError("a yes to something that was not asked")
    return answer
