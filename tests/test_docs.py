"""The docs say what the program does: commands run as shown, options exist, links lead somewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from onrecord import cli, knowledge
from scripts import docs, score

PAGES = {name: (docs.ROOT / name).read_text("utf-8") for name in docs.PAGES}
CODE_REPORTS = PAGES["docs/howto/code-reports.md"]
DOSSIER = PAGES["docs/howto/dossier.md"]
HOW_TO = {
    **dict.fromkeys(("add", "recode", "show", "open"), DOSSIER),
    **dict.fromkeys(("review", "issues"), PAGES["docs/howto/review.md"]),
    **dict.fromkeys(("serve", "report"), PAGES.get("docs/howto/pages.md", "")),
    "actors": PAGES["docs/howto/own-actors.md"],
    "bulk": PAGES["docs/howto/cluster.md"],
    "evaluate": PAGES["docs/howto/evaluate.md"],
    "export": PAGES["docs/howto/exports.md"],
    "frames": PAGES["docs/howto/frames.md"],
}


@pytest.mark.parametrize("name", PAGES)
def test_commands_give_the_output_that_is_shown(name: str) -> None:
    assert docs.refreshed(PAGES[name]) == PAGES[name], (
        "run 'make docs' (scripts/docs.py), and read what changed"
    )


# One program for all pages, which loads the model once; each page is a module of its own in an empty folder.
RUNNER = """
import contextlib, runpy, sys, tempfile
for program in sys.argv[1:]:
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        runpy.run_path(program)
"""


def test_python_examples_run(tmp_path: Path) -> None:
    programs = []
    for name, page in PAGES.items():
        if blocks := docs.blocks(page, "python"):
            programs.append(tmp_path / f"{Path(name).stem}.py")
            programs[-1].write_text("\n".join(blocks), "utf-8")
    assert len(programs) > 4
    done = subprocess.run(
        [sys.executable, "-c", RUNNER, *programs], capture_output=True, text=True, cwd=tmp_path, check=False
    )
    assert done.returncode == 0, done.stderr


def commands() -> dict[str, click.Command]:
    """Every command that does something, by its words: 'code', 'actors who'."""
    found: dict[str, click.Command] = {}
    for name in cli.COMMANDS:
        command = cli.main.get_command(click.Context(cli.main), name)
        inner = command.commands if isinstance(command, click.Group) else {}
        found |= {f"{name} {word}": c for word, c in inner.items()} or {name: command}
    return found


def test_commands_in_the_docs_have_only_options_that_there_are() -> None:
    known = {name: {o for p in command.params for o in p.opts} for name, command in commands().items()}
    shown = [
        *(
            block
            for page in PAGES.values()
            for kind in ("sh", "console")
            for block in docs.blocks(page, kind)
        ),
        *(command.help or "" for command in (cli.main, *commands().values())),
    ]
    used = [
        (command, option)
        for line in "\n".join(shown).splitlines()
        for command, rest in re.findall(rf"\bonrecord ({'|'.join(known)})\b([^&|]*)", line)
        for option in re.findall(r"(?<!\S)(--?[a-z][a-z-]*)", rest)
    ]
    assert len(used) >= 6
    assert [(command, option) for command, option in used if option not in known[command]] == []


@pytest.mark.parametrize("name", commands())
def test_every_help_shows_its_use_and_says_the_exit_statuses(name: str) -> None:
    said = commands()[name].help or ""
    assert re.search(rf"^\s*onrecord {name} ?", said, re.M), "no example"
    assert re.search(r"Exit status: 0 .*\b2 wrong usage", said, re.S)


def test_every_option_and_reason_is_in_the_how_to() -> None:
    for name, command in commands().items():
        page = HOW_TO.get(name.split()[0], CODE_REPORTS)
        assert f"onrecord {name}" in page
        assert command.help
        for parameter in command.params:
            for option in parameter.opts:
                assert option.isidentifier() or f"`{option}" in page
    sources = "".join(p.read_text("utf-8") for p in (docs.ROOT / "src/onrecord").glob("[sb]*/*.py"))
    reasons = set(re.findall(r'(?:DocumentError|Failure)\(\s*[\w.()]+, "([a-z0-9-]+)"', sources))
    assert {"too-large", "empty", "bad-json", "internal", "language"} <= reasons
    assert {reason for reason in reasons if f"`{reason}`" not in CODE_REPORTS} == set()


@pytest.mark.parametrize("name", [*PAGES, "ARCHITECTURE.md", "CHANGELOG.md"])
def test_links_lead_somewhere(name: str) -> None:
    page = (docs.ROOT / name).read_text("utf-8")
    for target in re.findall(r"\]\(([^)]+)\)", page):
        if target.startswith("#"):
            assert f"## {target[1:]}" in page.lower()
        elif not target.startswith("https://"):
            assert ((docs.ROOT / name).parent / target.partition("#")[0]).exists(), target


def test_the_figures_are_those_last_measured() -> None:
    _, _, rest = PAGES["README.md"].partition(score.MARKS[0])
    table, _, _ = rest.partition(score.MARKS[1])
    assert table.strip() == score.markdown(score.load(score.SCORES)["scores"])


def test_the_two_commands_of_the_readme_are_these() -> None:
    commands = "".join(docs.blocks(PAGES["README.md"], "sh")).splitlines()[:2]
    assert commands == [
        "python3 -m venv .venv && .venv/bin/pip install . "
        "&& .venv/bin/onrecord code --example --format table",
        "sh scripts/test.sh",
    ]
    assert "sh scripts/test.sh" in (docs.ROOT / ".ci/run").read_text("utf-8")


def test_every_knowledge_file_says_what_it_is() -> None:
    for path in sorted(Path(str(knowledge.data())).rglob("*")):
        parts = path.relative_to(str(knowledge.data())).parts
        if path.suffix == ".toml":
            assert knowledge.read_toml(*parts)["header"]
        elif path.suffix == ".csv":
            assert next(knowledge.read_csv(*parts))
