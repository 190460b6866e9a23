"""A till made without a server: an enrolled ledger with a catalogue that was taken over, and coupons to show it."""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nacl.signing import SigningKey

from merchant_app.domain.coupon_code import CouponCode, Hold, encode, sign
from merchant_app.domain.kinds import CampaignId, Fen, OutletId, Serial
from merchant_app.domain.redemption import Bill
from merchant_app.till.db import catalogue, state
from merchant_app.till.db.catalogue import Part
from merchant_app.till.parts import Outside, Parts, build_parts, open_ledger
from merchant_app.till.remote import Identity
from merchant_app.wire import signing
from merchant_app.wire.catalogue import SignedDocument
from tests.fakes import FakeClock, Plug

NOON = datetime(2022, 6, 28, 4, 0, tzinfo=UTC)
"""12:00 in Chongqing on the first day of the campaign."""
OUTLET = OutletId(4201)
OTHER_OUTLET = OutletId(4300)
CAMPAIGN = CampaignId(20220628)
ISSUING_KEY = SigningKey(bytes(range(32)))
ROOT_KEY = SigningKey(b"r" * 32)
SERVING_KEY = SigningKey(b"s" * 32)
_MADE: list["MadeTill"] = []


def document(**changes: Any) -> dict[str, Any]:
    """A campaign document with one offer, 20 off 100; `offer` changes the offer, everything else the campaign."""
    offer = {
        "title": {"zh": "满100减20", "en": "20 off 100"},
        "terms": {"zh": "到店使用", "en": "In store"},
        "picture": "20off100.png",
        "benefit": {"kind": "amount_off", "amount_fen": 2000},
        "min_spend_fen": 10000,
        "valid_for": {"days": 5},
        **changes.pop("offer", {}),
    }
    return {
        "campaign_id": CAMPAIGN,
        "name": {"zh": "心动生活在江北", "en": "Xindong Life in Jiangbei"},
        "organiser": {"zh": "江北区", "en": "Jiangbei district"},
        "time_zone": "Asia/Shanghai",
        "starts_at": "2022-06-28T10:00:00+08:00",
        "ends_at": "2022-07-20T00:00:00+08:00",
        "rounds": [
            {"opens_at": "2022-06-28T10:00:00+08:00", "closes_at": "2022-06-29T00:00:00+08:00", "stock": {"0": 5000}}
        ],
        "offers": [offer],
        **changes,
    }


@dataclass
class MadeTill:
    """A till with its clock and its cable in hand."""

    parts: Parts
    clock: FakeClock
    plug: Plug
    data_dir: Path

    def restart(self, *, clock: FakeClock | None = None) -> "MadeTill":
        """Closes it and opens its folder again, as the next start of the program would."""
        self.parts.close()
        return make_till(self.data_dir, clock=clock or self.clock, plug=self.plug, catalogue_of=None)


def make_till(
    data_dir: Path,
    *,
    clock: FakeClock | None = None,
    plug: Plug | None = None,
    catalogue_of: list[dict[str, Any]] | None,
    server: str = "http://127.0.0.1:9",
) -> MadeTill:
    """`catalogue_of`: the campaigns it knows; None leaves the folder as it is. By default no server is there."""
    clock, plug = clock or FakeClock(NOON), plug or Plug()
    ledger = open_ledger(data_dir)
    if catalogue_of is not None:
        with ledger.transaction() as db:
            state.put(db, state.TILL_ID, "till-1")
            state.put(db, state.CHAIN_ID, "chain-1")
            state.put(db, state.OUTLET, str(OUTLET))
            state.put_time(db, state.FLOOR, clock.at)
            state.put_time(db, state.CATALOGUE_CONFIRMED_AT, clock.at)
            catalogue.put_parts(db, signed_parts(catalogue_of))
    identity = Identity(server, "till-1", SigningKey(b"t" * 32), ROOT_KEY.verify_key)
    outside = Outside(wall=clock.wall, monotonic=clock.monotonic, session=plug.session())
    made = MadeTill(build_parts(ledger, identity, outside, lambda: "02"), clock, plug, data_dir)
    _MADE.append(made)
    return made


def close_made_tills() -> None:
    """Closes every till that was made and is not closed yet; each test ends so."""
    while _MADE:
        _MADE.pop().parts.close()


def signed_parts(campaigns: list[dict[str, Any]]) -> list[Part]:
    """A whole catalogue, as the till keeps it."""
    key = {"key_index": 7, "campaign_id": CAMPAIGN, "public_key": ISSUING_KEY.verify_key.encode().hex()}
    serving = {
        "public_key": SERVING_KEY.verify_key.encode().hex(),
        "valid_from": "2020-01-01T00:00:00Z",
        "valid_until": "2040-01-01T00:00:00Z",
    }
    outlet = {
        "outlet_id": OUTLET,
        "name_zh": "观音桥店",
        "name_en": "Guanyinqiao",
        "district": "jiangbei",
        "category": "catering/foods",
    }
    contents: dict[str, Any] = {
        "campaigns": {"campaigns": campaigns},
        "outlet": {"outlet": outlet, "neighbours": []},
        "staff": {"staff": []},
        "withdrawals": {"revoked": [], "withdrawals": []},
        "snapshot": {},
    }
    keys = _signed({"version": 1, "serving_keys": [serving], "issuing_keys": [key]}, ROOT_KEY)
    return [_part("keys", keys), *(_part(name, json.dumps(content)) for name, content in contents.items())]


def bearer(serial: int = 1, *, outlet: OutletId = OUTLET, issued_at: datetime = NOON) -> str:
    """A paper coupon's digits; `ANY_OUTLET` for one that any outlet takes."""
    code = CouponCode(7, CAMPAIGN, 0, 0, Serial(serial), issued_at, outlet)
    return encode(sign(code, ISSUING_KEY))


def hold(
    serial: int = 1, *, outlet: OutletId = OUTLET, held_at: datetime = NOON, minutes: int = 5, tag: int = 77
) -> str:
    """A phone's digits, shown at an outlet."""
    code = CouponCode(7, CAMPAIGN, 0, 0, Serial(serial), NOON, outlet, Hold(tag, held_at, minutes))
    return encode(sign(code, ISSUING_KEY))


def bill(fen: int | None = 12_800, bill_id: str = "bill") -> Bill:
    return Bill(bill_id, None if fen is None else Fen(fen))


def _signed(content: Any, key: SigningKey) -> str:
    text = json.dumps(content)
    signature = key.sign(signing.document_message(text.encode())).signature.hex()
    return SignedDocument(content=text, key=key.verify_key.encode().hex(), signature=signature).model_dump_json()


def _part(name: str, content: str) -> Part:
    return Part(name, 1, hashlib.sha256(content.encode()).hexdigest(), content.encode())
