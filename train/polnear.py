"""Reads PolNeAR (brat standoff) into paragraphs with attributions.

paragraphs(folder)   folder holds text/*.txt and attributions/*.ann
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

ANN = re.compile(r"^(?P<doc>.+?)(?:_(?P<who>[0-9a-f]{4}))?\.ann$")
SPAN = re.compile(r"^(T\d+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t")
EVENT = re.compile(r"^(E\d+)\t(\S+:T\d+.*)$")
PARAGRAPH = re.compile(r"[^\n]+")

Offsets = tuple[int, int]


@dataclass
class Gold:
    """One attribution within a paragraph; offsets into the paragraph. ``cue`` is None for a part of a content
    whose cue stands in another paragraph (``away`` is -1 where that is before, 1 where after)."""

    source: Offsets | None
    cue: Offsets | None
    content: list[Offsets]
    away: int = 0


@dataclass
class Paragraph:
    doc: str
    who: int
    annotators: int
    start: int
    text: str
    gold: list[Gold] = field(default_factory=list)


def read_ann(path: Path) -> list[dict[str, list[Offsets]]]:
    spans: dict[str, list[Offsets]] = {}
    events: list[list[str]] = []
    for line in path.read_text("utf-8").split("\n"):
        if m := SPAN.match(line):
            spans[m[1]] = [tuple(map(int, p.split())) for p in m[3].split(";")]  # type: ignore[misc]
        elif m := EVENT.match(line):
            events.append(m[2].split())
    out = []
    for args in events:
        roles: dict[str, list[Offsets]] = {"source": [], "cue": [], "content": []}
        for arg in args[1:]:
            role, tid = arg.split(":")
            role = role.rstrip("0123456789").lower()
            if role in roles and tid in spans:
                roles[role] += spans[tid]
        if roles["content"] and roles["cue"]:
            out.append({r: sorted(set(s)) for r, s in roles.items()})
    return out


def paragraphs(folder: Path) -> list[Paragraph]:
    """Every paragraph of every annotator, in order of document, annotator, place."""
    files: dict[str, list[Path]] = defaultdict(list)
    for path in sorted((folder / "attributions").iterdir()):
        if m := ANN.match(path.name):
            files[m["doc"]].append(path)
    out: list[Paragraph] = []
    for doc in sorted(files):
        with open(folder / "text" / f"{doc}.txt", encoding="utf-8", newline="") as f:
            text = f.read()
        spans = [m.span() for m in PARAGRAPH.finditer(text) if m.group().strip()]
        starts = [s for s, _ in spans]
        for who, path in enumerate(files[doc]):
            here = [Paragraph(doc, who, len(files[doc]), s, text[s:e]) for s, e in spans]
            for att in read_ann(path):
                _place(att, here, starts)
            out += here
    return out


def _place(att: dict[str, list[Offsets]], here: list[Paragraph], starts: list[int]) -> None:
    home = bisect_right(starts, att["cue"][0][0]) - 1
    source = next((s for s in att["source"] if bisect_right(starts, s[0]) - 1 == home), None)
    parts: dict[int, list[Offsets]] = defaultdict(list)
    for s, e in att["content"]:
        at = bisect_right(starts, s) - 1
        while at < len(here) and here[at].start < e:
            p = here[at]
            a, b = max(s, p.start) - p.start, min(e, p.start + len(p.text)) - p.start
            if p.text[a:b].strip():
                parts[at].append((a, b))
            at += 1
    base = here[home].start

    def local(span: Offsets | None) -> Offsets | None:
        return None if span is None else (span[0] - base, span[1] - base)

    here[home].gold.append(Gold(local(source), local(att["cue"][0]), sorted(parts.pop(home, []))))
    for at in sorted(parts):
        here[at].gold.append(Gold(None, None, sorted(parts[at]), -1 if home < at else 1))
