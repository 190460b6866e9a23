"""Who changes a campaign: written down with its versions, and among the deeds of operators."""

from dataclasses import dataclass

from merchant_app.domain.kinds import OperatorId


@dataclass(frozen=True, slots=True)
class Author:
    """`operator_id` None: somebody at the server's own command line, who has no name here."""

    name: str
    operator_id: OperatorId | None


AT_THE_COMMAND_LINE = Author("", None)
