"""What went wrong with the program, the disk or the network, in one line, and what to do about it."""

from merchant_app.wording.breakdowns.breakdown import breakdown

__all__ = ["breakdown"]
