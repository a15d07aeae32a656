"""The application: its pages, each a function in a module of its own, and what every page gets."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from onrecord import __version__
from onrecord.dossier.adding import DEFAULT, Coding
from onrecord.dossier.connection import connect, errors
from onrecord.errors import DossierError, UsageError
from onrecord.web import (
    actions,
    pages_events,
    pages_overview,
    pages_positions,
    pages_reports,
    pages_review,
    pages_statements,
)
from onrecord.web.kept import Kept
from onrecord.web.page import Page
from onrecord.web.rendering import href, render
from onrecord.web.security import HEADERS, Access, Guard
from onrecord.web.signing import signer
from onrecord.web.uploads import Uploads

# The menu, in its order: where it goes, what it is called.
MENU = (
    ("/", "Overview"),
    ("/positions", "Positions"),
    ("/shifts", "Shifts"),
    ("/timeline", "Timeline"),
    ("/statements", "Statements"),
    ("/encounters", "Encounters"),
    ("/reports", "Reports"),
    ("/review", "Review"),
)
PAGES: tuple[tuple[str, Callable[[sqlite3.Connection, Request], Page]], ...] = (
    ("/", pages_overview.overview),
    ("/positions", pages_positions.matrix),
    ("/stand/{party}/{issue}", pages_positions.stand),
    ("/shifts", pages_positions.shifts),
    ("/issues/{issue}", pages_positions.issue),
    ("/parties/{party}", pages_positions.party),
    ("/timeline", pages_events.timeline),
    ("/events/{event}", pages_events.event),
    ("/encounters", pages_events.encounters),
    ("/statements", pages_statements.search),
    ("/entries/{entry}", pages_statements.entry),
    ("/reports", pages_reports.reports),
    ("/reports/{report}", pages_reports.reader),
    ("/added/{number:int}", pages_reports.added),
    ("/review", pages_review.review),
    ("/reviews", pages_review.reviews),
)
ACTIONS: tuple[tuple[str, Callable[[Request], Awaitable[Response]]], ...] = (
    ("/review", actions.judge),
    ("/issues", actions.put_in_order),
    ("/name", actions.sign_as),
    ("/reports", actions.add),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """What is served and for whom: the dossier's file, the name that signs the reviews of visitors who give
    none of their own (``None``: the pages are read only), who may ask, what added reports are coded with."""

    dossier: Path
    user: str | None
    access: Access
    coding: Coding = DEFAULT


def create(settings: Settings) -> Starlette:
    """The application for a dossier."""
    static = str(files("onrecord.web") / "static")
    routes = [Route(path, _endpoint(make, settings), name=make.__name__) for path, make in PAGES]
    posts = [Route(path, act, methods=["POST"]) for path, act in ACTIONS]
    app = Starlette(
        routes=[*posts, *routes, Mount("/static", StaticFiles(directory=static), name="static")],
        middleware=[Middleware(Guard, access=settings.access)],
        exception_handlers={
            HTTPException: _failed,
            DossierError: _failed,
            UsageError: _failed,
            Exception: _failed,
        },
    )
    app.state.access = settings.access
    app.state.settings = settings
    app.state.kept = Kept(settings.dossier)
    app.state.uploads = Uploads(str(settings.dossier), settings.coding)
    return app


def _endpoint(
    make: Callable[[sqlite3.Connection, Request], Page], settings: Settings
) -> Callable[[Request], Response]:
    def endpoint(request: Request) -> Response:
        def made() -> str:
            with errors(settings.dossier), closing(connect(settings.dossier)) as connection:
                return shown(request, make(connection, request), settings)

        if make is pages_reports.added:  # of this run, not of the dossier
            return HTMLResponse(made())
        kept: Kept = request.app.state.kept
        whose = signer(request, settings)
        return HTMLResponse(kept.page((whose, f"{request.url.path}?{request.url.query}"), made))

    endpoint.__name__ = make.__name__
    return endpoint


def shown(request: Request, page: Page, settings: Settings) -> str:
    """A page in its frame, as HTML."""
    return render(page.template, **frame(request, settings), **{"title": page.title, **page.values})


def frame(request: Request, settings: Settings) -> dict[str, Any]:
    """What every template gets."""
    return {
        "menu": MENU,
        "here": request.url.path,
        "dossier": settings.dossier.stem,
        "version": __version__,
        "user": signer(request, settings),
        "csrf": settings.access.csrf,
        "asked": dict(request.query_params),
        "href": href,
    }


def _failed(request: Request, error: Exception) -> Response:
    """An error as a page: what is wrong and what to do."""
    settings: Settings = request.app.state.settings
    status, message = 500, "Something went wrong on the server; its own window says what."
    if isinstance(error, HTTPException):
        status, message = error.status_code, str(error.detail)
    elif isinstance(error, UsageError):
        status, message = 404, str(error)
    elif isinstance(error, DossierError):
        status, message = 503, error.message
    page = Page("error.html", "Not found" if status == 404 else "Error", {"message": message})
    response = HTMLResponse(shown(request, page, settings), status)
    if status == 500:
        response.raw_headers.extend(HEADERS)  # what nobody expected is answered outside of the Guard
    return response
