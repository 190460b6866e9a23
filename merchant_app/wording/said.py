"""What is said of one thing: a line that names it, and what to do about it."""

from dataclasses import dataclass

from merchant_app.wording.words import Words


@dataclass(frozen=True, slots=True)
class Said:
    """`title` is one line without a full stop; `remedy` is a sentence, empty where nothing can be done here."""

    title: str
    remedy: str = ""
    sentence: str = ""
    """Both as one line, for where there is only one."""


def said(words: Words, title: str, remedy: str = "") -> Said:
    line = words._("{title}. {remedy}", title=title, remedy=remedy) if remedy else words._("{title}.", title=title)
    return Said(title, remedy, line)
