"""The whole record of each example report, as it stood when last read by a person.

After a meant change, run `ONRECORD_UPDATE_GOLDEN=1 pytest tests/golden`, read what changed, and commit it.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import msgspec
import pytest

from onrecord.coding.coder import Coder
from onrecord.knowledge import data
from onrecord.record import Document, from_json, to_json
from tests.properties.quoting import assert_quotes_itself

HERE = Path(__file__).parent
META = [json.loads(line) for line in data("examples", "meta.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("meta", META, ids=[m["id"] for m in META])
def test_the_record_of_an_example(coder: Coder, meta: dict[str, str]) -> None:
    text = data("examples", meta["id"] + ".txt").read_text("utf-8")
    record = coder.code(msgspec.convert({**meta, "text": text}, Document))
    assert_quotes_itself(record)
    line = to_json(record)
    assert from_json(line) == record
    shown = msgspec.json.format(line, indent=1).decode()
    golden = HERE / f"{meta['id']}.json"
    if os.environ.get("ONRECORD_UPDATE_GOLDEN"):
        golden.write_text(shown + "\n", "utf-8")
    assert json.loads(shown) == json.loads(golden.read_text("utf-8")), "see this module's docstring"
