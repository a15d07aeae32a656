"""Gold: what people found in a report, read from YAML or JSON.

One file a report, named by the report's id. Its keys are ``statements``, ``events`` and ``positions``, each a
list of entries; docs/howto/evaluate.md has the form. An entry's ``at`` is a snippet of the text that occurs
once: it says in which sentence the entry stands.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from onrecord.errors import UsageError

Kind = Literal["statements", "events", "positions"]
KINDS: tuple[Kind, ...] = ("statements", "events", "positions")
ENDINGS = (".yaml", ".yml", ".json")
# Where a sentence ends, for saying which one an entry stands in: the same for every coder that is measured.
_END = re.compile(r"[.!?…][\"”’')\]]*\s+(?=[\"“‘'(\[]?[A-Z0-9—–-])|\n")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Sgt|Sen|Rep|Gov|St|No|vs|Jr|Sr|Jan|Feb|Aug|Sept|Oct|Nov|Dec)|\b[A-Z]"
    r"|U\.S|U\.N|U\.K|a\.m|p\.m)\.$"
)


@dataclass(frozen=True, slots=True)
class GoldEntry:
    """An entry: where it stands (offsets of its sentence, of a statement's words in ``content``), and what it
    must be. A field that may be several things holds all of them. ``optional`` entries count neither way."""

    kind: Kind
    start: int
    end: int
    optional: bool
    told: str
    content: tuple[int, int] | None = None
    speaker: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    actor: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    symmetric: bool = False
    party: tuple[str, ...] = ()
    stance: tuple[str, ...] = ()
    issue: tuple[str, ...] = ()


def gold_files(folder: Path) -> dict[str, Path]:
    """The gold files of a folder by the id of their report.

    Raises UsageError where there is none, or two of one report.
    """
    found: dict[str, Path] = {}
    for path in sorted(p for p in folder.iterdir() if p.suffix in ENDINGS):
        other = found.setdefault(path.stem, path)
        if other != path:
            raise UsageError(
                f"{path}: a second file for the report {path.stem!r}, beside {other.name}; leave one"
            )
    if not found:
        raise UsageError(f"{folder}: holds no gold; put a file ID.yaml or ID.json there for each report")
    return found


def read_gold(path: Path, text: str) -> tuple[GoldEntry, ...]:
    """The entries of a gold file for the report with this text.

    Raises UsageError, naming file and entry, where the form is broken or a snippet is not in the text once.
    """
    table = _parsed(path)
    unknown = set(table) - {*KINDS, "text", "published", "notes"}
    if unknown:
        raise UsageError(f"{path}: {', '.join(sorted(unknown))}: no such key; there are {', '.join(KINDS)}")
    return tuple(
        _entry(path, text, kind, number, given)
        for kind in KINDS
        for number, given in enumerate(table.get(kind) or [], 1)
    )


def _parsed(path: Path) -> Mapping[str, Any]:
    try:
        raw = path.read_text("utf-8")
        table = json.loads(raw) if path.suffix == ".json" else _yaml(raw)
    except ValueError as e:
        raise UsageError(f"{path}: cannot be read ({e}); mend the line it names") from e
    if not isinstance(table, dict) or not all(isinstance(table.get(k) or [], list) for k in KINDS):
        raise UsageError(f"{path}: write the keys {', '.join(KINDS)}, each with a list")
    return table


def _yaml(raw: str) -> Any:
    try:
        import yaml
    except ImportError as e:
        raise UsageError("gold in YAML needs PyYAML (pip install pyyaml); gold in JSON does not") from e
    try:
        return yaml.safe_load(raw)
    except yaml.YAMLError as e:
        raise ValueError(str(e).replace("\n", " ")) from e


def _entry(path: Path, text: str, kind: Kind, number: int, given: Any) -> GoldEntry:
    where = f"{path}: {kind}, entry {number}"
    if not isinstance(given, dict) or not isinstance(given.get("at"), str):
        raise UsageError(f"{where}: has no 'at'; give a snippet of the text that occurs once")
    at = given["at"]
    if text.count(at) != 1:
        raise UsageError(
            f"{where}: {at!r} is {text.count(at)} times in the text; take one that is there once"
        )
    first = text.index(at)
    start, end = sentence(text, first)[0], sentence(text, first + len(at) - 1)[1]
    needed = {
        "statements": ("speaker", "content"),
        "events": ("type",),
        "positions": ("party", "stance", "issue"),
    }
    missing = [key for key in needed[kind] if key not in given]
    if missing:
        raise UsageError(f"{where}: lacks {', '.join(missing)}")
    if kind == "statements" and not isinstance(given["content"], str):
        raise UsageError(f"{where}: 'content' is {given['content']!r}; give the words, in quotation marks")
    shown = ", ".join(f"{k} {v}" for k, v in given.items() if k != "optional")
    fields = {
        key: _several(given.get(key))
        for key in ("speaker", "type", "actor", "recipient", "party", "stance", "issue")
    }
    content = _content(where, text, start, end, given["content"]) if kind == "statements" else None
    return GoldEntry(
        kind, start, end, bool(given.get("optional")), shown, content,
        symmetric=bool(given.get("symmetric")), **fields,
    )  # fmt: skip


def _several(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    return tuple(str(v) for v in value) if isinstance(value, list) else (str(value),)


def _content(where: str, text: str, start: int, end: int, words: str) -> tuple[int, int]:
    """Offsets of 'first words … last words', sought from the sentence of ``at`` on, in its paragraph."""
    line = (text.rfind("\n", 0, start) + 1, text.find("\n", end) if "\n" in text[end:] else len(text))
    head, _, tail = words.partition(" … ")
    first = text.find(head, *line)
    last = text.find(tail, first + len(head) - 1, line[1]) if first >= 0 and tail else first
    if first < 0 or last < 0:
        raise UsageError(f"{where}: {words!r} is not in the paragraph; write it as it stands there")
    return first, last + len(tail or head)


def sentence(text: str, at: int) -> tuple[int, int]:
    """Where the sentence around an offset begins and ends."""
    start, end = 0, len(text)
    for m in _END.finditer(text):
        if "\n" not in m.group() and _ABBREVIATION.search(text[max(0, m.start() - 8) : m.start() + 1]):
            continue
        if m.end() <= at:
            start = m.end()
        elif m.start() >= at:
            return start, m.end()
    return start, end
