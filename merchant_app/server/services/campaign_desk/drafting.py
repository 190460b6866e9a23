"""Drafts of campaigns: a document is checked with its pictures, added, replaced, deleted."""

import hashlib
import json
from pathlib import Path
from typing import Any

from merchant_app.domain.campaign import Campaign
from merchant_app.errors import CampaignDocumentError
from merchant_app.server.central import Central
from merchant_app.server.db import campaigns as campaign_rows
from merchant_app.server.db.campaigns import Picture
from merchant_app.wire.campaign_document import parse_campaign

LARGEST_PICTURE = 2 * 1024 * 1024
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


def add(central: Central, document: dict[str, Any], found: dict[str, Picture]) -> bool:
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
    return True


def delete_draft(central: Central, campaign_id: int) -> bool:
    """Takes back a campaign that was never opened; False: there is none such."""
    with central.database.writing() as connection:
        kept = campaign_rows.campaign_of(connection, campaign_id)
        if kept is None or kept.opened_at is not None:
            return False
        campaign_rows.delete_campaign(connection, campaign_id)
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
    content = path.read_bytes()
    media_type = next((kind for start, kind in _MEDIA_TYPES if content.startswith(start)), None)
    if media_type is None or len(content) > LARGEST_PICTURE:
        return f"a PNG, JPEG or WebP picture of at most {LARGEST_PICTURE // 1024} KB"
    return Picture(hashlib.sha256(content).hexdigest(), media_type, content)


def _named_by_hash(offer: dict[str, Any], found: dict[str, Picture]) -> dict[str, str]:
    picture = found.get(offer.get("picture", ""))
    return {} if picture is None else {"picture": picture.sha256}
