"""`merchant-app redeem SOURCE`: the verdict on a coupon at this till, and where it is good, its redemption."""

import argparse

from merchant_app.cli.showing import configure, show

__all__ = ["configure", "run"]


def run(args: argparse.Namespace) -> int:
    return show(args, redeem=True)
