"""What the API says of itself: FastAPI's description with how tills sign, and every answer that a route can give.

FastAPI describes what it does by itself; here stands what the envelope and the refusals do round every route.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.security import APIKeyHeader

from merchant_app.server.api.statuses import STATUS
from merchant_app.wire.refusal import RefusalCode as Code
from merchant_app.wire.signing import TILL_ID, TILL_NONCE, TILL_SIGNATURE
from merchant_app.wording import Words
from merchant_app.wording.refused_requests import refused_request

TILLS_SIGNATURE = APIKeyHeader(
    name=TILL_SIGNATURE,
    scheme_name="TillSignature",
    auto_error=False,
    description=(
        "Ed25519, in hex, by the key that the till enrolled with, over `merchant-app request v1`, a zero byte, and then"
        " method, path with query as sent, nonce, and the SHA-256 of the body in hex, joined by line feeds. The answer"
        " comes back with `Server-Time`, `Server-Key` and `Server-Signature` over the same nonce."
    ),
)
_BESIDE_IT = {
    "TillId": {"type": "apiKey", "in": "header", "name": TILL_ID, "description": "As the enrolment answered."},
    "TillNonce": {
        "type": "apiKey",
        "in": "header",
        "name": TILL_NONCE,
        "description": "1 to 128 printable characters, new for each request; the answer's signature is bound to it.",
    },
}
_OF_EVERY_ROUTE = (Code.BAD_REQUEST, Code.ENCODED_BODY, Code.TOO_LARGE, Code.TOO_SLOW, Code.BUSY,
                   Code.DATABASE_UNAVAILABLE, Code.INTERNAL)  # fmt: skip
_OF_PARAMETERS = (Code.INVALID,)
_OF_BODIES = (Code.NOT_JSON, Code.INVALID)
_OF_TILLS = (Code.UNKNOWN_TILL, Code.BAD_SIGNATURE, Code.TOO_FAST)
_METHODS = {"get", "put", "post", "delete", "patch"}


def refusals(*codes: Code) -> dict[int | str, dict[str, Any]]:
    """What a route says of its own refusals, for its `responses`."""
    return {STATUS[code]: {"x-codes": [each for each in codes if STATUS[each] == STATUS[code]]} for code in codes}


def install(api: FastAPI) -> None:
    """Answers `/openapi.json` with the whole description."""

    @cache
    def described() -> dict[str, Any]:
        found = get_openapi(
            title=api.title, version=api.version, description=api.description, routes=api.routes, tags=api.openapi_tags
        )
        found["components"].setdefault("securitySchemes", {}).update(_BESIDE_IT)
        for operation in _operations(found):
            _describe(operation)
        for unused in ("HTTPValidationError", "ValidationError"):
            found["components"]["schemas"].pop(unused, None)
        return found

    api.openapi = described  # type: ignore[method-assign]


def _operations(found: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for path in found["paths"].values():
        yield from (operation for method, operation in path.items() if method in _METHODS)


def _describe(operation: dict[str, Any]) -> None:
    codes = [*_OF_EVERY_ROUTE, *(_OF_BODIES if "requestBody" in operation else ())]
    codes += _OF_PARAMETERS if operation.get("parameters") else ()
    if any("TillSignature" in each for each in operation.get("security", ())):
        operation["security"] = [{"TillId": [], "TillNonce": [], "TillSignature": []}]
        codes += _OF_TILLS
    responses = operation["responses"]
    for told in responses.values():
        codes += map(Code, told.pop("x-codes", ()))
    for status in sorted({STATUS[code] for code in codes}):
        here = sorted({code for code in codes if STATUS[code] == status})
        responses[str(status)] = _refused(here, responses.get(str(status), {}))


def _refused(codes: list[Code], told: Mapping[str, Any]) -> dict[str, Any]:
    """An answer of one status: its codes as examples, each with its sentence."""
    words = Words("en")
    shape = told.get("content", {}).get("application/json", {}).get("schema", {})
    is_own = "$ref" in shape and not shape["$ref"].endswith("/HTTPValidationError")
    schema = shape if is_own else {"$ref": "#/components/schemas/Refusal"}
    examples = {
        code.value: {"summary": refused_request(words, code), "value": {"code": code, "detail": "", "field": None}}
        for code in codes
    }
    content = {"application/json": {"schema": schema, "examples": examples}}
    return {"description": "Refused: " + ", ".join(f"`{code}`" for code in codes), "content": content}
