"""What a site lets robots read, by its robots.txt (RFC 9309)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from protego import Protego

from onrecord.sources.fetch_manners import Bounds

ROBOT = "onrecord"
# RFC 9309 wants no less than 500 KiB read; a body is cut at one of its pieces, some way before this.
_SIZE = 640 * 1024
_LEAST = 500 * 1024


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one site for us; without ``parsed`` everything may be read."""

    parsed: Protego | None = None

    @classmethod
    def of(cls, body: bytes) -> Rules:
        """The rules in a robots.txt. What is none (a page, say) has no rules."""
        if len(body) > _LEAST:  # cut, perhaps within a line, and 'Disallow: /' may be half of one
            body = body[: body.rfind(b"\n") + 1]
        return cls(Protego.parse(body.decode("utf-8-sig", "replace")))

    def allow(self, url: str) -> bool:
        """Whether this URL may be read."""
        return self.parsed is None or self.parsed.can_fetch(url, ROBOT)

    @property
    def delay(self) -> float:
        """The seconds that the site wants between requests; 0 where it does not say."""
        wanted = self.parsed.crawl_delay(ROBOT) if self.parsed else None
        return max(float(wanted or 0), 0.0)


def bounds(usual: Bounds) -> Bounds:
    """The bounds within which a robots.txt is read."""
    return replace(usual, size=min(_SIZE, usual.size), cut=True)
