"""Where the claims of one process come in: paced, then put in line; and what its links show."""

from concurrent.futures import Future
from dataclasses import dataclass

from merchant_app.server.central import Central
from merchant_app.server.services.claiming.asking import WantedClaim
from merchant_app.server.services.claiming.line import ClaimLine
from merchant_app.server.services.claiming.pacing import OF_A_WALLET, OF_AN_ADDRESS, Pacing
from merchant_app.server.services.claiming.serving import Answer, serve
from merchant_app.server.services.claiming.showing import ShownLinks

_LINE_SECONDS = 2


@dataclass(frozen=True, slots=True)
class ComeBack:
    """Not now. `too_fast`: this address or wallet asks too often; otherwise the line is full."""

    seconds: int
    too_fast: bool


class ClaimDoor:
    """`open` before the first claim, `close` after the last: it returns when everybody in line has an answer."""

    def __init__(self, central: Central) -> None:
        self._central = central
        self.line = ClaimLine(lambda wanted: serve(central, wanted))
        self._of_addresses = Pacing(OF_AN_ADDRESS)
        self._of_wallets = Pacing(OF_A_WALLET)
        self.links = ShownLinks(central)

    def open(self) -> None:
        self.line.start()

    def close(self) -> None:
        self.line.close()

    def ask(self, wanted: WantedClaim, address: str) -> "Future[Answer] | ComeBack":
        """The answer to come; cancelling it leaves the line."""
        now = self._central.now()
        seconds = self._of_wallets.seconds_to_wait(wanted.wallet_id, now)
        seconds = seconds or self._of_addresses.seconds_to_wait(address, now)
        if seconds:
            return ComeBack(seconds, too_fast=True)
        return self.line.join(wanted) or ComeBack(_LINE_SECONDS, too_fast=False)
