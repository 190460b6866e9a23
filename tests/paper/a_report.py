"""A report to put on paper: two days, with names that a spreadsheet would take for formulas."""

from datetime import date, timedelta

from merchant_app.domain.business_day import OfferKey, OutletDays
from merchant_app.domain.kinds import Bilingual, CampaignId
from merchant_app.domain.redemption import Standing
from tests.domain.building import at
from tests.domain.test_business_day import NOON, a_row, an_attempt, report

FORMULA = '=HYPERLINK("http://example.com","火锅8折")'


def days() -> OutletDays:
    rows = [
        a_row(1),
        a_row(
            2, NOON + timedelta(hours=2), Standing.PROVISIONAL, bill="b2", bill_fen=1234567, off=123456, offer_index=1
        ),
        a_row(3, NOON + timedelta(hours=3), Standing.VOIDED, bill="b3", standing_at=at(2022, 6, 29, 9)),
        a_row(4, at(2022, 6, 29, 12), Standing.CONTESTED, bill="b4", cashier="王芳", bill_fen=None, off=5),
    ]
    refused = [an_attempt(1, NOON, "expired", "wrong_outlet"), an_attempt(2, NOON, "expired")]
    offers = {
        OfferKey(CampaignId(20220628), 0): Bilingual("满100减20", "20 off 100"),
        OfferKey(CampaignId(20220628), 1): Bilingual(FORMULA, FORMULA),
    }
    made = report(rows, refused, last_day=date(2022, 6, 29))
    return OutletDays(made, Bilingual("观音桥店", "Guanyinqiao"), offers, at(2022, 6, 30, 9))
