"""The tour's second half: without the network, without the server, and back; then what the manager sees."""

import subprocess
from collections.abc import Callable

from merchant_app.demo.customers import Kind
from merchant_app.demo.server_process import program
from merchant_app.demo.tour.guide import LOOKS, Guide, Look
from merchant_app.demo.tour.waiting import expect, wait_until
from merchant_app.domain.business_day import OutletDays, bounds
from merchant_app.domain.redemption import Standing
from merchant_app.till.ui.palette import DARK, LIGHT


def plug_pulled(guide: Guide) -> str:
    guide.wait_for_strip(online=True, waiting=0)
    guide.stage.panel.plug.click()
    guide.must_be_redeemed(guide.show(Kind.GOOD), 2_000, Standing.PROVISIONAL)
    guide.must_be_redeemed(guide.show(Kind.SHARED), 5_000, Standing.PROVISIONAL)
    guide.wait_for_strip(online=False, waiting=2)
    guide.picture("plug-pulled")
    return guide.words._("The plug is pulled: still green, provisional; offline, 2 waiting")


def needs_network(guide: Guide) -> str:
    guide.must_be_refused(guide.show(Kind.ANY_OUTLET), "offline_not_allowed")
    guide.picture("needs-network")
    return guide.words._("Paper for any outlet without the network: red, and why")


def server_stopped(guide: Guide) -> str:
    guide.stage.panel.server.click()
    wait_until(lambda: not guide.world.server.is_running, "a server that ends", lambda: "it runs")
    guide.stage.panel.plug.click()
    guide.must_be_redeemed(guide.show(Kind.GOOD), 2_000, Standing.PROVISIONAL)
    guide.wait_for_strip(online=False, waiting=4)  # three redemptions and a refusal
    guide.picture("server-stopped")
    return guide.words._("The server is stopped and the plug put back: redeeming goes on")


def back(guide: Guide) -> str:
    wait_until(guide.stage.panel.server.isEnabled, "a button that can be pressed", lambda: "it cannot")
    guide.stage.panel.server.click()
    wait_until(guide.stage.panel.server.isEnabled, "a server that starts", lambda: "it takes too long")
    expect(holds=guide.world.server.is_running, expected="a running server", came=guide.stage.panel.trouble)
    guide.wait_for_strip(online=True, waiting=0)
    wait_until(lambda: guide.are_listed_as(Standing.CONFIRMED), "the last ones confirmed", lambda: "they are not")
    made, stored = guide.redemptions_before + len(guide.redeemed), guide.world.stored()
    expect(
        holds=(stored.confirmed, stored.total) == (made - guide.undone, made),
        expected=f"{made} at the server, {made - guide.undone} of them confirmed",
        came=str(stored),
    )
    guide.picture("back")
    return guide.words._("The server is back: everything is confirmed, nothing is doubled")


def offers(guide: Guide) -> str:
    _open(guide, "offers", guide.counter.looking.offers_read)
    guide.picture("offers")
    return guide.words._("Offers here: what this outlet takes today")


def sync(guide: Guide) -> str:
    _open(guide, "sync", guide.counter.looking.sync_read)
    guide.picture("sync")
    return guide.words._("Sync: nothing waits, and what the server answered last")


def today(guide: Guide) -> str:
    seen: list[OutletDays] = []
    guide.counter.looking.day_read.connect(seen.append)
    guide.till.window.open_page("today")
    wait_until(lambda: bool(seen), "the day's figures", lambda: "none")
    day = seen[-1].report
    kept, stored = day.kept, guide.world.stored(*bounds(day.first_day, day.last_day, day.zone))
    expect(
        holds=(kept.count, kept.amount_off_fen) == (stored.confirmed, stored.off_fen),
        expected=f"{stored.confirmed} redemptions, {stored.off_fen} fen as at the server",
        came=f"{kept.count} redemptions, {kept.amount_off_fen} fen",
    )
    guide.off_today = kept.amount_off_fen
    guide.picture("today")
    words, off = guide.words, guide.words.money(kept.amount_off_fen)
    return words._("Today: {count} redemptions, {off} off, to the fen as at the server", count=kept.count, off=off)


def report(guide: Guide) -> str:
    """By the same command that a manager would use, beside the running till."""
    path = guide.folder / "report.txt"
    command = [*program(), "report", "--format", "text", "--data-dir", str(guide.world.till_dir), "--output", str(path)]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    wait_until(lambda: running.poll() is not None, "a report that ends", lambda: "it runs on")
    said = running.communicate()[0]
    off = guide.words.money(guide.off_today, sign=False)
    text = path.read_text(encoding="utf-8") if path.exists() else said
    expect(holds=running.returncode == 0 and off in text, expected=f"a report with {off} in it", came=text)
    return guide.words._("The day's report as text, with the same total: {path}", path=path)


def looks(guide: Guide) -> str:
    guide.till.window.open_page("cashier")
    others: tuple[Look, ...] = (("en", DARK), ("zh", LIGHT))
    for look in (*others, *LOOKS):
        guide.take_on(look)
        expect(
            holds=guide.stage.panel.words.language == look[0] and guide.till.theme.palette is look[1],
            expected=f"{look[0]}, {look[1].name}",
            came=f"{guide.stage.panel.words.language}, {guide.till.theme.palette.name}",
        )
        if look in others:
            guide.save("looks", look)
    return guide.words._("Chinese and English, light and dark, switched while running")


def _open(guide: Guide, page: str, read: object) -> None:
    """Opens a page and waits until it has been given what it shows."""
    seen: list[object] = []
    connect: Callable[[Callable[[object], None]], object] = read.connect  # type: ignore[attr-defined]
    connect(seen.append)
    guide.till.window.open_page(page)
    if page == "offers":
        guide.counter.looking.read_offers()
    wait_until(lambda: bool(seen), f"the page {page}", lambda: "nothing to show")
