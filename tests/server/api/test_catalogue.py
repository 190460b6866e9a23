"""The catalogue: signed, for this outlet alone, with versions that grow when and only when the content changes."""

import hashlib
import json
from pathlib import Path
from typing import Any

from merchant_app.domain.kinds import CampaignId, OutletId
from merchant_app.server.services import campaign_desk
from merchant_app.server.services.outlet_import import import_outlets
from merchant_app.server.services.outlets import add_staff
from merchant_app.server.services.withdrawing import move_paper_into_wallet, revoke_coupon
from merchant_app.wire.catalogue import PART_NAMES, Snapshot
from tests.server.conftest import House
from tests.server.documents import CAMPAIGN_ID, OUTLETS, document, offer
from tests.server.till_client import TillClient

PNG = b"\x89PNG\r\n\x1a\n" + b"a picture of noodles"


def part(till: TillClient, name: str) -> Any:
    return till.send("GET", f"/api/catalogue/{name}").json()


def versions(snapshot: Snapshot) -> dict[str, int]:
    return {name: ref.version for name, ref in snapshot.parts.items()} | {"all": snapshot.version}


def test_the_snapshot_names_every_part_by_its_hash(house: House) -> None:
    till = house.till()
    snapshot = till.snapshot()
    assert set(snapshot.parts) == set(PART_NAMES)
    for name, ref in snapshot.parts.items():
        content = till.send("GET", f"/api/catalogue/{name}").content
        assert hashlib.sha256(content).hexdigest() == ref.sha256
    assert snapshot.outlet_id == 4201


