"""What is read of each small input in ``inputs``, as it stood when last read by a person.

After a meant change, run `ONRECORD_UPDATE_GOLDEN=1 pytest tests/sources/test_inputs.py`, and read what
changed. The inputs that are not written by hand are made by scripts/build_fixtures.py.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import msgspec
import pytest

from onrecord.record import Document
from onrecord.sources import Failure, Options, Recognised, read
from onrecord.sources.registry import KINDS

HERE = Path(__file__).parent
INPUTS = sorted((HERE / "inputs").iterdir())
# A column that only a user can name.
FIELDS = {"semicolons.csv": {"text": "Inhalt"}}


def shown(path: Path) -> list[dict[str, object]]:
    """What was recognised, read and told, without what is empty and without the folder of the inputs."""
    told: list[dict[str, object]] = []
    options = Options(
        fields=FIELDS.get(path.name, {}),
        warn=lambda message: told.append({"note": message.replace(f"{path.parent}/", "")}),
        tell=lambda r: told.append(
            {"file": r.name.replace(f"{path.parent}/", ""), "kind": r.kind, "why": r.why}
        ),
    )
    for item in read([path], options):
        if isinstance(item, Document):
            fields = msgspec.to_builtins(item)
            fields["origins"] = {o.field: o.where for o in item.origins}
            fields["warnings"] = [f"{w.code}: {w.message}" for w in item.warnings]
            told.append({key: value for key, value in fields.items() if value})
        else:
            told.append({"failure": str(item).replace(f"{path.parent}/", "")})
    return told


@pytest.mark.parametrize("path", INPUTS, ids=[p.name for p in INPUTS])
def test_what_is_read_of_an_input(path: Path) -> None:
    told = shown(path)
    golden = HERE / "golden" / f"{path.name}.json"
    if os.environ.get("ONRECORD_UPDATE_GOLDEN"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", "utf-8")
    assert told == json.loads(golden.read_text("utf-8")), "see this module's docstring"


def test_there_is_an_input_of_every_kind() -> None:
    seen: list[Recognised] = []
    for path in INPUTS:
        list(read([path], Options(tell=seen.append, fields=FIELDS.get(path.name, {}))))
    assert {recognised.kind for recognised in seen} == {kind.name for kind in KINDS}
    assert [r for r in seen if not r.why] == []


def test_what_fails_is_told_with_a_code() -> None:
    failed = [item for path in INPUTS for item in read([path]) if isinstance(item, Failure)]
    assert len(failed) > 10
    assert [f for f in failed if f.code == "internal" or not f.message] == []
