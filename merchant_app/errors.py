"""The tree of breakdowns. A refused coupon is a value (`domain.judging.verdict`), never an error.

    MerchantAppError
    ├── CampaignDocumentError     a campaign document with a mistake, named by its field
    ├── LedgerError               the till's file cannot be used
    │   ├── LedgerNewerError      written by a newer version of this program
    │   ├── LedgerBusyError       another process is the till
    │   ├── LedgerUnwritableError read-only, or the disk is full
    │   └── LedgerDamagedError    the file is not a sound database, or its chain is broken
    ├── RemoteError               the server gave no usable answer
    │   ├── UnreachableError      no connection, no answer in time, or an answer that broke off
    │   ├── ServerBusyError       it said "later"
    │   ├── NotTheServerError     something answered, but not the server this till was enrolled with
    │   │   └── UntrustedCertificateError  its TLS certificate is not one that this computer trusts
    │   └── RequestRefusedError   it understood, and says no
    ├── CatalogueRejectedError    a catalogue that this till must not take over
    ├── NotEnrolledError          this till has no server yet
    ├── TillRevokedError          the operator has revoked this till
    ├── EnrolmentRefusedError     an invitation that does not fit, or a server that is not the one it names
    ├── SourceError               a camera, picture or video cannot be read
    ├── OutputError               a file for people cannot be written
    ├── ServerCertificateError    the central server's own TLS certificate cannot be served
    ├── KeysError                 the central server's private keys cannot be used
    │   ├── RootKeyAwayError      the root key is wanted, and is not in its place
    │   ├── KeyMissingError       a key that signs every day is not there, or has expired
    │   ├── KeysUnusableError     a file or folder of keys cannot be read or written
    │   └── KeyBackupError        a backup that does not open, or other keys in its way
    └── DatabaseError             the central server's database cannot be used
        ├── DatabaseNewerError    brought up to date by a newer version of this program
        ├── DatabaseBusyError     somebody else is writing, and goes on for too long
        └── DatabaseUnusableError missing, read-only, full, damaged, or its server does not answer

Each carries the data its sentence needs; the sentences are in `wording.breakdowns`.
"""

from enum import StrEnum


class MerchantAppError(Exception):
    """Anything that keeps the program from doing what it was asked, and that it knows by name."""


class CampaignDocumentError(MerchantAppError):
    """A campaign document that cannot be taken as it is.

    `mistakes` holds (path, expected) pairs, e.g. `("offers.0.benefit.percent", "a whole number from 1 to 100")`.
    """

    def __init__(self, mistakes: list[tuple[str, str]]) -> None:
        self.mistakes = mistakes
        super().__init__("; ".join(f"{path}: {expected}" for path, expected in mistakes))


class LedgerError(MerchantAppError):
    """The till's file cannot be used. `path` is the file."""

    def __init__(self, path: str, detail: str = "") -> None:
        self.path = path
        self.detail = detail
        super().__init__(f"{path}: {detail}" if detail else path)


class LedgerNewerError(LedgerError):
    """The file was written by a newer version of this program."""


class LedgerBusyError(LedgerError):
    """Another process is the till, or holds the file."""


class LedgerUnwritableError(LedgerError):
    """The file or its disk takes no more writing."""


class LedgerDamagedError(LedgerError):
    """The file is not a sound database, or its chain of facts is broken."""


class RemoteError(MerchantAppError):
    """The server gave no usable answer."""


class UnreachableError(RemoteError):
    """No connection, no answer in time, or an answer that broke off."""


class ServerBusyError(RemoteError):
    """The server asked to be left alone for `retry_after` seconds (None: it did not say)."""

    def __init__(self, retry_after: float | None = None) -> None:
        self.retry_after = retry_after
        super().__init__(f"busy, retry after {retry_after}")


class NotTheServerError(RemoteError):
    """An answer that the pinned server did not sign: another program, another key, another certificate."""


class UntrustedCertificateError(NotTheServerError):
    """A TLS certificate that this computer does not trust: expired, of another name, or of an unknown authority."""


