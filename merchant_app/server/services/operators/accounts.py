"""Operators as they are kept: who there is, changing one's password, disabling one and letting in again."""

from merchant_app.domain.kinds import OperatorId
from merchant_app.server.central import Central
from merchant_app.server.db import operators as operator_rows
from merchant_app.server.db.notes import forget_topic
from merchant_app.server.db.operators import KeptOperator
from merchant_app.server.db.sessions import end_sessions_of
from merchant_app.server.services.guessing import PASSWORD_CHANGES, note_wrong_guess, seconds_to_wait
from merchant_app.server.services.operators.deeds import Deed, note_deed
from merchant_app.server.services.operators.passwords import Unfit, hashed, is_right, unfit_password
from merchant_app.server.services.operators.sessions import open_session


def operators_known(central: Central) -> list[KeptOperator]:
    with central.database.reading() as connection:
        return operator_rows.all_operators(connection)


def change_password(central: Central, operator_id: OperatorId, old: str, new: str, repeated: str) -> str | Unfit:
    """Every session of this operator ends but the one that is opened here: what its cookie holds.

    Whoever found a session open must not find the password out: wrong ones are counted here too.
    """
    topic = f"password of {operator_id}"
    with central.database.writing() as connection:
        kept = operator_rows.operator_of(connection, operator_id)
        if seconds_to_wait(connection, topic, PASSWORD_CHANGES, central.now()):
            return Unfit.TOO_MANY_GUESSES
        note_wrong_guess(connection, topic, central.now())
    if kept is None or not is_right(old, kept.password_hash):
        return Unfit.WRONG_PASSWORD
    unfit = unfit_password(new, repeated, kept.name)
    if unfit is not None:
        return unfit
    now, password_hash = central.now(), hashed(new)
    with central.database.writing() as connection:
        forget_topic(connection, topic)
        operator_rows.put_password(connection, operator_id, password_hash)
        end_sessions_of(connection, operator_id)
        note_deed(connection, operator_id, Deed.PASSWORD_CHANGED, operator_id, at=now, name=kept.name)
        return open_session(connection, operator_id, now)


def disable(central: Central, operator_id: OperatorId, by: OperatorId) -> bool:
    """Ends this operator's sessions and lets in no more; False: nobody disables themselves, so that one remains."""
    now = central.now()
    with central.database.writing() as connection:
        kept = operator_rows.operator_of(connection, operator_id)
        if kept is None or operator_id == by or kept.disabled_at is not None:
            return False
        operator_rows.put_disabled(connection, operator_id, now)
        end_sessions_of(connection, operator_id)
        note_deed(connection, by, Deed.OPERATOR_DISABLED, operator_id, at=now, name=kept.name)
    return True


def enable(central: Central, operator_id: OperatorId, by: OperatorId) -> bool:
    """Lets a disabled operator in again; False: there is no such one."""
    now = central.now()
    with central.database.writing() as connection:
        kept = operator_rows.operator_of(connection, operator_id)
        if kept is None or kept.disabled_at is None:
            return False
        operator_rows.put_disabled(connection, operator_id, None)
        note_deed(connection, by, Deed.OPERATOR_ENABLED, operator_id, at=now, name=kept.name)
    return True
