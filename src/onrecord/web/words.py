"""The codes of events and judgements in words that a reader knows."""

from __future__ import annotations

from collections.abc import Mapping

from onrecord.dossier.corrections import told
from onrecord.dossier.overlay import Review

# What somebody does, by type and mode; '' is for every other mode.
_DEEDS: Mapping[str, Mapping[str, str]] = {
    "AGREE": {"": "agrees"},
    "CONSULT": {
        "": "meets or talks",
        "multilateral": "meets with several",
        "phone": "telephones",
        "third-party": "meets on third ground",
        "visit": "visits",
    },
    "SUPPORT": {"": "supports"},
    "CONCEDE": {"": "concedes"},
    "COOPERATE": {"": "cooperates"},
    "AID": {"": "gives aid"},
    "RETREAT": {
        "": "retreats",
        "access": "gives access",
        "ceasefire": "ceases fire",
        "disarm": "disarms",
        "ease": "eases restrictions",
        "release": "releases",
        "resign": "resigns",
        "return": "returns",
        "withdraw": "withdraws",
    },
    "REQUEST": {
        "": "asks",
        "assist": "asks for aid",
        "change": "asks for a change",
        "meet": "asks to meet",
        "yield": "asks to yield",
    },
    "ACCUSE": {"": "criticises", "allege": "accuses", "investigate": "investigates"},
    "REJECT": {
        "": "rejects",
        "assist": "refuses aid",
        "change": "refuses to change",
        "meet": "refuses to meet",
        "yield": "refuses to yield",
    },
    "THREATEN": {"": "threatens"},
    "PROTEST": {"": "protests"},
    "SANCTION": {"": "punishes", "discontinue": "breaks off", "expel": "expels", "withdraw": "pulls out"},
    "MOBILIZE": {"": "mobilises"},
    "COERCE": {"": "coerces", "arrest": "arrests", "ban": "bans", "deport": "deports", "seize": "seizes"},
    "ASSAULT": {"": "attacks"},
}


def deed_words(type_: str, mode: str | None) -> str:
    """What is done, as a verb: 'asks to meet'; a mode without words of its own stands in brackets."""
    known = _DEEDS.get(type_, {})
    if mode is not None and mode in known:
        return known[mode]
    verb = known.get("", type_.lower())
    return f"{verb} ({mode.replace('-', ' ')})" if mode else verb


def judgement_words(review: Review) -> str:
    """What a review says, in words: 'corrected: stance is opposes'."""
    if review.judgement == "correct":
        return f"corrected: {review.field} is {told(review.value, 'nobody')}"
    if review.judgement == "merge":
        return f"merged into {review.value['into']}"
    if review.judgement == "rename":
        return f"renamed to {review.value}"
    return _JUDGEMENTS[review.judgement]


_JUDGEMENTS = {
    "accept": "accepted",
    "reject": "rejected",
    "add": "added",
    "split": "split off",
    "undo": "undone",
}
