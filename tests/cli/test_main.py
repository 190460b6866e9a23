"""Opening the doors: the command comes first, and what it does not know is named."""

import pytest

from merchant_app.cli.main import WRONG_USAGE, main


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--data-dir", "T", "report"], "the command comes first: merchant-app report"),
        (["--language", "zh", "campaign", "check", "FILE"], "the command comes first: merchant-app campaign"),
        (["report", "--nope"], "unrecognized arguments: --nope"),
        (["--nope"], "unrecognized arguments: --nope"),
    ],
)
def test_wrong_usage_opens_nothing_and_is_named(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == WRONG_USAGE
    assert said in capsys.readouterr().err
