"""Behind a proxy: its word on a request is believed from its address alone; a till's requests pass unchanged."""

import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from merchant_app.server.app import create_app
from merchant_app.server.running import Front, RunningServer
from merchant_app.server.services.outlet_import import import_outlets
from merchant_app.server.settings import Settings
from merchant_app.till.network import keep_authority
from tests.house.tree import ROOT
from tests.server.documents import OUTLETS
from tests.server.front.certificates import Authority
from tests.server.front.test_https import enrolled


def guesses(url: str, addresses: list[str]) -> set[int]:
    """The statuses of wrong invitations that say they come from these addresses."""
    body = {"secret": "A" * 12, "public_key": "0" * 64, "chain_id": "c", "till_name": "t", "version": "1"}
    return {
        requests.post(f"{url}/api/enrolments", json=body, headers={"X-Forwarded-For": address}, timeout=30).status_code
        for address in addresses
    }


@pytest.mark.parametrize(("proxies", "slowed"), [((), True), (("127.0.0.1",), False), (("10.0.0.1",), True)])
def test_where_a_request_came_from_is_taken_from_a_known_proxy_alone(
    tmp_path: Path, proxies: tuple[str, ...], slowed: bool
) -> None:
    with RunningServer(create_app(Settings(tmp_path)), front=Front(proxies=proxies)) as running:
        statuses = guesses(running.url, [f"192.0.2.{n}" for n in range(12)])
        assert (429 in statuses) is slowed


def documented(language: str) -> str:
    """The proxy's whole configuration as docs/server.md shows it first."""
    found, *_ = re.findall(
        rf"```{language}\n(.*?)```", (ROOT / "docs/server.md").read_text(encoding="utf-8"), re.DOTALL
    )
    return str(found)


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


@contextmanager
def started(*command: str, port: int) -> Iterator[None]:
    """A proxy as a process; it is there when its port answers."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        try:
            while process.poll() is None:
                with socket.socket() as sock:
                    if sock.connect_ex(("127.0.0.1", port)) == 0:
                        break
            assert process.poll() is None, process.communicate()[1]
            yield
        finally:
            process.terminate()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RunningServer]:
    with RunningServer(create_app(Settings(tmp_path / "server")), front=Front(proxies=("127.0.0.1",))) as running:
        import_outlets(running.app.central, OUTLETS)
        yield running


def behind(server: RunningServer, port: int) -> RunningServer:
    """The same server at the proxy's address."""
    server.url = f"https://127.0.0.1:{port}"
    return server


@pytest.mark.skipif(shutil.which("nginx") is None, reason="nginx is not installed")
def test_a_till_works_through_nginx_as_it_is_documented(server: RunningServer, tmp_path: Path) -> None:
    authority, port = Authority(tmp_path / "authority"), free_port()
    certificate = authority.certify()
    site = documented("nginx").replace("127.0.0.1:8470", server.url.removeprefix("http://"))
    site = site.replace("/etc/ssl/coupons/fullchain.pem", str(certificate.chain)).replace("443", f"127.0.0.1:{port}")
    site = site.replace("/etc/ssl/coupons/privkey.pem", str(certificate.key))
    folders = "".join(
        f"{name}_temp_path {tmp_path / name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole = f"daemon off; pid {tmp_path}/pid; error_log stderr; events {{}} http {{ access_log off; {folders} {site} }}"
    (tmp_path / "nginx.conf").write_text(whole)
    keep_authority(tmp_path / "till", authority.file)
    with started("nginx", "-e", "stderr", "-c", str(tmp_path / "nginx.conf"), port=port):
        assert enrolled(behind(server, port), tmp_path / "till") is None


@pytest.mark.skipif(shutil.which("caddy") is None, reason="Caddy is not installed")
def test_a_till_works_through_caddy_as_it_is_documented(
    server: RunningServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority, port = Authority(tmp_path / "authority"), free_port()
    certificate = authority.certify()
    site = documented("caddy").replace("127.0.0.1:8470", server.url.removeprefix("http://"))
    site = site.replace(
        "coupons.example.com {", f"https://127.0.0.1:{port} {{\ntls {certificate.chain} {certificate.key}"
    )
    (tmp_path / "Caddyfile").write_text("{\nadmin off\nauto_https disable_redirects\n}\n" + site)
    monkeypatch.setenv("HOME", str(tmp_path))
    keep_authority(tmp_path / "till", authority.file)
    with started("caddy", "run", "--adapter", "caddyfile", "--config", str(tmp_path / "Caddyfile"), port=port):
        assert enrolled(behind(server, port), tmp_path / "till") is None
