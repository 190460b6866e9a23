"""Every sentence that people read, in Chinese and English: for the till, the wallet, the console, the command line."""

from .words import LANGUAGES, Words

__all__ = ["LANGUAGES", "Words"]
