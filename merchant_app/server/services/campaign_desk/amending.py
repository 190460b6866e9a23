"""Amending an opened campaign: a new version of its document, where it takes nothing from a holder."""

from typing import Any

from sqlalchemy import Connection

from merchant_app.domain.amending import Happened, denied_by, taken_from_holders
from merchant_app.domain.campaign import Campaign
from merchant_app.errors import CampaignDocumentError
from merchant_app.server.central import Central
from merchant_app.server.db import campaigns as campaign_rows
from merchant_app.server.db.campaign_versions import KeptVersion, add_version
from merchant_app.server.db.campaigns import KeptCampaign, Picture
from merchant_app.server.db.claim_links import links_of
from merchant_app.server.services.campaign_desk.author import AT_THE_COMMAND_LINE, Author
from merchant_app.server.services.campaign_desk.drafting import stored_text
from merchant_app.server.services.campaign_desk.life import NotChanged
from merchant_app.server.services.campaigns import parsed
from merchant_app.server.services.operators.deeds import Deed, note_deed


def amend(
    central: Central,
    document: dict[str, Any],
    found: dict[str, Picture],
    *,
    note: str,
    by: Author = AT_THE_COMMAND_LINE,
    instead_of: int | None = None,
) -> int | NotChanged:
    """The number of the new version. `document` is checked, with its pictures; `instead_of` is the version that whoever
    made it has seen (None: whichever it is). A closed campaign may be amended, too: its coupons live on.

    Raises `CampaignDocumentError` with every field that takes something from a holder or denies what happened.
    """
    text = stored_text(document, found)
    new = parsed(text)
    with central.database.writing() as connection:
        kept = campaign_rows.campaign_of(connection, new.campaign_id)
        why_not = _why_not(kept, text, instead_of)
        if why_not is not None or kept is None:
            return why_not or NotChanged.UNKNOWN_CAMPAIGN
        mistakes = _mistakes(connection, central, parsed(kept.document), new)
        if mistakes:
            raise CampaignDocumentError(mistakes)
        for picture in found.values():
            campaign_rows.put_picture(connection, picture)
        version = kept.version + 1
        add_version(connection, KeptVersion(kept.campaign_id, version, text, central.now(), by.name, note))
        note_deed(
            connection,
            by.operator_id,
            Deed.CAMPAIGN_AMENDED,
            kept.campaign_id,
            at=central.now(),
            version=version,
            note=note,
        )
    return version


def mistakes_of_amending(central: Central, campaign_id: int, new: Campaign) -> list[tuple[str, str]]:
    """What `amend` would refuse now, by the path of each field; nothing where there is no such campaign."""
    with central.database.reading() as connection:
        kept = campaign_rows.campaign_of(connection, campaign_id)
        return [] if kept is None else _mistakes(connection, central, parsed(kept.document), new)


def _why_not(kept: KeptCampaign | None, text: str, instead_of: int | None) -> NotChanged | None:
    if kept is None:
        return NotChanged.UNKNOWN_CAMPAIGN
    if kept.opened_at is None:
        return NotChanged.NOT_OPEN
    if instead_of is not None and instead_of != kept.version:
        return NotChanged.CHANGED_MEANWHILE
    return NotChanged.NOTHING_CHANGED if parsed(text) == parsed(kept.document) else None


def _mistakes(connection: Connection, central: Central, old: Campaign, new: Campaign) -> list[tuple[str, str]]:
    standing = {link.channel for link in links_of(connection, old.campaign_id) if link.closed_at is None}
    happened = Happened(central.now(), campaign_rows.issued_counts(connection, old.campaign_id), standing)
    found = [*taken_from_holders(old, new), *denied_by(old, new, happened)]
    return [(path, str(kept)) for path, kept in found]
