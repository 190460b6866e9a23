"""Debian's Chromium, driven by Playwright: pages as people see them, and pictures of them."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.server.console.visitor import Visitor

DESK, PHONE = (1366, 768), (390, 844)
_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@contextmanager
def running_chromium() -> Iterator[Browser]:
    """One browser for many tests. Fails with a sentence where it is not installed: no page is left unseen silently."""
    chromium = shutil.which("chromium")
    assert chromium, "Chromium is not installed: `make test` does it, or: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, headless=True, args=list(_ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()


def window(
    browser: Browser, visitor: Visitor, *, language: str = "en", dark: bool = False, size: tuple[int, int] = DESK
) -> BrowserContext:
    """A window with the visitor's cookies; close it after use. A fault on a page's own side fails at once."""
    context = browser.new_context(
        base_url=visitor.url,
        locale="zh-CN" if language == "zh" else "en-GB",
        color_scheme="dark" if dark else "light",
        viewport={"width": size[0], "height": size[1]},
    )
    context.set_default_timeout(30_000)
    for cookie in visitor.session.cookies:
        if cookie.value is not None and cookie.name != "merchant_app_language":
            context.add_cookies([{"name": cookie.name, "value": cookie.value, "url": f"{visitor.url}/console/"}])
    return context


def picture(page: Page, name: str) -> Path:
    """A PNG of the whole page, to be looked at: in the folder `CONSOLE_PICTURES`, else in one for temporary files."""
    folder = Path(os.environ.get("CONSOLE_PICTURES") or Path(tempfile.gettempdir(), "merchant-app-pictures"))
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.png"
    page.screenshot(path=path, full_page=True)
    return path
