"""How fast the pages of a large dossier are made on the server, and how large they are.

usage: python bench/pages.py [--reports N] [--dossier FILE] [--runs N]

Without FILE, a dossier of N made-up reports is made as bench/dossier.py does. Each page is asked for once to
warm the caches of templates and files, then so many times, each from a server that has kept no page. Exits
with 1 where the first page takes over 300 ms of a processor (median) or any page is over 300 kB.
"""

from __future__ import annotations

import argparse
import re
import statistics
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from bench.dossier import reports
from starlette.testclient import TestClient

from onrecord.dossier.connection import connect
from onrecord.dossier.filing import file
from onrecord.web.app import Settings, create
from onrecord.web.security import Access

FIRST_MS, MOST_KB = 300, 300
PAGES = (
    "/", "/positions", "/positions?until=2015-06-30", "/positions?parties=30", "/shifts", "/timeline",
    "/statements", "/statements?text=ba", "/encounters", "/reports", "/review", "/reviews",
)  # fmt: skip
LINKS = (
    ("/positions", "/stand/"),
    ("/positions", "/issues/"),
    ("/positions", "/parties/"),
    ("/encounters", "/events/"),
    ("/statements", "/entries/"),
    ("/reports", "/reports/"),
)


def made(path: Path, count: int) -> Path:
    """A dossier of so many made-up reports."""
    with closing(connect(path, create=True)) as connection:
        for record in reports(count):
            file(connection, record)
    return path


def fresh(path: Path) -> TestClient:
    """A client of pages that keep none from before."""
    app = create(Settings(path, "Bench", Access.of("127.0.0.1", None)))
    return TestClient(app, base_url="http://127.0.0.1")


def pages_of(client: TestClient) -> list[str]:
    """The addresses of the pages, one of each kind."""
    found = list(PAGES)
    for page, kind in LINKS:
        links = re.findall(rf'href="({kind}[^"#]+)', client.get(page).text)
        found += links[:1]
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--reports", type=int, default=1000)
    parser.add_argument("--dossier", type=Path, help="one that is there")
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = asked.dossier or made(Path(folder) / "bench.db", asked.reports)
        kept = True
        for url in pages_of(fresh(path)):
            size = len(fresh(path).get(url).content) / 1000
            took, busy = [], []
            for client in [fresh(path) for _ in range(asked.runs)]:
                start, worked = time.perf_counter(), time.process_time()
                client.get(url)
                took.append((time.perf_counter() - start) * 1000)
                busy.append((time.process_time() - worked) * 1000)
            middle = statistics.median(busy)
            kept = kept and size <= MOST_KB and (url != "/" or middle <= FIRST_MS)
            print(f"{middle:7.0f} ms of a processor {statistics.median(took):7.0f} ms {size:7.0f} kB  {url}")
    sys.exit(not kept)


if __name__ == "__main__":
    main()
