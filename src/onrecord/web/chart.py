"""Cooperation and conflict between two parties over time, as SVG made on the server."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from onrecord.dossier.query_events import ShownEvent

# Of the events, those that were really done or said.
_REAL = ("happened", "ongoing", "earlier")
_MOST = 60  # bars, at most: beyond, days are put together
_WIDEST = 16.0
WIDTH, HEIGHT = 720, 140


@dataclass(frozen=True, slots=True)
class Bar:
    """The sums of intensity of a stretch of days, and where its bars stand in the drawing."""

    first: str
    last: str
    cooperation: float
    conflict: float
    x: float
    width: float
    up: float
    down: float


@dataclass(frozen=True, slots=True)
class Chart:
    """The bars and the scale; ``zero`` is the height of the line between cooperation and conflict."""

    bars: tuple[Bar, ...]
    zero: float
    highest: float
    first: str
    last: str
    width: int = WIDTH
    height: int = HEIGHT


def between(events: Iterable[ShownEvent], one: str, other: str) -> Chart | None:
    """The chart of what ``one`` and ``other`` (party ids) did to each other; ``None`` for less than two days.

    The height of a bar is the sum of PLOVER's intensities of the events of its days.
    """
    dated = [
        (date.fromisoformat(e.date_from), e.intensity)
        for e in events
        if e.date_from and e.intensity and e.status in _REAL and {one, other} <= set(e.parties)
    ]
    first, last = min((d for d, _ in dated), default=None), max((d for d, _ in dated), default=None)
    if first is None or last is None or first == last:
        return None
    days = (last - first).days + 1
    step = -(-days // _MOST)
    count = -(-days // step)
    good, bad = [0.0] * count, [0.0] * count
    for day, intensity in dated:
        (good if intensity > 0 else bad)[(day - first).days // step] += abs(intensity)
    highest = max(*good, *bad, 1.0)
    zero, slot = HEIGHT / 2, WIDTH / count
    width = min(max(slot - 2, 1.0), _WIDEST)
    bars = tuple(
        Bar(
            (first + timedelta(days=i * step)).isoformat(),
            min(last, first + timedelta(days=(i + 1) * step - 1)).isoformat(),
            good[i], bad[i], round((i + 0.5) * slot - width / 2, 1), round(width, 1),
            round(good[i] / highest * (zero - 4), 1), round(bad[i] / highest * (zero - 4), 1),
        )
        for i in range(count)
    )  # fmt: skip
    return Chart(bars, zero, highest, first.isoformat(), last.isoformat())
