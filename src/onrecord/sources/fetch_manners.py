"""How to fetch: the pauses, limits and permissions, and what stands for the world in tests."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from onrecord.sources.fetch_guard import Resolver, is_public, look_up


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one answer may take.

    ``connect``, ``idle`` (without a byte) and ``whole`` are seconds; ``size`` is bytes, once unpacked; what
    is larger is an error, or ``cut`` short.
    """

    connect: float = 10.0
    idle: float = 20.0
    whole: float = 60.0
    size: int = 50_000_000
    cut: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How to fetch.

    ``cache`` is the folder of pages kept, None for none; ``offline`` takes pages from there alone. A host
    gets a request every ``pause`` seconds at most, and at most ``tries`` where it is busy; a wait longer
    than ``patience`` seconds is not waited. ``redirects`` are followed up to this many. ``allowed`` says
    whether an IP address may be connected to. ``tls`` is None for the system's certificates. ``clock``,
    ``sleep``, ``now`` and ``resolve`` stand for the world.
    """

    cache: Path | None = None
    offline: bool = False
    pause: float = 1.0
    patience: float = 120.0
    tries: int = 3
    redirects: int = 10
    bounds: Bounds = field(default_factory=Bounds)
    allowed: Callable[[str], bool] = is_public
    tls: ssl.SSLContext | None = None
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    resolve: Resolver = look_up
