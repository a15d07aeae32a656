"""What is asked of a token again and again, found once for a document and kept with its parse.

Kept as numbers and words, never as tokens, so that a parse and what is kept with it are freed together. The
parse must not change between two questions.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from spacy.attrs import DEP, HEAD, LEMMA, LOWER
from spacy.tokens import Doc, Span, Token

T = TypeVar("T")
_Tree = tuple[list[list[int]], list[str]]


def children(token: Token, *deps: str) -> list[Token]:
    """The children of a token with one of these dependencies, in the order of the text."""
    doc = token.doc
    below, labels = doc.user_data.get("onrecord.tree") or _tree(doc)
    found = below[token.i]
    return [doc[i] for i in found if labels[i] in deps] if found else []


def child(token: Token, *deps: str) -> Token | None:
    """The first child of a token with one of these dependencies."""
    doc = token.doc
    below, labels = doc.user_data.get("onrecord.tree") or _tree(doc)
    for i in below[token.i]:
        if labels[i] in deps:
            return doc[i]
    return None


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


def once_value(find: Callable[[Token], T]) -> Callable[[Token], T]:
    """The same for a question that is answered with yes or no, or with words, never with None."""
    key = f"onrecord.{find.__name__}"

    @wraps(find)
    def kept(token: Token) -> T:
        user_data, i = token.doc.user_data, token.i
        known = user_data.get(key)
        if known is None:
            known = user_data[key] = {}
        answer: T | None = known.get(i)
        if answer is None:
            answer = known[i] = find(token)
        return answer

    return kept


def words_of(tokens: Doc | Span) -> set[str]:
    """The words and lemmas, in lower case, of tokens and of two more on either side."""
    if len(tokens) == 0:
        return set()
    first, last = tokens[0], tokens[-1]
    forms: list[str] = first.doc.user_data.get("onrecord.forms") or _forms(first.doc)
    return set(forms[max(0, 2 * (first.i - 2)) : 2 * (last.i + 3)])


def lemmas_of(tokens: Span) -> list[str]:
    """The lemmas of tokens, in lower case."""
    forms: list[str] = tokens.doc.user_data.get("onrecord.forms") or _forms(tokens.doc)
    return forms[2 * tokens.start + 1 : 2 * tokens.end : 2]


def _tree(doc: Doc) -> _Tree:
    """By token the places of its children, and its dependency."""
    below: list[list[int]] = [[] for _ in range(len(doc))]
    for i, away in enumerate(doc.to_array(HEAD).astype("int64").tolist()):
        if away:
            below[i + away].append(i)
    deps = doc.to_array(DEP).tolist()
    names = {dep: doc.vocab.strings[dep] for dep in set(deps)}
    found = doc.user_data["onrecord.tree"] = (below, [names[dep] for dep in deps])
    return found


def _forms(doc: Doc) -> list[str]:
    """Word and lemma of each token in turn."""
    forms = [form for pair in doc.to_array([LOWER, LEMMA]).tolist() for form in pair]
    names = {form: doc.vocab.strings[form].lower() for form in set(forms)}
    found = doc.user_data["onrecord.forms"] = [names[form] for form in forms]
    return found
