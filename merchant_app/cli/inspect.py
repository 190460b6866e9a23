"""`merchant-app inspect SOURCE`: the verdict on a coupon at this till; nothing is redeemed."""

import argparse

from merchant_app.cli.showing import configure, show

__all__ = ["configure", "run"]


def run(args: argparse.Namespace) -> int:
    return show(args, redeem=False)
