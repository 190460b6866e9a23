"""Good as far as this till can tell, but not without the server."""

from typing import assert_never

from merchant_app.domain.judging.reasons import CatalogueTooOld, ClockWrong, Knob, OfflineCap, OfflineNotAllowed
from merchant_app.wording.refusals.asking import Asking
from merchant_app.wording.said import Said, said

Offline = OfflineNotAllowed | OfflineCap | CatalogueTooOld | ClockWrong


def not_without_the_server(reason: Offline, asking: Asking) -> Said:
    words = asking.words
    match reason:
        case OfflineNotAllowed(manager_can=manager_can):
            return said(words, words._("Needs the network"), _connect(asking, manager_can=manager_can))
        case OfflineCap(manager_can=manager_can):
            return said(words, _cap(reason, asking), _connect(asking, manager_can=manager_can))
        case CatalogueTooOld(age=age, manager_can=manager_can):
            title = words._("This till's data is {span} old", span=words.span(age))
            return said(words, title, _connect(asking, manager_can=manager_can))
        case ClockWrong():
            title = words._("This till has never heard the time from its server")
            return said(words, title, words._("Connect it once."))
        case _:
            assert_never(reason)


def _cap(reason: OfflineCap, asking: Asking) -> str:
    words = asking.words
    match reason.knob:
        case Knob.MODE:
            return words._("Needs the network")
        case Knob.MAX_AMOUNT_OFF:
            return words._("More than {limit} off needs the network", limit=words.money(reason.value))
        case Knob.TILL_MAX_COUNT:
            return words.n_(
                "{count} redemption awaits its answer: no more without the network",
                "{count} redemptions await their answer: no more without the network",
                reason.value,
            )
        case Knob.TILL_MAX_AMOUNT:
            return words._("More than {limit} off unanswered needs the network", limit=words.money(reason.value))
        case _:
            assert_never(reason.knob)


def _connect(asking: Asking, *, manager_can: bool) -> str:
    words = asking.words
    if manager_can:
        return words._("Connect this till and scan again, or ask a manager.")
    return words._("Connect this till and scan it again.")
