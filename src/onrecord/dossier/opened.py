"""An entry opened at the prompt: its words in each report that carries them."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from onrecord.dossier.evidence import Kind, Passage
from onrecord.dossier.filters import Filters
from onrecord.dossier.query_statements import statements
from onrecord.output.style import one_line, safe


def render_passages(kind: Kind, entry: str, found: Sequence[Passage]) -> RenderableType:
    """The passages of an entry, each under the report in which it stands."""
    parts: list[RenderableType] = [Text(f"{kind} {one_line(entry)}", style="bold")]
    for p in found:
        where = [
            p.outlet,
            p.published or "no date",
            p.title,
            f"report {p.report}",
            f"characters {p.start} to {p.end}",
        ]
        parts += [
            Text(),
            Text(" · ".join(one_line(part) for part in where if part), style="dim"),
            Padding(_quoted(p), (0, 0, 0, 2)),
        ]
        if p.entry != entry:
            parts.insert(-1, Text(f"[{p.entry}]", style="dim"))
    if not found:
        parts.append(Text("nothing stands behind it any more: all of it was rejected in review"))
    return Group(*parts)


def render_report(connection: sqlite3.Connection, kind: Kind, entry: str) -> RenderableType:
    """A report as it was filed; of an actor what is known and what it said last."""
    if kind == "report":
        row = connection.execute("SELECT * FROM report WHERE id = ?", (entry,)).fetchone()
        where = [
            row["outlet"],
            row["published"] or "no date",
            row["url"],
            row["byline"],
            f"report {row['id']}",
        ]
        return Group(
            Text(one_line(row["title"] or row["id"]), style="bold"),
            Text(" · ".join(one_line(part) for part in where if part), style="dim"),
            Text(),
            Text(safe(row["text"])),
        )
    row = connection.execute("SELECT * FROM actor WHERE id = ?", (entry,)).fetchone()
    known = [row["kind"], row["role"], row["party"], row["country"], row["sector"], row["wikidata"]]
    parts: list[RenderableType] = [
        Text(one_line(row["name"]), style="bold"),
        Text(" · ".join(one_line(part) for part in known if part), style="dim"),
    ]
    for s in statements(connection, Filters(speaker=entry, limit=10)):
        said = Text(f"{s.id}  {s.day or '–'}  ", style="dim")
        said.append(one_line(s.content), style="default")
        parts += [Text(), said]
    return Group(*parts)


def _quoted(p: Passage) -> Text:
    text = Text(safe(p.before))
    text.append(safe(p.words), style="bold underline")
    return text.append(safe(p.after))
