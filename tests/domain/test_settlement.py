"""What is owed for a redemption by its standing, and how a reserve stands."""

import pytest

from merchant_app.domain.disputes import Payer
from merchant_app.domain.kinds import Fen
from merchant_app.domain.redemption import Standing
from merchant_app.domain.settlement import Reserve, ReserveLevel, owed_fen


@pytest.mark.parametrize(
    ("standing", "payer", "owed"),
    [
        (Standing.CONFIRMED, None, 2000),
        (Standing.RESOLVED, Payer.CAMPAIGN, 2000),
        (Standing.RESOLVED, Payer.OUTLET, 0),
        (Standing.RESOLVED, None, 0),
        (Standing.CONTESTED, None, 0),
        (Standing.PROVISIONAL, None, 0),
        (Standing.VOIDED, None, 0),
    ],
)
def test_only_what_is_confirmed_or_the_campaign_pays_is_owed(
    standing: Standing, payer: Payer | None, owed: int
) -> None:
    assert owed_fen(standing, payer, Fen(2000)) == owed


@pytest.mark.parametrize(
    ("stated", "proposed", "drawn", "level", "percent"),
    [
        (None, 0, 0, ReserveLevel.UNSTATED, None),
        (None, 500, 0, ReserveLevel.UNSTATED, None),
        (0, 0, 0, ReserveLevel.GOOD, None),
        (0, 1, 0, ReserveLevel.OVERDRAWN, None),
        (1000, 399, 400, ReserveLevel.GOOD, 79),
        (1000, 400, 400, ReserveLevel.LOW, 80),
        (1000, 0, 1000, ReserveLevel.LOW, 100),
        (1000, 1, 1000, ReserveLevel.OVERDRAWN, 100),
    ],
)
def test_a_reserve_warns_at_eighty_percent_and_beyond(
    stated: int | None, proposed: int, drawn: int, level: ReserveLevel, percent: int | None
) -> None:
    reserve = Reserve(None if stated is None else Fen(stated), Fen(proposed), Fen(drawn))
    assert (reserve.level, reserve.percent) == (level, percent)
