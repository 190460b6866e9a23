"""Good, but not on this bill: too little on it, or the wrong company."""

from typing import assert_never

from merchant_app.domain.judging.reasons import BelowMinSpend, CannotCombine
from merchant_app.wording.refusals.asking import Asking
from merchant_app.wording.said import Said, said


def not_on_this_bill(reason: BelowMinSpend | CannotCombine, asking: Asking) -> Said:
    words = asking.words
    match reason:
        case BelowMinSpend(short_by_fen=short, min_spend_fen=least):
            title = words._(
                "{short} more to reach {least}",
                short=words.money(short, sign=False),
                least=words.money(least, sign=False),
            )
            return said(words, title, words._("Correct the bill if more was bought."))
        case CannotCombine():
            return said(words, _company(reason, asking), words._("Redeem it with another bill."))
        case _:
            assert_never(reason)


def _company(reason: CannotCombine, asking: Asking) -> str:
    words, most = asking.words, reason.max_per_bill
    if most is not None:
        return words.n_("Only {count} of these on one bill", "At most {count} of these on one bill", most)
    titles = [title for index in reason.offer_indexes if (title := asking.offer_title(index)) is not None]
    if not titles:
        return words._("Cannot stand beside the coupons on this bill")
    return words._("Cannot be combined with {offers}", offers=words.list(titles))
