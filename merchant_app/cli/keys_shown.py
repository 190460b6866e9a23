"""`merchant-app keys show`: what people and programs are told of the server's keys; no private half among it."""

import argparse
from datetime import datetime
from typing import Any

from merchant_app.cli.desk import open_desk, tell, words_here
from merchant_app.wording import Words


def show(args: argparse.Namespace) -> int:
    from merchant_app.server.services.keeping_keys.overview import overview

    with open_desk(args) as central:
        found = overview(central)
    words = words_here()
    value: dict[str, Any] = {
        "root_key": found.root_hex,
        "root_is_here": found.root_is_here,
        "root_changes": found.root_changes,
        "serving_keys": [
            {
                "public_key": each.public_hex,
                "valid_from": each.valid_from.isoformat(),
                "valid_until": each.valid_until.isoformat(),
                "signs_now": each.signs_now,
            }
            for each in found.serving
        ],
        "issuing_keys": [
            {
                "key_index": each.key.key_index,
                "campaign_id": each.key.campaign_id,
                "valid_until": _iso(each.key.valid_until),
                "revoked_at": _iso(each.key.revoked_at),
                "signs_now": each.signs_now,
                "is_here": each.is_here,
            }
            for each in found.issuing
        ],
        "backed_up_at": _iso(found.backed_up_at),
    }
    return tell(args, value, *_lines(words, value))


def _lines(words: Words, value: dict[str, Any]) -> list[str]:
    here = words._("in its place") if value["root_is_here"] else words._("away")
    lines = [words._("Root key {key}: {where}", key=value["root_key"][:8], where=here)]
    for each in value["serving_keys"]:
        line = words._(
            "Serving key {key}: {begins} to {ends}",
            key=each["public_key"][:8],
            begins=each["valid_from"][:10],
            ends=each["valid_until"][:10],
        )
        lines.append(line + (" · " + words._("signs now") if each["signs_now"] else ""))
    for each in value["issuing_keys"]:
        line = words._("Issuing key {key_index}, campaign {campaign_id}", **_named(each))
        lines.append(" · ".join([line, *_states(words, each)]))
    at = value["backed_up_at"]
    lines.append(words._("Last backup: {time}", time=at[:16]) if at else words._("No backup was made yet."))
    return lines


def _named(each: dict[str, Any]) -> dict[str, Any]:
    return {name: str(each[name]) for name in ("key_index", "campaign_id")}


def _states(words: Words, each: dict[str, Any]) -> list[str]:
    states = []
    if each["signs_now"]:
        states.append(words._("signs now"))
    if each["revoked_at"]:
        states.append(words._("revoked on {time}", time=each["revoked_at"][:10]))
    if not each["is_here"]:
        states.append(words._("its private half is missing here"))
    return states


def _iso(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
