"""Keys change under tills that are online, away, or cut off by a thief; nobody visits any of them."""

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from nacl.signing import SigningKey

from merchant_app.domain.redemption import Standing
from merchant_app.errors import KeyMissingError, RootKeyAwayError
from merchant_app.server.app import create_app
from merchant_app.server.db.published import published_as, put_published
from merchant_app.server.services import campaign_desk
from merchant_app.server.services.enrolling import invite
from merchant_app.server.services.keeping_keys.issuing_keys import KeyUnchanged, revoke_issuing, rotate_issuing
from merchant_app.server.services.keeping_keys.overview import overview
from merchant_app.server.services.keeping_keys.root_key import rotate_root
from merchant_app.server.services.keeping_keys.serving_keys import (
    LISTED_AFTER,
    LISTED_BEFORE,
    ServingUnchanged,
    revoke_serving,
    rotate_serving,
)
from merchant_app.server.settings import Settings
from merchant_app.till.db import catalogue, state
from merchant_app.till.parts import Outside, open_ledger
from merchant_app.till.services.answers import NotRedeemed, Redeemed
from merchant_app.till.services.enrolling import Enrolling
from tests.journeys.world import HERE, TillInHand, World, open_world
from tests.till.made_till import bill, document


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with open_world(tmp_path, ends_at="2022-12-31T00:00:00+08:00", rounds=_long_round()) as made:
        yield made


def _long_round() -> list[dict[str, object]]:
    return [{"opens_at": "2022-06-28T10:00:00+08:00", "closes_at": "2022-12-30T00:00:00+08:00", "stock": {"0": 99}}]


def trouble(till: TillInHand) -> Exception | None:
    return till.parts.syncing.sync().trouble


def standing(world: World, till: TillInHand) -> Standing | None:
    """Of a new coupon that is redeemed here."""
    answer = till.parts.redeeming.present(world.paper(), bill(bill_id=secrets.token_hex(4)))
    return answer.standing if isinstance(answer, Redeemed) else None


def signing_now(world: World) -> str:
    pair = world.central.keys.signing_at(world.central.now())
    return str(pair.public_hex)


def test_a_new_serving_key_is_known_before_it_signs_so_that_no_answer_is_ever_doubted(world: World) -> None:
    till, before = world.new_till(), signing_now(world)
    rotate_serving(world.central)
    assert signing_now(world) == before
    assert trouble(till) is None
    world.pass_by(seconds=LISTED_BEFORE.total_seconds() + 60)
    assert signing_now(world) != before
    assert standing(world, till) is Standing.CONFIRMED
    till.plug.requests_sent.clear()
    assert trouble(till) is None
    assert "GET /api/keys" not in till.plug.requests_sent


def test_a_till_that_was_away_through_the_whole_overlap_asks_for_the_list_and_follows(world: World) -> None:
    till = world.new_till()
    rotate_serving(world.central)
    world.pass_by(days=1 + LISTED_AFTER.days + 5)
    assert standing(world, till) is Standing.PROVISIONAL
    assert trouble(till) is None
    assert standing(world, till) is Standing.CONFIRMED


def test_a_serving_key_that_leaked_is_off_the_list_and_another_signs_at_once(world: World) -> None:
    till, leaked = world.new_till(), signing_now(world)
    assert revoke_serving(world.central, "12") is ServingUnchanged.UNKNOWN_KEY
    revoke_serving(world.central, leaked[:8])
    assert signing_now(world) != leaked
    assert trouble(till) is None
    assert standing(world, till) is Standing.CONFIRMED
    assert leaked not in list_known_to(till)


def test_a_serving_key_that_was_not_listed_yet_takes_over_when_the_one_before_is_revoked(world: World) -> None:
    till, leaked = world.new_till(), signing_now(world)
    following = rotate_serving(world.central).public_hex
    revoke_serving(world.central, leaked)
    assert signing_now(world) not in (leaked, following)
    assert trouble(till) is None
    assert standing(world, till) is Standing.CONFIRMED


def test_a_new_root_is_found_from_any_root_before_it(world: World) -> None:
    till, away = world.new_till(), world.new_till()
    first = pinned(till)
    for _ in range(2):
        rotate_root(world.central)
        assert trouble(till) is None
    assert pinned(till) == overview(world.central).root_hex != first
    assert pinned(away) == first
    rotate_serving(world.central, at_once=True)
    assert trouble(away) is None
    assert pinned(away) == pinned(till)
    assert standing(world, away) is Standing.CONFIRMED
    assert pinned(away.restart()) == pinned(till)


def test_an_invitation_from_before_the_root_changed_is_still_good(world: World) -> None:
    invited = invite(world.central, HERE, world.server.url)
    assert invited is not None
    rotate_root(world.central)
    ledger = open_ledger(world.data_dir / "late")
    identity = Enrolling(ledger, new_id=Outside().new_id).enrol(None, invited[0].as_qr_text(), "till")
    ledger.close()
    assert identity.root_key.encode().hex() == overview(world.central).root_hex


def test_a_change_of_the_root_that_broke_off_before_it_was_published_changes_nothing(world: World) -> None:
    till, before = world.new_till(), overview(world.central).root_hex
    world.central.keys.prepare_root(SigningKey.generate())
    assert overview(world.central).root_hex == before
    assert overview(world.central).root_is_here
    rotate_root(world.central)
    assert trouble(till) is None
    assert pinned(till) == overview(world.central).root_hex != before


