"""Only a whole, signed, newer catalogue is taken over; otherwise the last good one stays in use."""

import hashlib
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from nacl.signing import SigningKey

from merchant_app.errors import CatalogueRejectedError, MerchantAppError, NotTheServerError
from merchant_app.till.services.answers import Redeemed
from merchant_app.wire import signing
from merchant_app.wire.catalogue import SignedDocument
from tests.till.false_server import Answering, FalseServer
from tests.till.made_till import (
    CAMPAIGN,
    ISSUING_KEY,
    NOON,
    OTHER_OUTLET,
    OUTLET,
    ROOT_KEY,
    SERVING_KEY,
    MadeTill,
    bearer,
    bill,
    document,
    make_till,
    signed_parts,
)


class Publishing:
    """What the false server publishes; a test changes one thing and sees it refused."""

    def __init__(self) -> None:
        self.version = 2
        self.part_version = 2
        self.outlet_id = OUTLET
        self.root, self.serving = ROOT_KEY, SERVING_KEY
        self.named_serving = SERVING_KEY
        self.answering = SERVING_KEY
        self.expires_at = "2022-07-28T04:00:00Z"
        self.parts = {part.name: part.content for part in signed_parts([document()])}
        self.swapped: dict[str, bytes] = {}

    def answer(self, request: Answering) -> None:
        path = request.path.split("?")[0]
        match path.split("/")[2:]:
            case ["keys"]:
                request.say(self._signed(self._keys(), self.root), key=self.answering)
            case ["catalogue"]:
                etag = {"ETag": f'"{self.version}"'}
                request.say(self._signed(self._snapshot(), self.serving), key=self.answering, headers=etag)
            case ["catalogue", name]:
                request.say(self.swapped.get(name, self.parts[name]))
            case ["facts"]:
                request.say(b'{"answers": [], "stored_to": 0}')
            case _:
                request.say(b'{"events": [], "cursor": 0, "more": false}')

    def _keys(self) -> dict[str, Any]:
        life = {"valid_from": "2020-01-01T00:00:00Z", "valid_until": "2040-01-01T00:00:00Z"}
        issuing = {"key_index": 7, "campaign_id": CAMPAIGN, "public_key": _hex(ISSUING_KEY)}
        serving = {"public_key": _hex(self.named_serving), **life}
        return {"version": self.version, "serving_keys": [serving], "issuing_keys": [issuing]}

    def _snapshot(self) -> dict[str, Any]:
        refs = {
            name: {"version": self.part_version, "sha256": hashlib.sha256(content).hexdigest()}
            for name, content in self.parts.items()
        }
        times = {"issued_at": "2022-06-28T04:00:00Z", "expires_at": self.expires_at}
        return {
            "version": self.version,
            "outlet_id": self.outlet_id,
            "keys_version": self.version,
            "parts": refs,
            **times,
        }

    @staticmethod
    def _signed(content: dict[str, Any], key: SigningKey) -> bytes:
        text = json.dumps(content)
        signature = key.sign(signing.document_message(text.encode())).signature.hex()
        return SignedDocument(content=text, key=_hex(key), signature=signature).as_json()


def _hex(key: SigningKey) -> str:
    return key.verify_key.encode().hex()


@pytest.fixture
def server() -> Iterator[FalseServer]:
    with FalseServer() as running:
        yield running


@pytest.fixture
def published(server: FalseServer) -> Publishing:
    publishing = Publishing()
    server.answer = publishing.answer
    return publishing


@pytest.fixture
def till(tmp_path: Path, server: FalseServer, published: Publishing) -> MadeTill:
    """Has version 1 of everything, and knows the server's serving key."""
    return make_till(tmp_path, catalogue_of=[document()], server=server.url)


def trouble(till: MadeTill) -> MerchantAppError | Exception | None:
    return till.parts.syncing.sync().trouble


def still_redeems(till: MadeTill) -> bool:
    return isinstance(till.parts.redeeming.present(bearer(), bill()), Redeemed)


