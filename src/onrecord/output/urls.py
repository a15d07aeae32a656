"""Which addresses of reports are plainly web addresses: what a report says of itself may be anything."""

from __future__ import annotations

import re

_PLAIN = re.compile(
    r"https?://[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:\d+)?([/?#][A-Za-z0-9._~:/?#\[\]@!$&()*+,;=%-]*)?"
)


def web_address(url: str | None) -> str | None:
    """The URL where it is one of http or https in plain ASCII, with no character that markup could read."""
    return url if url and _PLAIN.fullmatch(url) else None
