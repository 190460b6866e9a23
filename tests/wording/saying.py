"""Both languages and a time at which things are said: a Thursday, 30 June 2022, 14:46 in Shanghai."""

from datetime import UTC, datetime

from merchant_app.wording import Words
from tests.domain.building import SHANGHAI, at

EN, ZH = Words("en"), Words("zh")
NOW = at(2022, 6, 30, 14, 46)
ZONE = SHANGHAI
LONG_AGO = datetime(2021, 6, 30, tzinfo=UTC)
