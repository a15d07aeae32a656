"""Fixtures that many tests share; the model is loaded once a run."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.coding.coder import Coder
from onrecord.coding.tagger import Tagger
from onrecord.text.parse import Parser
from tests.offline.sitecustomize import block

OFFLINE = Path(__file__).parent / "offline"


@pytest.fixture(scope="session")
def refused(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where it is written down what of the network a test, or a program that it started, asked for."""
    path = tmp_path_factory.mktemp("network") / "refused.txt"
    path.touch()
    os.environ["ONRECORD_REFUSED"] = str(path)
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (str(OFFLINE), os.environ.get("PYTHONPATH"))))
    block()
    return path


@pytest.fixture(autouse=True)
def no_network(refused: Path) -> Iterator[None]:
    """Nothing leaves this machine in any test, and a test that tried fails."""
    before = refused.stat().st_size
    yield
    assert refused.read_bytes()[before:].decode() == ""


@pytest.fixture(scope="session")
def parser() -> Parser:
    return Parser.load()


@pytest.fixture(scope="session")
def coder(parser: Parser) -> Coder:
    return Coder(parser, Tagger.load())