def test_a_newer_one_is_taken_over(till: MadeTill, published: Publishing) -> None:
    published.parts["campaigns"] = json.dumps({"campaigns": [document(offer={"min_spend_fen": 12_000})]}).encode()
    report = till.parts.syncing.sync()
    assert report.trouble is None
    assert report.catalogue_changed
    (here,) = till.parts.looking.offers_here()
    assert here.offer.min_spend_fen == 12_000


def test_an_older_snapshot_is_refused(till: MadeTill, published: Publishing) -> None:
    published.version = 5
    assert trouble(till) is None
    published.version = 4
    assert isinstance(trouble(till), CatalogueRejectedError)
    assert still_redeems(till)


def test_another_outlets_snapshot_is_refused(till: MadeTill, published: Publishing) -> None:
    published.outlet_id = OTHER_OUTLET
    assert isinstance(trouble(till), CatalogueRejectedError)
    assert still_redeems(till)


def test_an_older_part_in_a_newer_snapshot_is_refused(till: MadeTill, published: Publishing) -> None:
    assert trouble(till) is None
    published.version, published.part_version = 3, 1
    published.parts["staff"] = b'{"staff": [ ]}'
    assert isinstance(trouble(till), CatalogueRejectedError)


def test_old_and_new_cannot_be_mixed(till: MadeTill, published: Publishing) -> None:
    published.swapped["campaigns"] = json.dumps({"campaigns": []}).encode()
    published.parts["campaigns"] = json.dumps({"campaigns": [document(offer={"min_spend_fen": 1})]}).encode()
    assert isinstance(trouble(till), CatalogueRejectedError)
    (here,) = till.parts.looking.offers_here()
    assert here.offer.min_spend_fen == 10_000


def test_a_snapshot_by_a_key_that_the_root_does_not_know_is_refused(till: MadeTill, published: Publishing) -> None:
    published.serving = SigningKey(b"x" * 32)
    assert isinstance(trouble(till), CatalogueRejectedError)
    assert still_redeems(till)


def test_keys_that_the_root_did_not_sign_are_refused(till: MadeTill, published: Publishing) -> None:
    """Another server at the address, with keys of its own."""
    published.root = published.answering = SigningKey(b"x" * 32)
    assert isinstance(trouble(till), NotTheServerError)
    assert still_redeems(till)


def test_keys_by_a_root_that_nobody_handed_over_to_are_refused_while_facts_still_go_up(
    till: MadeTill, published: Publishing, server: FalseServer
) -> None:
    """The server that this till knows, whose root key was lost and made anew."""
    published.root = SigningKey(b"x" * 32)
    assert isinstance(trouble(till), CatalogueRejectedError)
    assert "/api/facts" in server.asked
    assert still_redeems(till)


def test_a_snapshot_that_has_expired_is_refused_and_the_last_good_one_is_shown_to_age(
    till: MadeTill, published: Publishing, server: FalseServer
) -> None:
    assert trouble(till) is None
    till.clock.pass_by(days=31)
    server.now = till.clock.at
    strip = till.parts.syncing.strip()
    assert strip.catalogue_expired
    assert strip.catalogue_age == till.clock.at - NOON
    published.version, published.expires_at = 3, "2022-07-28T05:00:00Z"
    assert isinstance(trouble(till), CatalogueRejectedError)
    assert till.parts.syncing.strip().catalogue_age == timedelta(days=31)
    published.version, published.expires_at = 4, "2022-08-28T04:00:00Z"
    assert trouble(till) is None
    assert not till.parts.syncing.strip().catalogue_expired


def test_an_unchanged_catalogue_is_one_short_answer(till: MadeTill, server: FalseServer) -> None:
    assert trouble(till) is None

    def unchanged(request: Answering) -> None:
        if request.path == "/api/catalogue":
            assert request.headers["If-None-Match"] == '"2"'
            request.say(b"", 304)
        else:
            Publishing().answer(request)

    server.answer = unchanged
    server.asked.clear()
    assert trouble(till) is None
    assert [path for path in server.asked if "catalogue" in path or "keys" in path] == ["/api/catalogue"]


def test_facts_go_up_though_the_catalogue_is_refused(
    till: MadeTill, published: Publishing, server: FalseServer
) -> None:
    assert still_redeems(till)
    published.version = 0
    assert trouble(till) is not None
    assert "/api/facts" in server.asked
