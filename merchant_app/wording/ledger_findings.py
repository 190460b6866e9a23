"""What checking a ledger found, in a sentence."""

from merchant_app.wording.words import Words


def said(words: Words, *, facts: int, redemptions: int, broken_at: str | None, differences: int) -> str:
    """`broken_at` names the first row that does not follow from those before it; None: the chain is whole."""
    if broken_at is not None:
        return words._(
            "The ledger was changed from outside: row {row} does not follow from those before it. "
            "Keep this file, and call your operator.",
            row=broken_at,
        )
    if differences:
        return words.n_(
            "The facts are whole, but {count} row derived from them differs. Send this file to your operator.",
            "The facts are whole, but {count} rows derived from them differ. Send this file to your operator.",
            differences,
        )
    return words._(
        "The ledger is sound: {facts} facts, {redemptions} redemptions.",
        facts=words.number(facts),
        redemptions=words.number(redemptions),
    )
