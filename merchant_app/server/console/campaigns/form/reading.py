"""The fields of the form back into a document, and what is no number, amount or time in them.

Everything else that may be wrong the document's own checker says, by the same paths.
"""

from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from merchant_app.errors import CampaignDocumentError
from merchant_app.server.console.campaigns.form.fields import Fields
from merchant_app.server.console.campaigns.form.spelling import fen, instant, listed, whole, zone_named
from merchant_app.wire.campaign_document import parse_campaign

Mistake = tuple[str, str]
A_NUMBER, AN_AMOUNT = "a whole number", "an amount in yuan, for example 20.00"
A_TIME = "a date and a time, for example 2022-06-28 10:00"


def read(fields: Fields) -> tuple[dict[str, Any], list[Mistake]]:
    """The document that the form stands for, and every mistake in it by its field's path; none: it is a good one."""
    reader = _Reader(fields, zone_named(fields.one("time_zone")))
    document = reader.document()
    mistakes = list(reader.mistakes)
    try:
        parse_campaign(document)
    except CampaignDocumentError as error:
        told = {path for path, _ in mistakes}
        mistakes += [(path, expected) for path, expected in error.mistakes if path not in told]
    return document, mistakes


@dataclass(slots=True)
class _Reader:
    """Each of its functions reads a part of the form; an empty field is left out of the document."""

    fields: Fields
    zone: ZoneInfo
    mistakes: list[Mistake] = field(default_factory=list)

    def document(self) -> dict[str, Any]:
        fields = self.fields
        return {
            **self._numbers("", "campaign_id"),
            "name": self._both("name"),
            "organiser": self._both("organiser"),
            "time_zone": fields.one("time_zone"),
            "currency": "CNY",
            **self._times("", "starts_at", "ends_at"),
            **self._money("", "budget_fen"),
            "rounds": [self._round(f"rounds.{index}") for index in range(fields.count("rounds"))],
            "offers": [self._offer(f"offers.{index}") for index in range(fields.count("offers"))],
            **self._scope(),
            "channels": listed(fields.one("channels")),
            "hold": {**self._numbers("hold.", "minutes", "longest_minutes"), **self._words("hold.", "release")},
            "offline": self._offline(),
        }

    def _round(self, path: str) -> dict[str, Any]:
        stock: dict[str, Any] = {}
        for offer_index in range(self.fields.count("offers")):
            stock |= self._numbers(f"{path}.stock.", str(offer_index))
        return {**self._times(f"{path}.", "opens_at", "closes_at", "coupons_end_at"), "stock": stock}

    def _offer(self, path: str) -> dict[str, Any]:
        dotted = f"{path}."
        dates = {name: listed(self.fields.one(dotted + name)) for name in ("excluded_dates", "only_dates")}
        windows = range(self.fields.count(f"{path}.weekly_windows"))
        return {
            "title": self._both(f"{path}.title"),
            "terms": self._both(f"{path}.terms"),
            **self._words(dotted, "picture", "stacks_with"),
            "benefit": self._benefit(f"{path}.benefit"),
            **self._money(dotted, "min_spend_fen"),
            **self._flag(dotted, "bill_required"),
            **self._span(dotted, "valid_for"),
            **self._span(dotted, "usable_after"),
            "weekly_windows": [self._window(f"{path}.weekly_windows.{index}") for index in windows],
            **{name: given for name, given in dates.items() if given},
            **self._numbers(dotted, "uses", "max_per_bill"),
            "per_holder": self._numbers(f"{path}.per_holder.", "claims", "claims_per_day", "redemptions_per_day"),
            **self._void(f"{path}.void"),
            **self._sharing(f"{path}.sharing."),
        }

    def _benefit(self, path: str) -> dict[str, Any]:
        kind, dotted = self.fields.one(f"{path}.kind"), f"{path}."
        given: dict[str, Any] = {"kind": kind}
        match kind:
            case "amount_off":
                given |= self._money(dotted, "amount_fen")
            case "percent_off":
                given |= self._numbers(dotted, "percent") | self._money(dotted, "cap_fen")
            case "fixed_price":
                given |= self._money(dotted, "price_fen", "cap_fen")
            case "gift":
                given["item"] = self._both(f"{path}.item")
        return given

    def _window(self, path: str) -> dict[str, Any]:
        hours = {name: self.fields.one(f"{path}.{name}") for name in ("from", "until")}
        return {"days": self.fields.many(f"{path}.days"), **hours}

    def _span(self, dotted: str, name: str) -> dict[str, Any]:
        unit = self.fields.one(f"{dotted}{name}.unit")
        if unit not in ("days", "hours"):
            return {}
        text = self.fields.one(f"{dotted}{name}.count")
        count = whole(text)
        if count is None:
            self.mistakes.append((f"{dotted}{name}", A_NUMBER))
        return {name: {unit: 1 if count is None else count}}

    def _void(self, path: str) -> dict[str, Any]:
        kind = self.fields.one(f"{path}.kind")
        if kind != "minutes":
            return {"void": kind} if kind else {}
        return {"void": self._numbers(f"{path}.", "minutes")}

    def _sharing(self, dotted: str) -> dict[str, Any]:
        friends = self._numbers(dotted, "friends")
        return {"sharing": friends if friends.get("friends") else "none"}

    def _scope(self) -> dict[str, Any]:
        districts, categories = listed(self.fields.one("districts")), self.fields.many("categories")
        scope: dict[str, Any] = {"outlets": "all"}
        if self.fields.one("outlets.mode") == "listed":
            numbers = [whole(each) for each in listed(self.fields.one("outlets.list"))]
            if None in numbers or not numbers:
                self.mistakes.append(("outlets", "the numbers of outlets, for example 4201, 4202"))
            scope["outlets"] = [each for each in numbers if each is not None]
        return {**scope, **({"districts": districts} if districts else {}), **_if_any("categories", categories)}

    def _offline(self) -> dict[str, Any]:
        return {
            **self._words("offline.", "mode"),
            **self._money("offline.", "max_amount_off_fen", "till_max_amount_fen"),
            **self._numbers("offline.", "till_max_count", "catalogue_max_age_hours"),
            **self._flag("offline.", "manager_override"),
        }

    def _both(self, path: str) -> dict[str, str]:
        return {language: self.fields.one(f"{path}.{language}") for language in ("zh", "en")}

    def _words(self, dotted: str, *names: str) -> dict[str, str]:
        return {name: text for name in names if (text := self.fields.one(dotted + name))}

    def _flag(self, dotted: str, name: str) -> dict[str, bool]:
        text = self.fields.one(dotted + name)
        return {name: text == "true"} if text else {}

    def _numbers(self, dotted: str, *names: str) -> dict[str, int]:
        return self._converted(dotted, names, whole, A_NUMBER)

    def _money(self, dotted: str, *names: str) -> dict[str, int]:
        return self._converted(dotted, names, fen, AN_AMOUNT)

    def _times(self, dotted: str, *names: str) -> dict[str, str]:
        return self._converted(dotted, names, lambda text: instant(text, self.zone), A_TIME)

    def _converted(self, dotted: str, names: tuple[str, ...], convert: Any, expected: str) -> dict[str, Any]:
        given: dict[str, Any] = {}
        for name in names:
            text = self.fields.one(dotted + name)
            value = convert(text) if text else None
            if text and value is None:
                self.mistakes.append((dotted + name, expected))
            elif text:
                given[name] = value
        return given


def _if_any(name: str, given: list[str]) -> dict[str, list[str]]:
    return {name: given} if given else {}
