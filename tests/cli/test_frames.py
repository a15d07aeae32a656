from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import onrecord
from onrecord.bulk import code_many
from onrecord.cli import main
from onrecord.errors import KnowledgeError, UsageError

OWN = """
[classes]
fuel = ["gas", "oil"]

[[frame]]
id = "stop-fuel"
type = "COERCE"
mode = "withhold"
rank = 3
verbs = ["throttle [@fuel]"]
roles = { actor = ["subject"], recipient = ["to"] }
example = "Chad throttled the gas to Niger."
counter = "Chad throttled the engine."
"""
TEXT = "Chad throttled the oil to Niger."


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments], env={"COLUMNS": "120"})


@pytest.fixture
def own(tmp_path) -> Path:
    path = tmp_path / "mine.toml"
    path.write_text(OWN, "utf-8")
    return path


def test_what_is_found_is_shown_with_words_roles_and_event(own) -> None:
    result = run("frames", "test", own, TEXT)
    assert result.exit_code == 0
    example, actor, recipient, counter = result.stdout.splitlines()[1:5]
    assert re.split("  +", example) == [
        "ok",
        "mine/stop-fuel",
        "Chad throttled the gas to Niger.",
        "throttled gas",
        "mine/stop-fuel",
    ]
    assert actor.split() == ["actor:", "Chad"]
    assert recipient.split() == ["recipient:", "Niger"]
    assert re.split("  +", counter) == [
        "ok",
        "mine/stop-fuel",
        "not: Chad throttled the engine.",
        "not found",
        "–",
    ]
    assert "2 sentences, all ok" in result.stdout
    assert "* mine/stop-fuel  COERCE withhold  Chad → Niger" in result.stdout


@pytest.mark.parametrize(
    ("change", "failed"),
    [
        (("the gas to Niger.", "the engine of Niger."), "FAILED  mine/stop-fuel  Chad"),
        (("the engine.", "the oil."), "FAILED  mine/stop-fuel  not: Chad"),
    ],
)
def test_a_sentence_that_fails_is_told_and_status_one(own, change, failed) -> None:
    own.write_text(OWN.replace(*change), "utf-8")
    result = run("frames", "test", own)
    assert result.exit_code == 1
    assert failed in result.stdout
    assert "2 sentences, 1 failed" in result.stdout


def test_texts_may_be_files(own, tmp_path) -> None:
    report = tmp_path / "report.txt"
    report.write_text(TEXT, "utf-8")
    assert "* mine/stop-fuel" in run("frames", "test", own, report).stdout
    missing = run("frames", "test", own, "reprot.txt")
    assert missing.exit_code == 2
    assert "'reprot.txt' is no file" in missing.stderr


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('type = "COERCE"', 'type = "COERCION"'), "COERCION is no type of PLOVER; write one of ACCUSE"),
        (('type = "COERCE"', ""), "no type is no type of PLOVER"),
        (('"withhold"', '"hoard"'), "COERCE has no mode 'hoard'; write one of arrest"),
        (('["throttle [@fuel]"]', '"throttle"'), "'verbs' must be a list of texts"),
        (("[@fuel]", "[@fule]"), "there is no class '@fule'"),
        (("recipient =", "target ="), "'target' is no role; a frame has actor and recipient"),
        (("rank = 3", 'rank = "3"'), "'rank' must be a whole number"),
        (("rank = 3", 'polarity = "no"'), "'polarity' cannot be 'no'; write negative or either"),
        (("rank = 3", 'requires = ["two"]'), "'requires' cannot be 'two'; write actor or recipient or pair"),
        (("rank = 3", 'stance = "supports"'), "'type' is for events, 'stance' for positions; leave one out"),
        (("rank = 3", "symmetric = 1"), "'symmetric' must be true or false"),
        (("rank = 3", "colour = 1"), "unknown key colour"),
        (('counter = "Chad', 'count = "Chad'), "unknown key count"),
    ],
)
def test_a_broken_frame_is_told_with_file_frame_and_remedy(own, change, says) -> None:
    own.write_text(OWN.replace(*change), "utf-8")
    result = run("frames", "test", own)
    assert result.exit_code == 1
    assert f"{own}, frame 'stop-fuel': " in result.stderr
    assert says in result.stderr
    with pytest.raises(KnowledgeError):
        code_many([], frames=own)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("[[frame]", "not valid TOML"),
        ("", "has no frame; begin each with the line [[frame]]"),
        ("[frame]\nid = 'x'", "has no frame"),
        (OWN + OWN.partition("\n\n")[2], "two frames have this id; rename one"),
        ("[frames]\n" + OWN, "unknown table 'frames'"),
        ("defaults = 1\n" + OWN, "'defaults' is no table"),
        (OWN.replace('id = "stop-fuel"', ""), "frame '(without id)': needs 'id'"),
    ],
)
def test_a_broken_file_is_told(own, content, says) -> None:
    own.write_text(content, "utf-8")
    with pytest.raises(KnowledgeError) as error:
        onrecord.load(frames=own)
    assert str(error.value).startswith(str(own))
    assert says in str(error.value)


