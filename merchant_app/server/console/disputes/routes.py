"""`/console/disputes`: open ones first; one with both sides' evidence; the operator's outcome, once."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, HTTPException, Request
from starlette.responses import Response

from merchant_app.domain.disputes import Outcome, ServerReason
from merchant_app.domain.judging.reasons import REASON_CODES
from merchant_app.domain.kinds import Bilingual
from merchant_app.server.api.who import CentralPart
from merchant_app.server.central import Central
from merchant_app.server.console.disputes.comparing import comparison
from merchant_app.server.console.disputes.filter import Filled, filled_in
from merchant_app.server.console.pages import done, page, words_of
from merchant_app.server.console.paging import PageNumber, Paging
from merchant_app.server.console.who import Form, Operator, area
from merchant_app.server.db.disputes import KeptDispute
from merchant_app.server.services.evidence import campaign_names, disputes_page, evidence_for
from merchant_app.server.services.resolving import NotResolved, resolve
from merchant_app.wording import Words
from merchant_app.wording.disputes import (
    about_name,
    dispute_reason,
    dispute_reason_name,
    outcome_line,
    outcome_name,
    payer_name,
    why_not_resolved,
    why_proposed,
)

router = area("disputes")
AGES = (1, 3, 7, 30)
"""Days."""
_LONGEST_NOTE = 2000


@router.get("")
def list_disputes(
    request: Request, central: CentralPart, filled: Annotated[Filled, Depends(filled_in)], number: PageNumber = 1
) -> Response:
    first = Paging(number, 0)
    wanted = filled.wanted(central.now())
    disputes, total, outlets = disputes_page(central, wanted, limit=first.size, offset=first.offset)
    words, names = words_of(request), campaign_names(central)
    return page(
        request,
        "disputes/list.html",
        lines=[_line(words, each, outlets) for each in disputes],
        paging=Paging(number, total),
        filled=filled,
        reasons=[("", words._("Any reason")), *((code, dispute_reason_name(words, code)) for code in _codes())],
        campaigns=[("", words._("Any campaign")), *((each, words.of(name)) for each, name in names.items())],
        ages=[("", words._("Any age")), *((each, _older(words, each)) for each in AGES)],
        states=[
            ("open", words.p_("dispute", "Open")),
            ("closed", words.p_("dispute", "Ended")),
            ("all", words._("All")),
        ],
    )


@router.get("/{dispute_id}")
def show_dispute(request: Request, central: CentralPart, dispute_id: str) -> Response:
    return _shown(request, central, dispute_id, {"outcome": "", "note": ""}, {})


@router.post("/{dispute_id}/outcome")
def resolve_dispute(
    request: Request, central: CentralPart, operator: Operator, form: Form, dispute_id: str
) -> Response:
    words, filled = words_of(request), {name: str(form.get(name, "")) for name in ("outcome", "note")}
    if filled["outcome"] not in list(Outcome):
        return _shown(request, central, dispute_id, filled, {"outcome": words._("Choose how it ends.")})
    note = filled["note"][:_LONGEST_NOTE]
    ended = resolve(
        central, dispute_id, Outcome(filled["outcome"]), note=note, by=operator.name, operator=operator.operator_id
    )
    match ended:
        case NotResolved.UNKNOWN_DISPUTE:
            raise HTTPException(404)
        case NotResolved.NOTE_MISSING:
            return _shown(request, central, dispute_id, filled, {"note": why_not_resolved(words, ended.value)})
        case NotResolved():
            return done(request, f"/console/disputes/{dispute_id}", why_not_resolved(words, ended.value), "bad")
    said = words._("Ended: {outcome}.", outcome=outcome_name(words, filled["outcome"]))
    return done(request, f"/console/disputes/{dispute_id}", said)


def _shown(
    request: Request, central: Central, dispute_id: str, filled: dict[str, str], errors: dict[str, str]
) -> Response:
    found = evidence_for(central, dispute_id)
    if found is None:
        raise HTTPException(404)
    words, dispute = words_of(request), found.dispute
    reasons = [dispute_reason(words, each, now=found.took_place_at, zone=found.zone) for each in dispute.reasons]
    return page(
        request,
        "disputes/show.html",
        status=422 if errors else 200,
        dispute=dispute,
        evidence=found,
        about=about_name(words, dispute.about),
        title=words.list([each.title for each in reasons]),
        reasons=reasons,
        sides=comparison(words, found),
        payer=payer_name(words, dispute.proposed_payer),
        why_payer=why_proposed(words, dispute.proposed_payer),
        ended=None if dispute.outcome is None else outcome_name(words, dispute.outcome),
        outcomes=[(each, outcome_name(words, each), outcome_line(words, each)) for each in Outcome],
        filled=filled,
        errors=errors,
    )


@dataclass(frozen=True, slots=True)
class Line:
    """A dispute in the list."""

    dispute: KeptDispute
    outlet: str
    reasons: str
    says: str
    tone: str


def _line(words: Words, dispute: KeptDispute, outlets: dict[int, Bilingual]) -> Line:
    reasons = words.list([dispute_reason_name(words, code) for code in dispute.codes])
    if dispute.outcome is None:
        says, tone = words._("{payer} to pay?", payer=payer_name(words, dispute.proposed_payer)), "wait"
    else:
        says, tone = outcome_name(words, dispute.outcome), "quiet"
    return Line(dispute, words.of(outlets[dispute.outlet_id]), reasons, says, tone)


def _codes() -> list[str]:
    return [*REASON_CODES, *ServerReason]


def _older(words: Words, days: int) -> str:
    return words.n_("Older than {count} day", "Older than {count} days", days)
