"""A till comes in by a one-time invitation, is known by its key, and stays out once it is revoked."""

import json
import secrets
from dataclasses import replace

import requests
from nacl.signing import SigningKey, VerifyKey

from merchant_app.domain.kinds import OutletId, TillId
from merchant_app.server.services.enrolling import invite, revoke, tills_known
from merchant_app.wire import signing
from merchant_app.wire.enrolment import EnrolRequest, read_invitation
from tests.server.conftest import House
from tests.server.till_client import TillClient, asked


def invitation(house: House, outlet_id: int = 4201) -> str:
    made = invite(house.central, OutletId(outlet_id), house.url)
    assert made is not None
    return made[0].secret


def try_enrol(
    house: House, secret: str, key: SigningKey | None = None, chain_id: str | None = None
) -> requests.Response:
    request = EnrolRequest(
        secret=secret,
        public_key=(key or SigningKey.generate()).verify_key.encode().hex(),
        chain_id=chain_id or secrets.token_hex(8),
        till_name="Counter",
        version="0.1.0",
    )
    headers = {"Content-Type": "application/json", signing.TILL_NONCE: "n1"}
    return requests.post(f"{house.url}/api/enrolments", data=request.as_json(), headers=headers, timeout=30)


def code_of(answer: requests.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def test_what_the_operator_hands_over_leads_to_this_server_and_no_other(house: House) -> None:
    made = invite(house.central, OutletId(4201), house.url)
    assert made is not None
    read = read_invitation(made[0].as_qr_text())
    assert read == made[0]
    answer = try_enrol(house, made[0].secret).json()
    assert made[0].fits(bytes.fromhex(answer["root_key"]))
    assert answer["outlet"]["name_en"] == "Hot pot"
    assert invite(house.central, OutletId(9), house.url) is None


def test_an_invitation_is_good_once(house: House) -> None:
    secret = invitation(house)
    assert try_enrol(house, secret).status_code == 200
    assert code_of(try_enrol(house, secret)) == (403, "invitation_used")


def test_a_till_whose_answer_was_lost_asks_again_and_is_the_same_till(house: House) -> None:
    secret, key = invitation(house), SigningKey.generate()
    first, second = try_enrol(house, secret, key, "c1"), try_enrol(house, secret, key, "c1")
    assert first.json() == second.json()
    assert len(tills_known(house.central)) == 1


def test_an_invitation_expires_after_seven_days(house: House) -> None:
    secret = invitation(house)
    house.clock.forward(days=7)
    assert code_of(try_enrol(house, secret)) == (403, "invitation_expired")


def test_guessing_invitations_is_slowed_down(house: House) -> None:
    for _ in range(10):
        assert code_of(try_enrol(house, secrets.token_hex(6))) == (403, "unknown_invitation")
    answer = try_enrol(house, invitation(house))
    assert code_of(answer) == (429, "too_many_guesses")
    assert int(answer.headers["Retry-After"]) > 0
    house.clock.forward(minutes=11)
    assert try_enrol(house, invitation(house)).status_code == 200


def test_a_chain_that_is_known_is_not_enrolled_again(house: House) -> None:
    till = house.till()
    assert code_of(try_enrol(house, invitation(house), chain_id=till.chain_id)) == (409, "chain_taken")


def test_a_request_that_the_tills_key_did_not_sign_is_refused_and_the_no_is_signed(house: House) -> None:
    till = house.till()
    assert code_of(replace(till, key=SigningKey.generate()).send("GET", "/api/events")) == (401, "bad_signature")
    assert code_of(replace(till, till_id="4201-99").send("GET", "/api/events")) == (401, "unknown_till")
    plain = requests.get(f"{house.url}/api/catalogue", timeout=30)
    assert code_of(plain) == (401, "unknown_till")
    assert signing.SERVER_SIGNATURE not in plain.headers


def test_a_signature_is_good_for_its_own_request_only(house: House) -> None:
    till = house.till()
    assert {change: code_of(send_changed(till, change)) for change in ("path", "body", "nonce")} == {
        "path": (401, "bad_signature"),
        "body": (401, "bad_signature"),
        "nonce": (401, "bad_signature"),
    }
    assert code_of(send_changed(till, "nothing")) == (422, "invalid")


def send_changed(till: TillClient, change: str) -> requests.Response:
    """A request of which one part is another than what was signed."""
    body = b'{"a":1}'
    signature = till.key.sign(signing.request_message("POST", "/api/facts", "n1", body)).signature.hex()
    headers = {
        signing.TILL_ID: till.till_id,
        signing.TILL_NONCE: "n2" if change == "nonce" else "n1",
        signing.TILL_SIGNATURE: signature,
        "Content-Type": "application/json",
    }
    path = "/api/facts?x=1" if change == "path" else "/api/facts"
    sent = b'{"a":2}' if change == "body" else body
    return requests.post(till.url + path, data=sent, headers=headers, timeout=30)


def test_a_revoked_till_is_answered_nothing_but_its_facts(house: House) -> None:
    till = house.till()
    assert revoke(house.central, TillId(till.till_id))
    assert not revoke(house.central, TillId("9-01"))
    for path in (
        "/api/catalogue",
        "/api/catalogue/staff",
        "/api/events",
        "/api/redemptions/x",
        "/api/pictures/" + "0" * 64,
    ):
        assert code_of(till.send("GET", path)) == (403, "revoked")
    assert code_of(till.ask_raw(asked(house.code()))) == (403, "revoked")
    assert till.push().stored_to == 0


def test_every_answer_to_a_nonce_is_signed_whatever_it_is(house: House) -> None:
    till = house.till()
    etag = till.send("GET", "/api/catalogue").headers["ETag"]
    seen = {
        till.send("GET", "/api/catalogue").status_code,
        till.send("GET", "/api/catalogue", headers={"If-None-Match": etag}).status_code,
        till.send("GET", "/nowhere").status_code,
        till.send("DELETE", "/api/facts").status_code,
        till.send("POST", "/api/facts", b"{").status_code,
        till.send("POST", "/api/facts", b"x" * (4 * 1024 * 1024 + 1)).status_code,
        till.send("GET", "/api/redemptions/unknown").status_code,
        till.send("GET", "/health").status_code,
    }
    assert seen == {200, 304, 404, 405, 400, 413}


def test_the_list_of_keys_is_signed_by_the_root_and_its_version_only_grows(house: House) -> None:
    till = house.till()

    def keys() -> dict[str, object]:
        document = requests.get(f"{house.url}/api/keys", timeout=30).json()
        assert document["key"] == till.root_key.encode().hex()
        VerifyKey(bytes.fromhex(document["key"])).verify(
            signing.document_message(document["content"].encode()), bytes.fromhex(document["signature"])
        )
        content: dict[str, object] = json.loads(document["content"])
        return content

    first = keys()
    assert keys() == first
    house.campaign(campaign_id=7)
    second = keys()
    assert second["version"] == int(str(first["version"])) + 1
    assert [each["campaign_id"] for each in second["issuing_keys"]] == [20260628, 7]  # type: ignore[attr-defined]
