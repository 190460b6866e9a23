"""The whole campaign at its real size: a million yuan, 40,000 coupons claimed empty, on both engines."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from merchant_app.server.app import create_app
from merchant_app.server.running import RunningServer
from merchant_app.server.settings import Settings
from tests.server.conftest import Clock, House
from tests.server.jiangbei.campaign import BEGINS, whole_campaign
from tests.server.jiangbei.test_jiangbei import assert_to_the_fen
from tests.server.postgres import private_postgres


@pytest.fixture(params=["sqlite", "postgresql"])
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    clock = Clock(BEGINS)
    with ExitStack() as stack:
        database = None
        if request.param == "postgresql":
            database = stack.enter_context(private_postgres(durable=True)).new_database()
        app = create_app(Settings(tmp_path / "server", database), now=clock)
        yield House(stack.enter_context(RunningServer(app)), clock)


def test_a_million_yuan_in_three_rounds_is_told_to_the_fen(server: House) -> None:
    with whole_campaign(server, share=1, say=print) as whole:
        assert_to_the_fen(whole)
