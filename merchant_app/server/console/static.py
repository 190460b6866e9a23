"""The console's own files: style sheet, scripts, fonts, icons, logo; cached for good under a name with their hash."""

import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from merchant_app.resources import resource_path

router = APIRouter()

_SERVED = {"web": (".css", ".js"), "fonts": (".ttf",), "icons": (".svg",), "logo": (".svg", ".png", ".ico")}
_FOR_GOOD = "public, max-age=31536000, immutable"
_FOR_AN_HOUR = "public, max-age=3600"


@dataclass(frozen=True, slots=True)
class StaticFile:
    content: bytes
    media_type: str
    version: str


@cache
def static_files() -> dict[str, Path]:
    """Name -> file. What is not in this table is not served, however its name is spelled."""
    return {
        f"{folder}/{path.name}": path
        for folder, endings in _SERVED.items()
        for path in sorted(resource_path(folder).iterdir())
        if path.suffix in endings
    }


@cache
def static_file(name: str) -> StaticFile:
    """Raises `KeyError`."""
    path = static_files()[name]
    content = path.read_bytes()
    media_type = "font/ttf" if path.suffix == ".ttf" else mimetypes.types_map.get(path.suffix, "image/x-icon")
    return StaticFile(content, media_type, hashlib.sha256(content).hexdigest()[:16])


def static_url(name: str) -> str:
    """Where a page finds this file; a changed file has another address."""
    return f"/console/static/{name}?v={static_file(name).version}"


@router.get("/static/{folder}/{name}")
def get_static(request: Request, folder: str, name: str, v: str = "") -> Response:
    if f"{folder}/{name}" not in static_files():
        raise HTTPException(404)
    file = static_file(f"{folder}/{name}")
    etag = f'"{file.version}"'
    headers = {"ETag": etag, "Cache-Control": _FOR_GOOD if v == file.version else _FOR_AN_HOUR}
    if request.headers.get("if-none-match") == etag:
        return Response(status_code=304, headers=headers)
    return Response(file.content, headers=headers, media_type=file.media_type)
