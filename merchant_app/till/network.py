"""The till's way to the network: how often a read is tried, and which certificate authority vouches for servers."""

import ssl
from pathlib import Path
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from merchant_app.errors import SourceError

AUTHORITY = "ca.pem"
"""Beside the ledger, where this till was told to trust an authority of its own."""


def new_session(data_dir: Path | None = None) -> requests.Session:
    """With the certificate authority of this till's own, where its folder has one.

    Reads are tried again by the library; a write is repeated by whoever asked, under the same id.

    The library does not wait for as long as a busy server asks: it would sleep where nobody can wake it. The till plans
    its next sync by that instead.
    """
    session = requests.Session()
    retry = Retry(total=1, backoff_factor=0.1, allowed_methods=["GET"], redirect=0, respect_retry_after_header=False)
    own = None if data_dir is None else data_dir / AUTHORITY
    adapter = _Trusting(retry, own if own is not None and own.exists() else None)
    session.mount("http://", adapter)
    session.mount("https://", adapter)
    return session


class _Trusting(HTTPAdapter):
    """Trusts the given authority alone; what the environment says (`REQUESTS_CA_BUNDLE`) counts where there is none."""

    def __init__(self, retry: Retry, authority: Path | None) -> None:
        super().__init__(max_retries=retry)
        self._authority = authority

    def cert_verify(self, conn: Any, url: str, verify: bool | str, cert: Any) -> None:
        super().cert_verify(  # type: ignore[no-untyped-call]
            conn, url, verify if self._authority is None else str(self._authority), cert
        )


def keep_authority(data_dir: Path, file: Path) -> None:
    """From now on this till trusts the servers that this certificate authority vouches for, and no others.

    Raises `SourceError` where the file holds no certificates.
    """
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(file)
        content = file.read_bytes()
    except OSError as error:  # ssl's own errors are such
        raise SourceError(str(file), str(error)) from error
    data_dir.mkdir(parents=True, exist_ok=True)
    (data_dir / AUTHORITY).write_bytes(content)
