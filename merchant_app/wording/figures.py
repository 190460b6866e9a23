"""How figures are said beside one another: a rate, a comparison with the days before, what each yuan off brought."""

from merchant_app.wording.words import Words


def rate_said(rate: int | None) -> str:
    """A rate in hundredths of a percent to one decimal: "41.2%"; a dash where there is none."""
    return "–" if rate is None else f"{(rate + 5) // 100}.{(rate + 5) % 100 // 10}%"


def compared(words: Words, now: int, before: int) -> str:
    """How much more or less than in as many days before."""
    if before == now:
        return words._("as in the days before")
    if not before:
        return words._("none in the days before")
    change = words.percent(abs(now - before), before)
    if now > before:
        return words._("{change} more than in the days before", change=change)
    return words._("{change} less than in the days before", change=change)


def driven_for_each_yuan(words: Words, bill_fen: int, amount_off_fen: int) -> str:
    """What was bought for each yuan that was taken off; nothing where nothing was."""
    if not amount_off_fen:
        return ""
    return words._("{amount} for each ¥1 off", amount=words.money(bill_fen * 100 // amount_off_fen))


def short_money(words: Words, fen: int) -> str:
    """An amount where there is little room: whole yuan, and ten thousands in Chinese (万), thousands in English (k)."""
    yuan = fen // 100
    unit, sign = (10_000, "万") if words.language == "zh" else (1000, "k")
    if yuan < unit:
        return f"¥{words.number(yuan)}"
    whole, part = divmod(yuan * 10 // unit, 10)
    return f"¥{words.number(whole)}{f'.{part}' if part else ''}{sign}"
