"""A ledger that any released version left behind opens for ever, and loses nothing by it."""

import shutil
from pathlib import Path

import pytest

from merchant_app.till.parts import check_ledger
from merchant_app.till.services.answers import NotRedeemed, Redeemed
from tests.till.made_till import bearer, bill, hold, make_till

LEDGERS = sorted(Path(__file__).parent.glob("ledger-*.db"))


@pytest.fixture(params=LEDGERS, ids=lambda path: path.stem)
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The folder of a till that was last used with that version."""
    shutil.copy(request.param, tmp_path / "ledger.db")
    return tmp_path


def test_there_is_one_for_every_release() -> None:
    assert [path.stem for path in LEDGERS] == ["ledger-0.1.0"]


def test_it_opens_whole(folder: Path) -> None:
    till = make_till(folder, catalogue_of=None)
    till.parts.close()
    findings = check_ledger(folder)
    assert findings.is_sound
    assert (findings.facts, findings.redemptions, findings.unreadable) == (9, 4, 0)


def test_what_was_spent_is_spent_and_what_was_undone_is_free(folder: Path) -> None:
    till = make_till(folder, catalogue_of=None)
    assert till.parts.syncing.strip().waiting == 7
    for spent in (bearer(1), bearer(2), hold(3)):
        answer = till.parts.redeeming.present(spent, bill(bill_id="later"))
        assert isinstance(answer, NotRedeemed)
        assert [reason.code for reason in answer.reasons] == ["already_redeemed"]
    assert isinstance(till.parts.redeeming.present(hold(6), bill(bill_id="a")), NotRedeemed)
    assert isinstance(till.parts.redeeming.present(bearer(5), bill(bill_id="b")), Redeemed)
