"""What a change to an opened campaign may not do: take anything from a holder, or deny what happened already."""

from merchant_app.domain.amending.happened import Happened, denied_by
from merchant_app.domain.amending.kept import Kept, Taken
from merchant_app.domain.amending.taken import taken_from_holders

__all__ = ["Happened", "Kept", "Taken", "denied_by", "taken_from_holders"]
