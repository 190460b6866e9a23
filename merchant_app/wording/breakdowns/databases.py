"""The server's database cannot be used: what to put right in its address, or at PostgreSQL."""

from merchant_app.errors import (
    DatabaseBusyError,
    DatabaseError,
    DatabaseNewerError,
    DatabaseUnusableError,
    DatabaseWhy,
)
from merchant_app.wording.said import Said, said
from merchant_app.wording.words import Words


def database(words: Words, error: DatabaseError) -> Said:
    match error:
        case DatabaseNewerError():
            title = words._("The server's database was written by a newer version of this program")
            return said(words, title, words._("Install the newest version; nothing is lost."))
        case DatabaseBusyError():
            title = words._("The server's database is busy")
            return said(words, title, words._("Another program is writing to it; try again in a moment."))
        case DatabaseUnusableError():
            return _address(words, error) or _engine(words, error) or _unusable(words, error)
        case _:
            return _unusable(words, error)


def _unusable(words: Words, error: DatabaseError) -> Said:
    title = words._("The server's database cannot be used: {detail}", detail=error.detail or error.database)
    return said(words, title, words._("Check that it is there, can be written, and has space."))


def _address(words: Words, error: DatabaseUnusableError) -> Said | None:
    """Nothing was found under the address, or it did not let us in."""
    match error.why:
        case DatabaseWhy.NOT_AN_ADDRESS:
            title = words._("What --database names is neither a file nor an address that can be read")
            return said(words, title, words._("Name a SQLite file, or postgresql://USER:PASSWORD@HOST/DATABASE."))
        case DatabaseWhy.NO_ANSWER:
            title = words._("PostgreSQL does not answer at {address}", address=error.database)
            return said(words, title, words._("Start it, or correct the address."))
        case DatabaseWhy.NOT_LET_IN:
            title = words._("PostgreSQL does not let this user in: {address}", address=error.database)
            return said(words, title, words._("Correct the user and the password, or allow them in pg_hba.conf."))
        case DatabaseWhy.NO_SUCH_DATABASE:
            title = words._("PostgreSQL has no database {name}", name=error.database)
            return said(words, title, words._("Make it: createdb --encoding=UTF8 {name}", name=error.database))
        case _:
            return None


def _engine(words: Words, error: DatabaseUnusableError) -> Said | None:
    """PostgreSQL answered, and cannot do what the server needs."""
    name, detail = error.database, error.detail
    match error.why:
        case DatabaseWhy.MAY_NOT:
            title = words._("The user is not allowed what the server needs in the database {name}", name=name)
            return said(words, title, words._("Make it the owner: ALTER DATABASE {name} OWNER TO ...", name=name))
        case DatabaseWhy.TOO_OLD:
            title = words._("PostgreSQL {version} is too old", version=detail)
            return said(words, title, words._("Bring it to version 13 or newer."))
        case DatabaseWhy.NOT_UTF8:
            title = words._("The database {name} keeps its text as {encoding}", name=name, encoding=detail)
            make = words._("Make one that can keep every character: createdb --template=template0 --encoding=UTF8 ...")
            return said(words, title, make)
        case DatabaseWhy.LOST:
            title = words._("The connection to PostgreSQL broke off: {address}", address=name)
            return said(words, title, words._("Try again when PostgreSQL is back; the server connects by itself."))
        case _:
            return None
