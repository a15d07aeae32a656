"""A component for spaCy: ``nlp.add_pipe("onrecord")`` puts the record of a text on its ``Doc``.

``doc._.onrecord`` is the record; ``doc._.statements``, ``doc._.events``, ``doc._.issues``,
``doc._.positions`` and ``doc._.actors`` are its entries, whose offsets are those of ``doc.text``. The
pipeline's own parse is neither used nor changed: onrecord parses paragraph by paragraph, with its own model.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Doc

from onrecord.errors import DocumentError
from onrecord.record import Record

if TYPE_CHECKING:
    from onrecord.coding.coder import Coder

ENTRIES = ("statements", "events", "issues", "positions", "actors")


class Component:
    """Codes the text of each ``Doc``. ``published`` is the day of all of them, an ISO date, where they share
    one; ``doc.user_data["published"]`` goes before it."""

    def __init__(self, coder: Coder, published: str | None) -> None:
        self._coder = coder
        self._published = published

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc with its record; ``None`` is the record of a text that cannot be coded."""
        published = doc.user_data.get("published") or self._published
        try:
            doc._.onrecord = self._coder.code(doc.text, published=published)
        except DocumentError as e:
            doc._.onrecord = None
            doc.user_data["onrecord_error"] = str(e)
        return doc


@Language.factory("onrecord", default_config={"published": None, "model": None})
def make(nlp: Language, name: str, published: str | None, model: str | None) -> Component:
    """The component that ``nlp.add_pipe("onrecord", config={"published": …})`` adds."""
    from onrecord import load

    _extend()
    return Component(load(model), published)


def _extend() -> None:
    if Doc.has_extension("onrecord"):
        return
    Doc.set_extension("onrecord", default=None)
    for entries in ENTRIES:
        Doc.set_extension(entries, getter=_getter(entries))


def _getter(entries: str) -> Callable[[Doc], tuple[object, ...]]:
    def get(doc: Doc) -> tuple[object, ...]:
        record: Record | None = doc._.onrecord
        found: tuple[object, ...] = () if record is None else getattr(record, entries)
        return found

    return get
