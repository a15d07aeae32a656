"""Columns and tables: how a flat table is defined, and the columns that several tables have."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from onrecord.output.words import state_name
from onrecord.record import Actor, Date, Mention, Place, Record, Span

# ``texts`` and ``integers`` are lists.
Kind = Literal["text", "integer", "number", "day", "texts", "integers"]
Value = str | int | float | tuple[str, ...] | tuple[int, ...] | None
E = TypeVar("E")


@dataclass(frozen=True)
class Row(Generic[E]):
    """An entry of a record, with the record around it."""

    record: Record
    actors: Mapping[str, Actor]
    entry: E

    def name(self, actor_id: str | None) -> str | None:
        """The name of an actor, or of the state that a code means; the id where neither is known."""
        if actor_id is None:
            return None
        actor = self.actors.get(actor_id)
        return actor.name if actor else state_name(actor_id)

    def names(self, ids: tuple[str, ...]) -> tuple[str, ...]:
        """The names of several actors."""
        return tuple(self.name(i) or i for i in ids)


@dataclass(frozen=True)
class Column(Generic[E]):
    """A column: its name, the kind of its values, what they are, and how they are taken from a row."""

    name: str
    kind: Kind
    what: str
    of: Callable[[Row[E]], Value]


@dataclass(frozen=True)
class Table(Generic[E]):
    """A table: its name, what a row is, where its entries stand in a record, and its columns."""

    name: str
    what: str
    entries: Callable[[Record], Iterator[E] | tuple[E, ...]]
    columns: tuple[Column[E], ...]

    def rows(self, record: Record) -> Iterator[tuple[Value, ...]]:
        """The rows of one record, a value for each column."""
        actors = {a.id: a for a in record.actors}
        for entry in self.entries(record):
            row = Row(record, actors, entry)
            yield tuple(column.of(row) for column in self.columns)


def of_document() -> Column[Any]:
    """The column that names the report, by which tables are joined."""
    return Column("document", "text", "the id of the report", lambda r: r.record.document.id)


def plain(name: str, kind: Kind, what: str, field: str | None = None) -> Column[Any]:
    """A column that is a field of the entry as it stands."""
    key = field or name
    return Column(name, kind, what, lambda r: getattr(r.entry, key))


def span(prefix: str, what: str, of: Callable[[Any], Span | Mention | None]) -> tuple[Column[Any], ...]:
    """Three columns for a span: offsets into ``documents.text``, and its readable words."""

    def part(key: str) -> Callable[[Row[Any]], Value]:
        return lambda r: getattr(of(r.entry), key, None)

    return (
        Column(f"{prefix}_start", "integer", f"where {what} begins in documents.text", part("start")),
        Column(f"{prefix}_end", "integer", f"where {what} ends, exclusive", part("end")),
        Column(f"{prefix}_text", "text", f"the words of {what}", part("text")),
    )


def spans(prefix: str, what: str, of: Callable[[Any], tuple[Span, ...]]) -> tuple[Column[Any], ...]:
    """Two columns for the offsets of several spans."""
    return (
        Column(
            f"{prefix}_starts",
            "integers",
            f"where the parts of {what} begin",
            lambda r: tuple(s.start for s in of(r.entry)),
        ),
        Column(
            f"{prefix}_ends",
            "integers",
            f"where the parts of {what} end",
            lambda r: tuple(s.end for s in of(r.entry)),
        ),
    )


def date(prefix: str, what: str, of: Callable[[Any], Date | None]) -> tuple[Column[Any], ...]:
    """Three columns for a date: first and last day, both included, and how precise it is."""

    def part(key: str) -> Callable[[Row[Any]], Value]:
        return lambda r: getattr(of(r.entry), key, None)

    return (
        Column(f"{prefix}_from", "day", f"the first day of {what}", part("from_")),
        Column(f"{prefix}_to", "day", f"the last day of {what}, included", part("to")),
        Column(f"{prefix}_precision", "text", f"how precise {what} is", part("precision")),
    )


def place(key: str) -> Callable[[Row[Any]], Value]:
    """How a field of an event's place is taken, None where it has no place."""

    def of(row: Row[Any]) -> Value:
        info: Place | None = row.entry.place_info
        return None if info is None else getattr(info, key)

    return of
