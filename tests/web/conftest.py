from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("starlette")
from starlette.testclient import TestClient

from onrecord.web.app import Settings, create
from onrecord.web.security import Access
from tests.dossiers import dossier, golden, hostile


def client(
    path: Path, *, user: str | None = None, host: str = "127.0.0.1", token: str | None = None
) -> TestClient:
    app = create(Settings(path, user, Access.of(host, token)))
    return TestClient(app, base_url="http://127.0.0.1:8350")


@pytest.fixture(scope="session")
def talks_path(tmp_path_factory) -> Path:
    return dossier(tmp_path_factory.mktemp("web") / "talks.db", golden())


@pytest.fixture
def talks(talks_path) -> TestClient:
    return client(talks_path)


@pytest.fixture(scope="session")
def harm_path(tmp_path_factory) -> Path:
    return dossier(tmp_path_factory.mktemp("web") / "harm.db", [hostile()])


@pytest.fixture
def path(tmp_path) -> Path:
    """A dossier of one report, to be changed."""
    return dossier(tmp_path / "talks.db", golden()[:1])


@pytest.fixture
def pages(path) -> TestClient:
    return client(path, user="Ana")
