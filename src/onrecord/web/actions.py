"""What changes a dossier from its pages: judgements of entries, and reports that are added."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING, Literal
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from onrecord.dossier import reviews
from onrecord.dossier.connection import connect, errors
from onrecord.dossier.journal import By
from onrecord.errors import UsageError
from onrecord.web.forms import back, posted, words
from onrecord.web.review_form import changes
from onrecord.web.uploads import Sent, Uploads

if TYPE_CHECKING:
    from onrecord.web.app import Settings

MOST_BYTES, MOST_FILES = 64 * 1024 * 1024, 200
_DIGITS = 18  # of the number of a review


async def judge(request: Request) -> Response:
    """Accept, reject, correct or undo, as the form of an entry says, and go back to where it was."""
    settings = _writable(request)
    form = await posted(request)
    given = {name: value for name, value in form.items() if isinstance(value, str)}
    try:
        done = await run_in_threadpool(_judge, settings, given)
    except UsageError as e:
        raise HTTPException(400, str(e)) from e
    return RedirectResponse(_told(back(form, "/review"), done, words(form, "next")), 303)


async def add(request: Request) -> Response:
    """Take files to be coded and filed in the background, and go to the page that tells of it."""
    _writable(request)
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


def _writable(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    if settings.user is None:
        raise HTTPException(
            403, "These pages are read only: start them with --user NAME to change the dossier."
        )
    return settings


def _judge(settings: Settings, given: Mapping[str, str]) -> int:
    """Do what a form says: the number of the (last) review."""
    by = By(settings.user or "", given.get("why", "").strip() or None)
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


def _told(address: str, done: int, entry: str) -> str:
    """The address to go back to, with the review that it should tell of and the entry to go on with."""
    parts = urlsplit(address)
    kept = [(name, value) for name, value in parse_qsl(parts.query) if name != "done"]
    return f"{parts.path}?{urlencode([*kept, ('done', str(done))])}{f'#{quote(entry)}' if entry else ''}"
