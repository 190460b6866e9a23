"""Decoding and judging a code against one bare Ed25519 verification."""

import gc
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from nacl.signing import SigningKey

from merchant_app.domain.coupon_code import SIGNED_PREFIX, CouponCode, IssuingKey, decode, encode, sign, signed_part
from merchant_app.domain.judging import Accepted, judge
from merchant_app.domain.kinds import CampaignId, Serial
from tests.benchmarks.rows import Row, at_most
from tests.domain.building import a_campaign, a_hold, a_scene

ROUNDS, CODES = 25, 200
ALLOWANCE_US = 20
"""What reading digits and asking two dozen rules may cost beside twice the verification."""


def rows(pictures: Path | None = None) -> Iterable[Row]:
    """Both sides in turn, round by round, over the same codes; of each side the best round counts."""
    key = SigningKey(bytes(range(32)))
    keys = {7: IssuingKey(7, CampaignId(20220628), key.verify_key)}
    signed = [sign(a_hold(serial=Serial(serial)), key) for serial in range(CODES)]
    texts, campaign, scene = [encode(code) for code in signed], a_campaign(), a_scene()
    bare = [(SIGNED_PREFIX + signed_part(code), code.signature) for code in signed]

    def verify_all() -> None:
        for message, signature in bare:
            key.verify_key.verify(message, signature)

    def judge_all() -> None:
        for text in texts:
            code = decode(text, keys)
            assert isinstance(code, CouponCode)
            assert isinstance(judge(code, campaign, scene), Accepted)

    verifying, judging = _best(verify_all, judge_all)
    limit = (2 * verifying + ALLOWANCE_US) / verifying
    detail = f"{judging:.1f} us against {verifying:.1f} us, {ROUNDS} x {CODES} codes; limit is 2x + {ALLOWANCE_US} us"
    yield at_most("decode and judge a code, by bare verifications", judging / verifying, limit, detail=detail)


def _best(*sides: Callable[[], None]) -> list[float]:
    """Microseconds a code, each side's best round."""
    taken: list[list[float]] = [[] for _ in sides]
    gc.collect()
    for _ in range(ROUNDS):
        for side, times in zip(sides, taken, strict=True):
            begun = time.perf_counter()
            side()
            times.append((time.perf_counter() - begun) / CODES * 1e6)
    return [min(times) for times in taken]
