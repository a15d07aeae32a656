from __future__ import annotations

import re
from contextlib import closing

import pytest

from onrecord.dossier.connection import connect
from onrecord.dossier.corrections import field_of
from onrecord.dossier.overlay import every
from onrecord.dossier.query_queue import KINDS, queue, queue_sizes
from onrecord.web.review_form import card, changes
from onrecord.web.words import deed_words
from tests.web.conftest import client
from tests.web.test_pages import read


def form(pages, **fields: str) -> dict[str, str]:
    html = pages.get("/review").text
    csrf = re.search(r'name="csrf" value="([^"]+)"', html)[1]
    entry = re.search(r'class="due" id="([^"]+)"', html)[1]
    return {"csrf": csrf, "entry": entry, **fields}


def reviews(path):
    with closing(connect(path)) as connection:
        return every(connection)


def test_the_queue_begins_with_the_doubtful_on_which_much_rests(path) -> None:
    with closing(connect(path)) as connection:
        found = queue(connection, limit=1000)
        sizes = queue_sizes(connection)
    assert len(found) == sum(left for left, _ in sizes.values()) == sum(n for _, n in sizes.values())
    losses = [(1 - (d.confidence or 0)) * d.weight for d in found]
    assert losses == sorted(losses, reverse=True)
    assert any(d.weight > 1 for d in found)
    assert {d.kind for d in found} == set(KINDS)


def test_every_field_of_a_form_can_be_corrected(path) -> None:
    with closing(connect(path)) as connection:
        for due in queue(connection, limit=1000):
            shown = card(connection, due.kind, due.id)
            for field in shown.fields:
                field_of(due.kind, field.name)
                assert not field.choices or field.value in field.choices
            unchanged = {f.name: f.value for f in shown.fields} | {
                f"was-{f.name}": f.value for f in shown.fields
            }
            assert changes(due.kind, unchanged) == []


@pytest.mark.parametrize("judgement", ["accept", "reject"])
def test_a_judgement_is_signed_told_and_leaves_the_queue(pages, path, judgement) -> None:
    sent = form(pages, judgement=judgement, back="/review?kind=statement", next="s-1")
    response = pages.post("/review", data=sent, follow_redirects=False)
    assert response.status_code == 303
    assert response.headers["location"] == "/review?kind=statement&done=1#s-1"
    (review,) = reviews(path)
    assert (review.judgement, review.target, review.who) == (judgement, sent["entry"], "Ana")
    html = pages.get("/review?done=1").text
    assert f"{judgement}ed, signed Ana" in html
    assert f'id="{sent["entry"]}"' not in html


def test_a_rejected_entry_can_still_be_looked_at_and_taken_back(pages, path) -> None:
    sent = form(pages, judgement="reject")
    pages.post("/review", data=sent)
    html = pages.get(f"/entries/{sent['entry']}").text
    assert "Rejected in review" in html
    assert all(pages.get(link).status_code == 200 for link in read(html).links if link.startswith("/"))
    pages.post("/review", data={**sent, "entry": "1", "judgement": "undo"})
    assert "<mark>" in pages.get(f"/entries/{sent['entry']}").text
    assert [r.judgement for r in reviews(path)] == ["reject", "undo"]
    assert "undone" in pages.get("/reviews").text


def test_only_what_was_changed_is_corrected(pages, path) -> None:
    with closing(connect(path)) as connection:
        (due,) = queue(connection, ("position",), limit=1)
        fields = {f.name: f.value for f in card(connection, due.kind, due.id).fields}
    new = "noncommittal" if fields["stance"] != "noncommittal" else "opposes"
    sent = form(pages, judgement="correct", why="read it again") | {"entry": due.id}
    was = {f"was-{name}": value for name, value in fields.items()}
    pages.post("/review", data={**sent, **was, **fields, "stance": new})
    (review,) = reviews(path)
    assert (review.field, review.value, review.why) == ("stance", new, "read it again")
    html = pages.get("/reviews").text
    assert f"corrected: stance is {new}" in html
    assert "read it again" in html
    assert f"stance {new}" in pages.get(f"/entries/{due.id}").text


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"judgement": "correct"}, "no field was changed"),
        ({"judgement": "correct", "span": "1:x", "was-span": ""}, "no stretch of text"),
        ({"judgement": "correct", "kind": "loud", "type": "x", "stance": "loud"}, "no "),
        ({"judgement": "accept", "entry": "s-nothing"}, "has no statement"),
        ({"judgement": "accept", "entry": "e-1"}, "no such entry"),
        ({"judgement": "undo", "entry": "99"}, "there is no review 99"),
        ({"judgement": "erase"}, "can be accepted, rejected, corrected"),
    ],
)
def test_what_makes_no_sense_is_told_and_changes_nothing(pages, path, changed, words) -> None:
    response = pages.post("/review", data={**form(pages), **changed})
    assert response.status_code == 400
    assert words in response.text
    assert reviews(path) == ()


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example", "/\\evil.example", "evil", "", "javascript:x"]
)
def test_a_form_leads_back_to_our_own_pages_alone(pages, back) -> None:
    sent = form(pages, judgement="accept", back=back)
    response = pages.post("/review", data=sent, follow_redirects=False)
    assert response.headers["location"].startswith("/review?done=1")


def test_without_a_name_the_pages_are_read_only(path) -> None:
    pages = client(path)
    html = pages.get("/review").text
    assert "read only" in html
    assert "<button name" not in html
    assert "--user" in pages.get("/reports").text
    token = pages.app.state.access.csrf
    for url, data in (("/review", {"judgement": "accept", "entry": "s-1"}), ("/reports", {})):
        response = pages.post(url, data={"csrf": token, **data})
        assert response.status_code == 403
        assert "read only" in response.text
    assert reviews(path) == ()


def test_deeds_have_words() -> None:
    assert deed_words("CONSULT", "phone") == "telephones"
    assert deed_words("REQUEST", None) == "asks"
    assert deed_words("ASSAULT", "heavy-weapons") == "attacks (heavy weapons)"
    assert deed_words("UNKNOWN", None) == "unknown"
