"""The formats that mark words in texts: brat, W3C Web Annotation, Label Studio."""

from __future__ import annotations

import hashlib
import io
import json
import re
import uuid
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import msgspec
import pytest

from onrecord.output import FORMATS, Style, brat, labelstudio, web_annotation
from onrecord.output.stems import Stems
from onrecord.record import Record, Span
from tests.output.sample import RECORD
from tests.output.talks import BARE, TALKS, TEXT

ALL = [TALKS, RECORD, BARE]


def written(name: str, records: list[Record] = ALL) -> bytes:
    out = io.BytesIO()
    FORMATS[name].write(iter(records), out, Style())
    return out.getvalue()


# brat


def read_brat(folder: Path, stem: str) -> dict[str, list[str]]:
    """The lines of an .ann file by their ids, checked against the text as brat's own reader does."""
    text = (folder / f"{stem}.txt").read_bytes().decode()
    lines: dict[str, list[str]] = {}
    for line in (folder / f"{stem}.ann").read_bytes().decode().split("\n")[:-1]:
        name, *columns = line.split("\t")
        assert name not in lines
        lines[name] = columns
        if name[0] == "T":
            kind, offsets = columns[0].split(" ", 1)
            assert re.fullmatch(r"[A-Za-z0-9_-]+", kind)
            parts = [tuple(map(int, part.split())) for part in offsets.split(";")]
            assert all(0 <= start < end <= len(text) for start, end in parts)
            assert not any(len(text[start:end].splitlines()) > 1 for start, end in parts)
            assert "\t".join(columns[1:]) == " ".join(text[start:end] for start, end in parts)
    for name, columns in lines.items():
        if name[0] == "E":
            (kind, trigger), *roles = (pair.split(":") for pair in columns[0].split(" "))
            assert lines[trigger][0].split(" ")[0] == kind
            assert all(bound in lines for _, bound in roles)
        if name[0] in "ANR#":
            assert columns[0].split(" ")[1] in lines
    return lines


@pytest.fixture(scope="module")
def brat_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("brat")
    brat.write(iter([*ALL, BARE]), folder)
    return folder


def stem_of(record: Record) -> str:
    return Stems().of(record.document.id)


def test_brat_texts_are_untouched_and_ids_never_become_paths(brat_folder: Path) -> None:
    stem = stem_of(TALKS)
    assert re.fullmatch(r"etc-talks-1-x-[0-9a-f]{8}", stem)
    names = {p.name for p in brat_folder.iterdir()}
    assert names == {
        "annotation.conf",
        "documents.tsv",
        *(f"{s}.{e}" for s in (stem, "treaty", "bare", f"bare-{_digest('bare')}") for e in ("txt", "ann")),
    }
    assert (brat_folder / f"{stem}.txt").read_bytes() == TEXT.encode()
    rows = [r.split("\t") for r in (brat_folder / "documents.tsv").read_text("utf-8").splitlines()]
    assert rows[1][:2] == [f"{stem}.txt", "../../etc/talks 1;x"]
    assert (brat_folder / "bare.ann").read_bytes() == b""


def _digest(document_id: str) -> str:
    return hashlib.sha256(document_id.encode()).hexdigest()[:8]


@pytest.mark.parametrize("record", [TALKS, RECORD], ids=lambda r: r.document.id[-6:])
def test_brat_s_reader_takes_every_line(record: Record, brat_folder: Path) -> None:
    lines = read_brat(brat_folder, stem_of(record))
    mentions = sum(len(a.mentions) for a in record.actors)
    entries = len(record.statements) + len(record.events) + len(record.positions)
    assert sum(name[0] == "E" for name in lines) == entries
    assert sum(name[0] == "#" for name in lines) == entries
    assert sum(name[0] == "T" for name in lines) >= mentions + entries


