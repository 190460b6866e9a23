"""`merchant-app read SOURCE...`: what the QR codes in pictures and videos say, or digits given as they are."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nacl.signing import VerifyKey
from pydantic import BaseModel, Field, ValidationError

from merchant_app.cli.speaking import as_json, reader_language
from merchant_app.domain.coupon_code import CouponCode, IssuingKey, Unreadable, decode, unpack
from merchant_app.domain.kinds import CampaignId
from merchant_app.errors import SourceError
from merchant_app.till.scanning.files import texts_in_file
from merchant_app.till.scanning.frames import PICTURE_SUFFIXES, VIDEO_SUFFIXES
from merchant_app.wording import Words
from merchant_app.wording.breakdowns import breakdown

STANDARD_INPUT = "-"


class _Key(BaseModel):
    key_index: int = Field(ge=0, lt=1 << 16)
    campaign_id: int = Field(ge=0, lt=1 << 32)
    public_key: str = Field(pattern=r"^[0-9a-fA-F]{64}$")

    def issuing_key(self) -> IssuingKey:
        return IssuingKey(self.key_index, CampaignId(self.campaign_id), VerifyKey(bytes.fromhex(self.public_key)))


class _Keys(BaseModel):
    keys: list[_Key]


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "sources", nargs="+", metavar="SOURCE", help="a picture, a video, a code's digits, or - for one code a line"
    )
    parser.add_argument("--keys", type=Path, metavar="FILE", help="issuing keys: checks key and signature too")
    parser.add_argument("--json", action="store_true", help="the answers are JSON in any case")


def run(args: argparse.Namespace) -> int:
    """Prints an answer for every code; 1 where a source cannot be read or holds no code."""
    keys = None if args.keys is None else _read_keys(args.keys)
    failures = 0
    for source in args.sources:
        found = 0
        try:
            for text in _texts(source):
                found += 1
                print(as_json(_answer(source, text, keys)), flush=True)
        except SourceError as error:
            failures += 1
            print(breakdown(Words(reader_language()), error).sentence, file=sys.stderr)
            continue
        if not found and source != STANDARD_INPUT:
            failures += 1
            print(Words(reader_language())._("No code was found in {source}.", source=source), file=sys.stderr)
    return 1 if failures else 0


def _texts(source: str) -> Iterator[str]:
    if source == STANDARD_INPUT:
        yield from (line.decode("utf-8", "replace").removesuffix("\n") for line in sys.stdin.buffer)
    elif _is_given(source):
        yield source
    else:
        yield from texts_in_file(Path(source))


def _is_given(source: str) -> bool:
    """Whether the source is itself what a code says: no file has its name, and it is digits or an address."""
    try:
        if Path(source).exists():
            return False
    except OSError:  # longer than any file's name
        return True
    if "://" in source:
        return True
    is_named_like_a_file = Path(source).suffix.lower() in PICTURE_SUFFIXES | VIDEO_SUFFIXES or "/" in source
    return source[:1].isdigit() and not is_named_like_a_file


def _answer(source: str, text: str, keys: list[IssuingKey] | None) -> dict[str, Any]:
    code = unpack(text)
    if keys is not None and isinstance(code, CouponCode):
        # Two campaigns may number their keys alike: its own campaign's key stands last, and counts.
        campaign_id = code.campaign_id
        ordered = sorted(keys, key=lambda key: key.campaign_id == campaign_id)
        code = decode(text, {key.key_index: key for key in ordered})
    if isinstance(code, Unreadable):
        return {"source": source, "text": text, "code": None, "fails_at": code.step.value}
    return {"source": source, "text": text, "code": _fields(code), "fails_at": None}


def _fields(code: CouponCode) -> dict[str, Any]:
    """The code's fields by their names: times in Unix seconds, the serial as a decimal string."""
    fields: dict[str, Any] = {
        "form": code.form.value,
        "key_index": code.key_index,
        "campaign_id": code.campaign_id,
        "round_index": code.round_index,
        "offer_index": code.offer_index,
        "serial": str(code.serial),
        "issued_at": int(code.issued_at.timestamp()),
        "outlet_id": code.outlet_id,
    }
    if code.hold is not None:
        fields["holder_tag"] = code.hold.holder_tag
        fields["held_at"] = int(code.hold.held_at.timestamp())
        fields["hold_minutes"] = code.hold.hold_minutes
    return fields


def _read_keys(path: Path) -> list[IssuingKey]:
    try:
        return [key.issuing_key() for key in _Keys.model_validate_json(path.read_bytes()).keys]
    except (OSError, ValidationError) as error:
        raise SourceError(str(path), str(error)) from error
