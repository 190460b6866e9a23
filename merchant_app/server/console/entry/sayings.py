"""What is said at the door: why nobody is signed in, why a link is dead, why a name or password is not taken."""

from datetime import timedelta

from merchant_app.server.services.operators.links import DeadLink
from merchant_app.server.services.operators.passwords import LONGEST_NAME, LONGEST_PASSWORD, SHORTEST_PASSWORD, Unfit
from merchant_app.server.services.operators.signing_in import NotSignedIn, NotSignedInWhy
from merchant_app.wording import Words


def why_not_signed_in(words: Words, refused: NotSignedIn) -> str:
    match refused.why:
        case NotSignedInWhy.WRONG:
            return words._("Name or password is wrong.")
        case NotSignedInWhy.DISABLED:
            return words._("This operator has been disabled. Ask another operator.")
        case NotSignedInWhy.TOO_MANY_GUESSES:
            wait = words.span(timedelta(seconds=refused.retry_after or 0), up=True)
            return words._("Too many wrong passwords. Try again in {wait}.", wait=wait)


def why_dead(words: Words, why: DeadLink) -> dict[str, str]:
    """Title and sentence."""
    title = {
        DeadLink.UNKNOWN: words._("This link is not known"),
        DeadLink.USED: words._("This link was used already"),
        DeadLink.EXPIRED: words._("This link has expired"),
    }[why]
    return {"title": title, "sentence": words._("Ask for a new one; each is good once, for 24 hours.")}


def why_unfit(words: Words, why: Unfit) -> dict[str, str]:
    """The field of the form, and what is wanted there."""
    shortest, longest = SHORTEST_PASSWORD, LONGEST_PASSWORD
    return {
        Unfit.NO_NAME: {"name": words._("Enter a name.")},
        Unfit.LONG_NAME: {"name": words._("At most {count} characters.", count=LONGEST_NAME)},
        Unfit.NAME_TAKEN: {"name": words._("Another operator has this name.")},
        Unfit.SHORT_PASSWORD: {"password": words._("At least {count} characters.", count=shortest)},
        Unfit.LONG_PASSWORD: {"password": words._("At most {count} characters.", count=longest)},
        Unfit.NAME_AS_PASSWORD: {"password": words._("Not your name.")},
        Unfit.NOT_THE_SAME: {"repeated": words._("This is not the same password.")},
        Unfit.WRONG_PASSWORD: {"old": words._("This is not your password.")},
        Unfit.TOO_MANY_GUESSES: {"old": words._("Too many wrong passwords. Try again in 10 minutes.")},
    }[why]
