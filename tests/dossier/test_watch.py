from __future__ import annotations

from pathlib import Path

from onrecord.dossier.watch import arrivals


def test_a_file_is_given_once_it_no_longer_grows(tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_text("there before", "utf-8")
    inner = tmp_path / "monday"

    def arrive(look: int) -> None:
        if look == 1:
            inner.mkdir()
            (inner / "slow.txt").write_text("half of", "utf-8")
            (inner / "slow.txt.part").write_text("left alone", "utf-8")
            (tmp_path / ".hidden").write_text("left alone", "utf-8")
        elif look == 2:
            (inner / "slow.txt").write_text("half of a report", "utf-8")
        elif look == 3:
            (inner / "quick.jsonl").write_text("{}", "utf-8")
        elif look == 6:
            (tmp_path / "old.txt").write_text("there before, and corrected", "utf-8")
        elif look == 9:
            (inner / "slow.txt").unlink()
        elif look == 11:
            (inner / "slow.txt").write_text("half of a report", "utf-8")
        elif look > 14:
            raise KeyboardInterrupt

    looks = 0

    def wait(seconds: float) -> None:
        nonlocal looks
        assert seconds == 0.5
        looks += 1
        arrive(looks)

    given: list[tuple[int, list[str]]] = []
    try:
        for files in arrivals(tmp_path, every=0.5, wait=wait):
            given.append((looks, [str(f.relative_to(tmp_path)) for f in files]))
    except KeyboardInterrupt:
        pass
    assert given == [
        (1, ["old.txt"]),
        (3, ["monday/slow.txt"]),
        (4, ["monday/quick.jsonl"]),
        (7, ["old.txt"]),
        (12, ["monday/slow.txt"]),
    ]


def test_a_folder_that_is_away_for_a_while_is_followed(tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    looks = 0

    def wait(seconds: float) -> None:
        nonlocal looks
        looks += 1
        if looks == 2:
            folder.mkdir()
            (folder / "a.txt").write_text("x", "utf-8")

    assert next(arrivals(folder, wait=wait)) == [folder / "a.txt"]
    assert looks == 3