def test_brat_holds_who_did_what_and_how_it_stands(brat_folder: Path) -> None:
    lines = read_brat(brat_folder, stem_of(TALKS))
    events = {
        columns[0].split(":")[0]: (name, columns[0]) for name, columns in lines.items() if name[0] == "E"
    }

    def words(bound: str) -> str:
        return lines[bound][1]

    roles = [pair.split(":") for pair in events["CONSULT"][1].split(" ")[1:]]
    assert [(role, words(bound)) for role, bound in roles] == [
        ("Actor", "The presidents"),
        ("Actor2", "The presidents"),
        ("Recipient", "the Bosnian president"),
    ]
    attributes = {tuple(c[0].split(" ")) for n, c in lines.items() if n[0] == "A"}
    assert ("Status", events["RETREAT"][0], "planned") in attributes
    assert ("Mode", events["ASSAULT"][0], "aerial") in attributes
    content = next(c for n, c in lines.items() if n[0] == "T" and c[0].startswith("Content"))
    start = TEXT.index("“We")
    assert content == [
        f"Content {start} {start + 12};{start + 14} {start + 32}",
        "“We reject a divided Sarajevo,”",
    ]
    assert ["Reference T1 Wikidata:Q185171", "Franjo Tuđman"] in lines.values()


def test_brat_s_configuration_names_all_that_is_used(brat_folder: Path) -> None:
    conf = (brat_folder / "annotation.conf").read_text("utf-8")
    known = set(re.findall(r"^[A-Za-z0-9_-]+", conf, re.M))
    for record in (TALKS, RECORD):
        for name, columns in read_brat(brat_folder, stem_of(record)).items():
            if name[0] in "TA":
                assert columns[0].split(" ")[0] in known
    assert re.findall(r"^\[.*\]$", conf, re.M) == [
        "[entities]",
        "[relations]",
        "[events]",
        "[attributes]",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("abc", [(0, 3)]), ("a\nb", [(0, 1), (2, 3)]), ("\r\na\u2028 \n", [(2, 3)]), ("\n", []), ("", [])],
)
def test_spans_are_cut_at_line_ends(text: str, expected: list[tuple[int, int]]) -> None:
    assert brat.fragments(text, 0, len(text)) == expected


def test_stems_are_safe_and_differ() -> None:
    ids = ["a", "A", "a", "a", "..", "", "/etc/passwd", "CON", "ж", "a.b", "x" * 300, "-", "a b", "a-b"]
    stems = Stems()
    names = [stems.of(i) for i in ids]
    assert names[0] == "a"
    assert names[-1] == "a-b"
    assert len({n.lower() for n in names}) == len(ids)
    assert all(re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_-]{0,99}", n) and n.lower() != "con" for n in names)
    again = Stems()
    assert names == [again.of(i) for i in ids]


# W3C Web Annotation


def annotations(records: list[Record] = ALL) -> list[dict]:
    page = json.loads(written("webanno", records))
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert page["type"] == "AnnotationPage"
    return page["items"]


def test_web_annotations_select_the_words_twice() -> None:
    for record in (TALKS, RECORD):
        text = record.document.text
        found = annotations([record])
        assert len(found) == len(record.statements) + len(record.events) + len(record.positions)
        for annotation in found:
            targets = (
                annotation["target"] if isinstance(annotation["target"], list) else [annotation["target"]]
            )
            for target in targets:
                quote, position = target["selector"]
                assert (quote["type"], position["type"]) == ("TextQuoteSelector", "TextPositionSelector")
                assert text[position["start"] : position["end"]] == quote["exact"] != ""
                assert quote["prefix"] + quote["exact"] + quote["suffix"] in text


def test_a_web_annotation_has_what_the_model_asks() -> None:
    first = annotations()[0]
    assert uuid.UUID(first["id"].removeprefix("urn:uuid:")).version == 5
    assert first["type"] == "Annotation"
    assert first["target"]["source"] == "https://example.org/talks?a=1&b=2"
    assert [b["value"] for b in first["body"]] == [
        "statement, direct",
        "speaker: Alija Izetbegović (BIH); kind: direct; because: cue/quote; confidence: 0.90",
        "../../etc/talks\t1;x:s1",
    ]
    assert {b["type"] for b in first["body"]} == {"TextualBody"}