def test_a_file_that_is_no_text_or_is_not_there_is_told(own, tmp_path) -> None:
    own.write_bytes(b"\xff\xfe")
    with pytest.raises(KnowledgeError, match="not UTF-8"):
        onrecord.load(frames=own)
    with pytest.raises(UsageError, match=r"nowhere\.toml"):
        onrecord.load(frames=tmp_path / "nowhere.toml")


def test_own_frames_add_and_replace_and_the_record_tells(own) -> None:
    replacing = OWN + (
        '[[frame]]\nid = "reject/refuse"\ntype = "REJECT"\nverbs = ["pooh-pooh"]\n'
        'example = "Chad refused."\ncounter = "Chad left."\n'
    )
    plain = onrecord.load()
    assert "reject/refuse" in {frame.id for frame in plain.frames.frames}, "choose another frame to replace"
    own.write_text(replacing, "utf-8")
    coder = onrecord.load(frames=own)
    assert len(coder.frames.frames) == len(plain.frames.frames) + 1
    assert coder.frames.frame("reject/refuse").example == "Chad refused."
    record = coder.code(TEXT)
    assert [e.because for e in record.events] == ["mine/stop-fuel"]
    version, _, digest = record.coder.knowledge.partition("+")
    assert version == plain.info.knowledge
    assert len(digest) == 8
    assert "mine/stop-fuel" not in [e.because for e in plain.code(TEXT).events]


def test_all_processes_and_explain_use_them(own, tmp_path) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    for name in "abcdef":
        (reports / f"{name}.txt").write_text(TEXT, "utf-8")
    one = run("code", reports, "--frames", own)
    two = run("code", reports, "--frames", own, "--jobs", "2")
    assert one.stdout_bytes == two.stdout_bytes
    rows = [json.loads(line) for line in two.stdout.splitlines()]
    assert {e["because"] for row in rows for e in row["events"]} == {"mine/stop-fuel"}
    records = tmp_path / "records.jsonl"
    records.write_text(one.stdout, "utf-8")
    assert "throttle [@fuel]" in run("explain", records, "a:e1", "--frames", own).stdout
    assert "throttle [@fuel]" not in run("explain", records, "a:e1").stdout
    own.write_text(OWN + "# changed\n", "utf-8")
    other = run("explain", records, "a:e1", "--frames", own)
    assert other.exit_code == 2
    assert "was not made with" in other.stderr


STANCES = """
[classes]
quota = ["quota", "limit"]

[defaults]
party = ["subject"]

[[frame]]
id = "pooh-pooh"
stance = "opposes"
act = "rejects"
denied = "supports/endorses"
verbs = ["stonewall [@quota|@plan]"]
issue = ["object"]
example = "Chad stonewalled the quota."
counter = "Chad stonewalled the reporters."

[[frame]]
id = "stance/reject/oppose"
stance = "supports"
act = "endorses"
verbs = ["oppose [*]"]
issue = ["object"]
example = "Chad opposed the treaty."
counter = "Chad left."
"""


