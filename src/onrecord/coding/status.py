"""Whether what a predicate names happened: the status of an event, from auxiliaries and governing verbs."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.coding import grammar
from onrecord.record import Status

_FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo", "going"})
_POSSIBLE = frozenset({"may", "might", "could", "can", "would", "'d", "should"})
_IF = frozenset({"if", "unless", "whether", "until", "lest", "provided", "once"})
# What a governing verb, adjective or noun says of the infinitive or clause that it takes.
# fmt: off
_BY_STATUS: dict[Status, tuple[str, ...]] = {
    "planned": (
        "agree", "aim", "decide", "due", "expect", "hope", "intend", "likely", "offer", "plan", "pledge",
        "prepare", "promise", "ready", "schedule", "seek", "set", "undertake", "vow", "want", "willing",
    ),
    "threatened": ("threat", "threaten", "warn"),
    "proposed": (
        "appeal", "ask", "call", "consider", "demand", "order", "press", "proposal", "propose",
        "recommend", "request", "require", "suggest", "urge",
    ),
    "denied": ("denial", "deny"),
}
_GOVERNORS: dict[str, Status] = {word: status for status, words in _BY_STATUS.items() for word in words}
_UNREAL = frozenset((
    "avoid", "ban", "bar", "block", "cancel", "cease", "decline", "fail", "forbid", "halt", "prevent",
    "prohibit", "refuse", "reject", "reluctant", "stop", "unable", "unwilling",
))
_NOT_LESS = frozenset(("hesitate", "shrink", "flinch", "have", "need"))  # denied, they deny nothing
_REPORTS = frozenset((
    "add", "announce", "declare", "pledge", "promise", "report", "say", "state", "tell", "vow",
))
# fmt: on


def status_of(head: Token) -> Status | None:
    """The status of the act that a predicate names; None where the text says that it is none."""
    token = head
    for _ in range(6):
        verdict = _own(token)
        if verdict is not None:
            return verdict
        governor = token.head
        if token.dep_ == "conj" and token.tag_ == "VBD" and governor.tag_ != "VBD":
            break  # 'said that talks would go on, and denied': not of the same clause
        if governor == token or token.dep_ not in (
            "xcomp",
            "ccomp",
            "acl",
            "pcomp",
            "dobj",
            "pobj",
            "prep",
            "conj",
        ):
            break
        lemma = governor.lemma_.lower()
        if token.dep_ == "xcomp" and grammar.is_negated(governor) and lemma not in _UNREAL | _NOT_LESS:
            return None  # 'never meant to honour the pact'
        if token.dep_ in ("xcomp", "pcomp", "acl", "dobj") or (token.dep_ == "ccomp" and lemma != "call"):
            if lemma in _UNREAL and (grammar.is_verbal(token) or lemma == "cancel"):
                return None
            if lemma in _GOVERNORS and (
                grammar.is_infinitive(token) or lemma in ("deny", "propose", "suggest")
            ):
                return _GOVERNORS[lemma]
        if token.dep_ == "ccomp":
            break
        token = governor
    return _aspect(head)


def _own(token: Token) -> Status | None:
    if not grammar.is_verbal(token):
        return None
    auxiliaries = grammar.auxiliaries(token)
    if token.dep_ == "advcl" and any(
        c.dep_ in ("mark", "advmod") and c.lower_ in _IF for c in token.children
    ):
        return "hypothetical"
    if token.dep_ == "ccomp" and any(c.dep_ == "mark" and c.lower_ == "whether" for c in token.children):
        return "hypothetical"  # 'has not said whether it supports the plan'
    if any(a in _FUTURE for a in auxiliaries):
        return "planned"
    if any(a in ("would", "'d") for a in auxiliaries) and token.dep_ in ("ccomp", "conj", "relcl"):
        governor = token.head
        if governor.lemma_ in _REPORTS and governor.tag_ in ("VBD", "VBN"):
            return "planned"
    if any(a in ("must", "should") for a in auxiliaries):
        return "proposed"
    if any(a in _POSSIBLE for a in auxiliaries):
        return "hypothetical"
    return None


def _aspect(head: Token) -> Status:
    verb = head if grammar.is_verbal(head) else head.head
    if not grammar.is_verbal(verb):
        return "happened"
    own = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    if (
        verb.tag_ == "VBG"
        and any(c.lemma_ == "be" for c in own)
        and not any(c.lower_ in ("was", "were") for c in own)
    ):
        return "ongoing"
    if any(c.lower_ in ("had", "'d") for c in own) and verb.dep_ in ("relcl", "advcl", "acl"):
        return "earlier"
    return "happened"
