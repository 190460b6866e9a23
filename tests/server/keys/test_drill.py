"""The written drill of docs/keys.md, step by step as it stands there, with a server running and a till that follows."""

import getpass
import re
import secrets
import shlex
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from merchant_app.cli.main import main
from merchant_app.domain.redemption import Standing
from merchant_app.errors import CatalogueRejectedError
from merchant_app.server.services.keeping_keys.server_keys import ServerKeys, keys_folder
from merchant_app.till.services.answers import NotRedeemed, Redeemed
from tests.house.tree import ROOT
from tests.journeys.world import TillInHand, World, open_world
from tests.till.made_till import bill

PASSPHRASE = "correct horse battery staple"
Drill = Callable[[str], None]


def steps() -> dict[str, list[str]]:
    """The lines of each section's commands, by its heading."""
    text = (ROOT / "docs/keys.md").read_text(encoding="utf-8")
    sections = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    blocks = {each.splitlines()[0]: re.findall(r"```sh\n(.*?)```", each, flags=re.DOTALL) for each in sections}
    return {heading: "".join(found).splitlines() for heading, found in blocks.items()}


@pytest.fixture
def drill(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Drill:
    """Runs a section's commands on the world in `tmp_path`: the data is found by default, the passphrase is typed."""
    usb, keys = tmp_path / "usb", keys_folder(tmp_path / "merchant_app/server")
    usb.mkdir()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr(getpass, "getpass", lambda _prompt: PASSPHRASE)

    def run(heading: str) -> None:
        for line in steps()[heading]:
            done = line.replace("$USB", str(usb)).replace("$KEYS", str(keys)).replace("1a2b3c4d", _signing(keys))
            newest = max((path.name for path in usb.glob("*.backup")), default="")
            done = re.sub(r"merchant-app-keys-[\d-]+\.backup", newest, done)
            _run(shlex.split(done))

    return run


def _run(words: list[str]) -> None:
    match words:
        case ["merchant-app", *rest]:
            assert main(rest) == 0, words
        case ["mv", source, target]:
            Path(source).rename(target)
        case ["rm", path]:
            for each in Path(path).parent.glob(Path(path).name):
                each.unlink()
        case _:
            raise AssertionError(f"the drill does something else: {words}")


def _signing(keys: Path) -> str:
    pair = ServerKeys(keys).signing_at(datetime.now(UTC)) if (keys / "serving.json").exists() else None
    return "" if pair is None else pair.public_hex[:8]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A campaign that runs now: the commands go by the computer's clock."""
    start = datetime.now(UTC) - timedelta(hours=1)
    end = start + timedelta(days=9)
    rounds = [{"opens_at": start.isoformat(), "closes_at": end.isoformat(), "stock": {"0": 50}}]
    changes = {"starts_at": start.isoformat(), "ends_at": end.isoformat(), "rounds": rounds}
    with open_world(tmp_path / "merchant_app", **changes) as made:
        yield made


def follows(world: World, till: TillInHand) -> bool:
    """Whether the till syncs, and a new coupon is redeemed with the server's answer."""
    now = datetime.now(UTC)
    world.pass_by(seconds=max(0.0, (now - world.clock.at).total_seconds()))
    report = till.parts.syncing.sync()
    if report.trouble is not None:
        return False
    return confirmed(world, till)


def confirmed(world: World, till: TillInHand) -> bool:
    answer = till.parts.redeeming.present(world.paper(), bill(bill_id=secrets.token_hex(4)))
    return isinstance(answer, Redeemed) and answer.standing is Standing.CONFIRMED


def test_the_drill_from_a_backup_to_a_lost_disk(world: World, drill: Drill, capsys: pytest.CaptureFixture[str]) -> None:
    till, old = world.new_till(), world.paper()
    for heading in ("Once: back up, and take the root key away", "Once a year: another serving key"):
        drill(heading)
        assert follows(world, till), heading
    drill("A serving key has leaked")
    assert follows(world, till)
    drill("An issuing key has leaked")
    assert follows(world, till)
    refused = till.parts.redeeming.present(old, bill(bill_id="another"))
    assert isinstance(refused, NotRedeemed)
    assert [reason.code for reason in refused.reasons] == ["key_revoked"]
    drill("The root key has leaked")
    assert follows(world, till)
    drill("The server's disk is lost")
    world.stop_server()
    world.start_server()
    assert follows(world, till)
    assert "its private half is missing" not in capsys.readouterr().out


def test_the_drill_of_a_lost_root(world: World, drill: Drill, capsys: pytest.CaptureFixture[str]) -> None:
    till = world.new_till()
    drill("Once: back up, and take the root key away")
    capsys.readouterr()
    drill("The root key is lost")  # its last lines are for the case without a backup
    report = till.parts.syncing.sync()
    assert isinstance(report.trouble, CatalogueRejectedError)
    assert confirmed(world, till)
    invited = re.search(r"([A-Z2-7]{4}-){4}[A-Z2-7]{4}", capsys.readouterr().out)
    assert invited is not None
    assert follows(world, world.new_till())
