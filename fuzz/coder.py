"""Any text gives a record that quotes itself, or an error that says why not."""

from __future__ import annotations

from running import run

import onrecord
from onrecord.record import Document, from_json, to_json
from tests.hardening.hostile import ATTACKS, report
from tests.properties.quoting import assert_quotes_itself

WORDS = (
    "Iran", " rejected the plan", ", John Kerry said", "“We will not sign,”", " he told reporters", ".\n\n",
    " that", "the United States", " and ", " if ", " on Tuesday", "VIENNA, July 14 (Agency) - ", "KERRY: ",
    "'s ", " to ",
)  # fmt: skip


def target(data: bytes) -> None:
    """The bytes are the text."""
    text = data.decode("utf-8", "surrogateescape")
    try:
        record = onrecord.load().code(Document(id="x", text=text, published="2015-07-14"))
    except onrecord.DocumentError:
        return
    assert_quotes_itself(record)
    assert from_json(to_json(record)) == record


if __name__ == "__main__":
    said = [word.encode() for word in WORDS] * 6
    run(
        target, said + [a.encode() for a in ATTACKS.values()] + [report(a).encode() for a in ATTACKS.values()]
    )
