"""Plain HTTP to another computer is spoken only by a till that was told to, and then its screen says so for good."""

from pathlib import Path

import pytest

from merchant_app.errors import EnrolmentRefusedError, UnreachableError
from merchant_app.till.db import state
from merchant_app.till.parts import Outside, open_ledger
from merchant_app.till.services.enrolling import Enrolling
from tests.fakes import Plug
from tests.till.made_till import make_till

ELSEWHERE = "http://coupons.invalid"
INVITATION = "ABCD-EFGH-2345-ABCD-EFGH"


@pytest.mark.parametrize("server", [ELSEWHERE, "ftp://coupons.invalid"])
def test_an_address_that_is_not_safe_is_refused_before_anything_is_sent(tmp_path: Path, server: str) -> None:
    ledger, plug = open_ledger(tmp_path), Plug()
    with pytest.raises(EnrolmentRefusedError, match="unsafe_address"):
        Enrolling(ledger, new_id=Outside().new_id, session=plug.session()).enrol(server, INVITATION, "till")
    ledger.close()
    assert plug.requests_sent == []


def test_where_it_was_allowed_plain_http_is_tried_and_nothing_else_is(tmp_path: Path) -> None:
    ledger, plug = open_ledger(tmp_path), Plug(pulled=True)
    enrolling = Enrolling(ledger, new_id=Outside().new_id, session=plug.session())
    with pytest.raises(UnreachableError):
        enrolling.enrol(ELSEWHERE, INVITATION, "till", plain_http=True)
    with pytest.raises(EnrolmentRefusedError, match="unsafe_address"):
        enrolling.enrol("ftp://coupons.invalid", INVITATION, "till", plain_http=True)
    ledger.close()


@pytest.mark.parametrize(
    ("server", "readable"),
    [(ELSEWHERE, True), ("https://coupons.invalid", False), ("http://127.0.0.1:8470", False)],
)
def test_a_connection_that_can_be_read_on_the_way_is_shown(tmp_path: Path, server: str, readable: bool) -> None:
    till = make_till(tmp_path, catalogue_of=[])
    with till.parts.ledger.transaction() as db:
        state.put(db, state.SERVER, server)
    assert till.parts.syncing.strip().readable is readable
