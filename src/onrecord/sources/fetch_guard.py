"""Which addresses may be fetched: what a URL must look like, and where its host may lie.

A host is resolved once, every address it has is checked, and the connection goes to one of those checked:
a name that means another address a moment later (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import quote, urljoin, urlsplit

from onrecord.errors import DocumentError, UsageError

MAX_URL = 4_000
_SHOWN = 300
_PORTS = {"http": 80, "https": 443}

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_USERINFO = re.compile(r"(://)[^/?#]*@")
_HOST_NAME = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*")
_NOT_IN_URL = re.compile(r"[\x00-\x20\x7f\s\ud800-\udfff\\]")
# All of printable ASCII but the quotation marks and brackets that no URL holds bare; '%' stays as it is.
_KEPT = "!#$%&'()*+,-./:;=?@[]_~"

# Not public, though some version of the standard library takes them for it: protocol assignments, the
# 6to4 relays, benchmarks, and the address at which Azure serves the secrets of its machines.
_NOT_PUBLIC = tuple(map(ip_network, ("192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "168.63.129.16/32")))
_UNICAST = ip_network("2000::/3")
_NAT64 = ip_network("64:ff9b::/96")

Resolver = Callable[[str, int], list[str]]


@dataclass(frozen=True, slots=True)
class Target:
    """A URL that can be asked for: ``host`` in ASCII, ``path`` with its query, both in normal form."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def url(self) -> str:
        """The URL in normal form, without a fragment."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == _PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}{self.path}"


def is_url(text: str) -> bool:
    """Whether the text is meant as a URL, of whatever scheme."""
    return _SCHEME.match(text) is not None


def printable(url: str) -> str:
    """The URL as it can be shown and logged: ASCII, of bounded length, without user name and password."""
    shown = quote(_USERINFO.sub(r"\1", url), safe=_KEPT, errors="replace")
    return shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}..."


def target(url: str) -> Target:
    """The URL taken apart and checked. Raises DocumentError ('bad-url') where it cannot be asked for."""
    shown = printable(url)
    if len(url) > MAX_URL:
        raise DocumentError(shown, "bad-url", f"longer than a URL can be ({MAX_URL:,} characters)")
    if _NOT_IN_URL.search(url):
        message = "it holds a space, backslash or control character; write that as %20 or the like"
        raise DocumentError(shown, "bad-url", message)
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as e:
        raise DocumentError(shown, "bad-url", "not a URL; copy it anew from the browser") from e
    scheme = parts.scheme.lower()
    if scheme not in _PORTS:
        message = f"only http and https are fetched, not {printable(scheme)}:; give a file by its path"
        raise DocumentError(shown, "bad-url", message)
    if "@" in parts.netloc:
        message = "it carries a user name or password, which is never sent; leave that out"
        raise DocumentError(shown, "bad-url", message)
    if port == 0:
        raise DocumentError(shown, "bad-url", "there is no port 0; leave it out")
    host = _host(parts.hostname or "", shown)
    path = _without_dots(quote(parts.path or "/", safe=_KEPT))
    if parts.query:
        path += f"?{quote(parts.query, safe=_KEPT)}"
    return Target(scheme, host, port or _PORTS[scheme], path)


def redirected(here: Target, location: str) -> Target:
    """Where a Location header leads from here. Raises DocumentError ('bad-url') where it cannot be followed.

    ``location`` is as http.client gives it: bytes read as Latin-1.
    """
    location = quote(location.strip().encode("latin-1", "replace"), safe=_KEPT)
    try:
        return target(urljoin(here.url, location))
    except DocumentError as e:
        message = f"redirected to {e.document}, which is not fetched: {e.message}"
        raise DocumentError(printable(here.url), e.code, message) from e
    except ValueError as e:
        message = f"redirected to what is no URL ({printable(location)})"
        raise DocumentError(printable(here.url), "bad-url", message) from e


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet: not to a machine, a local network or a test.

    An IPv6 address that stands for an IPv4 one (mapped, 6to4, NAT64) is as public as that.
    """
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if inner is None and ip in _NAT64:
            inner = IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is None:
            return ip in _UNICAST and ip.is_global
        ip = inner
    return ip.is_global and not ip.is_multicast and not any(ip in network for network in _NOT_PUBLIC)


def addresses(place: Target, resolve: Resolver, allowed: Callable[[str], bool]) -> list[str]:
    """The IP addresses to try for a host, in the resolver's order, all of them allowed.

    Raises DocumentError: 'unreachable' where the host has none, 'private-address' where one of them is not
    allowed, as a public site has public addresses only.
    """
    shown = printable(place.url)
    try:
        found = resolve(place.host, place.port)
    except (OSError, UnicodeError) as e:
        message = f"the host {place.host} was not found ({e}); check the spelling and the network"
        raise DocumentError(shown, "unreachable", message) from e
    for address in found:
        if not allowed(address):
            at = "" if address == place.host else f", the host {place.host},"
            message = f"{address}{at} is a private or special address; --allow-private permits it"
            raise DocumentError(shown, "private-address", message)
    return found


def look_up(host: str, port: int) -> list[str]:
    """The addresses of a host by the system's resolver, each once, in its order. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(where[4][0]) for where in found))


def _without_dots(path: str) -> str:
    """The path without '.' and '..', which else could walk around a rule of robots.txt."""
    kept: list[str] = []
    parts = path.split("/")[1:]
    for part in parts:
        if part == "..":
            kept[-1:] = []
        elif part != ".":
            kept.append(part)
    if parts[-1] in (".", ".."):
        kept.append("")
    return f"/{'/'.join(kept)}"


def _host(host: str, shown: str) -> str:
    """The host in ASCII and lower case, an IP address in normal form."""
    try:
        ip = ip_address(host)
        return str(ip)
    except ValueError:
        pass
    if not host.isascii():
        host = _idna(host, shown)
    host = host.lower().removesuffix(".")
    if not _HOST_NAME.fullmatch(host) or len(host) > 253:
        message = f"{printable(host)!r} is no name of a host; check the URL" if host else "it names no host"
        raise DocumentError(shown, "bad-url", message)
    return host


def _idna(host: str, shown: str) -> str:
    try:
        import idna
    except ImportError as e:
        raise UsageError("a host not in ASCII needs idna: pip install 'onrecord[sources]'") from e
    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError as e:
        message = f"{printable(host)!r} is no name of a host; check the URL"
        raise DocumentError(shown, "bad-url", message) from e
