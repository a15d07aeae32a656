"""What a form sent: read within limits, and only where it carries the token of our own pages."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Message

from onrecord.web.security import checked

SMALL = 256 * 1024
_FIELDS = 40


async def posted(request: Request, most: int = SMALL, files: int = 0) -> FormData:
    """The fields of a form of at most ``most`` bytes with at most so many ``files``.

    Raises HTTPException: 413 where it is larger, 400 where it is no form, 403 where it is not ours.
    """
    too_large = HTTPException(413, f"That is more than {most // 1024:,} KiB at once; send less.")
    stated = request.headers.get("content-length", "0")
    if not stated.isdecimal() or int(stated) > most:
        raise too_large
    taken = 0

    async def counted() -> Message:
        nonlocal taken
        message = await request.receive()
        taken += len(message.get("body", b""))
        if taken > most:
            raise too_large
        return message

    form = await Request(request.scope, counted).form(
        max_files=files, max_fields=_FIELDS, max_part_size=SMALL
    )
    token = request.headers.get("x-csrf") or words(form, "csrf")
    if not checked(request, token):
        await form.close()
        raise HTTPException(403, "This form is of an earlier run of the program; load its page again.")
    return form


def words(form: FormData, name: str) -> str:
    """A field's text, '' where there is none."""
    value = form.get(name)
    return value.strip() if isinstance(value, str) else ""


def back(form: FormData, default: str) -> str:
    """Where a form wants to lead back to: an address of our own pages, never of another host."""
    wanted = words(form, "back")
    parts = urlsplit(wanted)
    own = (
        wanted.startswith("/") and not wanted.startswith("//") and "\\" not in wanted and wanted.isprintable()
    )
    return wanted if own and not parts.netloc and not parts.scheme else default
