"""Two tills of one outlet, one of another, and their server, through anything that can happen to them.

The oracle is what the screens said. Whatever happens in between, once everybody has been heard:
- what a screen acknowledged and nobody took back stands at that till and at the server, once;
- no till ever accepts a coupon more often than its uses;
- a coupon has no more confirmed redemptions than uses, and what is beyond them is contested, never dropped;
- where one outlet alone is entitled to a paper and has one till, it is never redeemed more often than its uses;
- every ledger is sound.
"""

import shutil
import tempfile
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, precondition, rule

from merchant_app.domain.kinds import ANY_OUTLET
from merchant_app.domain.redemption import Standing
from merchant_app.till.db import redemptions
from merchant_app.till.parts import check_ledger
from merchant_app.till.services.answers import Redeemed
from merchant_app.till.services.voiding import Voided
from tests.journeys.world import HERE, THERE, TillInHand, World, open_world
from tests.till.made_till import bill

OUTLETS = (HERE, HERE, THERE)
TILLS = st.integers(0, len(OUTLETS) - 1)
FEW = 2
"""Papers a life: few, so that the same one is shown again and again."""


@dataclass(frozen=True)
class Paper:
    code: str
    alone: bool
    """Bound to the outlet that has only one till."""


class TillsAndServer(RuleBasedStateMachine):
    """`said` is what the screens acknowledged and nobody took back: redemption id -> (till, paper)."""

    papers = Bundle("papers")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="merchant-app-machine-"))
        self.stack = ExitStack()
        self.world: World = self.stack.enter_context(open_world(self.folder, offline={"mode": "open"}))
        self.said: dict[str, tuple[int, Paper]] = {}
        self.bills = self.issued = 0
        self.server_runs = True

    @initialize()
    def enrol(self) -> None:
        for outlet in OUTLETS:
            self.world.new_till(outlet)

    @precondition(lambda self: self.issued < FEW)
    @rule(target=papers, where=st.sampled_from([ANY_OUTLET, HERE, THERE]))
    def issue(self, where: int) -> Paper:
        self.issued += 1
        return Paper(self.world.paper(where), alone=where == THERE)  # type: ignore[arg-type]

    @rule(number=TILLS, paper=papers)
    def show(self, number: int, paper: Paper) -> None:
        self.bills += 1
        answer = self._till(number).parts.redeeming.present(paper.code, bill(bill_id=str(self.bills)))
        if isinstance(answer, Redeemed):
            self._till(number).parts.redeeming.shown(answer.redemption.redemption_id)
            self.said[answer.redemption.redemption_id] = (number, paper)

    @rule(number=TILLS, paper=papers)
    def show_twice(self, number: int, paper: Paper) -> None:
        self.show(number, paper)
        self.show(number, paper)

    @rule(paper=papers)
    def show_everywhere(self, paper: Paper) -> None:
        for number in range(len(OUTLETS)):
            self.show(number, paper)

    @rule(number=TILLS)
    def undo(self, number: int) -> None:
        last = self._till(number).parts.looking.recent(1)
        if last and isinstance(self._till(number).parts.voiding.undo(last[0].redemption_id, "typo"), Voided):
            self.said.pop(last[0].redemption_id)

    @rule(number=TILLS)
    def sync(self, number: int) -> None:
        self._till(number).parts.syncing.sync()

    @rule(number=TILLS, pulled=st.booleans())
    def pull_plug(self, number: int, pulled: bool) -> None:
        self._till(number).plug.pulled = pulled

    @rule(number=TILLS, lost=st.booleans())
    def lose_answers(self, number: int, lost: bool) -> None:
        self._till(number).plug.lose_answers = lost

    @rule(number=TILLS, back=st.booleans())
    def hold_back(self, number: int, back: bool) -> None:
        plug = self._till(number).plug
        plug.hold_back = back
        if not back and self.server_runs:
            plug.deliver()

    @rule(number=TILLS)
    def restart_till(self, number: int) -> None:
        self.world.tills[number] = self._till(number).restart()

    @precondition(lambda self: self.server_runs)
    @rule()
    def stop_server(self) -> None:
        self.world.stop_server()
        self.server_runs = False

    @precondition(lambda self: not self.server_runs)
    @rule()
    def start_server(self) -> None:
        self.world.start_server()
        self.server_runs = True

    @rule(minutes=st.integers(0, 3))
    def wait(self, minutes: int) -> None:
        self.world.pass_by(minutes=minutes)

    @invariant()
    def nothing_acknowledged_is_missing_here(self) -> None:
        for redemption_id, (number, _) in self.said.items():
            with self._till(number).parts.ledger.reading() as db:
                stored = redemptions.find(db, redemption_id)
            assert stored is not None
            assert stored.standing is not Standing.VOIDED

    @invariant()
    def no_till_accepts_a_coupon_twice(self) -> None:
        accepted = Counter((number, paper.code) for number, paper in self.said.values())
        assert all(count == 1 for count in accepted.values())

    @invariant()
    def alone_entitled_and_alone_there_is_once(self) -> None:
        accepted = Counter(paper.code for _, paper in self.said.values() if paper.alone)
        assert all(count == 1 for count in accepted.values())

    def teardown(self) -> None:
        try:
            self._everybody_is_heard()
            self._check()
        finally:
            self.stack.close()
            shutil.rmtree(self.folder)

    def _everybody_is_heard(self) -> None:
        if not self.server_runs:
            self.world.start_server()
        for till in self.world.tills:
            till.plug.pulled = till.plug.lose_answers = till.plug.hold_back = False
            till.plug.deliver()
        for _ in range(2):  # the second round brings everybody what the first one made others say
            for till in self.world.tills:
                assert till.parts.syncing.sync().trouble is None

    def _check(self) -> None:
        confirmed: Counter[str] = Counter()
        for redemption_id, (number, paper) in self.said.items():
            standing = self._standing(number, redemption_id)
            assert standing in (Standing.CONFIRMED, Standing.CONTESTED), standing
            confirmed[paper.code] += standing is Standing.CONFIRMED
        accepted = {paper.code for _, paper in self.said.values()}
        assert all(confirmed[code] == 1 for code in accepted), "of those that were accepted, one is confirmed"
        for till in self.world.tills:
            assert till.parts.syncing.strip().waiting == 0
            assert check_ledger(till.data_dir).is_sound

    def _standing(self, number: int, redemption_id: str) -> Standing:
        with self._till(number).parts.ledger.reading() as db:
            stored = redemptions.find(db, redemption_id)
        assert stored is not None
        return stored.standing

    def _till(self, number: int) -> TillInHand:
        return self.world.tills[number]