def test_the_server_runs_without_its_root_key_and_names_the_place_when_it_is_wanted(world: World) -> None:
    till, path = world.new_till(), world.central.keys.root_path
    kept = path.read_text()
    path.unlink()
    world.stop_server()
    world.start_server()
    assert world.new_till()
    assert standing(world, till) is Standing.CONFIRMED
    campaign_desk.add(world.central, document(campaign_id=8), {})
    before = overview(world.central)
    for change in (
        lambda: campaign_desk.open_campaign(world.central, 8),
        lambda: rotate_serving(world.central),
        lambda: rotate_root(world.central),
        lambda: rotate_issuing(world.central, world.campaign.campaign_id),
        lambda: revoke_issuing(world.central, 1),
    ):
        with pytest.raises(RootKeyAwayError, match=str(path)):
            change()
    assert overview(world.central) == before
    path.write_text(kept)
    assert campaign_desk.open_campaign(world.central, 8) is campaign_desk.Opening.OPENED


def test_a_root_key_of_another_server_vouches_for_nothing(world: World) -> None:
    world.central.keys.root_path.write_text("07" * 32)
    with pytest.raises(RootKeyAwayError, match="another server"):
        rotate_serving(world.central)


def test_a_campaigns_key_is_exchanged_and_codes_by_the_one_before_stay_good(world: World) -> None:
    till, old = world.new_till(), world.paper()
    assert rotate_issuing(world.central, world.campaign.campaign_id) == 2
    assert trouble(till) is None
    new = world.paper()
    for text in (old, new):
        answer = till.parts.redeeming.present(text, bill(bill_id=secrets.token_hex(4)))
        assert isinstance(answer, Redeemed)
    assert rotate_issuing(world.central, 9) is KeyUnchanged.UNKNOWN_CAMPAIGN


def test_of_a_revoked_issuing_key_no_code_is_good_but_the_number_under_it_is(world: World) -> None:
    till, (coupon,) = world.new_till(), world.issue()
    assert coupon.code is not None
    assert revoke_issuing(world.central, 1) == 2
    assert revoke_issuing(world.central, 1) is KeyUnchanged.ALREADY_REVOKED
    assert revoke_issuing(world.central, 7) is KeyUnchanged.UNKNOWN_KEY
    assert trouble(till) is None
    refused = till.parts.redeeming.present(coupon.code, bill())
    assert isinstance(refused, NotRedeemed)
    assert [reason.code for reason in refused.reasons] == ["key_revoked"]
    typed = till.parts.redeeming.present(coupon.coupon_number, bill())
    assert isinstance(typed, Redeemed)
    assert standing(world, till) is Standing.CONFIRMED


def test_a_missing_key_is_named_and_none_is_made_in_its_place(world: World) -> None:
    folder = world.central.keys.folder
    kept = (folder / "issuing-00001.key").read_text()
    (folder / "issuing-00001.key").unlink()
    with pytest.raises(KeyMissingError, match="issuing-00001"):
        world.paper()
    assert [each.is_here for each in overview(world.central).issuing] == [False]
    (folder / "issuing-00001.key").write_text(kept)
    assert world.paper()
    world.stop_server()
    (folder / "serving.json").unlink()
    with pytest.raises(KeyMissingError, match="serving"):
        create_app(Settings(world.data_dir / "server"), now=world.clock.wall)
    assert not (folder / "serving.json").exists()


def test_a_server_renews_a_key_that_nears_its_end_and_does_not_start_with_none_that_is_valid(world: World) -> None:
    first, till = signing_now(world), world.new_till()
    world.stop_server()
    world.pass_by(days=2 * 365 - 30)
    world.start_server()
    assert [each.public_hex for each in overview(world.central).serving if each.signs_now] == [first]
    assert trouble(till) is None
    world.pass_by(days=2)
    assert signing_now(world) != first
    assert trouble(till) is None
    world.stop_server()
    world.central.keys.root_path.unlink()
    world.pass_by(days=3 * 365)
    with pytest.raises(KeyMissingError, match="good now"):
        create_app(Settings(world.data_dir / "server"), now=world.clock.wall)


def list_known_to(till: TillInHand) -> str:
    with till.parts.ledger.reading() as db:
        return catalogue.parts(db)[catalogue.KEYS].content.decode()


def pinned(till: TillInHand) -> str | None:
    with till.parts.ledger.reading() as db:
        return state.get(db, state.ROOT_KEY)


def test_a_server_that_was_restored_gives_its_next_list_a_number_that_no_till_has_seen(world: World) -> None:
    """It has forgotten lists that tills have: the next one must not look older to them."""
    till = world.new_till()
    with world.central.database.reading() as connection:
        forgotten = published_as(connection, "keys")
    for _ in range(3):
        rotate_issuing(world.central, world.campaign.campaign_id)
    assert trouble(till) is None
    assert forgotten is not None
    with world.central.database.writing() as connection:
        put_published(connection, "keys", forgotten)
    world.pass_by(hours=1)
    rotate_serving(world.central, at_once=True)
    assert trouble(till) is None
    assert standing(world, till) is Standing.CONFIRMED
    assert signing_now(world) in list_known_to(till)
