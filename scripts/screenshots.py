"""Take the pictures of the pages that the docs show, of the dossier of the example reports.

usage: python scripts/screenshots.py [FOLDER]

Needs Chromium (apt-get install chromium) and Playwright. FOLDER is docs/images where it is not given.
"""

from __future__ import annotations

import shutil
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from playwright.sync_api import sync_playwright

from onrecord.dossier.adding import add, read_sourced
from onrecord.sources import Options, example_inputs
from onrecord.web.app import Settings, create
from onrecord.web.security import Access

PICTURES = {
    "overview": "/",
    "positions": "/positions",
    "reader": "/reports/vienna-2-embargo",
    "timeline": "/timeline",
    "review": "/review",
}
SIZE = {"width": 1100, "height": 660}
MOST_BYTES = 150_000


@contextmanager
def served(dossier: Path) -> Iterator[str]:
    """The address of the pages of a dossier."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        app = create(Settings(dossier, "Ana", Access.of("127.0.0.1", None)))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join(5)


def main() -> None:
    root = Path(__file__).resolve().parent.parent
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else root / "docs" / "images"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made:
        dossier = Path(made) / "vienna.db"
        paths, meta = example_inputs()
        for filed in add(dossier, read_sourced(paths, Options(None, meta))):
            print(filed.what, filed.report)
        with served(dossier) as address, sync_playwright() as p:
            browser = p.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
            )
            context = browser.new_context(viewport=SIZE, locale="en-GB", color_scheme="light")
            for name, path in PICTURES.items():
                page = context.new_page()
                page.goto(f"{address}{path}")
                picture = folder / f"{name}.png"
                page.screenshot(path=picture)
                size = picture.stat().st_size
                print(f"{picture}: {size // 1000} kB")
                if size > MOST_BYTES:
                    sys.exit(f"{picture} is over {MOST_BYTES // 1000} kB")
            browser.close()


if __name__ == "__main__":
    main()
