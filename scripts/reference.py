"""Writes docs/reference from the code: commands, library, schema of the record, codes and columns.

usage: python scripts/reference.py
"""

from __future__ import annotations

import importlib
import inspect
import json
import re
from pathlib import Path

import click
import msgspec

from onrecord import cli, knowledge
from onrecord.output.tables import TABLES
from onrecord.record import Record

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "reference"
# Where an object lies in memory, which is another place in each run.
_ADDRESS = re.compile(r" at 0x[0-9a-f]+")
# What programs are meant to import.
PUBLIC = (
    "onrecord",
    "onrecord.record",
    "onrecord.errors",
    "onrecord.sources",
    "onrecord.bulk",
    "onrecord.output",
    "onrecord.dossier",
)


def commands() -> str:
    """The program and every command with its help, as it is shown at 100 columns."""
    parts = ["# Commands\n\nMade from the program's own help by `scripts/reference.py`.\n"]
    parts.append(_help(("onrecord",), cli.main, "##"))
    for name in cli.COMMANDS:
        command = cli.main.get_command(click.Context(cli.main), name)
        assert command is not None
        parts.append(_command(("onrecord", name), command, "##"))
    return "\n".join(parts)


def _command(words: tuple[str, ...], command: click.Command, marks: str) -> str:
    inner = command.commands.items() if isinstance(command, click.Group) else ()
    below = (_command((*words, name), c, f"{marks}#") for name, c in inner)
    return "\n".join([_help(words, command, marks), *below])


def _help(words: tuple[str, ...], command: click.Command, marks: str) -> str:
    context = click.Context(
        command,
        info_name=" ".join(words),
        terminal_width=100,
        max_content_width=100,
        help_option_names=cli.main.context_settings["help_option_names"],
    )
    return f"{marks} {' '.join(words)}\n\n```text\n{command.get_help(context)}\n```\n"


def library() -> str:
    """The public names of the public modules, with their signatures and docstrings."""
    parts = ["# Library\n\nMade from the docstrings by `scripts/reference.py`.\n"]
    for name in PUBLIC:
        module = importlib.import_module(name)
        parts.append(f"## {name}\n\n{inspect.getdoc(module) or ''}\n")
        names = getattr(module, "__all__", None) or [
            n
            for n, v in vars(module).items()
            if getattr(v, "__module__", "") == name and not n.startswith("_")
        ]
        for public in names:
            value = getattr(module, public)
            if callable(value) and getattr(value, "__module__", "").startswith("onrecord"):
                parts.append(_documented(public, value))
    return "\n".join(parts)


def _documented(name: str, value: object) -> str:
    try:
        signature = _ADDRESS.sub("", str(inspect.signature(value)))  # type: ignore[arg-type]
    except (TypeError, ValueError):
        signature = ""
    return f"### {name}\n\n```text\n{name}{signature}\n```\n\n{_prose(inspect.getdoc(value) or '')}\n"


def _prose(doc: str) -> str:
    """A docstring as Markdown: its double backquotes as single ones."""
    return doc.replace("``", "`")


def schema() -> str:
    """The JSON Schema of the record."""
    made = json.dumps(msgspec.json.schema(Record), indent=2, ensure_ascii=False, sort_keys=True)
    return (
        "# Schema of the record\n\nThe JSON Schema of format `onrecord/1`, made by `scripts/reference.py`; "
        f"what each field means is in the [codebook](../codebook.md).\n\n```json\n{made}\n```\n"
    )


def codes() -> str:
    """The codes that stand in the knowledge files, and the columns of the exported tables."""
    plover, topics = knowledge.read_toml("plover.toml"), knowledge.read_toml("topics.toml")["topic"]
    quads = {name: quad for quad, names in plover["quads"].items() for name in names}
    types = [
        (f"`{name}`", quads[name], str(of["score"]), ", ".join(f"`{m}` {v}" for m, v in of["modes"].items()))
        for name, of in plover["types"].items()
    ]
    contexts = [(f"`{name}`", ", ".join(words)) for name, words in sorted(plover["contexts"].items())]
    shown = [(f"`{t['id']}`", " ".join(f"`{w}`" for w in t["words"]).replace("|", "\\|")) for t in topics]
    parts = [
        "# Tables of codes",
        "Made from the knowledge files and the code by `scripts/reference.py`; what each code means is in "
        "the [codebook](../codebook.md).",
        "## Types, quad classes and scores",
        _table(("type", "quad class", "score", "modes and their scores"), types),
        "## Words of contexts",
        "A context holds where one of its words stands in the event's sentence.",
        _table(("context", "words"), contexts),
        "## Words of topics",
        "An issue's topic is the first of which a pattern stands in its label, at the beginning of a word.",
        _table(("topic", "patterns"), shown),
        "## Columns of the exported tables",
        *(
            f"### {table.name}\n\nA row is {table.what}.\n\n"
            + _table(("column", "kind", "holds"), [(f"`{c.name}`", c.kind, c.what) for c in table.columns])
            for table in TABLES
        ),
    ]
    return "\n\n".join(parts) + "\n"


def _table(header: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [header, ("---",) * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


PAGES = {"commands.md": commands, "library.md": library, "schema.md": schema, "codes.md": codes}


def main() -> None:
    """Write the pages anew."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, make in PAGES.items():
        path = FOLDER / name
        text = make()
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")
            print(f"{path.relative_to(ROOT)}: written anew")


if __name__ == "__main__":
    main()
