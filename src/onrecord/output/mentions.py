"""Which of an actor's mentions goes with an entry."""

from __future__ import annotations

from onrecord.record import Actor, Mention, Span


def nearest(actor: Actor, span: Span) -> Mention | None:
    """The mention of the actor that is nearest to the span, the first of several; None without mentions."""
    return min(
        actor.mentions,
        key=lambda m: (max(m.start - span.end, span.start - m.end, 0), m.start),
        default=None,
    )
