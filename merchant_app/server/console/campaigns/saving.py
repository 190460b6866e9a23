"""What is done with a form that was sent: its pictures are kept, and the draft or the new version is stored."""

from dataclasses import dataclass
from typing import Any, Literal

from starlette.datastructures import FormData, UploadFile

from merchant_app.domain.campaign_life import CampaignState
from merchant_app.domain.kinds import CampaignId
from merchant_app.errors import CampaignDocumentError
from merchant_app.server.central import Central
from merchant_app.server.console.campaigns.form import Fields
from merchant_app.server.services.campaign_desk import (
    LARGEST_PICTURE,
    NO_PICTURE,
    Author,
    NotChanged,
    Overview,
    add,
    amend,
    keep_picture,
    look,
    picture_of,
    unknown_pictures,
)
from merchant_app.server.services.participation import go_by_opting_in
from merchant_app.wording import Words
from merchant_app.wording.operating import why_not_changed

Mistake = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Target:
    """Which campaign the form is of; `version` is the one that its fields were filled from."""

    campaign_id: int | None
    version: int
    is_new: bool
    is_open: bool

    @classmethod
    def of(cls, seen: Overview) -> "Target":
        is_open = seen.kept.state is not CampaignState.DRAFT
        return cls(seen.kept.campaign_id, seen.kept.version, is_new=False, is_open=is_open)


A_NEW_ONE = Target(None, 0, is_new=True, is_open=False)


@dataclass(frozen=True, slots=True)
class Saved:
    """`version` 0: a draft. `why_not`: nothing was stored."""

    campaign_id: int
    version: int = 0
    why_not: NotChanged | None = None

    @property
    def tone(self) -> Literal["good", "bad"]:
        return "good" if self.why_not is None else "bad"

    def said(self, words: Words) -> str:
        if self.why_not is not None:
            return why_not_changed(words, self.why_not.value, self.campaign_id)
        if self.version:
            return words._(
                "Campaign {campaign_id} has version {version} now.", campaign_id=self.campaign_id, version=self.version
            )
        return words._("The draft is saved. Rehearse it, then open it.")


def with_pictures(central: Central, fields: Fields, form: FormData) -> list[Mistake]:
    """Keeps the pictures that came with the form, and names them in its fields; what is none is a mistake."""
    mistakes = []
    for index in range(fields.count("offers")):
        sent = form.get(f"offers.{index}.picture_file")
        if not isinstance(sent, UploadFile) or not sent.filename:
            continue
        picture = picture_of(sent.file.read(LARGEST_PICTURE + 1))
        if picture is None:
            mistakes.append((f"offers.{index}.picture", NO_PICTURE))
            continue
        keep_picture(central, picture)
        fields.put(f"offers.{index}.picture", picture.sha256)
    return mistakes


def save(
    central: Central, target: Target, document: dict[str, Any], fields: Fields, by: Author
) -> Saved | list[Mistake]:
    """Stores the checked document; or what is wrong with it here."""
    campaign_id, pictures = document["campaign_id"], [offer.get("picture", "") for offer in document["offers"]]
    unknown = unknown_pictures(central, pictures)
    if unknown:
        wrong = (index for index, name in enumerate(pictures) if name in unknown)
        return [(f"offers.{index}.picture", "a picture that was sent up") for index in wrong]
    if target.is_new and look(central, campaign_id) is not None:
        return [("campaign_id", "a number that no other campaign has")]
    if target.is_open:
        try:
            saved = _amended(central, document, fields, by)
        except CampaignDocumentError as error:
            return error.mistakes
    else:
        saved = Saved(campaign_id, why_not=None if add(central, document, {}, by) else NotChanged.ALREADY_OPEN)
    if saved.why_not in (None, NotChanged.NOTHING_CHANGED):
        go_by_opting_in(central, CampaignId(campaign_id), by_opt_in=fields.one("by_opt_in") == "1", by=by.operator_id)
    return saved


def _amended(central: Central, document: dict[str, Any], fields: Fields, by: Author) -> Saved:
    note = fields.one("note")
    if not note:
        raise CampaignDocumentError([("note", "text")])
    seen = fields.one("instead_of")
    instead_of = int(seen) if seen.isdecimal() else None
    version = amend(central, document, {}, note=note[:500], by=by, instead_of=instead_of)
    if isinstance(version, NotChanged):
        return Saved(document["campaign_id"], why_not=version)
    return Saved(document["campaign_id"], version)
