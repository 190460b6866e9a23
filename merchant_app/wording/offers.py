"""An offer in words: what it gives, from how much, on which days and how long."""

from typing import assert_never
from zoneinfo import ZoneInfo

from merchant_app.domain.campaign import AmountOff, Campaign, FixedPrice, Gift, Offer, PercentOff, Stacking, Validity
from merchant_app.wording.weekly import weekly_hours
from merchant_app.wording.when import end
from merchant_app.wording.words import Words


def benefit(words: Words, offer: Offer) -> str:
    """What the holder gets, in one short line: "¥20 off from ¥100", "20% off, at most ¥50"."""
    gives = offer.benefit
    match gives:
        case AmountOff(amount_fen=amount):
            return _from(words, offer, words._("{amount} off", amount=words.short_money(amount)))
        case PercentOff(percent=percent, cap_fen=cap):
            return _at_most(words, _from(words, offer, _percent_off(words, percent)), cap)
        case FixedPrice(price_fen=price, cap_fen=cap):
            return _at_most(words, _from(words, offer, words._("for {price}", price=words.short_money(price))), cap)
        case Gift(item=item):
            return _from(words, offer, words._("free: {item}", item=words.of(item)))
        case _:
            assert_never(gives)


def terms(words: Words, offer: Offer) -> list[str]:
    """The rules the till keeps, a short line each; the organiser's own terms are beside these."""
    lines = [valid_for(words, offer.valid_for), usable_after(words, offer.usable_after)]
    lines.append(weekly_hours(words, offer.weekly_windows))
    days = [words.day(day) for day in sorted(offer.excluded_dates)]
    lines.append(words._("not on {days}", days=words.list(days)) if days else "")
    days = [words.day(day) for day in sorted(offer.only_dates)]
    lines.append(words._("only on {days}", days=words.list(days)) if days else "")
    if offer.uses > 1:
        lines.append(words.n_("good once", "good {count} times", offer.uses))
    lines.append(_company(words, offer))
    return [line for line in lines if line]


def valid_for(words: Words, validity: Validity | None) -> str:
    """How long a coupon lives; nothing where only the campaign's end limits it."""
    if validity is None:
        return ""
    if validity.hours is not None:
        return words.n_("for {count} hour from issue", "for {count} hours from issue", validity.hours)
    return words.n_("on the day of issue", "for {count} days, the day of issue included", validity.days or 1)


def usable_after(words: Words, wait: Validity | None) -> str:
    if wait is None:
        return ""
    if wait.hours is not None:
        return words.n_("from {count} hour after issue", "from {count} hours after issue", wait.hours)
    return words.n_("from the day after issue", "from {count} days after issue", wait.days or 1)


def running_until(words: Words, campaign: Campaign, *, zone: ZoneInfo) -> str:
    """The last day or minute of a campaign: "until 2 July at midnight"."""
    return words._("until {when}", when=end(words, campaign.ends_at, now=campaign.starts_at, zone=zone))


def _from(words: Words, offer: Offer, gives: str) -> str:
    if not offer.min_spend_fen:
        return gives
    return words._("{gives} from {least}", gives=gives, least=words.short_money(offer.min_spend_fen))


def _percent_off(words: Words, percent: int) -> str:
    """In Chinese a discount is said by the tenths that are left to pay: 20% off is 8折."""
    if percent == 100:
        return words._("free of charge")
    left = 100 - percent
    tenths = f"{left // 10}.{left % 10}".removesuffix(".0")
    return words._("{share} off", share=tenths if words.language == "zh" else f"{percent}%")


def _at_most(words: Words, gives: str, cap: int | None) -> str:
    return gives if cap is None else words._("{gives}, at most {cap} off", gives=gives, cap=words.short_money(cap))


def _company(words: Words, offer: Offer) -> str:
    match offer.stacks_with:
        case Stacking.NONE:
            return words._("not together with other coupons")
        case Stacking.OTHER_OFFERS:
            return words._("one on a bill, together with other offers")
        case Stacking.ANY:
            return words.n_("one on a bill", "up to {count} on one bill", offer.max_per_bill)
        case _:
            assert_never(offer.stacks_with)
