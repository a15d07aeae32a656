from __future__ import annotations

import pytest

import onrecord
from onrecord.output.tables import TABLES
from tests.dossiers import golden

pytest.importorskip("pyarrow")


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_frame_for_each_table_with_the_rows_of_all_records(library) -> None:
    pytest.importorskip(library)
    frames = getattr(onrecord, f"to_{library}")(golden())
    assert list(frames) == [table.name for table in TABLES]
    assert len(frames["statements"]) == sum(len(r.statements) for r in golden())
    assert len(frames["documents"]) == 3
    assert list(frames["positions"].columns) == [
        c.name for t in TABLES if t.name == "positions" for c in t.columns
    ]


def test_no_records_give_empty_frames_with_their_columns() -> None:
    frames = onrecord.to_pandas([])
    assert len(frames["events"]) == 0
    assert "type" in frames["events"].columns
