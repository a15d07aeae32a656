"""Any report gives a record that quotes itself, or an error that says why not."""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from pathlib import Path

from running import run

import onrecord
from onrecord.record import Document, from_json, to_json
from tests.hardening.hostile import ATTACKS, report
from tests.properties.quoting import assert_quotes_itself

MOST = 1_500  # characters: many reports are more worth than long ones, whose growth the tests measure
CASES = Path(__file__).parent.parent / "tests" / "coding"
# So that the text reads as English, and has people, talks and a demand to refer back to.
LEAD = (
    "VIENNA, July 14 (Agency) - Iran rejected the plan of the six powers on Tuesday and demanded that the "
    "sanctions be lifted, its foreign minister, Mohammad Javad Zarif, said after talks with John Kerry.\n\n"
)
WORDS = (
    "Iran", " rejected the plan", ", John Kerry said", "“We will not sign,”", " he told reporters",
    ".\n\n", "\n", " that", "the United States", " and ", " if ", " on Tuesday",
    "VIENNA, July 14 (Agency) - ", "KERRY: ", "'s ", " to ", "“", "”", "\"", "'", "‘", "’", "(", ")",
    ", ", ". ", "? ", "! ", ": ", "; ", " — ", "- ", "…", "  ", " not ", " no longer ", " unless ",
    " would ", " must ", " said", " told ", " he ", " it ", " they ", "We ", " the offer",
    " these demands", " both sides", " its ally", " according to ", " quoted by ", "Mr. ", "\t",
    " refused to rule out ", " dropped its demand for ", " the ministers of Chad and Niger",
    " in May 2015", " 1,000 ", "%", "U.S.", " Washington", " the latter", " who ", " which ", ", as ",
    "* ", "Q: ", "A: ", "\r\n",
)  # fmt: skip


def sentences() -> list[str]:
    """The sentences written for the tests of events, statements and positions."""
    read = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(CASES.glob("*.toml"))}
    positions = (case[0] for name in ("positions_cases", "positions_blind") for case in cases(read[name]))
    said = (case["text"] for case in cases(read["statement_cases"]))
    return [*positions, *said, *(case["text"] for case in read["events_cases"]["case"])]


def cases(table: dict) -> list:
    """All cases of a file, whatever their class."""
    return [case for group in table["cases"].values() for case in group]


SENTENCES = sentences()
LISTS = (*WORDS, *(a for a in ATTACKS.values() if "\0" not in a))
OUTCOMES: Counter[str] = Counter()


def text_of(data: bytes) -> str:
    """The report that bytes stand for: a byte is one of ``LISTS``, with 128 and more a sentence with the next
    byte, from 248 on some of the next bytes as they are.
    """
    parts, at = [LEAD], 0
    while at < len(data):
        byte = data[at]
        at += 1
        if byte < 128:
            parts.append(LISTS[byte % len(LISTS)])
        elif byte < 248:
            low = data[at] if at < len(data) else 0
            parts.append(SENTENCES[((byte - 128) * 256 + low) % len(SENTENCES)] + " ")
            at += 1
        else:
            parts.append(data[at : at + 4 * (byte - 247)].decode("utf-8", "replace"))
            at += 4 * (byte - 247)
    return "".join(parts)[:MOST]


def target(data: bytes) -> None:
    """A report that is put together from sentences, words, attacks and any bytes."""
    try:
        record = onrecord.load().code(Document(id="x", text=text_of(data), published="2015-07-14"))
    except onrecord.DocumentError as e:
        OUTCOMES[e.code] += 1
        return
    OUTCOMES["coded"] += 1
    assert_quotes_itself(record)
    assert from_json(to_json(record)) == record


if __name__ == "__main__":
    onrecord.load()  # what is loaded is what is watched
    seeds = [bytes([128 + n // 256, n % 256]) for n in range(len(SENTENCES))]
    words = [bytes([n]) for n in range(len(LISTS))]
    raw = [bytes([255]) + text.encode("utf-8", "replace")[:32] for text in map(report, ATTACKS.values())]
    try:
        run(target, [*seeds, *words * 4, *raw])
    finally:
        print(dict(OUTCOMES), file=sys.stderr)
