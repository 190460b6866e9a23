"""Reads and writes campaign documents, their pictures, their issuing keys, and how many coupons were issued."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from merchant_app.domain.campaign_life import CampaignState, LifeStep, state_of
from merchant_app.server.db.notes import note_change
from merchant_app.server.db.tables import campaigns, issued, issuing_keys, pictures


@dataclass(frozen=True, slots=True)
class KeptCampaign:
    """A campaign's document as JSON text. `version` counts its documents since it was opened; a draft has none."""

    campaign_id: int
    document: str
    added_at: datetime
    opened_at: datetime | None
    paused_at: datetime | None
    closed_at: datetime | None
    version: int

    @property
    def state(self) -> CampaignState:
        return state_of(self.opened_at, self.paused_at, self.closed_at)


_OF_A_CAMPAIGN = [campaigns.c[name] for name in KeptCampaign.__slots__]


@dataclass(frozen=True, slots=True)
class KeptKey:
    """The public half of an issuing key."""

    key_index: int
    campaign_id: int
    public_key: bytes
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    sha256: str
    media_type: str
    content: bytes


def campaign_of(connection: Connection, campaign_id: int) -> KeptCampaign | None:
    row = connection.execute(select(*_OF_A_CAMPAIGN).where(campaigns.c.campaign_id == campaign_id)).one_or_none()
    return None if row is None else KeptCampaign(*row)


def all_campaigns(connection: Connection) -> list[KeptCampaign]:
    """Every campaign, the youngest first."""
    newest_first = select(*_OF_A_CAMPAIGN).order_by(campaigns.c.added_at.desc(), campaigns.c.campaign_id.desc())
    return [KeptCampaign(*row) for row in connection.execute(newest_first)]


def open_documents(connection: Connection) -> list[str]:
    """The documents of all open campaigns, by their number."""
    is_open = campaigns.c.opened_at.is_not(None)
    return list(connection.scalars(select(campaigns.c.document).where(is_open).order_by(campaigns.c.campaign_id)))


def all_documents(connection: Connection) -> list[str]:
    """The documents of all campaigns, open or not, by their number."""
    return list(connection.scalars(select(campaigns.c.document).order_by(campaigns.c.campaign_id)))


def campaigns_by_id(connection: Connection, campaign_ids: Collection[int]) -> dict[int, KeptCampaign]:
    """The campaigns with these numbers."""
    rows = connection.execute(select(*_OF_A_CAMPAIGN).where(campaigns.c.campaign_id.in_(campaign_ids)))
    return {row.campaign_id: KeptCampaign(*row) for row in rows}


def put_campaign(connection: Connection, campaign_id: int, document: str, now: datetime) -> None:
    """A draft: new, or in the place of the one that was there."""
    here = campaigns.c.campaign_id == campaign_id
    replaced = connection.execute(update(campaigns).where(here).values(document=document))
    if replaced.rowcount == 0:
        connection.execute(insert(campaigns).values(campaign_id=campaign_id, document=document, added_at=now))


def delete_campaign(connection: Connection, campaign_id: int) -> None:
    connection.execute(delete(campaigns).where(campaigns.c.campaign_id == campaign_id))


def mark(connection: Connection, campaign_id: int, step: LifeStep, now: datetime) -> None:
    """Notes the time of a step in a campaign's life."""
    values: dict[LifeStep, dict[str, datetime | None]] = {
        LifeStep.OPEN: {"opened_at": now},
        LifeStep.PAUSE: {"paused_at": now},
        LifeStep.RESUME: {"paused_at": None},
        LifeStep.CLOSE: {"closed_at": now},
    }
    connection.execute(update(campaigns).where(campaigns.c.campaign_id == campaign_id).values(values[step]))
    note_change(connection)


def picture_of(connection: Connection, sha256: str) -> Picture | None:
    row = connection.execute(select(pictures).where(pictures.c.sha256 == sha256)).one_or_none()
    return None if row is None else Picture(*row)


def pictures_among(connection: Connection, names: Collection[str]) -> list[str]:
    """Which of these are pictures that the server has, in order."""
    known = pictures.c.sha256.in_(names)
    return list(connection.scalars(select(pictures.c.sha256).where(known).order_by(pictures.c.sha256)))


def put_picture(connection: Connection, picture: Picture) -> None:
    if not pictures_among(connection, [picture.sha256]):
        values = {"sha256": picture.sha256, "media_type": picture.media_type, "content": picture.content}
        connection.execute(insert(pictures).values(values))


def all_keys(connection: Connection) -> list[KeptKey]:
    return [KeptKey(*row) for row in connection.execute(select(issuing_keys).order_by(issuing_keys.c.key_index))]


def next_key_index(connection: Connection) -> int:
    return (connection.scalar(select(func.max(issuing_keys.c.key_index))) or 0) + 1


def add_key(connection: Connection, key: KeptKey) -> None:
    values = {"key_index": key.key_index, "campaign_id": key.campaign_id, "public_key": key.public_key}
    connection.execute(insert(issuing_keys).values(values))
    note_change(connection)


def end_keys(connection: Connection, campaign_id: int, at: datetime) -> None:
    """Keys of this campaign that have no end yet sign until then."""
    open_ended = (issuing_keys.c.campaign_id == campaign_id) & issuing_keys.c.valid_until.is_(None)
    connection.execute(update(issuing_keys).where(open_ended).values(valid_until=at))
    note_change(connection)


def revoke_key(connection: Connection, key_index: int, at: datetime) -> None:
    connection.execute(update(issuing_keys).where(issuing_keys.c.key_index == key_index).values(revoked_at=at))
    note_change(connection)


def newest_key_index(connection: Connection, campaign_id: int) -> int:
    """The key that signs this campaign's codes now: the newest that was not revoked. An open campaign has one."""
    good = (issuing_keys.c.campaign_id == campaign_id) & issuing_keys.c.revoked_at.is_(None)
    newest = select(issuing_keys.c.key_index).where(good).order_by(issuing_keys.c.key_index.desc()).limit(1)
    return int(connection.execute(newest).scalar_one())


def issued_counts(connection: Connection, campaign_id: int) -> dict[tuple[int, int], int]:
    """How many were issued, by (round_index, offer_index)."""
    rows = connection.execute(select(issued).where(issued.c.campaign_id == campaign_id))
    return {(row.round_index, row.offer_index): row.issued_count for row in rows}


def raise_issued_count(
    connection: Connection, campaign_id: int, round_index: int, offer_index: int, count: int
) -> None:
    place = {"campaign_id": campaign_id, "round_index": round_index, "offer_index": offer_index}
    here = [issued.c[name] == value for name, value in place.items()]
    raised = connection.execute(update(issued).where(*here).values(issued_count=issued.c.issued_count + count))
    if raised.rowcount == 0:
        connection.execute(insert(issued).values(**place, issued_count=count))
