"""Every sentence that people read, in Chinese and English: for the till, the wallet, the console, the command line."""

from merchant_app.wording.words import LANGUAGES, Words

__all__ = ["LANGUAGES", "Words"]
