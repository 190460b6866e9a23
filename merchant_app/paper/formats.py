"""A paper in the format that somebody asks for; what a format is written with is loaded when it is asked for."""

from typing import Literal

from merchant_app.paper.tables import Paper
from merchant_app.wording import Words

PaperFormat = Literal["text", "csv", "xlsx", "pdf"]


def written(paper: Paper, wanted: PaperFormat, words: Words) -> bytes:
    """The whole file, or the whole page of text."""
    match wanted:
        case "text":
            from merchant_app.paper.text_page import text_page

            return text_page(paper, words).encode()
        case "csv":
            from merchant_app.paper.csv_file import csv_file

            return csv_file(paper, words)
        case "xlsx":
            from merchant_app.paper.spreadsheet import spreadsheet

            return spreadsheet(paper, words)
        case "pdf":
            from merchant_app.paper.pdf_pages import pdf_pages

            return pdf_pages(paper, words)
