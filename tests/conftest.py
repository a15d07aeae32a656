"""Fixtures that many tests share; the model is loaded once a run."""

from __future__ import annotations

import pytest

from onrecord.coding.coder import Coder
from onrecord.coding.tagger import Tagger
from onrecord.text.parse import Parser


@pytest.fixture(scope="session")
def parser() -> Parser:
    return Parser.load()


@pytest.fixture(scope="session")
def coder(parser: Parser) -> Coder:
    return Coder(parser, Tagger.load())
