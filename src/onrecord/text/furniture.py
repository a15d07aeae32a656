"""What stands in a text and is no report: captions, credits, sign-up lines, front matter, repeated headlines.

It stays in the text, marked with a reason. Each line is judged by itself and by what stands before it, so
that what follows in the text changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from onrecord.errors import KnowledgeError
from onrecord.knowledge import read_toml
from onrecord.text.readable import Furniture

HEAD_LINES = 25  # an archive's head is no longer
SUBHEAD = 60  # characters; a longer line is a sentence
SUBHEAD_WORDS = 7
REPEATED = 25  # characters; a longer line without a full stop that comes again is a headline shown twice
PARAGRAPH = 80  # characters; a subhead stands below a paragraph, and a list's lines do not

_LINE = re.compile(r"[^\n]+")
_TERMINAL = re.compile(r"[.!?:;,…][”\"’')\]]*$")
_FENCE = re.compile(r"-{3,}|\+{3,}")


@dataclass(frozen=True, slots=True)
class _Group:
    reason: str
    where: str
    longest: int
    pattern: re.Pattern[str]


def find_furniture(text: str) -> tuple[Furniture, ...]:
    """The furniture of a readable text, in order, without the white space around it."""
    found: list[Furniture] = []
    front = _front_matter_end(text)
    above = ""  # the last line that is report
    seen: set[str] = set()
    for match in _LINE.finditer(text):
        line = match.group().strip()
        if not line:
            continue
        start = match.start() + match.group().index(line[0])
        end = start + len(line)
        if end <= front:
            found.append(Furniture(start, end, "front-matter"))
            continue
        pieces = list(_pieces(line, above))
        if line in seen:
            pieces = [(0, len(line), "repeated")]
        elif len(line) >= REPEATED and not _TERMINAL.search(line):
            seen.add(line)
        found.extend(Furniture(start + a, start + b, reason) for a, b, reason in pieces)
        if not any(a == 0 and b == len(line) for a, b, _ in pieces):
            above = line
    return tuple(found)


def _pieces(line: str, above: str) -> Iterator[tuple[int, int, str]]:
    """The furniture within a line: start, end and reason."""
    groups = _groups()
    for group in groups:
        if group.where == "line" and len(line) <= group.longest and group.pattern.fullmatch(line):
            yield 0, len(line), group.reason
            return
    if _is_subhead(line, above):
        yield 0, len(line), "subhead"
        return
    at = 0
    for group in groups:
        if group.where == "head":
            head = group.pattern.match(line)
            if head and head.end() < len(line):
                at = len(head.group().rstrip())
                yield 0, at, group.reason
                break
    for group in groups:
        if group.where == "tail":
            tail = group.pattern.search(line, max(at, len(line) - group.longest))
            if tail and tail.start() > at:
                yield tail.start(), tail.end(), group.reason
                break


def _is_subhead(line: str, above: str) -> bool:
    """'A SECOND PACT?', 'Air strikes continue': a short line below a paragraph that is no sentence."""
    if len(line) > SUBHEAD or len(above) < PARAGRAPH:
        return False
    bare = line.strip("“”\"‘’'?! ")
    if bare.isupper() and sum(map(str.isalpha, bare)) >= 4:
        return not line.endswith(".")
    return (
        line[0].isupper() and not _TERMINAL.search(line) and '"' not in line and "”" not in line
        and len(line.split()) <= SUBHEAD_WORDS
    )  # fmt: skip


def _front_matter_end(text: str) -> int:
    """Where the head ends that an archive or a site generator put before the report; 0 without one."""
    lines = text.split("\n", HEAD_LINES)[:HEAD_LINES]
    if "Body" in (bodies := [line.strip() for line in lines])[2:]:
        last = bodies.index("Body", 2)
        return len("\n".join(lines[: last + 1]))
    end = at = keys = 0
    for line in lines:
        bare = line.strip()
        keys += _is_key(bare)
        if bare and not _is_key(bare) and not _FENCE.fullmatch(bare):
            break
        at += len(line) + 1
        if bare:
            end = at - 1
    return end if keys > 1 else 0  # a single one may be a headline


def _is_key(line: str) -> bool:
    key, colon, value = line.partition(": ")
    return bool(colon and value and key.capitalize() in _keys())


@cache
def _groups() -> tuple[_Group, ...]:
    return tuple(
        _group(i, table) for i, table in enumerate(read_toml("text", "furniture.toml")["furniture"], 1)
    )


def _group(number: int, table: dict[str, object]) -> _Group:
    try:
        patterns = "|".join(f"(?:{p})" for p in table["patterns"])  # type: ignore[attr-defined]
        flags = re.IGNORECASE if table.get("case") == "any" else 0
        ending = r"\s*$" if table["where"] == "tail" else ""
        return _Group(
            reason=str(table["reason"]),
            where=str(table["where"]),
            longest=int(str(table.get("longest", 250))),
            pattern=re.compile(f"(?:{patterns}){ending}", flags),
        )
    except (KeyError, re.error) as e:
        raise KnowledgeError(
            f"data/text/furniture.toml: group {number} is not in order ({e!r}); mend it"
        ) from e


@cache
def _keys() -> frozenset[str]:
    return frozenset(read_toml("text", "furniture.toml")["front_matter"]["keys"])
