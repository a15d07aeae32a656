"""The site of the docs builds offline without a warning, and its reference is that of the code."""

from __future__ import annotations

import subprocess
import sys

import pytest

from scripts import reference


@pytest.mark.parametrize("name", reference.PAGES)
def test_the_reference_is_that_of_the_code(name) -> None:
    there = (reference.FOLDER / name).read_text("utf-8")
    assert there == reference.PAGES[name](), "run scripts/reference.py, and read what changed"


def test_the_site_builds_without_a_warning(tmp_path) -> None:
    pytest.importorskip("mkdocs")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-d", tmp_path / "site"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=reference.ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "site" / "tutorial.html").exists()
    pages = [p.read_text("utf-8") for p in (tmp_path / "site").rglob("*.html")]
    assert not [page for page in pages if '<script src="http' in page or 'href="https://fonts' in page]
