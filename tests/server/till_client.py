"""A till as the server meets it: it enrols, signs its requests, checks what answers, and keeps a chain of facts."""

import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import requests
from nacl.signing import SigningKey, VerifyKey

from merchant_app.domain.chain import Head, Row, append
from merchant_app.domain.coupon_code import Form, unpack
from merchant_app.domain.judging import Network
from merchant_app.domain.kinds import CampaignId, ChainId, Fen, OutletId, RedemptionId, Serial, TillId
from merchant_app.domain.redemption import (
    Bill,
    Fact,
    Intent,
    Moment,
    Override,
    Redemption,
    Reversal,
    TimeFrom,
    Void,
    WithdrawalAck,
)
from merchant_app.wire import signing
from merchant_app.wire.catalogue import Snapshot
from merchant_app.wire.enrolment import EnrolRequest
from merchant_app.wire.events import EventsAnswer
from merchant_app.wire.facts import PushAnswer, PushedRow, PushRequest, Report, as_pushed
from merchant_app.wire.redeeming import AskedCoupon, RedeemAnswer, RedeemRequest


def new_redemption_id() -> RedemptionId:
    return RedemptionId(f"0190{secrets.token_hex(14)}")


@dataclass
class TillClient:
    """`rows` is the till's whole ledger; nothing of it is pushed by itself."""

    url: str
    outlet_id: int
    till_id: str
    key: SigningKey
    chain_id: str
    root_key: VerifyKey
    serving_keys: set[str]
    session: requests.Session = field(default_factory=requests.Session)
    rows: list[Row] = field(default_factory=list)
    heard: datetime | None = None

    # Requests

    def send(
        self, method: str, path: str, body: bytes = b"", *, headers: dict[str, str] | None = None
    ) -> requests.Response:
        """A signed request; its answer's signature is checked whatever its status."""
        nonce = secrets.token_hex(8)
        message = signing.request_message(method, path, nonce, body)
        signed = {
            signing.TILL_ID: self.till_id,
            signing.TILL_NONCE: nonce,
            signing.TILL_SIGNATURE: self.key.sign(message).signature.hex(),
            "Content-Type": "application/json",
        }
        answer = self.session.request(method, self.url + path, data=body, headers=signed | (headers or {}), timeout=30)
        self.check(answer, nonce)
        return answer

    def check(self, answer: requests.Response, nonce: str) -> None:
        key, at = answer.headers[signing.SERVER_KEY], datetime.fromisoformat(answer.headers[signing.SERVER_TIME])
        assert key in self.serving_keys
        message = signing.answer_message(nonce, answer.status_code, at, answer.content)
        VerifyKey(bytes.fromhex(key)).verify(message, bytes.fromhex(answer.headers[signing.SERVER_SIGNATURE]))
        self.heard = at

    def snapshot(self) -> Snapshot:
        document = self.send("GET", "/api/catalogue").json()
        content = document["content"].encode()
        assert document["key"] in self.serving_keys
        VerifyKey(bytes.fromhex(document["key"])).verify(
            signing.document_message(content), bytes.fromhex(document["signature"])
        )
        return Snapshot.model_validate_json(content)

    def ask_raw(
        self, *coupons: AskedCoupon, bill: Bill | None = None, rows: list[Row] | None = None
    ) -> requests.Response:
        bill = bill or Bill("bill-" + secrets.token_hex(4), Fen(12_000))
        request = RedeemRequest(
            bill_id=bill.bill_id,
            bill_fen=bill.bill_fen,
            cashier="02",
            coupons=list(coupons),
            chain_id=self.chain_id,
            rows=[as_pushed(row) for row in rows or []],
        )
        return self.send("POST", "/api/redemptions", request.as_json())

    def ask(self, *codes: str, bill: Bill | None = None, rows: list[Row] | None = None) -> RedeemAnswer:
        """Asks for these digits, or 16-digit numbers, on one bill."""
        answer = self.ask_raw(*map(asked, codes), bill=bill, rows=rows)
        assert answer.status_code == 200, answer.text
        return RedeemAnswer.model_validate_json(answer.content)

    def push(self, rows: list[Row] | None = None, *, floor: datetime | None = None) -> PushAnswer:
        """Pushes these rows, or all of them, with a report of the floor and of the whole ledger's head."""
        answer = self.push_raw([as_pushed(row) for row in (self.rows if rows is None else rows)], floor=floor)
        assert answer.status_code == 200, answer.text
        return PushAnswer.model_validate_json(answer.content)

    def push_raw(self, rows: list[PushedRow], *, floor: datetime | None = None) -> requests.Response:
        head = self.head
        report = Report(floor=floor, head_seq=head.seq, head_hash=head.hash.hex())
        request = PushRequest(chain_id=self.chain_id, rows=rows, report=report)
        return self.send("POST", "/api/facts", request.as_json())

    def events(self, after: int = 0) -> EventsAnswer:
        answer = self.send("GET", f"/api/events?after={after}")
        assert answer.status_code == 200, answer.text
        return EventsAnswer.model_validate_json(answer.content)

    # The ledger

    @property
    def head(self) -> Head:
        return Head(self.rows[-1].seq, self.rows[-1].hash) if self.rows else Head()

    def write(self, fact_id: str, fact: Fact) -> Row:
        row = append(ChainId(self.chain_id), self.head, fact_id, fact)
        self.rows.append(row)
        return row

    def redeem(
        self,
        digits: str,
        at: datetime,
        *,
        off: int = 2000,
        bill: Bill | None = None,
        redemption_id: RedemptionId | None = None,
        floor: datetime | None = None,
        **changes: Any,
    ) -> Row:
        """An offline redemption, written down."""
        code = unpack(digits)
        bill = bill or Bill("bill-" + secrets.token_hex(4), Fen(12_000))
        known = {} if not hasattr(code, "serial") else _of_code(code)
        values: dict[str, Any] = {
            "redemption_id": redemption_id or new_redemption_id(),
            "till_id": TillId(self.till_id),
            "outlet_id": OutletId(self.outlet_id),
            "cashier": "02",
            **known,
            "code": digits,
            "coupon_number": None,
            "bill": bill,
            "amount_off_fen": Fen(off),
            "payable_fen": None if bill.bill_fen is None else Fen(bill.bill_fen - off),
            "checked": (("uses", 1),),
            "network": Network.OFFLINE,
            "catalogue_version": 1,
            "moment": moment(at, floor),
        }
        fact = Redemption(**{**values, **changes})
        return self.write(fact.redemption_id, fact)

    def redeem_many(self, codes: Iterable[str]) -> None:
        """Offline redemptions of bearer codes, made now."""
        for code in codes:
            self.redeem(code, datetime.now(UTC))

    def intend(self, digits: str, at: datetime, redemption_id: RedemptionId) -> Row:
        bill = Bill("bill-" + secrets.token_hex(4), Fen(12_000))
        return self.write(redemption_id, Intent(redemption_id, "02", digits, None, bill, moment(at)))

    def reverse(self, redemption_id: str, at: datetime) -> Row:
        return self.write(redemption_id, Reversal(RedemptionId(redemption_id), "no answer", moment(at)))

    def void(self, redemption_id: str, at: datetime, reason: str = "typo") -> Row:
        fact = Void(RedemptionId(redemption_id), "02", "01", reason, moment(at))
        return self.write(redemption_id, fact)

    def override(self, override_id: str, redemption_id: str, at: datetime) -> Row:
        fact = Override(override_id, RedemptionId(redemption_id), "01", "regular", ("offline_cap",), moment(at))
        return self.write(override_id, fact)

    def acknowledge(
        self, withdrawal_id: str, campaign_id: int, serial: int, form: Form, held_until: datetime | None, at: datetime
    ) -> Row:
        fact = WithdrawalAck(withdrawal_id, CampaignId(campaign_id), Serial(serial), form, held_until, moment(at))
        return self.write(withdrawal_id, fact)


