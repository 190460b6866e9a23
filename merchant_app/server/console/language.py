"""In which language a page speaks: as chosen in its header, else as the browser asks."""

from fastapi import Request

from merchant_app.domain.kinds import Language

LANGUAGE_COOKIE = "merchant_app_language"


def language_of(request: Request) -> Language:
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    if chosen in ("zh", "en"):
        return "zh" if chosen == "zh" else "en"
    return asked_language(request.headers.get("accept-language", ""))


def asked_language(accepted: str) -> Language:
    """The first of our languages by the browser's own order: `Accept-Language: zh-CN,zh;q=0.9,en;q=0.8`."""
    ranked = sorted((_weighed(each) for each in accepted.split(",")[:20]), key=lambda pair: -pair[0])
    for weight, tag in ranked:
        if weight > 0 and tag.startswith(("zh", "en")):
            return "zh" if tag.startswith("zh") else "en"
    return "en"


def _weighed(part: str) -> tuple[float, str]:
    tag, _, quality = part.partition(";")
    try:
        weight = float(quality.strip().removeprefix("q=") or 1)
    except ValueError:
        weight = 0.0
    return weight, tag.strip().lower()
