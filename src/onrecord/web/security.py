"""What keeps the pages safe: who may ask, what a page may load, and that a form was our own.

Every response carries a strict Content-Security-Policy. A request that changes something must carry the token
of the session, in a form field or a header, and come from our own pages.
"""

from __future__ import annotations

import hmac
import ipaddress
import secrets
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.errors import UsageError

CSP = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = (
    (b"content-security-policy", CSP.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),  # with no-referrer, forms would come from the origin "null"
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
_COOKIE = "onrecord"
_SAFE = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True, slots=True)
class Access:
    """Who may ask. ``token``: what a visitor must give once, ``None`` on one's own machine; ``hosts``: the
    names under which the pages may be asked for; ``csrf``: the secret of this run's forms."""

    token: str | None
    hosts: frozenset[str]
    csrf: str

    @classmethod
    def of(cls, host: str, token: str | None) -> Access:
        """The access for a host to listen on.

        Raises UsageError where others could reach it and there is no token.
        """
        if not is_loopback(host):
            if not token:
                raise UsageError(
                    f"{host} can be reached from other machines: give --token SECRET, which each visitor is "
                    "asked for, or leave --host out"
                )
            return cls(token, frozenset(), secrets.token_urlsafe(32))
        return cls(token, frozenset({"localhost", "127.0.0.1", "::1", host}), secrets.token_urlsafe(32))


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a host name or address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Guard:
    """ASGI middleware: refuses foreign hosts (DNS rebinding), visitors without the token and forged forms,
    and puts the security headers on every response."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self.app = app
        self.access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or pass it on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *HEADERS]
            await send(message)

        request = Request(scope, receive)
        refused = self._refused(request)
        if refused is not None:
            await refused(scope, receive, with_headers)
            return
        await self.app(scope, receive, with_headers)

    def _refused(self, request: Request) -> Response | None:
        if self.access.hosts and _host(request) not in self.access.hosts:
            return PlainTextResponse("Not found under this host name.", 421)
        if not _own_origin(request):
            return PlainTextResponse("A request from another site is refused.", 403)
        if self.access.token is None or request.url.path.startswith("/static/"):
            return None
        given = request.query_params.get("token")
        if given is not None and same(given, self.access.token):
            response = RedirectResponse(f"/{request.url.path.lstrip('/')}", 303)  # '//x' is a host
            response.set_cookie(_COOKIE, given, httponly=True, samesite="strict")
            return response
        if same(request.cookies.get(_COOKIE, ""), self.access.token):
            return None
        return PlainTextResponse(
            "Open this page once with ?token=SECRET, as the one who runs it told you.", 401
        )


def checked(request: Request, token: str | None) -> bool:
    """Whether a form or header carries this run's CSRF token."""
    access: Access = request.app.state.access
    return token is not None and same(token, access.csrf)


def same(given: str, wanted: str) -> bool:
    """Whether two secrets are equal, in a time that does not tell where they differ."""
    return hmac.compare_digest(given.encode(), wanted.encode())


def _host(request: Request) -> str:
    """The name under which the pages are asked for; '' where the request names none that can be read."""
    try:
        return urlsplit(f"//{request.headers.get('host', '')}").hostname or ""
    except ValueError:
        return ""


def _own_origin(request: Request) -> bool:
    """A request that changes something comes from a page of the same origin, where the browser says so."""
    if request.method in _SAFE:
        return True
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("origin")
    try:
        return origin is None or urlsplit(origin).netloc == request.headers.get("host", "")
    except ValueError:
        return False
