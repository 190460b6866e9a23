"""What the till says of itself: the strip, the camera, standings, rows that were set aside."""

from datetime import timedelta

import pytest

from merchant_app.domain.redemption import FactKind, Standing
from merchant_app.till.scanning.states import CameraCondition
from merchant_app.wire.facts import RowOutcome
from merchant_app.wording import Words, sync_state
from merchant_app.wording.camera import camera_state
from merchant_app.wording.row_outcomes import fact_name, row_outcome
from merchant_app.wording.standings import standing_line, standing_name
from tests.domain.building import at
from tests.wording.saying import EN, NOW, ZH, ZONE

both = pytest.mark.parametrize("words", [EN, ZH], ids=lambda words: words.language)


def test_online_or_offline_since_when() -> None:
    since = at(2022, 6, 30, 12, 31)
    assert sync_state.connection(EN, online=True, since=since, zone=ZONE) == "Online"
    assert sync_state.connection(EN, online=False, since=since, zone=ZONE) == "Offline since 12:31"
    assert sync_state.connection(ZH, online=False, since=since, zone=ZONE) == "12:31起离线"
    assert sync_state.connection(EN, online=False, since=None, zone=ZONE) == "Offline"


def test_what_waits_and_for_how_long() -> None:
    assert sync_state.waiting(EN, 0, None, now=NOW) == "Nothing waiting"
    assert sync_state.waiting(EN, 3, NOW - timedelta(minutes=4), now=NOW) == "3 waiting, oldest 4 min"
    assert sync_state.waiting(ZH, 3, NOW - timedelta(minutes=4), now=NOW) == "3条待同步，最早一条已等4分钟"
    assert sync_state.waiting(EN, 1, NOW, now=NOW) == "1 waiting"


def test_the_last_sync_and_the_age_of_what_it_brought() -> None:
    def said(ago: timedelta) -> str:
        return sync_state.last_sync(EN, NOW - ago, now=NOW, zone=ZONE)

    assert said(timedelta(seconds=59)) == "Synced just now"
    assert said(timedelta(minutes=3)) == "Synced 3 min ago"
    assert said(timedelta(hours=20)) == "Synced yesterday 18:46"
    assert sync_state.last_sync(EN, None, now=NOW, zone=ZONE) == "Never synced"
    assert sync_state.catalogue_age(EN, timedelta(hours=3)) == "Data 3 h old"
    assert sync_state.catalogue_age(EN, timedelta(0)) == "Data up to date"
    assert sync_state.catalogue_age(EN, None) == "No campaign data yet"


def test_the_clock_is_named_when_it_is_off_and_by_how_much() -> None:
    def said(words: Words, off_by: timedelta | None, *, defended: bool = True, known: bool = True) -> str:
        return sync_state.clock(words, known=known, defended=defended, off_by=off_by)

    assert said(EN, timedelta(hours=3)) == "The clock is 3 h ahead; the server's time is used"
    assert said(ZH, timedelta(hours=-3)) == "电脑时钟慢3小时，已改用服务器时间"
    assert said(EN, None) == "The clock is off; the server's time is used"
    assert said(EN, timedelta(seconds=-20)) == said(EN, None, defended=False) == ""
    assert said(EN, None, known=False) == "The time is not known; connect this till once"


def test_what_one_sync_did_and_what_is_left_over() -> None:
    assert sync_state.synced(EN, pushed=0, pulled=0) == "Nothing was new"
    assert sync_state.synced(EN, pushed=3, pulled=12) == "3 sent, 12 received"
    assert (sync_state.parked(EN, 0), sync_state.parked(EN, 2)) == ("", "2 parked")
    assert (sync_state.contested(EN, 0), sync_state.contested(EN, 1)) == ("", "1 dispute")
    assert sync_state.revoked(ZH) == "本收银端已停用，请联系运营方"


@both
def test_every_condition_of_a_camera_has_its_line(words: Words) -> None:
    titles = {condition: camera_state(words, condition.value).title for condition in CameraCondition}
    assert len({*titles.values()}) == len(CameraCondition) - 1  # a file that is missing is one that cannot be read
    for condition in CameraCondition:
        if condition not in (CameraCondition.LIVE, CameraCondition.OPENING):
            assert camera_state(words, condition.value).remedy


def test_a_camera_is_called_by_its_name() -> None:
    assert camera_state(EN, "taken", name="Logitech C920").title == "Logitech C920 is used by another program"
    assert camera_state(EN, "unplugged").title == "The camera was unplugged"


@both
def test_every_standing_has_a_name_and_a_line(words: Words) -> None:
    assert len({standing_name(words, standing) for standing in Standing}) == len(Standing)
    assert len({standing_line(words, standing) for standing in Standing}) == len(Standing)


@both
def test_every_outcome_of_a_row_says_what_to_do(words: Words) -> None:
    fine = {RowOutcome.CONFIRMED, RowOutcome.REPEAT, RowOutcome.STORED}
    for outcome in RowOutcome:
        assert row_outcome(words, outcome).title
        assert bool(row_outcome(words, outcome).remedy) is (outcome not in fine)


@both
def test_every_kind_of_row_has_a_name(words: Words) -> None:
    assert len({fact_name(words, kind) for kind in FactKind}) == len(FactKind)


def test_data_that_has_expired_is_said_to_have() -> None:
    age = timedelta(days=8)
    assert "expired" in sync_state.catalogue_age(EN, age, expired=True)
    assert "expired" not in sync_state.catalogue_age(EN, age)


def test_a_connection_that_is_not_encrypted_is_said_so() -> None:
    assert sync_state.readable(EN) == "The connection is not encrypted"
