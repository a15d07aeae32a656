"""Under which name a visitor's reviews are signed: the server's own, or one that the visitor gave.

It is no proof of who somebody is: who may write at all may give any name.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response

from onrecord.errors import UsageError
from onrecord.web.security import Access, same

if TYPE_CHECKING:
    from onrecord.web.app import Settings

MOST = 60  # characters of a name
_COOKIE = "onrecord-name"


def signer(request: Request, settings: Settings) -> str | None:
    """The name that signs this visitor's reviews; None where the pages are read only."""
    if settings.user is None:
        return None
    return _read(request.cookies.get(_COOKIE, ""), settings.access) or settings.user


def remember(response: Response, name: str, access: Access) -> None:
    """Sign this visitor's reviews with a name until the browser is closed; an empty one is the server's.

    Raises UsageError where it is too long or has characters that cannot be seen.
    """
    name = " ".join(name.split())
    if len(name) > MOST or not name.isprintable():
        raise UsageError(f"a name has at most {MOST} characters, all of them to be seen")
    if not name:
        response.delete_cookie(_COOKIE, httponly=True, samesite="strict")
        return
    value = base64.urlsafe_b64encode(name.encode()).decode()
    response.set_cookie(_COOKIE, f"{value}.{_mark(value, access)}", httponly=True, samesite="strict")


def _read(cookie: str, access: Access) -> str | None:
    """The name in a cookie, None where this server did not make it: other programs on this machine can set
    cookies of the same host.
    """
    value, _, mark = cookie.partition(".")
    if not same(mark, _mark(value, access)):
        return None
    try:
        return base64.urlsafe_b64decode(value).decode()
    except (binascii.Error, ValueError):
        return None


def _mark(value: str, access: Access) -> str:
    """What tells a cookie of ours; where there is a token it holds over a restart."""
    key = access.token or access.csrf
    return hmac.new(key.encode(), f"name {value}".encode(), hashlib.sha256).hexdigest()
