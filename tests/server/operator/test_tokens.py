"""Tokens of operators' programs: shown once, kept as a hash, dead when they or their operator are; asked at a pace."""

import json
from pathlib import Path

import pytest
import requests
from sqlalchemy import select

from merchant_app.cli.main import main
from merchant_app.domain.kinds import OperatorId
from merchant_app.server.api.operator.who import OF_A_TOKEN, OF_STRANGERS
from merchant_app.server.db.operators import put_disabled
from merchant_app.server.db.tables import deeds, operator_tokens
from merchant_app.server.services.operator_tokens import make_token_for, revoke_token, tokens_known
from tests.server.conftest import House
from tests.server.console.visitor import NAME
from tests.server.operator.conftest import Program


def test_a_token_opens_the_api_until_it_is_revoked(house: House, program: Program) -> None:
    assert program.get("/campaigns").status_code == 200
    assert revoke_token(house.central, program.token_id, by=None)
    answer = program.get("/campaigns")
    assert (answer.status_code, answer.json()["code"]) == (401, "bad_token")
    assert not revoke_token(house.central, "nothing", by=None)


def test_a_disabled_operators_tokens_are_dead(house: House, program: Program) -> None:
    (kept,) = tokens_known(house.central)
    with house.central.database.writing() as connection:
        put_disabled(connection, OperatorId(kept.operator_id), house.clock.at)
    assert program.get("/campaigns").status_code == 401
    assert make_token_for(house.central, NAME, "another") is None


def test_only_a_hash_is_kept(house: House, program: Program) -> None:
    with house.central.database.reading() as connection:
        (row,) = connection.execute(select(operator_tokens))
    assert program.secret.startswith("mop_")
    assert program.secret not in str(row)
    assert len(program.secret) > 40


@pytest.mark.parametrize("header", [{}, {"Authorization": "Bearer x"}, {"Authorization": "Basic eDp5"}])
def test_nothing_opens_without_a_token(house: House, header: dict[str, str]) -> None:
    described = requests.get(f"{house.url}/openapi.json", timeout=30).json()["paths"]
    ours = {path: methods for path, methods in described.items() if path.startswith("/api/operator")}
    assert len(ours) >= 12
    for number in range(OF_STRANGERS.burst):
        path, methods = list(ours.items())[number % len(ours)]
        (method, *_) = methods
        filled = (
            path.replace("{step}", "pause").replace("{link_id}", "abcdefgh12345678ab").replace("{", "").replace("}", "")
        )
        url = f"{house.url}{filled.replace('campaign_id', '1').replace('outlet_id', '1').replace('period', '1')}"
        answer = requests.request(method, url, headers=header, json={}, timeout=30)
        assert (answer.status_code, answer.json()["code"]) == (401, "bad_token"), (method, path)


def test_whoever_asks_too_fast_is_told_when_to_ask_again(house: House, program: Program) -> None:
    for _ in range(OF_A_TOKEN.burst):
        assert program.get("/tills").status_code == 200
    answer = program.get("/tills")
    assert (answer.status_code, answer.json()["code"], answer.headers["Retry-After"]) == (429, "too_fast", "1")
    house.clock.forward(seconds=1)
    assert program.get("/tills").status_code == 200
    for _ in range(OF_STRANGERS.burst):
        requests.get(f"{house.url}/api/operator/tills", timeout=30)
    assert requests.get(f"{house.url}/api/operator/tills", timeout=30).status_code == 429
    assert program.get("/tills").status_code == 200


def test_commands_make_list_and_revoke_them(
    house: House, program: Program, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database = house.central.database
    named = ["--json", "--data-dir", str(tmp_path / "server")]
    if not database.is_sqlite:
        named += ["--database", database.url.render_as_string(hide_password=False)]
    assert main(["operator", "token", "--operator", NAME, "--name", "sheets", *named]) == 0
    made = json.loads(capsys.readouterr().out)
    assert Program(house.url, made["token_id"], made["token"]).get("/campaigns").status_code == 200
    assert main(["operator", "tokens", *named]) == 0
    assert [each["name"] for each in json.loads(capsys.readouterr().out)["tokens"]] == [
        "ledger of the district",
        "sheets",
    ]
    assert main(["operator", "revoke-token", made["token_id"], *named]) == 0
    assert main(["operator", "revoke-token", "none", *named]) == 1
    assert main(["operator", "token", "--operator", "nobody", "--name", "x", *named]) == 1
    with database.reading() as connection:
        whats = list(connection.scalars(select(deeds.c.what).order_by(deeds.c.deed_id)))
    assert whats[-3:] == ["token_made", "token_made", "token_revoked"]
