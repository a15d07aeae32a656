"""Tellings, stands and issues by hand, for the tests of the corpus."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

from onrecord.corpus.entries import Side, Stand, Telling
from onrecord.corpus.ids import row_id


def sides(actors: str, side: str) -> tuple[Side, ...]:
    """``person:PARTY`` or a party, with commas between."""
    found = []
    for name in filter(None, actors.split(",")):
        actor, _, party = name.partition(":")
        kind = "person" if party else "state" if actor.isupper() else "organisation"
        found.append(Side(actor, party or actor, side, kind))  # type: ignore[arg-type]
    return tuple(found)


def telling(**given: Any) -> Telling:
    """A telling of what is given; each of a report of its own, unless one is named."""
    first, _, last = (given.get("day") or "").partition("/")
    place, _, country = (given.get("place") or "").partition("/")
    both = sides(given.get("actor", ""), "actor") + sides(given.get("recipient", ""), "recipient")
    key = "|".join(f"{k}={v}" for k, v in sorted(given.items()))
    return Telling(
        id=row_id("t", given.get("report", key), 0, 1, key),
        report=given.get("report", row_id("t", key, 0, 0)),
        outlet=given.get("outlet"),
        published=given.get("published"),
        type=given["type"],
        mode=given.get("mode"),
        contexts=(),
        cameo=None,
        actor=tuple(s.actor for s in both if s.side == "actor"),
        recipient=tuple(s.actor for s in both if s.side == "recipient"),
        parties=tuple(sorted({s.party for s in both})),
        place=place or None,
        country=country or None,
        date_from=first or None,
        date_to=(last or first) or None,
        precision=given.get("precision", "day") if first else None,
        status=given.get("status", "happened"),
        voice=None,
        text=given.get("text", ""),
        sentence=given.get("sentence", ""),
        confidence=given.get("confidence", 0.8),
        sides=both,
    )


def stand(day: str | None, stance: str, **given: Any) -> Stand:
    """A stand of Russia's own on the ceasefire, but for what is given."""
    key = f"{day}|{stance}|" + "|".join(f"{k}={v}" for k, v in sorted(given.items()))
    acts = {"supports": "accepts", "opposes": "rejects", "conditional": "sets-condition"}
    made = Stand(
        id=row_id("p", key, 0, 1),
        report=given.get("report", row_id("p", key, 0, 0)),
        outlet=given.get("outlet"),
        published=given.get("published", day),
        party="RUS",
        voice="sergey-lavrov",
        issue="ceasefire",
        stance=stance,  # type: ignore[arg-type]
        act=acts.get(stance, "evades"),  # type: ignore[arg-type]
        condition=None,
        basis="self",
        date_from=day,
        date_to=day,
        precision="day" if day else None,
        text=f"{stance} the ceasefire",
        confidence=0.8,
    )
    return replace(made, **given)


def table(name: str) -> list[dict[str, Any]]:
    """The pairs of a file beside this one."""
    pairs = tomllib.loads(Path(__file__).with_name(name).read_text("utf-8"))["pair"]
    return list(pairs)
