"""What it costs to write a redemption down before saying yes: against one fsync'd append of the same bytes.

The commit is measured as the till makes it: the ledger's transaction from BEGIN to COMMIT, with the fact, its use slot
and its place among the redemptions, and a checkpoint between syncs that no cashier waits for.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from merchant_app.domain.coupon_code import CouponCode, decode
from merchant_app.domain.judging import Accepted, Network, judge
from merchant_app.domain.redemption import Redemption, Standing
from merchant_app.till.db import facts, redemptions
from merchant_app.till.services.counter import Counter
from merchant_app.till.services.recording import new_redemption
from merchant_app.till.services.scene import set_scene
from tests.benchmarks.rows import Row, at_most
from tests.till.made_till import CAMPAIGN, MadeTill, bearer, bill, document, make_till

REDEMPTIONS = 2000
BETWEEN_CHECKPOINTS = 50
TRACED = 20


def rows(_pictures: Path | None) -> Iterator[Row]:
    """Both kinds of write in turn, on the same disk, in the same minutes."""
    with tempfile.TemporaryDirectory(prefix="merchant-app-bench-") as folder:
        till = make_till(Path(folder), catalogue_of=[document()])
        commits, appends = _measure(till, Path(folder) / "appended")
        till.parts.close()
    for name, share, limit in (("p50", 0.5, 1.25), ("p99", 0.99, 2.5)):
        ours, peer = _at(commits, share), _at(appends, share)
        detail = f"{ours * 1e6:.0f} us against {peer * 1e6:.0f} us, {REDEMPTIONS} times"
        yield at_most(f"commit of a redemption against an fsync'd append, {name}", ours / peer, limit, "x", detail)
    yield from _fsyncs()


def _measure(till: MadeTill, path: Path) -> tuple[list[float], list[float]]:
    counter = till.parts.redeeming.counter
    appended = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    commits, appends = [], []
    for number in range(REDEMPTIONS):
        made = _judged(counter, number)
        start = time.perf_counter()
        with counter.writing() as db:
            redemptions.write(db, made, Standing.PROVISIONAL, use=1)
        commits.append(time.perf_counter() - start)
        with counter.ledger.reading() as db:
            content = facts.waiting(db, 1)[0].content
        start = time.perf_counter()
        os.write(appended, content)
        os.fsync(appended)
        appends.append(time.perf_counter() - start)
        if number % BETWEEN_CHECKPOINTS == 0:
            counter.ledger.checkpoint()
    os.close(appended)
    return commits, appends


def _judged(counter: Counter, number: int) -> Redemption:
    knowledge = counter.knowledge()
    code = decode(bearer(number + 1), knowledge.keys)
    assert isinstance(code, CouponCode)
    moment, on_bill = counter.clock.moment(), bill(bill_id=str(number))
    with counter.ledger.reading() as db:
        scene = set_scene(db, knowledge, code, on_bill, moment, Network.OFFLINE)
    verdict = judge(code, knowledge.campaigns[CAMPAIGN], scene)
    assert isinstance(verdict, Accepted)
    return new_redemption(counter, counter.new_redemption_id(), code, on_bill, scene, verdict, moment)


def _fsyncs() -> Iterator[Row]:
    """Counted by the system, where strace is at hand: redemptions with and without, the difference by their number."""
    if shutil.which("strace") is None:
        return
    few, many = _count(1), _count(1 + TRACED)
    each = (many - few) / TRACED
    name = "fsyncs for a provisional redemption"
    yield Row(name, each, 1, "", each == 1, f"{many - few} for {TRACED}, counted by strace")


def _count(number: int) -> int:
    command = ["strace", "-f", "-c", "-e", "trace=fsync,fdatasync", sys.executable, "-m", __name__, str(number)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    calls = (line.split() for line in done.stderr.splitlines())
    return sum(int(words[3]) for words in calls if words and words[-1] in ("fsync", "fdatasync"))


def _redeem(number: int) -> None:
    with tempfile.TemporaryDirectory(prefix="merchant-app-bench-") as folder:
        till = make_till(Path(folder), catalogue_of=[document()])
        for serial in range(1, number + 1):
            till.parts.redeeming.present(bearer(serial), bill(bill_id=str(serial)))
        till.parts.close()


def _at(times: list[float], share: float) -> float:
    return sorted(times)[int(len(times) * share)]


if __name__ == "__main__":
    _redeem(int(sys.argv[1]))
