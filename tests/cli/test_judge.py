"""`merchant-app judge`: a verdict per line, mistakes named, and nothing loaded that judging does not need."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from merchant_app.cli.main import main

EXAMPLES = Path(__file__).parents[1] / "data" / "judge-examples.jsonl"
CASE = json.loads(EXAMPLES.read_text(encoding="utf-8").splitlines()[0])


def judged(tmp_path: Path, capsys: pytest.CaptureFixture[str], *cases: Any) -> tuple[int, list[Any], str]:
    file = tmp_path / "cases.jsonl"
    lines = (each if isinstance(each, str) else json.dumps(each) for each in cases)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    code = main(["judge", str(file)])
    said = capsys.readouterr()
    return code, [json.loads(line) for line in said.out.splitlines()], said.err


def test_every_example_comes_out_as_expected(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["judge", str(EXAMPLES)]) == 0
    said = capsys.readouterr()
    assert len(said.out.splitlines()) == 29
    assert said.err == ""


def test_an_answer_for_each_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, answers, _ = judged(tmp_path, capsys, CASE | {"expect": {}}, CASE | {"bill_fen": None, "expect": {}})
    assert code == 0
    assert answers == [
        {"verdict": "accepted", "amount_off_fen": 2000, "payable_fen": 8000},
        {"verdict": "needs_bill"},
    ]


@pytest.mark.parametrize(
    "expect",
    [
        {"verdict": "refused"},
        {"amount_off_fen": 1},
        {"verdict": "refused", "reasons": [{"code": "expired"}]},
        {"surprise": None},
    ],
)
def test_what_was_not_expected_is_named_by_its_line(
    expect: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, trouble = judged(tmp_path, capsys, CASE, CASE | {"name": "a cheaper bill", "expect": expect})
    assert code == 1
    assert trouble == "Line 2 (a cheaper bill) came out otherwise than expected.\n"


def test_a_line_that_is_no_case_does_not_stop_the_others(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = CASE | {"campaign": CASE["campaign"] | {"currency": "USD"}}
    code, answers, _ = judged(tmp_path, capsys, "{", broken, CASE)
    assert code == 1
    assert answers[0]["error"][0]["field"] == "(line)"
    assert answers[1] == {"line": 2, "error": [{"field": "campaign.currency", "expected": "one of 'CNY'"}]}
    assert answers[2]["verdict"] == "accepted"


def test_a_file_that_is_not_there_gets_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["judge", str(tmp_path / "nothing.jsonl")]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "nothing.jsonl cannot be read" in said.err


def test_wrong_usage_is_two() -> None:
    with pytest.raises(SystemExit) as caught:
        main(["judge"])
    assert caught.value.code == 2


def test_cases_come_from_standard_input_as_well() -> None:
    answer = subprocess.run(
        [sys.executable, "-m", "merchant_app", "judge", "-"],
        input=json.dumps(CASE) + "\n",
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(answer.stdout) == CASE["expect"]


def test_judging_loads_no_window_no_camera_no_server_and_no_network() -> None:
    program = (
        "import sys; from merchant_app.cli.main import main; code = main(['judge', sys.argv[1]]);"
        "print(sorted(m for m in sys.modules if '.' not in m), file=sys.stderr); sys.exit(code)"
    )
    answer = subprocess.run([sys.executable, "-c", program, str(EXAMPLES)], capture_output=True, text=True, check=True)
    loaded = set(json.loads(answer.stderr.replace("'", '"')))
    assert "nacl" in loaded
    assert (
        loaded & {"PySide6", "cv2", "zxingcpp", "numpy", "fastapi", "sqlalchemy", "requests", "sqlite_utils"} == set()
    )
