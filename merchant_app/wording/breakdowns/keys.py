"""The server's private keys: away, missing, damaged, or a backup that does not open."""

from merchant_app.errors import KeyBackupError, KeyMissingError, KeysError, RootKeyAwayError
from merchant_app.wording.said import Said, said
from merchant_app.wording.words import Words


def keys(words: Words, error: KeysError) -> Said:
    match error:
        case RootKeyAwayError():
            title = words._("This needs the server's root key, and it is not in its place")
            if error.detail:
                title = words._("The root key in this place belongs to another server")
            remedy = words._("Put the root key at {path} and try again; take it away afterwards.", path=error.path)
            return said(words, title, remedy)
        case KeyMissingError(detail=""):
            title = words._("A key that the server signs with is missing: {path}", path=error.path)
            remedy = words._("Restore it from a backup (docs/keys.md); none was made in its place.")
            return said(words, title, remedy)
        case KeyMissingError():
            title = words._("The server has no serving key that is valid now")
            remedy = words._("Check this computer's clock, or make a new serving key at once (docs/keys.md).")
            return said(words, title, remedy)
        case KeyBackupError():
            return _backup(words, error)
        case _:
            title = words._("The server's keys cannot be used: {detail}", detail=error.detail or error.path)
            return said(words, title, words._("Check {path}, or restore the keys from a backup.", path=error.path))


def _backup(words: Words, error: KeyBackupError) -> Said:
    match error.why:
        case "wrong_passphrase":
            title = words._("The backup {path} does not open", path=error.path)
            return said(
                words, title, words._("The passphrase is another, or the file is damaged; nothing was changed.")
            )
        case "in_the_way":
            title = words._("Other keys are there already: {names}", names=error.path)
            return said(words, title, words._("Add --replace to put the backup's keys in their place."))
        case _:
            title = words._("{path} is no backup of keys", path=error.path)
            return said(words, title, words._("Choose a file that a backup of keys has written."))
