"""Drafts of campaigns: a document is checked with its pictures, added, replaced, deleted."""

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from itertools import chain, count
from pathlib import Path
from typing import Any

from merchant_app.domain.campaign import Campaign
from merchant_app.errors import CampaignDocumentError
from merchant_app.server.central import Central
from merchant_app.server.db import campaigns as campaign_rows
from merchant_app.server.db import participants as participant_rows
from merchant_app.server.db.campaigns import Picture
from merchant_app.server.services.campaign_desk.author import AT_THE_COMMAND_LINE, Author
from merchant_app.server.services.operators.deeds import Deed, note_deed
from merchant_app.wire.campaign_document import parse_campaign

LARGEST_PICTURE = 2 * 1024 * 1024
NO_PICTURE = f"a PNG, JPEG or WebP picture of at most {LARGEST_PICTURE // 1024} KB"
_MEDIA_TYPES = ((b"\x89PNG\r\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"RIFF", "image/webp"))


def check(text: str, folders: list[Path]) -> tuple[Campaign, dict[str, Any], dict[str, Picture]]:
    """A document's text as a campaign, its JSON, and its pictures by the names it gives them.

    Pictures are looked for in `folders`. Raises `CampaignDocumentError` with every mistake and its field.
    """
    try:
        document = json.loads(text)
    except ValueError as error:
        raise CampaignDocumentError([("(document)", f"JSON: {error}")]) from None
    campaign = parse_campaign(document)
    found, mistakes = {}, []
    for offer in campaign.offers:
        picture = _find(offer.picture, folders)
        if isinstance(picture, Picture):
            found[offer.picture] = picture
        elif picture is not None:
            mistakes.append((f"offers.{offer.offer_index}.picture", picture))
    if mistakes:
        raise CampaignDocumentError(mistakes)
    return campaign, document, found


def add(
    central: Central, document: dict[str, Any], found: dict[str, Picture], by: Author = AT_THE_COMMAND_LINE
) -> bool:
    """Adds a checked document, or puts it in the place of one that is not open yet; False: that one is open."""
    text = stored_text(document, found)
    campaign_id = parse_campaign(json.loads(text)).campaign_id
    with central.database.writing() as connection:
        kept = campaign_rows.campaign_of(connection, campaign_id)
        if kept is not None and kept.opened_at is not None:
            return False
        campaign_rows.put_campaign(connection, campaign_id, text, central.now())
        for picture in found.values():
            campaign_rows.put_picture(connection, picture)
        if kept is None:
            note_deed(connection, by.operator_id, Deed.CAMPAIGN_ADDED, campaign_id, at=central.now())
    return True


def delete_draft(central: Central, campaign_id: int, by: Author = AT_THE_COMMAND_LINE) -> bool:
    """Takes back a campaign that was never opened; False: there is none such."""
    with central.database.writing() as connection:
        kept = campaign_rows.campaign_of(connection, campaign_id)
        if kept is None or kept.opened_at is not None:
            return False
        campaign_rows.delete_campaign(connection, campaign_id)
        participant_rows.forget(connection, campaign_id)
        note_deed(connection, by.operator_id, Deed.CAMPAIGN_DELETED, campaign_id, at=central.now())
    return True


def stored_text(document: dict[str, Any], found: dict[str, Picture]) -> str:
    """The document as it is stored: it names each picture by its sha256, since two campaigns may each have a
    `hotpot.jpg`."""
    offers = [{**offer, **_named_by_hash(offer, found)} for offer in document["offers"]]
    return json.dumps({**document, "offers": offers}, ensure_ascii=False)


def _find(name: str, folders: list[Path]) -> Picture | str | None:
    """The picture; or what would have to be there; None where the offer names none."""
    if not name:
        return None
    if Path(name).name != name:
        return "the name of a picture file, without a folder"
    path = next((folder / name for folder in folders if (folder / name).is_file()), None)
    if path is None:
        return "a picture file beside the document, or in the folder of offer pictures"
    return picture_of(path.read_bytes()) or NO_PICTURE


def picture_of(content: bytes) -> Picture | None:
    """A picture by what it begins with; None for what is none that can be shown, or too large."""
    media_type = next((kind for start, kind in _MEDIA_TYPES if content.startswith(start)), None)
    if media_type is None or len(content) > LARGEST_PICTURE:
        return None
    return Picture(hashlib.sha256(content).hexdigest(), media_type, content)


def keep_picture(central: Central, picture: Picture) -> None:
    """Stored before the document that will name it, so that a form can show it; it is there once, whoever names it."""
    with central.database.writing() as connection:
        campaign_rows.put_picture(connection, picture)


def unknown_pictures(central: Central, names: Iterable[str]) -> set[str]:
    """Of the pictures that a document names by their sha256, those that the server does not have."""
    wanted = {name for name in names if name}
    with central.database.reading() as connection:
        return wanted - set(campaign_rows.pictures_among(connection, wanted))


def free_number(central: Central, day: date) -> int:
    """A campaign number that nobody has, made of the day: 20220628, or with a digit more."""
    wanted = day.year * 10_000 + day.month * 100 + day.day
    with central.database.reading() as connection:
        taken = {kept.campaign_id for kept in campaign_rows.all_campaigns(connection)}
    numbers = chain([wanted], count(wanted * 10 + 1))
    return next(number for number in numbers if number not in taken)


def _named_by_hash(offer: dict[str, Any], found: dict[str, Picture]) -> dict[str, str]:
    picture = found.get(offer.get("picture", ""))
    return {} if picture is None else {"picture": picture.sha256}
