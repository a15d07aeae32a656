from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from onrecord.cli import main
from onrecord.evaluation.gold import read_gold
from onrecord.evaluation.score import MEASURES, Tally, score_report, scores
from onrecord.record import (
    Actor,
    CoderInfo,
    Document,
    Event,
    Issue,
    Position,
    Record,
    Span,
    Statement,
    to_json,
)

TEXT = (
    "Mohammad Javad Zarif said the talks were over. Iran rejected the draft text. "
    "Kerry met Zarif in Vienna.\n"
)


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start=start, end=start + len(words), text=words)


def statement(speaker: str | None, words: str, name: str = "s1") -> Statement:
    return Statement(
        id=name, speaker=speaker, speaker_span=None, via=(), addressee=None, cue=None, content=(span(words),),
        kind="indirect", channel=None, said_on=None, because="r", confidence=1.0,
    )  # fmt: skip


def event(kind: str, actor: tuple[str, ...], recipient: tuple[str, ...], words: str) -> Event:
    return Event(
        id="e1", type=kind, mode=None, contexts=(), cameo=None, actor=actor, recipient=recipient, place=None,
        date=None, status="happened", according_to=None, span=span(words), sentence=span(words), because="r",
        confidence=1.0,
    )  # fmt: skip


def position(stance: str, issue: str = "draft") -> Position:
    return Position(
        id="p1", party="IRN", voice=None, issue=issue, stance=stance, act="rejects", condition=None,
        basis="narrated", date=None, span=span("rejected the draft text"), statement=None, event=None,
        because="r", confidence=1.0,
    )  # fmt: skip


def record(**entries) -> Record:
    return Record(
        coder=CoderInfo(version="0", model="m", knowledge="k"),
        document=Document(id="r", text=TEXT),
        actors=(
            Actor(
                id="mohammad-javad-zarif",
                name="Mohammad Javad Zarif",
                kind="person",
                country="IRN",
                party="IRN",
            ),
            Actor(id="john-kerry", name="John Kerry", kind="person", country="USA", party="USA"),
        ),
        issues=(Issue(id="draft", label="draft text", topic=None, proposed_by=(), mentions=()),),
        **entries,
    )


GOLD = {
    "statements": [{"at": "said the talks", "speaker": "Zarif", "content": "the talks were over"}],
    "events": [
        {"at": "rejected the draft", "type": ["REJECT", "ACCUSE"], "actor": ["IRN"]},
        {"at": "met Zarif", "type": "CONSULT", "actor": ["IRN", "USA"], "symmetric": True, "optional": True},
    ],
    "positions": [{"at": "rejected the draft", "party": "Iran|IRN", "stance": "opposes", "issue": "draft"}],
}


@pytest.fixture
def gold(tmp_path):
    path = tmp_path / "gold" / "r.json"
    path.parent.mkdir()
    path.write_text(json.dumps(GOLD), "utf-8")
    return path


def tallies(gold, made: Record) -> dict[str, tuple[int, int, int]]:
    scored = score_report(made, read_gold(gold, TEXT))
    return {m: (t.right, t.found, t.gold) for (m, _), t in zip(MEASURES, scored.tallies, strict=True)}


def test_a_right_record_is_right_in_everything(gold) -> None:
    made = record(
        statements=(statement("mohammad-javad-zarif", "the talks were over"),),
        events=(
            event("REJECT", ("IRN",), (), "rejected"),
            event("CONSULT", ("john-kerry",), ("mohammad-javad-zarif",), "met"),
        ),
        positions=(position("opposes"),),
    )
    assert set(tallies(gold, made).values()) == {(1, 1, 1)}


def test_an_empty_record_misses_all_that_is_asked_for(gold) -> None:
    assert set(tallies(gold, record()).values()) == {(0, 0, 1)}
    told = {(e.measure, e.kind) for e in score_report(record(), read_gold(gold, TEXT)).errors}
    assert told == {(m, "missed") for m, _ in MEASURES}


def test_words_found_with_another_speaker_are_found_and_not_right(gold) -> None:
    found = tallies(gold, record(statements=(statement("john-kerry", "the talks were over"),)))
    assert found["statements found"] == (1, 1, 1)
    assert found["statements"] == (0, 1, 1)


def test_half_of_the_words_must_be_the_same(gold) -> None:
    assert tallies(gold, record(statements=(statement(None, "talks were"),)))["statements found"] == (1, 1, 1)
    assert tallies(gold, record(statements=(statement(None, "were"),)))["statements found"] == (0, 1, 1)


def test_type_side_stance_and_issue_must_be_right(gold) -> None:
    assert tallies(gold, record(events=(event("AID", ("IRN",), (), "rejected"),)))["events"] == (0, 1, 1)
    assert tallies(gold, record(events=(event("REJECT", (), ("IRN",), "rejected"),)))["events"] == (0, 1, 1)
    assert tallies(gold, record(events=(event("REJECT", ("IRN",), (), "met"),)))["events"] == (0, 1, 1)
    assert tallies(gold, record(positions=(position("supports"),)))["positions"] == (0, 1, 1)


def test_a_repetition_is_wrong_and_what_is_optional_counts_neither_way(gold) -> None:
    twice = (event("REJECT", ("IRN",), (), "rejected"),) * 2
    assert tallies(gold, record(events=twice))["events"] == (1, 2, 1)
    optional = (event("CONSULT", ("john-kerry",), ("mohammad-javad-zarif",), "met"),)
    assert tallies(gold, record(events=optional))["events"] == (0, 0, 1)


def test_intervals_hold_the_figure_and_are_the_same_each_time(gold) -> None:
    entries = read_gold(gold, TEXT)
    good = score_report(record(positions=(position("opposes"),)), entries)
    bad = score_report(record(), entries)
    first = scores([good, bad, good])
    assert first == scores([good, bad, good])
    for score in first:
        assert score.low <= score.tally.f1 <= score.high
    assert first[3].low < first[3].high
    assert scores([])[0].tally == Tally()


def test_the_command_scores_a_folder_and_lists_errors(gold, tmp_path) -> None:
    records = tmp_path / "r.jsonl"
    records.write_bytes(to_json(record(positions=(position("opposes"),))) + b"\n")
    (gold.parent / "absent.json").write_text("{}")
    result = CliRunner().invoke(main, ["evaluate", str(gold.parent), str(records), "--format", "json"])
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)[3]["f1"] == 1.0
    assert "no record for absent" in result.stderr
    listed = CliRunner().invoke(main, ["evaluate", str(gold.parent), str(records), "--errors"])
    assert "missed" in listed.stdout
    gold.unlink()
    nothing = CliRunner().invoke(main, ["evaluate", str(gold.parent), str(records)])
    assert nothing.exit_code == 2
    assert "no record has the id" in nothing.stderr
