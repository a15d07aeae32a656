"""What a run was coded with is told by all that the tagger reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord import knowledge
from onrecord.bulk.coded_with import coded_with


@pytest.mark.parametrize("name", ["stage-0.onnx", "heads.npz", "tagger.json", "reliability.csv"])
def test_another_file_of_the_tagger_is_another_coder(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("onnxruntime")
    for file in ("stage-0.onnx", "heads.npz", "reliability.csv", "MODEL.md"):
        (tmp_path / file).write_bytes(b"one")
    (tmp_path / "tagger.json").write_text('{"name": "made", "settings": {}}')
    monkeypatch.setattr(knowledge, "data", lambda *_: tmp_path)
    before = coded_with(None, None, None)
    (tmp_path / "MODEL.md").write_bytes(b"two")
    assert coded_with(None, None, None) == before
    (tmp_path / name).write_text('{"name": "made", "settings": {"cue": 1}}')
    assert coded_with(None, None, None).tagger != before.tagger
