"""What a page is before it is HTML, and how its question is read from the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast
from urllib.parse import unquote

from starlette.exceptions import HTTPException
from starlette.requests import Request

from onrecord.dossier.filters import Filters
from onrecord.record import Basis, StatementKind

_BASES = ("self", "reported", "narrated")
_KINDS = ("direct", "mixed", "indirect")
_MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class Page:
    """A template, the page's title and the template's values."""

    template: str
    title: str
    values: Mapping[str, Any] = field(default_factory=dict)


def filters(request: Request, **more: Any) -> Filters:
    """The filters of an address. A value that is none of its kind is a 400."""
    asked = request.query_params
    basis, kind = asked.get("basis") or None, asked.get("kind") or None
    if basis not in (None, *_BASES) or kind not in (None, *_KINDS):
        raise HTTPException(400, "There is no such basis or kind.")
    given: dict[str, Any] = {
        name: (asked.get(name) or "").strip() or None
        for name in ("party", "speaker", "issue", "topic", "outlet", "report", "text", "channel")
    }
    given |= {"since": _day(asked.get("since")), "until": _day(asked.get("until"))}
    given |= {"basis": cast("Basis | None", basis), "kind": cast("StatementKind | None", kind)}
    return Filters(**{**given, **more})


def param(request: Request, name: str) -> str:
    """A text from the path, as ``rendering.path`` wrote it."""
    return unquote(request.path_params[name].replace("~", "%"))


def number(request: Request, name: str, default: int) -> int:
    """A whole number in the address, from 1 to a million: what is beyond is taken for the nearest of them."""
    try:
        return min(max(1, int(request.query_params.get(name) or default)), _MOST)
    except ValueError:
        raise HTTPException(400, f"{name} must be a number.") from None


def _day(value: str | None) -> str | None:
    if not value:
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise HTTPException(400, "A day is written like 2015-07-14.") from None
