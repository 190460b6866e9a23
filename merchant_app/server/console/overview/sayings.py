"""The checklist's lines: what each step is, why, and by which button or page it is taken."""

from dataclasses import dataclass

from merchant_app.server.services.first_steps import Progress, Step
from merchant_app.wording import Words


@dataclass(frozen=True, slots=True)
class Way:
    """A button that does a step at once (`is_change`), or a page where it is done."""

    to: str
    label: str
    is_change: bool = False
    campaign_id: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    step: Step
    title: str
    hint: str
    is_done: bool
    is_next: bool
    ways: tuple[Way, ...]


def checklist(words: Words, progress: Progress) -> list[Line]:
    """In order; a step that is done shows no ways any more."""
    said = {**_before_opening(words), **_from_opening(words)}
    lines = []
    for step in Step:
        title, hint = said[step]
        is_done = step in progress.done
        ways = () if is_done else tuple(_ways(words, progress, step))
        lines.append(Line(step, title, hint, is_done, step is progress.next, ways))
    return lines


def _before_opening(words: Words) -> dict[Step, tuple[str, str]]:
    return {
        Step.OUTLETS: (
            words._("Bring in the outlets"),
            words._("Where coupons are redeemed: a table of your own, or invented ones to try with."),
        ),
        Step.CAMPAIGN: (
            words._("Write a campaign"),
            words._("Rounds, stock, offers and rules: in a form, or two samples whose dates are moved to today."),
        ),
        Step.REHEARSAL: (
            words._("Rehearse it"),
            words._("See what a till will say in every case before anybody stands at the counter."),
        ),
        Step.TILL: (
            words._("Invite a till"),
            words._("Start the till program, and scan or type its one-time invitation."),
        ),
    }


def _from_opening(words: Words) -> dict[Step, tuple[str, str]]:
    return {
        Step.OPENING: (
            words._("Open the campaign"),
            words._("From then on tills know it and its rounds hand out coupons at their times."),
        ),
        Step.COUPON: (
            words._("Give out a coupon"),
            words._("By a claim link, or one here on the screen to show to the till's camera."),
        ),
        Step.REDEMPTION: (
            words._("Redeem it"),
            words._("Hold the code before the till's camera. This list ends when the server has heard of it."),
        ),
    }


def _ways(words: Words, progress: Progress, step: Step) -> list[Way]:
    match step:
        case Step.OUTLETS:
            here = Way("/console/first-steps/outlets", words._("Take the sample outlets"), is_change=True)
            return [here, Way("/console/outlets", words._("Import my own"))]
        case Step.CAMPAIGN:
            here = Way("/console/first-steps/samples", words._("Load the sample campaigns"), is_change=True)
            return [here, Way("/console/campaigns/new", words._("Write my own"))]
        case Step.TILL if Step.OUTLETS in progress.done:
            here = Way("/console/first-steps/till", words._("Invite a till"), is_change=True)
            return [here, Way("/console/tills", words._("Choose the outlet"))]
        case Step.COUPON if Step.OPENING in progress.done:
            return [Way("/console/first-steps/coupon", words._("Issue one coupon"), is_change=True)]
        case _:
            return _ways_of_campaign(words, progress, step)


def _ways_of_campaign(words: Words, progress: Progress, step: Step) -> list[Way]:
    if step is Step.REHEARSAL and progress.newest is not None:
        campaign_id, name = progress.newest
        label = words._("Rehearse {name}", name=words.of(name))
        return [Way("/console/first-steps/rehearsal", label, is_change=True, campaign_id=campaign_id)]
    if step is Step.OPENING and progress.draft is not None:
        campaign_id, name = progress.draft
        label = words._("Open {name}", name=words.of(name))
        return [Way("/console/first-steps/opening", label, is_change=True, campaign_id=campaign_id)]
    return []
