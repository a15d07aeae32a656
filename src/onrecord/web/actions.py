"""What changes a dossier from its pages: judgements of entries and issues, and reports that are added."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import date
from typing import TYPE_CHECKING, Literal
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from onrecord.dossier import issue_reviews, reviews
from onrecord.dossier.connection import connect, errors
from onrecord.dossier.journal import By
from onrecord.errors import UsageError
from onrecord.web.forms import back, posted, words
from onrecord.web.review_form import changes
from onrecord.web.signing import remember, signer
from onrecord.web.uploads import Sent, Uploads

if TYPE_CHECKING:
    from onrecord.web.app import Settings

MOST_BYTES, MOST_FILES = 64 * 1024 * 1024, 200
_DIGITS = 18  # of the number of a review


async def judge(request: Request) -> Response:
    """Accept, reject, correct or undo, as the form of an entry says, and go back to where it was."""
    settings, who = _writable(request)
    form = await posted(request)
    given = {name: value for name, value in form.items() if isinstance(value, str)}
    with _refused():
        done = await run_in_threadpool(_judge, settings, By(who, words(form, "why") or None), given)
    return RedirectResponse(_told(back(form, "/review"), done, words(form, "next")), 303)


async def put_in_order(request: Request) -> Response:
    """Merge, split or rename an issue, as the form on its page says, and go back to it."""
    settings, who = _writable(request)
    form = await posted(request)
    positions = [value for value in form.getlist("position") if isinstance(value, str)]
    given = {name: words(form, name) for name in ("issue", "order", "other", "label")}
    with _refused():
        by = By(who, words(form, "why") or None)
        done = await run_in_threadpool(_order, settings, by, given, positions)
    return RedirectResponse(_told(back(form, "/positions"), done, ""), 303)


async def sign_as(request: Request) -> Response:
    """Sign the visitor's reviews with the name that a form gives, and go back to where it was."""
    settings, _ = _writable(request)
    form = await posted(request)
    response = RedirectResponse(back(form, "/review"), 303)
    with _refused():
        remember(response, words(form, "name"), settings.access)
    return response


async def add(request: Request) -> Response:
    """Take files to be coded and filed in the background, and go to the page that tells of it."""
    _writable(request)  # a name signs nothing here, but without one nothing is changed
    uploads: Uploads = request.app.state.uploads
    form = await posted(request, MOST_BYTES, MOST_FILES)
    published = words(form, "published") or None
    try:
        day = date.fromisoformat(published).isoformat() if published else None
    except ValueError:
        raise HTTPException(400, "A day is written like 2015-07-14.") from None
    files = [f for f in form.getlist("files") if isinstance(f, UploadFile) and f.filename]
    sent = [Sent.of(f.filename or "", await f.read()) for f in files]
    await form.close()
    if not sent:
        raise HTTPException(400, "Choose a file first.")
    return RedirectResponse(f"/added/{uploads.add(sent, day)}", 303)


def _writable(request: Request) -> tuple[Settings, str]:
    """What is served, and who signs. Raises HTTPException where the pages are read only."""
    settings: Settings = request.app.state.settings
    who = signer(request, settings)
    if who is None:
        raise HTTPException(
            403, "These pages are read only: start them with --user NAME to change the dossier."
        )
    return settings, who


@contextmanager
def _refused() -> Iterator[None]:
    """What makes no sense is answered with 400 and the message."""
    try:
        yield
    except UsageError as e:
        raise HTTPException(400, str(e)) from e


def _judge(settings: Settings, by: By, given: Mapping[str, str]) -> int:
    """Do what a form says: the number of the (last) review."""
    entry, judgement = given.get("entry", ""), given.get("judgement", "")
    with errors(settings.dossier), closing(connect(settings.dossier, write=True)) as connection:
        if judgement in ("accept", "reject"):
            wanted: Literal["accept", "reject"] = "accept" if judgement == "accept" else "reject"
            return reviews.judge(connection, entry, wanted, by)
        if judgement == "undo" and entry.isdecimal() and len(entry) <= _DIGITS:
            return reviews.undo(connection, int(entry), by)
        if judgement != "correct":
            raise UsageError("an entry can be accepted, rejected, corrected, and a review undone")
        kind, full = reviews.find(connection, entry)
        changed = changes(kind, given)
        if not changed:
            raise UsageError("no field was changed, so there is nothing to correct")
        n = 0
        told: list[str] = []
        for name, value in changed:
            try:
                n = reviews.correct(connection, full, name, value, by)
            except UsageError as e:
                before = f" ({', '.join(told)} corrected before)" if told else ""
                raise UsageError(f"{name}: {e}{before}") from e
            told.append(name)
        return n


def _order(settings: Settings, by: By, given: Mapping[str, str], positions: Sequence[str]) -> int:
    """Do to an issue what a form says: the number of the review."""
    issue, order = given["issue"], given["order"]
    with errors(settings.dossier), closing(connect(settings.dossier, write=True)) as connection:
        if order == "merge":
            return issue_reviews.merge(connection, issue, _issue(connection, given["other"]), by)
        if order == "split":
            return issue_reviews.split(connection, issue, positions, given["label"], by)[0]
        if order == "rename":
            return issue_reviews.rename(connection, issue, given["label"], by)
        raise UsageError("an issue can be merged, split and renamed")


def _issue(connection: sqlite3.Connection, wanted: str) -> str:
    """The issue that a visitor means by its id or its whole label."""
    rows = connection.execute("SELECT id FROM issue WHERE id = ? OR label = ?", (wanted, wanted)).fetchall()
    found = [row["id"] for row in rows]
    if wanted in found or len(found) == 1:
        return wanted if wanted in found else str(found[0])
    many = "more than one issue is" if found else "no issue is"
    raise UsageError(f"{many} called {wanted!r}; choose one from the list")


def _told(address: str, done: int, entry: str) -> str:
    """The address to go back to, with the review that it should tell of and the entry to go on with."""
    parts = urlsplit(address)
    kept = [(name, value) for name, value in parse_qsl(parts.query) if name != "done"]
    return f"{parts.path}?{urlencode([*kept, ('done', str(done))])}{f'#{quote(entry)}' if entry else ''}"
