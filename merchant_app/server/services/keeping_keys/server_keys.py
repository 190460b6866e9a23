"""The server's private keys, in a folder of files that only their owner reads.

root.key           vouches for the other keys; tills pin it when they are enrolled. May be kept elsewhere between two
                   uses: the server goes on by the list of keys that it has signed.
serving.json       the keys that sign answers and catalogues, each between two instants; they overlap
issuing-00001.key  one or more for each campaign, under their index: they sign its coupon codes
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from nacl.signing import SigningKey

from merchant_app.errors import KeyMissingError, KeysUnusableError, RootKeyAwayError
from merchant_app.server.services.keeping_keys.private_files import write_anew, write_once
from merchant_app.wire.catalogue import SignedDocument
from merchant_app.wire.signing import document_message

SERVING_KEY_LIVES = timedelta(days=2 * 365)
_ROOT, _NEXT_ROOT, _SERVING = "root.key", "root-next.key", "serving.json"


@dataclass(frozen=True, slots=True)
class ServingPair:
    """A private key that signs answers from `valid_from` until before `valid_until`."""

    key: SigningKey
    valid_from: datetime
    valid_until: datetime

    @property
    def public_hex(self) -> str:
        return self.key.verify_key.encode().hex()

    def is_good_at(self, now: datetime) -> bool:
        return self.valid_from <= now < self.valid_until


class ServerKeys:
    """The keys in `folder`, read when they are wanted: another process may have changed them a moment ago.

    Raises `KeysUnusableError` where a file is damaged, and its kinds `RootKeyAwayError` and `KeyMissingError`.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._serving: tuple[ServingPair, ...] = ()
        self._read_as: tuple[int, int] | None = None

    # Root

    @property
    def root_path(self) -> Path:
        return self.folder / _ROOT

    def root(self, public_hex: str | None = None) -> SigningKey:
        """The root key; one of another public half than `public_hex` is as good as away."""
        if public_hex is not None and self._following_is(public_hex):
            return _read_seed(self._following)
        if not self.root_path.exists():
            raise RootKeyAwayError(str(self.root_path))
        key = _read_seed(self.root_path)
        if public_hex not in (None, _hex(key)):
            raise RootKeyAwayError(str(self.root_path), "another server's root key")
        return key

    def make_root(self) -> None:
        write_once(self.root_path, SigningKey.generate().encode().hex())

    def prepare_root(self, key: SigningKey) -> None:
        """Keeps a root key that will follow: it is the root as soon as its public half was published."""
        write_anew(self._following, key.encode().hex())

    def settle_root(self, public_hex: str) -> None:
        """Puts the root that was prepared into its place; it takes the old one's."""
        if self._following_is(public_hex):
            self._following.replace(self.root_path)

    @property
    def _following(self) -> Path:
        return self.folder / _NEXT_ROOT

    def _following_is(self, public_hex: str) -> bool:
        return self._following.exists() and _hex(_read_seed(self._following)) == public_hex

    # Serving

    def serving(self) -> tuple[ServingPair, ...]:
        """Every serving key that is kept, the one that signs last at the end."""
        path = self.folder / _SERVING
        try:
            found = path.stat()
        except FileNotFoundError:
            if self._serving:
                return self._serving  # a server that runs goes on; the next start says what is missing
            raise KeyMissingError(str(path)) from None
        if self._read_as != (found.st_ino, found.st_mtime_ns):
            self._serving = _read_serving(path)
            self._read_as = found.st_ino, found.st_mtime_ns
        return self._serving

    def has_serving(self) -> bool:
        return (self.folder / _SERVING).exists()

    def signing_at(self, now: datetime) -> ServingPair | None:
        """The newest of those that are good now; None: all have expired, or none is good yet."""
        return next((pair for pair in reversed(self.serving()) if pair.is_good_at(now)), None)

    def make_serving(self, now: datetime) -> None:
        """The first one, where there is none. It begins a day ago: clocks differ."""
        begins = now - timedelta(days=1)
        first = ServingPair(SigningKey.generate(), begins, now + SERVING_KEY_LIVES)
        write_once(self.folder / _SERVING, _serving_text([first]))

    def keep_serving(self, pairs: list[ServingPair]) -> None:
        write_anew(self.folder / _SERVING, _serving_text(sorted(pairs, key=lambda pair: pair.valid_from)))

    def sign_by_serving(self, content: bytes, now: datetime) -> SignedDocument:
        pair = self.signing_at(now)
        if pair is None:
            raise KeyMissingError(str(self.folder / _SERVING), "no serving key is good now")
        return signed(content, pair.key)

    # Issuing

    def issuing(self, key_index: int) -> SigningKey:
        """The private key with this index. A new one in its place would sign what no till believes."""
        path = self._issuing_path(key_index)
        if not path.exists():
            raise KeyMissingError(str(path))
        return _read_seed(path)

    def make_issuing(self, key_index: int) -> bytes:
        """Its public half; one that an interrupted attempt left under this index is used."""
        path = self._issuing_path(key_index)
        write_once(path, SigningKey.generate().encode().hex())
        return _read_seed(path).verify_key.encode()

    def _issuing_path(self, key_index: int) -> Path:
        return self.folder / f"issuing-{key_index:05d}.key"


def keys_folder(data_dir: Path) -> Path:
    return data_dir / "keys"


def open_keys(data_dir: Path, now: datetime, *, are_new: bool) -> ServerKeys:
    """The keys of the server in `data_dir`; `are_new`: nothing was published yet, so they are made where missing."""
    keys = ServerKeys(keys_folder(data_dir))
    try:
        _move_in(data_dir, keys.folder)
        if are_new:
            keys.make_root()
            keys.make_serving(now)
    except OSError as error:
        raise KeysUnusableError(str(keys.folder), str(error)) from error
    return keys


def signed(content: bytes, key: SigningKey) -> SignedDocument:
    signature = key.sign(document_message(content)).signature
    return SignedDocument(content=content.decode(), key=_hex(key), signature=signature.hex())


def _move_in(data_dir: Path, folder: Path) -> None:
    """Keys once lay beside the database."""
    for path in [data_dir / _ROOT, data_dir / _SERVING, *data_dir.glob("issuing-*.key")]:
        if path.exists():
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.rename(folder / path.name)


def _read_seed(path: Path) -> SigningKey:
    try:
        return SigningKey(bytes.fromhex(path.read_text(encoding="ascii").strip()))
    except (OSError, ValueError) as error:
        raise KeysUnusableError(str(path), str(error)) from error


def _read_serving(path: Path) -> tuple[ServingPair, ...]:
    try:
        kept = json.loads(path.read_text(encoding="ascii"))
        pairs = [_as_pair(each) for each in kept.get("keys", [kept])]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise KeysUnusableError(str(path), str(error)) from error
    return tuple(sorted(pairs, key=lambda pair: pair.valid_from))


def _as_pair(kept: dict[str, str]) -> ServingPair:
    since, until = datetime.fromisoformat(kept["valid_from"]), datetime.fromisoformat(kept["valid_until"])
    return ServingPair(SigningKey(bytes.fromhex(kept["seed"])), since, until)


def _serving_text(pairs: list[ServingPair]) -> str:
    kept = [
        {
            "seed": pair.key.encode().hex(),
            "valid_from": pair.valid_from.isoformat(),
            "valid_until": pair.valid_until.isoformat(),
        }
        for pair in pairs
    ]
    return json.dumps({"keys": kept})


def _hex(key: SigningKey) -> str:
    return key.verify_key.encode().hex()
