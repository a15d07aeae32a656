"""What is asked of a token again and again, found once for a document and kept with its parse.

Kept as numbers and words, never as tokens, so that a parse and what is kept with it are freed together. The
parse must not change between two questions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps

from spacy.attrs import HEAD
from spacy.tokens import Doc, Token


def children(token: Token, *deps: str) -> Iterator[Token]:
    """The children of a token with one of these dependencies, in the order of the text."""
    doc = token.doc
    below, labels = _tree(doc)
    return (doc[i] for i in below[token.i] if labels[i] in deps)


def once(find: Callable[[Token], Token | None]) -> Callable[[Token], Token | None]:
    """The function, which goes to work once for each token."""
    key = f"onrecord.{find.__name__}"

    @wraps(find)
    def kept(token: Token) -> Token | None:
        doc, i = token.doc, token.i
        known = doc.user_data.get(key)
        if known is None:
            known = doc.user_data[key] = {}
        if i not in known:
            found = find(token)
            known[i] = None if found is None else found.i
            return found
        at = known[i]
        return None if at is None else doc[at]

    return kept


def once_bool(find: Callable[[Token], bool]) -> Callable[[Token], bool]:
    """The same for a question that is answered with yes or no."""
    key = f"onrecord.{find.__name__}"

    @wraps(find)
    def kept(token: Token) -> bool:
        user_data, i = token.doc.user_data, token.i
        known = user_data.get(key)
        if known is None:
            known = user_data[key] = {}
        answer: bool | None = known.get(i)
        if answer is None:
            answer = known[i] = find(token)
        return answer

    return kept


def _tree(doc: Doc) -> tuple[list[list[int]], list[str]]:
    """By token the places of its children, and its dependency."""
    found: tuple[list[list[int]], list[str]] | None = doc.user_data.get("onrecord.tree")
    if found is None:
        below: list[list[int]] = [[] for _ in range(len(doc))]
        for i, away in enumerate(doc.to_array(HEAD).astype("int64").tolist()):
            if away:
                below[i + away].append(i)
        found = doc.user_data["onrecord.tree"] = (below, [token.dep_ for token in doc])
    return found
