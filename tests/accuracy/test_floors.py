"""Accuracy on the development data does not fall below what it once reached."""

from __future__ import annotations

import pytest

from scripts import score


@pytest.fixture(scope="module")
def figures() -> dict[str, float]:
    shared = score.shared_folder()
    if not score.is_present(shared):
        pytest.skip(f"no development data in {shared}; ONRECORD_SHARED names their folder")
    if score.fingerprint(shared) != score.load(score.FLOORS)["data"]:
        pytest.skip(f"the data in {shared} are not those that the floors were measured on")
    return score.measure(shared)


def test_no_figure_is_below_its_floor(figures) -> None:
    floors = score.load(score.FLOORS)["scores"]
    assert floors.keys() == figures.keys()
    below = {key: (figures[key], floor) for key, floor in floors.items() if figures[key] < floor}
    assert not below, "(now, floor); run scripts/score.py, and read the errors in .scores/"


def test_floors_lie_just_below_the_figures_that_are_told() -> None:
    told, floors = score.load(score.SCORES), score.load(score.FLOORS)
    assert told["data"] == floors["data"]
    for key, floor in floors["scores"].items():
        assert floor <= told["scores"][key]


def test_floors_only_rise(tmp_path, monkeypatch) -> None:
    for name in ("SCORES", "FLOORS", "README"):
        monkeypatch.setattr(score, name, tmp_path / name)
    score.README.write_text(f"before\n{score.MARKS[0]}\nstale\n{score.MARKS[1]}\nafter\n")
    keys = [f"{s.name}.{m.name}" for s in score.SETS for m in s.measures]
    score.update(dict.fromkeys(keys, 0.678), "data")
    assert set(score.load(score.FLOORS)["scores"].values()) == {0.67}
    score.update(dict.fromkeys(keys, 0.512), "data")
    assert set(score.load(score.FLOORS)["scores"].values()) == {0.67}
    assert set(score.load(score.SCORES)["scores"].values()) == {0.512}
    score.update(dict.fromkeys(keys, 0.512), "other data")
    assert set(score.load(score.FLOORS)["scores"].values()) == {0.5}
    readme = score.README.read_text()
    assert readme.startswith("before\n<!--")
    assert readme.endswith("-->\nafter\n")
    assert "| 0.512 |" in readme
    assert "stale" not in readme


def test_the_comparison_says_which_floors_moved() -> None:
    keys = [f"{s.name}.{m.name}" for s in score.SETS for m in s.measures]
    now = dict.fromkeys(keys, 0.5) | {"articles.events": 0.3, "plover.type": 0.9}
    floors = dict.fromkeys(keys, 0.5)
    lines = score.comparison(now, dict.fromkeys(keys, 0.4), floors).splitlines()
    (fallen,) = [line for line in lines if "BELOW" in line]
    (risen,) = [line for line in lines if "may rise" in line]
    assert fallen.split()[-7:] == ["0.300", "0.400", "-0.100", "0.50", "BELOW", "ITS", "FLOOR"]
    assert risen.endswith("0.50  may rise to 0.89")
