"""`merchant-app keys show|backup|restore|rotate|revoke`: the server's private keys, and what vouches for them."""

import argparse
import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from merchant_app.cli.desk import add_database, open_desk, refuse, tell, words_here
from merchant_app.cli.speaking import add_data_dir, add_json
from merchant_app.errors import SourceError

if TYPE_CHECKING:
    from merchant_app.server.services.keeping_keys.issuing_keys import KeyUnchanged
    from merchant_app.server.services.keeping_keys.serving_keys import ServingUnchanged

SHORTEST_PASSPHRASE = 12


def configure(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    show = actions.add_parser("show", help="every key, until when it is good, and when they were last backed up")
    backup = actions.add_parser("backup", help="all private keys in one file that opens by a passphrase")
    backup.add_argument("folder", type=Path, metavar="DIR", help="where to write it: not on the server's own disk")
    restore = actions.add_parser("restore", help="put the keys of a backup into their place")
    restore.add_argument("file", type=Path, metavar="FILE")
    restore.add_argument("--replace", action="store_true", help="also over other keys that are there")
    for each in (backup, restore):
        each.add_argument("--passphrase-file", type=Path, metavar="FILE", help="read it there instead of asking")
    for each in (show, backup):
        add_database(each)
    add_data_dir(restore)
    add_json(restore)
    _configure_rotate(actions.add_parser("rotate", help="a new key takes the place of one that is in use"))
    _configure_revoke(actions.add_parser("revoke", help="a key that leaked is not believed any more"))


def _configure_rotate(rotate: argparse.ArgumentParser) -> None:
    which = rotate.add_subparsers(dest="which", metavar="KEY", required=True)
    serving = which.add_parser("serving", help="signs answers and catalogues; the new one begins tomorrow")
    serving.add_argument("--at-once", action="store_true", help="begin now: tills learn of it when they meet it")
    root = which.add_parser("root", help="vouches for the others; tills follow without a visit")
    root.add_argument("--old-is-lost", action="store_true", help="nobody can hand over: every till is invited again")
    issuing = which.add_parser("issuing", help="signs the coupon codes of one campaign")
    issuing.add_argument("campaign_id", type=int, metavar="CAMPAIGN_ID")
    for each in (serving, root, issuing):
        add_database(each)


def _configure_revoke(revoke: argparse.ArgumentParser) -> None:
    which = revoke.add_subparsers(dest="which", metavar="KEY", required=True)
    serving = which.add_parser("serving", help="another signs from now on")
    serving.add_argument("key", metavar="PUBLIC_KEY", help="as `keys show` says it; its first 8 characters are enough")
    issuing = which.add_parser("issuing", help="no code that it signed is good any more; a new key takes its place")
    issuing.add_argument("key_index", type=int, metavar="KEY_INDEX")
    for each in (serving, issuing):
        add_database(each)


def run(args: argparse.Namespace) -> int:
    from merchant_app.cli.keys_shown import show

    doors = {"show": show, "backup": _backup, "restore": _restore, "rotate": _rotate, "revoke": _revoke}
    return doors[args.action](args)


def _backup(args: argparse.Namespace) -> int:
    from merchant_app.server.services.keeping_keys.backing_up import back_up

    words, passphrase = words_here(), _passphrase(args, twice=True)
    if len(passphrase) < SHORTEST_PASSPHRASE:
        sentence = words._("The passphrase needs at least {count} characters.", count=SHORTEST_PASSPHRASE)
        return refuse(args, "weak_passphrase", sentence)
    with open_desk(args) as central:
        path, names = back_up(central, args.folder, passphrase)
    lines = [words._("The keys are in {path}; it opens by the passphrase alone.", path=path)]
    if "root.key" not in names:
        lines.append(words._("The root key was not in its place and is not in it."))
    return tell(args, {"file": str(path), "keys": names}, *lines)


def _restore(args: argparse.Namespace) -> int:
    from merchant_app.server.services.keeping_keys.backing_up import restore
    from merchant_app.server.services.keeping_keys.server_keys import keys_folder
    from merchant_app.server.settings import default_data_dir

    words, folder = words_here(), keys_folder(args.data_dir or default_data_dir())
    names = restore(folder, args.file, _passphrase(args, twice=False), replace=args.replace)
    return tell(args, {"restored": names}, words._("These keys are in {folder} now:", folder=folder), *names)


def _rotate(args: argparse.Namespace) -> int:
    return {"serving": _rotate_serving, "root": _rotate_root, "issuing": _rotate_issuing}[args.which](args)


def _rotate_serving(args: argparse.Namespace) -> int:
    from merchant_app.server.services.keeping_keys.serving_keys import rotate_serving

    words = words_here()
    with open_desk(args) as central:
        pair = rotate_serving(central, at_once=args.at_once)
    begins = pair.valid_from.isoformat(timespec="minutes")
    sentence = words._("Serving key {key} signs from {time} on.", key=pair.public_hex[:8], time=begins)
    return tell(args, {"serving_key": pair.public_hex, "valid_from": pair.valid_from.isoformat()}, sentence)


def _rotate_root(args: argparse.Namespace) -> int:
    from merchant_app.server.services.keeping_keys.root_key import rotate_root

    words = words_here()
    with open_desk(args) as central:
        root_hex = rotate_root(central, old_is_lost=args.old_is_lost)
    follow = words._("Tills follow at their next sync.")
    if args.old_is_lost:
        follow = words._("Tills do not follow: invite each of them again.")
    backup = words._("Make a backup now: it is the only copy.")
    return tell(args, {"root_key": root_hex}, words._("The root key is {key} now.", key=root_hex[:8]), follow, backup)


def _rotate_issuing(args: argparse.Namespace) -> int:
    from merchant_app.server.services.keeping_keys.issuing_keys import KeyUnchanged, rotate_issuing

    words = words_here()
    with open_desk(args) as central:
        key_index = rotate_issuing(central, args.campaign_id)
    if isinstance(key_index, KeyUnchanged):
        return _unchanged(args, key_index)
    sentence = words._("Issuing key {key_index} signs from now on; earlier codes stay good.", key_index=key_index)
    return tell(args, {"key_index": key_index}, sentence)


def _revoke(args: argparse.Namespace) -> int:
    from merchant_app.server.services.keeping_keys.issuing_keys import KeyUnchanged, revoke_issuing
    from merchant_app.server.services.keeping_keys.serving_keys import ServingUnchanged, revoke_serving

    words = words_here()
    with open_desk(args) as central:
        if args.which == "serving":
            pair = revoke_serving(central, args.key)
            if isinstance(pair, ServingUnchanged):
                return _unchanged(args, pair)
            sentence = words._("It is off the list; serving key {key} signs now.", key=pair.public_hex[:8])
            return tell(args, {"serving_key": pair.public_hex}, sentence)
        key_index = revoke_issuing(central, args.key_index)
    if isinstance(key_index, KeyUnchanged):
        return _unchanged(args, key_index)
    sentence = words._("No code it signed is good any more; issuing key {key_index} signs now.", key_index=key_index)
    return tell(args, {"key_index": key_index}, sentence)


def _unchanged(args: argparse.Namespace, why: "KeyUnchanged | ServingUnchanged") -> int:
    from merchant_app.wording.operating import why_key_unchanged

    return refuse(args, why.value, why_key_unchanged(words_here(), why.value))


def _passphrase(args: argparse.Namespace, *, twice: bool) -> str:
    """From the file, else asked for; typed twice where a slip would be found out too late."""
    words = words_here()
    if args.passphrase_file is not None:
        try:
            return str(args.passphrase_file.read_text(encoding="utf-8")).strip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            raise SourceError(str(args.passphrase_file), str(error)) from error
    while True:
        typed = getpass.getpass(words._("Passphrase: "))
        if not twice or typed == getpass.getpass(words._("The same again: ")):
            return typed
        print(words._("These two differ."), file=sys.stderr)
