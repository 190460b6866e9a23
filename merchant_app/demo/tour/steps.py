"""The tour's steps in their order."""

from collections.abc import Callable

from merchant_app.demo.tour import at_the_counter, off_and_on, other_ways
from merchant_app.demo.tour.guide import Guide

Step = Callable[[Guide], str]
"""Does one thing, raises `CameOtherwiseError` where it does not come out as told, and says in a line what came."""

STEPS: tuple[Step, ...] = (
    at_the_counter.idle,
    at_the_counter.good,
    at_the_counter.short,
    at_the_counter.bill_typed,
    at_the_counter.expired,
    at_the_counter.other_shop,
    at_the_counter.used,
    at_the_counter.payment,
    at_the_counter.needs_bill,
    at_the_counter.percent_off,
    at_the_counter.shared,
    at_the_counter.any_outlet,
    other_ways.dropped,
    other_ways.undone,
    other_ways.two_codes,
    other_ways.typed_number,
    off_and_on.plug_pulled,
    off_and_on.needs_network,
    off_and_on.server_stopped,
    off_and_on.back,
    off_and_on.offers,
    off_and_on.sync,
    off_and_on.today,
    off_and_on.report,
    off_and_on.looks,
)
