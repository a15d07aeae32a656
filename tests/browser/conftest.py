"""A dossier served for a real browser: Debian's Chromium, driven by Playwright.

Without either the tests are skipped, unless ONRECORD_BROWSER is 'required', as .ci/run sets it.
"""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.browser.talks import filed

REQUIRED = os.environ.get("ONRECORD_BROWSER") == "required"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def need(there: object, what: str) -> None:
    """Skip where something is missing, or fail where it must be there."""
    if not there and REQUIRED:
        pytest.fail(f"ONRECORD_BROWSER=required, but {what}")
    if not there:
        pytest.skip(what)


@pytest.fixture(scope="session")
def chromium():
    need(CHROMIUM, "there is no Chromium; apt-get install chromium")
    playwright = pytest.importorskip("playwright.sync_api") if not REQUIRED else __import__(
        "playwright.sync_api", fromlist=["sync_api"]
    )  # fmt: skip
    with playwright.sync_playwright() as p:
        browser = p.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


def serving(path: Path, user: str | None) -> Iterator[str]:
    """The address of a server of this dossier, on a port of its own."""
    import uvicorn

    from onrecord.web.app import Settings, create
    from onrecord.web.security import Access

    with socket.create_server(("127.0.0.1", 0)) as listener:
        app = create(Settings(path, user, Access.of("127.0.0.1", None)))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=0))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.02)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join(5)


@pytest.fixture(scope="session")
def served(tmp_path_factory, chromium) -> Iterator[str]:
    """A dossier that no test changes, shown to a reviewer."""
    yield from serving(filed(tmp_path_factory.mktemp("browser") / "talks.db"), "Ana")


@pytest.fixture
def changing(tmp_path, chromium) -> Iterator[str]:
    """A dossier of one's own, to change."""
    yield from serving(filed(tmp_path / "talks.db"), "Ana")


class Watched:
    """Pages of one browser context, with what they logged and asked other hosts for."""

    def __init__(self, chromium, **options) -> None:
        self.context = chromium.new_context(locale="en-GB", timezone_id="UTC", **options)
        self.context.set_default_timeout(10_000)
        self.logged: list[str] = []
        self.asked: set[str] = set()
        self.page = self.context.new_page()
        self.page.on("console", lambda message: self.logged.append(message.text))
        self.page.on("pageerror", lambda error: self.logged.append(str(error)))
        self.page.on("request", lambda request: self.asked.add(urlsplit(request.url).hostname or ""))

    def close(self) -> None:
        self.context.close()
        assert not self.logged
        assert self.asked <= {"127.0.0.1", ""}, "a page asked another host"


@pytest.fixture
def page(chromium, request):
    """A page; whatever a test does on it, it must log no error and ask no other host."""
    watched = Watched(chromium, **getattr(request, "param", {"viewport": {"width": 1280, "height": 900}}))
    yield watched.page
    watched.close()