def test_web_annotations_are_told_apart_and_have_no_made_up_address() -> None:
    found = annotations()
    assert len({a["id"] for a in found}) == len(found)
    assert found == annotations()
    other = msgspec.structs.replace(
        RECORD, document=msgspec.structs.replace(RECORD.document, url="javascript:x")
    )
    assert web_annotation.source(other) == web_annotation.source(RECORD)
    assert re.fullmatch(r"urn:sha256:[0-9a-f]{64}", web_annotation.source(RECORD))
    assert annotations([]) == annotations([BARE]) == []


# Label Studio


def test_label_studio_tasks_hold_the_words_at_their_places() -> None:
    tasks = json.loads(written("labelstudio"))
    assert [task["data"]["text"] for task in tasks] == [r.document.text for r in ALL]
    known = set(labelstudio.labels())
    for task in tasks:
        (prediction,) = task["predictions"]
        regions = [r for r in prediction["result"] if r["type"] != "relation"]
        for region in regions:
            value = region["value"]
            assert task["data"]["text"][value["start"] : value["end"]] == value["text"]
            if region["type"] == "labels":
                assert set(value["labels"]) <= known
                assert (region["from_name"], region["to_name"]) == ("label", "text")
        labelled = [r["id"] for r in regions if r["type"] == "labels"]
        assert len(set(labelled)) == len(labelled)
        for relation in (r for r in prediction["result"] if r["type"] == "relation"):
            assert {relation["from_id"], relation["to_id"]} <= set(labelled)
        assert {r["id"] for r in regions if r["type"] == "choices"} <= set(labelled)


def test_label_studio_gets_status_relations_and_a_score() -> None:
    (task,) = json.loads(written("labelstudio", [TALKS]))
    (prediction,) = task["predictions"]
    assert prediction["model_version"] == "onrecord 0.1"
    assert prediction["score"] == 0.7714
    assert "annotations" not in task
    choices = {r["id"]: r["value"]["choices"] for r in prediction["result"] if r["type"] == "choices"}
    assert choices == {"e1": ["happened"], "e2": ["planned"], "e3": ["earlier"], "e4": ["denied"]}
    relations = [
        (r["from_id"], r["labels"][0], r["to_id"]) for r in prediction["result"] if r["type"] == "relation"
    ]
    assert ("e1", "actor", "slobodan-milosevic-1") in relations
    assert ("e1", "recipient", "alija-izetbegovic-1") in relations
    assert ("s1", "speaker", "alija-izetbegovic-2") in relations
    assert json.loads(written("labelstudio", [])) == []


def test_label_studio_s_interface_has_every_label() -> None:
    root = ElementTree.fromstring(labelstudio.config())
    assert {e.get("value") for e in root.iter("Label")} == set(labelstudio.labels())
    assert root.find("Text").get("value") == "$text"
    statuses = [e.get("value") for e in root.iter("Choice")]
    assert "hypothetical" in statuses
    assert {e.get("value") for e in root.iter("Relation")} >= {
        "actor",
        "recipient",
        "speaker",
        "content",
        "voice",
    }


@pytest.mark.parametrize("name", ["webanno", "labelstudio"])
def test_tasks_and_annotations_come_as_records_come(name: str) -> None:
    out, sizes = io.BytesIO(), []

    def records():
        for record in (TALKS, RECORD):
            sizes.append(len(out.getvalue()))
            yield record

    FORMATS[name].write(records(), out, Style())
    assert 0 == sizes[0] < sizes[1]


def test_a_span_of_white_space_is_no_annotation_in_brat() -> None:
    blank = Span(start=TEXT.index("\r\n"), end=TEXT.index("\r\n") + 4, text="")
    event = msgspec.structs.replace(TALKS.events[0], span=blank)
    lines = brat.standoff(msgspec.structs.replace(TALKS, events=(event,)))
    assert "CONSULT" not in lines
