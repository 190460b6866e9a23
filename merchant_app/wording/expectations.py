"""What was expected in a document's field, in the reader's language; the wire says it in plain English."""

import re

from merchant_app.wording.amending import kept_when_amended
from merchant_app.wording.words import Words


def expectation(words: Words, expected: str) -> str:
    """`expected` as `CampaignDocumentError` carries it; as it is where there is no translation of it."""
    known = _types(words) | _rules(words) | _files(words) | _tables(words) | _of_forms(words) | kept_when_amended(words)
    return known.get(expected) or _with_a_value(words, expected)


def _types(words: Words) -> dict[str, str]:
    return {
        "this field, which is missing": words._("this field, which is missing"),
        "no such field": words._("no such field"),
        "a whole number": words._("a whole number"),
        "text": words._("text"),
        "true or false": words._("true or false"),
        "a list": words._("a list"),
        "an object": words._("an object"),
        "an offer's index": words._("an offer's index"),
        "a time from 00:00 to 24:00": words._("a time from 00:00 to 24:00"),
        "a time from 00:00 to 23:59": words._("a time from 00:00 to 23:59"),
        "a date, for example 2022-07-01": words._("a date, for example 2022-07-01"),
        "a time with its zone, for example 2022-06-28T10:00:00+08:00": words._(
            "a time with its zone, for example 2022-06-28T10:00:00+08:00"
        ),
        "the name of a time zone, for example Asia/Shanghai": words._(
            "the name of a time zone, for example Asia/Shanghai"
        ),
    }


def _rules(words: Words) -> dict[str, str]:
    return {
        "a time after starts_at": words._("a time after starts_at"),
        "a time after opens_at": words._("a time after opens_at"),
        "a time other than from": words._("a time other than from"),
        "at least hold.minutes": words._("at least hold.minutes"),
        "either days or hours": words._("either days or hours"),
        "at least one date that is not excluded": words._("at least one date that is not excluded"),
        "the largest amount off in fen, since the campaign has a budget": words._(
            "the largest amount off in fen, since the campaign has a budget"
        ),
    }


def _files(words: Words) -> dict[str, str]:
    """Of pictures beside a document, and of tables of outlets."""
    return {
        "the name of a picture file, without a folder": words._("the name of a picture file, without a folder"),
        "a picture file beside the document, or in the folder of offer pictures": words._(
            "a picture file beside the document, or in the folder of offer pictures"
        ),
        "these columns": words._("these columns"),
        "a number that no line before has": words._("a number that no line before has"),
        "something": words._("something"),
        "both latitude and longitude, or neither": words._("both latitude and longitude, or neither"),
    }


def _tables(words: Words) -> dict[str, str]:
    """Of tables of outlets as they come from spreadsheets."""
    return {
        "text in UTF-8; this looks like GBK: in the spreadsheet, save as CSV UTF-8": words._(
            "text in UTF-8; this looks like GBK: in the spreadsheet, save as CSV UTF-8"
        ),
        "a table as CSV in UTF-8, not a spreadsheet or a picture": words._(
            "a table as CSV in UTF-8, not a spreadsheet or a picture"
        ),
        "a category and sub-category that are listed, for example catering/foods": words._(
            "a category and sub-category that are listed, for example catering/foods"
        ),
        "a merchant that is known, or its name beside it": words._("a merchant that is known, or its name beside it"),
        "the merchant's number beside its name": words._("the merchant's number beside its name"),
        "quotes only around whole cells, doubled inside of them": words._(
            "quotes only around whole cells, doubled inside of them"
        ),
    }


def _of_forms(words: Words) -> dict[str, str]:
    """Of the console's forms, in which money is typed in yuan and times by the clock on the wall."""
    return {
        "an amount in yuan, for example 20.00": words._("an amount in yuan, for example 20.00"),
        "a date and a time, for example 2022-06-28 10:00": words._("a date and a time, for example 2022-06-28 10:00"),
        "the numbers of outlets, for example 4201, 4202": words._("the numbers of outlets, for example 4201, 4202"),
        "a number that no other campaign has": words._("a number that no other campaign has"),
        "a picture that was sent up": words._("a picture that was sent up"),
    }


def _with_a_value(words: Words, expected: str) -> str:
    for pattern, sentence in (
        (r"(\d+) or more", words._("{number} or more", number="{0}")),
        (r"(\d+) or less", words._("{number} or less", number="{0}")),
        (r"less than (\d+)", words._("less than {number}", number="{0}")),
        (r"at least (\d+) of them", words._("at least {number} of them", number="{0}")),
        (r"at most (\d+) of them", words._("at most {number} of them", number="{0}")),
        (r"an offer's index from 0 to (\d+)", words._("an offer's index from 0 to {number}", number="{0}")),
        (
            r"a PNG, JPEG or WebP picture of at most (\d+) KB",
            words._("a PNG, JPEG or WebP picture of at most {number} KB", number="{0}"),
        ),
        (r"a whole number from 1 to (\d+)", words._("a whole number from 1 to {number}", number="{0}")),
        (r"at most (\d+) characters", words._("at most {number} characters", number="{0}")),
        (r"one line of at most (\d+) characters", words._("one line of at most {number} characters", number="{0}")),
        (
            r"(\d+) cells as in the header; one with a comma stands in quotes",
            words._("{number} cells as in the header; one with a comma stands in quotes", number="{0}"),
        ),
        (r"degrees from -\d+ to (\d+)", words._("degrees from -{number} to {number}", number="{0}")),
        (r"one of (.+)", words._("one of {choices}", choices="{0}")),
    ):
        found = re.fullmatch(pattern, expected)
        if found is not None:
            return sentence.replace("{0}", found[1])
    return expected
