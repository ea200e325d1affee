"""A first visit on a phone's line: how much is sent, and when the page can be used.

Run: python -m benchmarks.first_visit

Opens the site's pages in Chromium with an empty cache, at 1.6 Mbit/s and 150 ms, and writes
benchmarks/results/first_visit.md. Bytes are what went over the line, compressed.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from benchmarks.site import ROOT, served

LINE = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6e6 / 8,
    "uploadThroughput": 0.75e6 / 8,
}
PAGES = {
    "start page": "/",
    "find my stage": "/stage",
    "all skills": "/skills",
    "a lesson": "/lesson?lesson=shop-setup-basic",
}


def visit(browser: Browser, url: str) -> list[float]:
    """Kilobytes and seconds of a first visit, then of a second one with what the browser kept."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN")
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", LINE)
    sent: list[float] = []
    wire.on("Network.loadingFinished", lambda done: sent.append(done["encodedDataLength"]))
    figures: list[float] = []
    for _ in range(2):
        sent.clear()
        begun = time.perf_counter()
        page.goto(url, wait_until="commit")
        page.locator("[data-testid=stMain] h1").first.wait_for(timeout=60_000)
        seconds = time.perf_counter() - begun
        page.wait_for_load_state("networkidle")
        figures += [sum(sent) / 1000, seconds]
    context.close()
    return figures


def main() -> None:
    system = shutil.which("chromium")
    quiet = ["--no-sandbox"] if os.geteuid() == 0 else []
    lines = [
        "# A first visit on a phone's line",
        "",
        "`python -m benchmarks.first_visit` · Chromium at 390 pixels, 1.6 Mbit/s, 150 ms, empty",
        "cache; usable means that the page's title and what follows it stand there.",
        "",
        "| page | first visit, KB | usable after, s | again, KB | usable after, s |",
        "|:--|--:|--:|--:|--:|",
    ]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=system, args=quiet)
        log = Path(folder) / "log"
        with served("app.py", ROOT, log, ACADEMY_RECORDS=f"tinydb:{folder}") as server:
            for name, address in PAGES.items():
                first = visit(browser, f"http://{server.address}{address}")
                lines.append("| " + " | ".join([name, *(f"{each:.1f}" for each in first)]) + " |")
                print(lines[-1])
        browser.close()
    target = Path(__file__).parent / "results" / "first_visit.md"
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
