"""A dossier with all that the pages show: a shift, a contradiction, an encounter of which both sides tell,
a copy, a failure. Its reports are made by hand, of the talks before the Dayton agreement; an example is
there for the reader.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import msgspec

from onrecord.dossier.connection import connect
from onrecord.dossier.filing import file_failure
from onrecord.record import Document, Event, Position, Record, Statement
from onrecord.sources import Failure
from tests.dossier import made
from tests.dossiers import dossier, golden

FRIDAY = """\
Richard Holbrooke met Slobodan Milosevic in Belgrade on Friday.

Holbrooke said that the talks were useful and that the guns would go.

Milosevic said that the talks were “difficult, but open”. Serbia accepted the plan of the contact group.

Bosnia rejected a division of Sarajevo.
"""
FRIDAY_TOO = """\
After eleven hours behind closed doors nobody wished to smile. Bosnia agreed to a division of Sarajevo, an
aide claimed before the delegation flew home through Frankfurt, where it had left its luggage.
"""
LATER = """\
Slobodan Milosevic accused Richard Holbrooke of haste on Thursday, three weeks after they had parted.

Serbia rejected the plan of the contact group in a letter that was read out on the evening news.
"""
PLAN, CITY = (
    ("plan-contact-group", "plan of the contact group"),
    ("division-sarajevo", "division of Sarajevo"),
)


def reports() -> list[Record]:
    """An example, a copy of it, and the three made by hand."""
    (example,) = (r for r in golden() if r.document.id == "vienna-2-embargo")
    copied = msgspec.structs.replace(
        example.document, id="vienna-copy", outlet="Lake Gazette", title="Copied by another outlet"
    )
    return [example, msgspec.structs.replace(example, document=copied), *_made()]


def filed(path: Path) -> Path:
    """The dossier, at ``path``."""
    dossier(path, reports())
    with closing(connect(path, write=True)) as connection:
        file_failure(connection, Failure("/home/ana/secret/broken.pdf", "damaged", "the file is damaged"))
    return path


def _made() -> list[Record]:
    envoy, president = "richard-holbrooke", "slobodan-milosevic"
    friday, thursday = "1995-09-15", "1995-10-05"
    useful = "that the talks were useful and that the guns would go"
    open_ = "that the talks were “difficult, but open”"
    return [
        _record(
            "dayton-1",
            FRIDAY,
            "Danube Wire",
            friday,
            statements=(
                made.statement(FRIDAY, 1, envoy, useful, friday),
                made.statement(FRIDAY, 2, president, open_, friday),
            ),
            events=(made.event(FRIDAY, 1, "CONSULT", "met", envoy, president, friday),),
            positions=(
                _on(PLAN, FRIDAY, 1, "SRB", "supports", "accepted"),
                _on(CITY, FRIDAY, 2, "BIH", "opposes", "rejected"),
            ),
        ),
        _record(
            "dayton-2",
            FRIDAY_TOO,
            "Sava Daily",
            friday,
            positions=(_on(CITY, FRIDAY_TOO, 1, "BIH", "supports", "agreed to"),),
        ),
        _record(
            "dayton-3",
            LATER,
            "Sava Daily",
            thursday,
            events=(made.event(LATER, 1, "ACCUSE", "accused", president, envoy, thursday),),
            positions=(_on(PLAN, LATER, 1, "SRB", "opposes", "rejected"),),
        ),
    ]


def _on(issue: tuple[str, str], text: str, n: int, party: str, stance: str, verb: str) -> Position:
    """The position in 'VERB the/a LABEL'."""
    act = "rejects" if stance == "opposes" else "accepts"
    article = "the" if issue == PLAN else "a"
    return made.position(text, n, party, issue[0], stance, act, f"{verb} {article} {issue[1]}")


def _record(
    name: str,
    text: str,
    outlet: str,
    published: str,
    *,
    positions: tuple[Position, ...],
    events: tuple[Event, ...] = (),
    statements: tuple[Statement, ...] = (),
) -> Record:
    scores = {"CONSULT": ("verbal cooperation", 2.0), "ACCUSE": ("verbal conflict", -2.0)}
    return Record(
        coder=made.INFO,
        document=Document(
            id=name,
            text=text,
            outlet=outlet,
            title=f"{outlet} on the talks",
            published=published,
            language="en",
        ),
        actors=tuple(made.actor(p, text) for p in made.PEOPLE if made.PEOPLE[p][0].split()[-1] in text),
        statements=statements,
        events=tuple(
            msgspec.structs.replace(e, quad=scores[e.type][0], intensity=scores[e.type][1]) for e in events
        ),
        issues=tuple(made.issue(text, *issue, issue[1]) for issue in (PLAN, CITY) if issue[1] in text),
        positions=positions,
    )