def asked(text: str) -> AskedCoupon:
    """A question under a new id: a 16-digit number, or the digits of a code."""
    if len(text) == 16:
        return AskedCoupon(redemption_id=new_redemption_id(), coupon_number=text)
    return AskedCoupon(redemption_id=new_redemption_id(), code=text)


def moment(at: datetime, floor: datetime | None = None) -> Moment:
    return Moment(at, TimeFrom.WALL, at - timedelta(hours=1) if floor is None else floor)


def enrol(url: str, outlet_id: int, secret: str, *, chain_id: str | None = None) -> TillClient:
    """A new till of this outlet."""
    key, chain = SigningKey.generate(), chain_id or secrets.token_hex(8)
    request = EnrolRequest(
        secret=secret,
        public_key=key.verify_key.encode().hex(),
        chain_id=chain,
        till_name="Counter 1",
        version="0.1.0",
    )
    headers = {"Content-Type": "application/json"}
    answer = requests.post(f"{url}/api/enrolments", data=request.as_json(), headers=headers, timeout=30)
    assert answer.status_code == 200, answer.text
    body = answer.json()
    root_key = VerifyKey(bytes.fromhex(body["root_key"]))
    content = body["keys"]["content"].encode()
    root_key.verify(signing.document_message(content), bytes.fromhex(body["keys"]["signature"]))
    serving = {each["public_key"] for each in json.loads(content)["serving_keys"]}
    return TillClient(url, outlet_id, body["till_id"], key, chain, root_key, serving)


def _of_code(code: Any) -> dict[str, Any]:
    return {
        "campaign_id": code.campaign_id,
        "serial": code.serial,
        "round_index": code.round_index,
        "offer_index": code.offer_index,
        "holder_tag": None if code.hold is None else code.hold.holder_tag,
    }
