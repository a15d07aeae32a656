"""What must hold on every page: axe finds nothing, nothing overflows, in both schemes."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from tests.browser.conftest import Watched, need

PAGES = (
    "/", "/positions", "/shifts", "/timeline", "/statements", "/encounters", "/reports", "/review",
    "/reviews", "/reports/vienna-2-embargo", "/parties/USA",
)  # fmt: skip
# Pages whose address has an id, by a page that links to them.
LINKED = (
    ("/positions", "/issues/"),
    ("/positions", "/stand/"),
    ("/encounters", "/events/"),
    ("/statements", "/entries/"),
)


@pytest.fixture(scope="module")
def axe() -> str:
    try:
        source = files("axe_playwright_python") / "axe.min.js"
    except ModuleNotFoundError:
        need(False, "axe is not installed; pip install axe-playwright-python")
    return source.read_text("utf-8")


def addresses(page, served: str) -> list[str]:
    found = list(PAGES)
    for start, kind in LINKED:
        html = page.request.get(f"{served}{start}").text()
        found += re.findall(rf'href="({kind}[^"#]+)', html)[:1]
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(chromium, served, axe, scheme) -> None:
    watched = Watched(chromium, color_scheme=scheme, viewport={"width": 1280, "height": 900})
    page = watched.page
    # The schemes differ in colours alone.
    rules = "" if scheme == "light" else ", runOnly: ['color-contrast']"
    wrong = []
    for address in addresses(page, served):
        page.goto(f"{served}{address}")
        for details in page.locator("details").all()[:1]:
            details.evaluate("e => { e.open = true }")
        page.evaluate(axe)
        found = page.evaluate(f"axe.run({{ resultTypes: ['violations']{rules} }})")
        wrong += [
            f"{address}: {v['id']}: {v['nodes'][0]['html'][:150]} {v['nodes'][0].get('failureSummary')}"
            for v in found["violations"]
        ]
    watched.close()
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("width", [360, 1600])
def test_no_page_is_wider_than_the_window(chromium, served, width) -> None:
    watched = Watched(chromium, viewport={"width": width, "height": 800})
    page = watched.page
    wide = []
    for address in addresses(page, served):
        page.goto(f"{served}{address}")
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(address)
    watched.close()
    assert not wide