def test_an_unchanged_catalogue_is_not_sent_again(house: House) -> None:
    till = house.till()
    first = till.send("GET", "/api/catalogue")
    again = till.send("GET", "/api/catalogue", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert sum(len(name) + len(value) + 4 for name, value in again.headers.items()) < 1000


def test_it_is_signed_anew_with_its_age_while_its_version_stays(house: House) -> None:
    till = house.till()
    first = till.snapshot()
    house.clock.forward(minutes=11)
    second = till.snapshot()
    assert versions(second) == versions(first)
    assert second.issued_at == house.clock.at
    assert second.expires_at > second.issued_at


def test_a_change_raises_the_version_of_its_part_and_of_the_snapshot_alone(house: House) -> None:
    till = house.till()
    before = versions(till.snapshot())
    add_staff(house.central, OutletId(4201), "Li", "manager", "1234")
    assert versions(till.snapshot()) == before | {"staff": before["staff"] + 1, "all": before["all"] + 1}
    (member,) = part(till, "staff")["staff"]
    assert (member["name"], member["role"]) == ("Li", "manager")
    assert member["pin_hash"].startswith("$argon2id$")


def test_a_new_key_raises_the_snapshots_version(house: House) -> None:
    till = house.till()
    before = till.snapshot()
    house.campaign(campaign_id=7, districts=["far away"])
    after = till.snapshot()
    assert after.keys_version == before.keys_version + 1
    assert after.version == before.version + 1
    assert after.parts == before.parts


def told_campaigns(till: TillClient) -> list[int]:
    till.snapshot()
    return [each["campaign_id"] for each in part(till, "campaigns")["campaigns"]]


def test_an_outlet_is_given_the_open_campaigns_that_it_takes_part_in(house: House) -> None:
    house.campaign(campaign_id=1, outlets=[4202])
    house.campaign(campaign_id=2, categories=["hotel"])
    campaign_desk.add(house.central, document(campaign_id=3), {})
    assert told_campaigns(house.till(4202)) == [1, CAMPAIGN_ID]


def test_and_those_that_outlets_nearby_take_so_that_it_can_say_which(house: House) -> None:
    import_outlets(house.central, OUTLETS.splitlines()[0] + "\n9000,远,Far,jiangbei,catering/foods,30.5,106.5,,,\n")
    house.campaign(campaign_id=1, outlets=[4202])
    house.campaign(campaign_id=2, outlets=[9000])
    house.campaign(campaign_id=3, outlets=[4202], starts_at="2026-06-01T00:00:00Z", ends_at="2026-06-29T00:00:00Z")
    till = house.till(4301)
    assert told_campaigns(till) == [1, CAMPAIGN_ID]
    first, scoped = part(till, "campaigns")["campaigns"]
    assert (first["outlets"], scoped["outlets"]) == ([4202], "all")


def test_lists_of_outlets_are_cut_to_this_one_and_its_neighbours(house: House) -> None:
    house.campaign(campaign_id=1, outlets=[4201, 4203, *range(10_000, 13_000)])
    till = house.till()
    till.snapshot()
    assert part(till, "campaigns")["campaigns"][0]["outlets"] == [4201, 4203]


def test_the_nearest_that_take_a_campaign_are_among_the_neighbours_however_far(house: House) -> None:
    header = OUTLETS.splitlines()[0]
    near = [f"{5000 + n},n,n,jiangbei,catering/foods,29.58,{106.53 + n / 10_000:.4f},,," for n in range(40)]
    far = [f"{6000 + n},f,f,jiangbei,catering/foods,{29.6 + n / 50:.3f},106.53,,," for n in range(10)]
    import_outlets(house.central, "\n".join([header, *near, *far]))
    house.campaign(campaign_id=1, outlets=[4201, *range(6000, 6010)])
    till = house.till()
    till.snapshot()
    told = [each["outlet_id"] for each in part(till, "outlet")["neighbours"]]
    assert len(told) == 33
    assert told[-3:] == [6000, 6001, 6002]
    assert part(till, "campaigns")["campaigns"][0]["outlets"] == [4201, 6000, 6001, 6002]


def test_a_change_at_one_outlet_leaves_the_others_snapshots_as_they_are(house: House) -> None:
    here, there = house.till(), house.till(4202)
    coupon = house.coupons(outlet_id=4202, on_paper=True)[0]
    before = [till.send("GET", "/api/catalogue").content for till in (here, there)]
    house.clock.forward(minutes=1)
    move_paper_into_wallet(house.central, CampaignId(CAMPAIGN_ID), coupon.serial)
    after = [till.send("GET", "/api/catalogue").content for till in (here, there)]
    assert [one == other for one, other in zip(before, after, strict=True)] == [True, False]


def test_a_change_that_is_nothing_to_this_outlet_writes_nothing(house: House) -> None:
    till = house.till()
    before = till.send("GET", "/api/catalogue").content
    house.clock.forward(minutes=1)
    header = OUTLETS.splitlines()[0]
    import_outlets(house.central, header + "\n9000,远,Nowhere,elsewhere,catering/foods,,,,,\n")
    assert till.send("GET", "/api/catalogue").content == before


def test_a_campaign_stays_a_month_after_its_end(house: House) -> None:
    till = house.till()
    house.clock.at = house.clock.at.replace(month=8, day=18)
    till.snapshot()
    assert part(till, "campaigns")["campaigns"]
    house.clock.forward(days=2)
    till.snapshot()
    assert part(till, "campaigns")["campaigns"] == []


def test_the_nearest_thirty_outlets_are_told_nearest_first(house: House) -> None:
    header, *lines = OUTLETS.splitlines()
    many = [f"{5000 + n},n,n,jiangbei,catering/foods,{29.6 + n / 100:.3f},106.53,,," for n in range(40)]
    import_outlets(house.central, "\n".join([header, *lines, *many]))
    till = house.till()
    till.snapshot()
    told = part(till, "outlet")
    distances = [each["distance_m"] for each in told["neighbours"]]
    assert told["outlet"]["outlet_id"] == 4201
    assert [each["outlet_id"] for each in told["neighbours"][:2]] == [4202, 4203]
    assert len(distances) == 30
    assert distances == sorted(distances)
    assert 100 < distances[0] < 200


def test_revoked_coupons_that_could_be_shown_here_are_told(house: House) -> None:
    here, there = house.till(), house.till(4202)
    bound, any_outlet = house.coupons(outlet_id=4201)[0], house.coupons()[0]
    for coupon in (bound, any_outlet):
        assert revoke_coupon(house.central, CampaignId(CAMPAIGN_ID), coupon.serial)
    told = {}
    for till in (here, there):
        till.snapshot()
        told[till.outlet_id] = {each["serial"] for each in part(till, "withdrawals")["revoked"]}
    assert told == {4201: {str(bound.serial), str(any_outlet.serial)}, 4202: {str(any_outlet.serial)}}


def test_offer_pictures_are_fetched_by_their_hash(house: House, tmp_path: Path) -> None:
    (tmp_path / "noodles.png").write_bytes(PNG)
    text = json.dumps(document(campaign_id=7, offers=[offer(picture="noodles.png"), offer()]))
    _, written, found = campaign_desk.check(text, [tmp_path])
    assert campaign_desk.add(house.central, written, found)
    campaign_desk.open_campaign(house.central, 7)
    till = house.till()
    till.snapshot()
    told = part(till, "campaigns")
    sha256 = hashlib.sha256(PNG).hexdigest()
    assert told["pictures"] == {sha256: sha256}
    assert told["campaigns"][0]["offers"][0]["picture"] == sha256
    answer = till.send("GET", f"/api/pictures/{sha256}")
    assert (answer.content, answer.headers["Content-Type"]) == (PNG, "image/png")
    assert till.send("GET", f"/api/pictures/{'0' * 64}").status_code == 404
    assert till.send("GET", "/api/pictures/../x").status_code == 404


def test_an_open_campaign_is_not_replaced(house: House) -> None:
    assert not campaign_desk.add(house.central, document(budget_fen=1), {})
    assert campaign_desk.open_campaign(house.central, CAMPAIGN_ID) is campaign_desk.Opening.ALREADY_OPEN
    assert campaign_desk.open_campaign(house.central, 99) is campaign_desk.Opening.UNKNOWN
