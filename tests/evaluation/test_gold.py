from __future__ import annotations

import json

import pytest

from onrecord.errors import UsageError
from onrecord.evaluation.gold import gold_files, read_gold, sentence

TEXT = (
    "Mr. Zarif met Mr. Kerry on Monday. “We agree,” he said, “on most points.”\nTehran rejected the draft.\n"
)


def gold(tmp_path, **entries):
    path = tmp_path / "r.json"
    path.write_text(json.dumps(entries), "utf-8")
    return read_gold(path, TEXT)


def test_an_entry_stands_in_the_sentence_of_its_snippet(tmp_path) -> None:
    (event,) = gold(tmp_path, events=[{"at": "met Mr. Kerry", "type": "CONSULT", "actor": ["IRN", "USA"]}])
    assert TEXT[event.start : event.end].strip() == "Mr. Zarif met Mr. Kerry on Monday."
    assert event.actor == ("IRN", "USA")
    assert event.type == ("CONSULT",)


def test_content_runs_from_its_first_to_its_last_words(tmp_path) -> None:
    (said,) = gold(
        tmp_path, statements=[{"at": "he said", "speaker": "Zarif", "content": "“We agree … points.”"}]
    )
    assert TEXT[slice(*said.content)] == "“We agree,” he said, “on most points.”"


def test_yaml_and_json_are_read_alike(tmp_path) -> None:
    pytest.importorskip("yaml")
    path = tmp_path / "r.yaml"
    path.write_text("positions:\n- {at: rejected, party: IRN, stance: [opposes], issue: draft}\n", "utf-8")
    (position,) = read_gold(path, TEXT)
    assert (position.party, position.stance, position.issue) == (("IRN",), ("opposes",), ("draft",))


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ({"events": [{"at": "no such words", "type": "AID"}]}, "0 times"),
        ({"events": [{"at": "Mr.", "type": "AID"}]}, "2 times"),
        ({"events": [{"at": "met Mr. Kerry"}]}, "lacks type"),
        ({"events": [{"type": "AID"}]}, "no 'at'"),
        ({"positions": [{"at": "rejected", "party": "IRN"}]}, "lacks stance, issue"),
        ({"statements": [{"at": "he said", "speaker": "Z", "content": "elsewhere"}]}, "not in the paragraph"),
        ({"sayings": []}, "no such key"),
    ],
)
def test_what_is_wrong_in_gold_is_told_with_its_place(tmp_path, entries, told) -> None:
    with pytest.raises(UsageError, match=told) as raised:
        gold(tmp_path, **entries)
    assert "r.json" in str(raised.value)


def test_files_are_named_by_their_reports(tmp_path) -> None:
    with pytest.raises(UsageError, match="holds no gold"):
        gold_files(tmp_path)
    for name in ("b.yaml", "a.json", "notes.txt"):
        (tmp_path / name).write_text("")
    assert list(gold_files(tmp_path)) == ["a", "b"]


def test_a_sentence_ends_at_no_abbreviation() -> None:
    start, end = sentence(TEXT, TEXT.index("Kerry"))
    assert TEXT[start:end].strip() == "Mr. Zarif met Mr. Kerry on Monday."


def test_a_damaged_file_and_two_of_one_report_are_told(tmp_path) -> None:
    path = tmp_path / "r.json"
    path.write_bytes(b'{"events": "\xff"}')
    with pytest.raises(UsageError, match="cannot be read"):
        read_gold(path, TEXT)
    for entries in ({"events": 3}, {"events": {"at": "x"}}):
        with pytest.raises(UsageError, match="each with a list"):
            gold(tmp_path, **entries)
    with pytest.raises(UsageError, match="give the words"):
        gold(tmp_path, statements=[{"at": "he said", "speaker": "Zarif", "content": 3}])
    (tmp_path / "r.yaml").write_text("{}", "utf-8")
    with pytest.raises(UsageError, match="second file for the report 'r'"):
        gold_files(tmp_path)
