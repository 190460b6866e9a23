"""Real HTTPS on loopback: tills of an authority of our own, and certificates that are wrong in every way."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests

from merchant_app.cli.main import main
from merchant_app.domain.kinds import OutletId
from merchant_app.errors import CertificateWhy, ServerCertificateError, SourceError, UntrustedCertificateError
from merchant_app.server.app import create_app
from merchant_app.server.certificates import Certificate
from merchant_app.server.running import Front, RunningServer
from merchant_app.server.services.enrolling import invite
from merchant_app.server.services.outlet_import import import_outlets
from merchant_app.server.settings import Settings
from merchant_app.till.network import keep_authority
from merchant_app.till.parts import Outside, build_parts, open_ledger
from merchant_app.till.services.enrolling import Enrolling
from tests.cli.test_server import server
from tests.server.documents import OUTLETS
from tests.server.front.certificates import Authority


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@contextmanager
def serving(data_dir: Path, certificate: Certificate) -> Iterator[RunningServer]:
    with RunningServer(create_app(Settings(data_dir)), front=Front(certificate)) as running:
        import_outlets(running.app.central, OUTLETS)
        yield running


def enrolled(running: RunningServer, data_dir: Path) -> Exception | None:
    """A till that enrols and syncs over the network as it is: what stopped it."""
    invited = invite(running.app.central, OutletId(4201), running.url)
    assert invited is not None
    ledger, outside = open_ledger(data_dir), Outside()
    try:
        identity = Enrolling(ledger, new_id=outside.new_id).enrol(None, invited[0].as_qr_text(), "till")
    except UntrustedCertificateError as error:
        ledger.close()
        return error
    parts = build_parts(ledger, identity, outside, lambda: "02")
    report = parts.syncing.sync()
    parts.close()
    return report.trouble


def test_a_till_enrols_and_syncs_with_a_server_of_an_authority_that_it_was_told_to_trust(
    tmp_path: Path, authority: Authority
) -> None:
    with serving(tmp_path / "server", authority.certify()) as running:
        assert running.url.startswith("https://")
        keep_authority(tmp_path / "till", authority.file)
        assert enrolled(running, tmp_path / "till") is None


def test_a_certificate_that_this_computer_does_not_trust_is_said_so(tmp_path: Path, authority: Authority) -> None:
    with serving(tmp_path / "server", authority.certify()) as running:
        assert isinstance(enrolled(running, tmp_path / "till"), UntrustedCertificateError)
    keep_authority(tmp_path / "till", authority.file)
    for wrong in (authority.certify("127.0.0.2"), authority.certify(since=-9, until=-2)):
        with serving(tmp_path / "server", wrong) as running:
            assert isinstance(enrolled(running, tmp_path / "till"), UntrustedCertificateError)


def test_a_certificate_that_cannot_be_served_is_named_before_anybody_meets_it(
    tmp_path: Path, authority: Authority
) -> None:
    good, other, private = authority.certify(), authority.certify("127.0.0.3"), tmp_path / "x.pem"
    private.write_text("-----BEGIN CERTIFICATE-----\nzz\n")
    wrong = {
        CertificateWhy.MISSING: Certificate(tmp_path / "none.pem", good.key),
        CertificateWhy.NOT_A_PAIR: Certificate(good.chain, other.key),
        CertificateWhy.UNREADABLE: Certificate(private, good.key),
        CertificateWhy.EXPIRED: authority.certify("127.0.0.4", since=-9, until=-2),
        CertificateWhy.NOT_YET_VALID: authority.certify("127.0.0.5", since=2),
    }
    for why, certificate in wrong.items():
        with pytest.raises(ServerCertificateError) as refused:
            certificate.ends_at()
        assert refused.value.why is why
    ends_in = good.ends_at() - datetime.now(UTC)
    assert timedelta(days=29) < ends_in <= timedelta(days=30)


def test_the_command_says_what_is_wrong_with_a_certificate(
    tmp_path: Path, authority: Authority, capsys: pytest.CaptureFixture[str]
) -> None:
    expired = authority.certify("127.0.0.6", since=-9, until=-2)
    data = ["--port", "0", "--data-dir", str(tmp_path)]
    assert main(["server", "--tls-cert", str(expired.chain), "--tls-key", str(expired.key), *data]) == 1
    assert "expired" in capsys.readouterr().err
    assert main(["server", "--tls-cert", str(expired.chain), *data]) == 1
    assert "--tls-key" in capsys.readouterr().err


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="this system has no such signal")
def test_a_renewed_certificate_is_taken_over_without_a_restart(tmp_path: Path, authority: Authority) -> None:
    served = authority.certify()
    words = ("--tls-cert", str(served.chain), "--tls-key", str(served.key))
    with server(tmp_path, *words) as (process, url):
        assert requests.get(f"{url}/health", verify=str(authority.file), timeout=30).status_code == 200
        another = Authority(tmp_path / "another")
        renewed = another.certify()
        served.chain.write_bytes(renewed.chain.read_bytes())
        served.key.write_bytes(renewed.key.read_bytes())
        process.send_signal(signal.SIGHUP)
        for _ in range(1000):
            try:
                answer = requests.get(f"{url}/health", verify=str(another.file), timeout=30)
                break
            except requests.exceptions.SSLError:
                continue
        assert answer.status_code == 200


def test_a_file_that_names_no_authority_is_said_so_and_nothing_is_kept(tmp_path: Path) -> None:
    for text in ("", "no certificate", "-----BEGIN CERTIFICATE-----\nzz\n-----END CERTIFICATE-----\n"):
        (tmp_path / "ca.txt").write_text(text)
        with pytest.raises(SourceError):
            keep_authority(tmp_path / "till", tmp_path / "ca.txt")
    assert not (tmp_path / "till").exists()
