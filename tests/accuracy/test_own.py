"""Accuracy on the reports of our own: they are in the repository, so this runs everywhere."""

from __future__ import annotations

import json

from scripts import validity


def test_no_figure_on_our_own_reports_is_below_its_floor() -> None:
    floors = json.loads(validity.FLOORS.read_text("utf-8"))
    found = {s.measure: s.tally.f1 for s in validity.measure()}
    assert floors.keys() == found.keys()
    assert not {name: (found[name], floor) for name, floor in floors.items() if found[name] < floor}


def test_floors_only_rise_and_the_page_gets_the_table(tmp_path, monkeypatch) -> None:
    from onrecord.evaluation.score import Score, Tally

    page, floors = tmp_path / "validity.md", tmp_path / "floors.json"
    page.write_text(f"before\n{validity.MARKS[0]}\nstale\n{validity.MARKS[1]}\nafter\n")
    monkeypatch.setattr(validity, "PAGE", page)
    monkeypatch.setattr(validity, "FLOORS", floors)
    validity.update([Score("events", "e", Tally(8, 10, 10), 0.7, 0.9)])
    validity.update([Score("events", "e", Tally(6, 10, 10), 0.5, 0.7)])
    assert json.loads(floors.read_text()) == {"events": 0.8}
    assert "| 0.60 | 0.50–0.70 |" in page.read_text()
    assert "stale" not in page.read_text()
    assert page.read_text().endswith("-->\nafter\n")
