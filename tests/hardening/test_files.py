"""Hostile files through the readers and the commands: documents or failures with a reason, and soon."""

from __future__ import annotations

import json
import resource
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord.cli import main
from onrecord.record import Document
from onrecord.sources import Failure, Options, read_bytes
from onrecord.sources.checks import MAX_CHARACTERS
from tests.hardening.hostile import ATTACKS, STEERS, TEXT, files

FILES = {name: (data, code) for name, data, code in files()}
MEGABYTES = 400  # of memory that reading all of them may add; the bombs unpack to more


def run(*arguments: object, **more: object) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments], **more)  # type: ignore[arg-type]


def shows_nothing_that_steers(result: Result) -> None:
    shown = result.stdout + result.stderr
    assert not set(shown.replace("\r\n", "\n")) & set(STEERS), ascii(shown)


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_gives_documents_or_reasons(name: str) -> None:
    data, code = FILES[name]
    began, most = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    items = list(read_bytes(data, name, options=Options()))
    assert time.process_time() - began < 10
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - most < MEGABYTES * 1024
    assert code is None or code in [item.code for item in items if isinstance(item, Failure)]
    for item in items:
        if isinstance(item, Document):
            assert "root:" not in item.text  # /etc/passwd, by a link or an entity
            assert len(item.text) <= MAX_CHARACTERS
        else:
            assert len(item.message) < 1_000


def test_what_lies_in_an_archive_never_leaves_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = tmp_path / "a" / "b"
    inside.mkdir(parents=True)
    monkeypatch.chdir(inside)
    names = [name for name in FILES if name.startswith(("slips", "links", "hard", "names", "devices"))]
    for name in names:
        (inside / name).write_bytes(FILES[name][0])
    shows_nothing_that_steers(run("sources", *names))
    assert sorted(p.name for p in tmp_path.rglob("*") if p.is_file()) == sorted(names)


def test_sources_says_of_every_file_what_is_wrong(tmp_path: Path) -> None:
    for name, (data, _) in FILES.items():
        (tmp_path / name).write_bytes(data)
    for form in ("table", "json"):
        result = run("sources", tmp_path, "--format", form)
        assert result.exit_code == 1
        assert result.exception is None or isinstance(result.exception, SystemExit)
        if form == "table":
            shows_nothing_that_steers(result)
        else:  # for programs: the words as they are, control characters as JSON writes them
            assert not any(character < " " and character != "\n" for character in result.stdout)
            json.loads(result.stdout)


def rows() -> list[dict[str, str]]:
    """A table with each attack in every field."""
    return [
        {
            **dict.fromkeys(("id", "title", "outlet", "byline", "url", "language"), attack),
            "text": TEXT + attack,
        }
        for attack in ATTACKS.values()
    ]


def test_a_table_with_an_attack_in_every_field(tmp_path: Path) -> None:
    source, out = tmp_path / "rows.jsonl", tmp_path / "out.jsonl"
    source.write_text("".join(json.dumps({**row, "language": "en"}) + "\n" for row in rows()), "utf-8")
    shows_nothing_that_steers(run("sources", source))
    result = run("code", source, "-o", out)
    shows_nothing_that_steers(result)
    assert result.exit_code == 1  # the text with NUL is refused
    assert "internal" not in result.stderr
    ids = [json.loads(line)["document"]["id"] for line in out.read_bytes().splitlines()]
    assert len(ids) >= len(ATTACKS) - 2
    assert sorted(tmp_path.iterdir()) == sorted([source, out])


@pytest.mark.parametrize("name", [name for name, attack in ATTACKS.items() if "\0" not in attack])
def test_a_file_by_any_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / (ATTACKS[name].replace("/", "_")[:60] + ".txt")
    path.write_text(TEXT, "utf-8")
    shows_nothing_that_steers(run("sources", path))
    shows_nothing_that_steers(run("sources", path.with_suffix(".gone")))
    shows_nothing_that_steers(run("show", path, "reports"))


def test_facts_and_own_files_with_attacks_are_used_or_refused_with_a_reason(tmp_path: Path) -> None:
    (text := tmp_path / "a.txt").write_text(TEXT)
    meta, actors, frames = tmp_path / "meta.jsonl", tmp_path / "own.csv", tmp_path / "own.toml"
    for attack in ATTACKS.values():
        fields = dict.fromkeys(("title", "outlet", "byline", "url"), attack)
        meta.write_text(json.dumps({"id": "a", **fields}) + "\n", "utf-8")
        result = run("sources", text, "--meta", meta)
        shows_nothing_that_steers(result)
        assert result.exit_code == 0, result.stderr
        meta.write_text(json.dumps({"id": attack, "published": attack}) + "\n", "utf-8")
        result = run("sources", text, "--meta", meta)
        shows_nothing_that_steers(result)
        assert result.exit_code == 2
        quoted = attack.replace('"', '""')
        actors.write_text(
            f'name,kind,aliases,title\n"{quoted}",person,"{quoted}","{quoted}"\n"B{quoted}",{attack}\n'
        )
        result = run("code", text, "--actors", actors)
        shows_nothing_that_steers(result)
        assert result.exit_code == 1
        assert "own.csv" in result.stderr
        toml = json.dumps(attack)
        frames.write_text(
            f"[[frame]]\nid = {toml}\ntype = {toml}\nverbs = [{toml}]\nexample = {toml}\ncounter = {toml}\n"
        )
        result = run("frames", "test", frames)
        shows_nothing_that_steers(result)
        assert result.exit_code == 1
        assert "own.toml" in result.stderr
        assert isinstance(result.exception, SystemExit)


def test_an_attack_in_own_actors_stays_a_name(tmp_path: Path) -> None:
    (text := tmp_path / "a.txt").write_text(TEXT.replace("John Kerry", "Zzyzx Qwert"))
    (actors := tmp_path / "own.csv").write_text(
        f'name,kind,country,office,title\nZzyzx Qwert,person,FRA,other,"{ATTACKS["terminal"]}"\n'
    )
    result = run("code", text, "--actors", actors, "--format", "table")
    assert result.exit_code == 0, result.stderr
    shows_nothing_that_steers(result)


def test_frames_that_nest_or_multiply_are_refused_soon(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    many = "a|b {x}|{y}|{z} " * 12
    for content in (
        "a = " + "[" * 20_000,
        "a." * 3_000 + "b = 1",
        "[[frame]]\n" * 500,
        f'[[frame]]\nid = "x"\ntype = "CONSULT"\nverbs = ["{many}"]\nexample = "a"\ncounter = "b"\n',
    ):
        path.write_text(content)
        began = time.process_time()
        result = run("frames", "test", path)
        assert result.exit_code == 1
        assert isinstance(result.exception, SystemExit), result.exception
        assert "own.toml" in result.stderr
        assert time.process_time() - began < 10
