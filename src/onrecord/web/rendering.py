"""Templates and the words in which pages give values; everything from outside is escaped."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache, partial
from pathlib import PureWindowsPath
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from onrecord.web.words import deed_words

SIGNS: Mapping[str, str] = {"supports": "+", "opposes": "−", "conditional": "±", "noncommittal": "?"}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@cache
def environment() -> Environment:
    """The templates' environment: escapes, and fails on a name that is not given."""
    made = Environment(
        loader=PackageLoader("onrecord.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        day=day,
        sign=sign,
        deed=deed,
        plural=plural,
        query=query,
        path=path,
        dated=dated,
        file_name=file_name,
    )
    return made


def render(template: str, **values: Any) -> str:
    """A template with its values, as HTML."""
    return environment().get_template(template).render(**values)


def day(value: str | None) -> Markup:
    """An ISO day as an element that the reader's browser may write in the reader's format."""
    if not value:
        return Markup('<span class="none">no date</span>')
    try:
        d = date.fromisoformat(value[:10])
    except ValueError:
        return escape(value)
    return Markup('<time datetime="{}">{} {} {}</time>').format(
        d.isoformat(), d.day, _MONTHS[d.month - 1], d.year
    )


def dated(first: str | None, precision: str | None, fallback: str | None = None) -> Markup:
    """A date as exact as it is known: a day, a month, a year; else 'by' the day ``fallback``."""
    if not first:
        return Markup("by {}").format(day(fallback)) if fallback else day(None)
    if precision == "year":
        return Markup('<time datetime="{0}">{0}</time>').format(first[:4])
    if precision == "month":
        return Markup('<time datetime="{}">{} {}</time>').format(
            first[:7], _MONTHS[int(first[5:7]) - 1], first[:4]
        )
    if precision == "week":
        return Markup("week of {}").format(day(first))
    return day(first)


def sign(stance: str) -> Markup:
    """A stance as a sign whose meaning a screen reader says."""
    return Markup('<span class="sign {0}" role="img" aria-label="{0}" title="{0}">{1}</span>').format(
        stance, SIGNS.get(stance, "·")
    )


def deed(event: Any) -> str:
    """What is done (by an object or a mapping), in words, with its status where it did not simply happen."""
    of: Callable[[str], Any] = event.get if isinstance(event, Mapping) else partial(getattr, event)
    what = deed_words(of("type"), of("mode"))
    return what if of("status") in ("happened", "ongoing") else f"{what} ({of('status')})"


def file_name(source: str) -> str:
    """What a failure came from, without the folders of this machine: an address whole, of a path the last."""
    return source if "://" in source else PureWindowsPath(source).name or source


def plural(number: int, one: str, many: str | None = None) -> str:
    """'1 report', '3 reports'."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def path(value: str) -> str:
    """A text as one segment of a URL's path, whatever is in it; ``page.param`` reads it back.

    Its escapes begin with '~', because servers read '%2F' as a slash and browsers '..' as the folder above.
    """
    once = quote(value, safe="").replace("~", "%7E")
    return (once if once.strip(".") else once.replace(".", "%2E")).replace("%", "~")


def href(kind: str, *ids: str) -> str:
    """The address of a thing's page: an entry, issue, party, event, report (with an entry in it), a party's
    stand on an issue, a speaker's statements."""
    if kind == "statements":
        return f"/statements?{urlencode({'speaker': ids[0]})}"
    if kind == "reports" and len(ids) > 1:
        return f"/reports/{path(ids[0])}#{quote(ids[1], safe='')}"
    return "/".join(("", kind, *(path(i) for i in ids)))


def anchor(kind: str, *ids: str) -> str:
    """The place of a thing in a file that holds everything."""
    return f"#{kind}" if kind == "statements" else f"#{quote(ids[1] if kind == 'stand' else ids[0], safe='')}"


def query(values: Mapping[str, Any], **changed: Any) -> str:
    """A query string of the values that are set, with some of them changed; '' where none is."""
    kept = {k: v for k, v in {**values, **changed}.items() if v not in (None, "")}
    return f"?{urlencode(kept)}" if kept else ""
