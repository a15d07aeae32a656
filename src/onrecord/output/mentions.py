"""The actors of a record's events, and which of an actor's mentions goes with an entry."""

from __future__ import annotations

from onrecord.output.words import state_name
from onrecord.record import Actor, Mention, Record, Span


def actors_of(record: Record) -> dict[str, Actor]:
    """The actors of a record by id, and with them those that its events alone name.

    A person who corrects an event can name somebody whom the text does not mention: a state by its code, or
    another, of whom nothing more is known.
    """
    actors = {a.id: a for a in record.actors}
    for event in record.events:
        for actor_id in (*event.actor, *event.recipient):
            if actor_id not in actors:
                actors[actor_id] = _named_alone(actor_id)
    return actors


def _named_alone(actor_id: str) -> Actor:
    name = state_name(actor_id)
    if name == actor_id:
        return Actor(id=actor_id, name=name, kind="unknown")
    return Actor(id=actor_id, name=name, kind="state", country=actor_id, sector="GOV", party=actor_id)


def nearest(actor: Actor, span: Span) -> Mention | None:
    """The mention of the actor that is nearest to the span, the first of several; None without mentions."""
    return min(
        actor.mentions,
        key=lambda m: (max(m.start - span.end, span.start - m.end, 0), m.start),
        default=None,
    )