def test_a_file_may_have_frames_of_stances_beside_those_of_events(own) -> None:
    own.write_text(STANCES + OWN.partition("\n\n")[2], "utf-8")
    result = run("frames", "test", own, "Niger stonewalled the plan. Chad throttled the engine.")
    assert result.exit_code == 1, "the class of the frame of an event is gone"
    assert "there is no class '@fuel'" in result.stderr
    own.write_text(
        STANCES.replace("[classes]", '[classes]\nfuel = ["gas", "oil"]') + OWN.partition("\n\n")[2], "utf-8"
    )
    result = run("frames", "test", own, "Niger stonewalled the plan. Chad throttled the gas to Mali.")
    assert result.exit_code == 0, result.stdout
    assert "6 sentences, all ok" in result.stdout
    lines = [re.split("  +", line) for line in result.stdout.splitlines()]
    at = next(n for n, line in enumerate(lines) if line[:2] == ["ok", "stance/mine/pooh-pooh"])
    assert lines[at] == [
        "ok",
        "stance/mine/pooh-pooh",
        "Chad stonewalled the quota.",
        "stonewalled quota",
        "stance/mine/pooh-pooh",
    ]
    assert [line[1] for line in lines[at + 1 : at + 3]] == ["party: Chad", "issue: quota"]
    (event,) = [line for line in lines if line[:2] == ["e2", "* mine/stop-fuel"]]
    assert event[2:] == ["COERCE withhold", "Chad → Mali", "throttled the gas"]
    (position,) = [line for line in lines if line[0] == "p1"]
    assert position[1:4] == ["* stance/mine/pooh-pooh", "opposes rejects", "Niger on plan"]


def test_own_stances_add_and_replace_and_records_and_explain_tell(own, tmp_path) -> None:
    own.write_text(STANCES, "utf-8")
    plain, coder = onrecord.load(), onrecord.load(frames=own)
    assert len(coder.stances.frames) == len(plain.stances.frames) + 1
    text = "Chad stonewalled the quota. Niger did not stonewall the quota. Mali opposed the treaty."
    record = coder.code(text)
    shown = [(p.party, p.stance, p.act, p.because) for p in record.positions]
    assert shown == [
        ("TCD", "opposes", "rejects", "stance/mine/pooh-pooh"),
        ("NER", "supports", "endorses", "stance/mine/pooh-pooh"),
        ("MLI", "supports", "endorses", "stance/reject/oppose"),
    ]
    assert [p.because for p in plain.code(text).positions] == ["stance/reject/oppose"]
    assert record.coder.knowledge.startswith(f"{plain.info.knowledge}+")
    assert [e.because for e in record.events] == [e.because for e in plain.code(text).events]
    report, records = tmp_path / "report.txt", tmp_path / "records.jsonl"
    report.write_text(text, "utf-8")
    records.write_bytes(run("code", report, "--frames", own).stdout_bytes)
    assert "stonewall [@quota" in run("explain", records, "p1", "--frames", own).stdout
    assert "oppose [*]" in run("explain", records, "p3", "--frames", own).stdout


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('stance = "opposes"', 'stance = "dislikes"'), "'stance' cannot be 'dislikes'; write supports or"),
        (('act = "rejects"', ""), "needs 'act', one of proposes"),
        (
            ('"supports/endorses"', '"supports"'),
            "'denied' cannot be 'supports'; write 'stance/act' or 'none'",
        ),
        (('issue = ["object"]', "issue = []"), "must each name a grammatical function"),
        (('issue = ["object"]', 'issue = "object"'), "'issue' must be a list of texts"),
        (('issue = ["object"]', 'near = "@anger-"'), "there is no class '@anger-'; define it in [classes]"),
        (('issue = ["object"]', 'only = "never"'), "'only' cannot be 'never'; write denied or"),
        (('issue = ["object"]', 'spoken = "yes"'), "'spoken' must be true or false"),
        (('issue = ["object"]', 'mode = "phone"'), "unknown key mode"),
        (('verbs = ["stonewall [@quota|@plan]"]', ""), "has no predicate"),
    ],
)
def test_a_broken_frame_of_stances_is_told_in_the_same_way(own, change, says) -> None:
    own.write_text(STANCES.replace(*change, 1), "utf-8")
    with pytest.raises(KnowledgeError) as error:
        onrecord.load(frames=own)
    assert str(error.value).startswith(f"{own}, frame 'pooh-pooh': ")
    assert says in str(error.value)


def test_defaults_hold_for_the_kinds_of_frames_that_have_such_keys(own) -> None:
    defaults = '[defaults]\nroles = { actor = ["subject"] }\nparty = ["by"]\n'
    own.write_text(defaults + STANCES.replace('[defaults]\nparty = ["subject"]\n', ""), "utf-8")
    assert {frame.party for frame in onrecord.load(frames=own).stances.frames[-2:]} == {("by",)}
    own.write_text(STANCES.replace('party = ["subject"]', 'parties = ["subject"]'), "utf-8")
    with pytest.raises(KnowledgeError, match=r"mine\.toml, \[defaults\]: unknown key parties"):
        onrecord.load(frames=own)