class RequestRefusedError(RemoteError):
    """The server understood the request and says no. `code` is its stable reason."""

    def __init__(self, code: str, detail: str = "") -> None:
        self.code = code
        self.detail = detail
        super().__init__(f"{code}: {detail}" if detail else code)


class CatalogueRejectedError(MerchantAppError):
    """A catalogue that this till must not take over: older, forged, mixed or too large (`why`)."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


class NotEnrolledError(MerchantAppError):
    """This till has not been enrolled with a server yet."""


class TillRevokedError(MerchantAppError):
    """The operator has revoked this till: it redeems nothing more; what it wrote down still goes up."""


class EnrolmentRefusedError(MerchantAppError):
    """`why`: `not_an_invitation`, `no_server`, `unsafe_address`, `another_server`, or the server's own code."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


class SourceError(MerchantAppError):
    """A camera, picture or video that cannot be read. `source` is what was named."""

    def __init__(self, source: str, detail: str = "") -> None:
        self.source = source
        self.detail = detail
        super().__init__(f"{source}: {detail}" if detail else source)


class DatabaseError(MerchantAppError):
    """The central server's database cannot be used. `database` is its file or address."""

    def __init__(self, database: str, detail: str = "") -> None:
        self.database = database
        self.detail = detail
        super().__init__(f"{database}: {detail}" if database else detail)


class DatabaseNewerError(DatabaseError):
    """The database was brought up to date by a newer version of this program."""


class DatabaseBusyError(DatabaseError):
    """Somebody else is writing, and goes on for too long."""


class DatabaseWhy(StrEnum):
    """What a person has to put right."""

    OTHER = "other"
    NOT_AN_ADDRESS = "not_an_address"
    NO_ANSWER = "no_answer"
    NOT_LET_IN = "not_let_in"
    NO_SUCH_DATABASE = "no_such_database"
    MAY_NOT = "may_not"
    TOO_OLD = "too_old"
    NOT_UTF8 = "not_utf8"
    LOST = "lost"


class DatabaseUnusableError(DatabaseError):
    """Missing, read-only, full or damaged; or the database server does not answer, or not as it has to."""

    def __init__(self, database: str, detail: str = "", why: DatabaseWhy = DatabaseWhy.OTHER) -> None:
        self.why = why
        super().__init__(database, detail)


class KeysError(MerchantAppError):
    """The central server's private keys cannot be used. `path` is the file or folder."""

    def __init__(self, path: str, detail: str = "") -> None:
        self.path = path
        self.detail = detail
        super().__init__(f"{path}: {detail}" if detail else path)


class RootKeyAwayError(KeysError):
    """The root key is wanted, and is not in its place: `path` is where to put it."""


class KeyMissingError(KeysError):
    """A key that signs every day is not there, or has expired."""


class KeysUnusableError(KeysError):
    """A file or folder of keys cannot be read or written."""


class KeyBackupError(KeysError):
    """`path`: the file; or the keys that are in the way. `why`: `unreadable`, `wrong_passphrase` or `in_the_way`."""

    def __init__(self, path: str, why: str = "unreadable") -> None:
        self.why = why
        super().__init__(path, why)


class CertificateWhy(StrEnum):
    """What is wrong with a TLS certificate."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    NOT_A_PAIR = "not_a_pair"
    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"


class ServerCertificateError(MerchantAppError):
    """The central server's own certificate cannot be served. `path` is the file."""

    def __init__(self, path: str, why: CertificateWhy = CertificateWhy.UNREADABLE, detail: str = "") -> None:
        self.path = path
        self.why = why
        self.detail = detail
        super().__init__(f"{path}: {why.value} {detail}".rstrip())


class OutputError(MerchantAppError):
    """A report or picture that cannot be written where it was asked for. `path` is the file."""

    def __init__(self, path: str, detail: str = "") -> None:
        self.path = path
        self.detail = detail
        super().__init__(f"{path}: {detail}" if detail else path)
