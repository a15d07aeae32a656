"""FollowTheMoney statements, read and checked by followthemoney itself."""

from __future__ import annotations

import io
from itertools import groupby

import msgspec
import pytest
from followthemoney import model
from followthemoney.dataset import Dataset
from followthemoney.statement import CSV, Statement, StatementEntity, read_statements
from followthemoney.statement.serialize import CSV_COLUMNS

from onrecord.knowledge import read_csv
from onrecord.output import Style, ftm
from tests.output.sample import RECORD
from tests.output.talks import BARE, TALKS

DATASET = Dataset({"name": ftm.DATASET, "title": "onrecord"})


def written(*records) -> bytes:
    out = io.BytesIO()
    ftm.write(iter(records), out, Style())
    return out.getvalue()


@pytest.fixture(scope="module")
def statements() -> list[Statement]:
    return list(read_statements(io.BytesIO(written(TALKS, RECORD, BARE)), CSV))


@pytest.fixture(scope="module")
def entities(statements: list[Statement]) -> dict[str, StatementEntity]:
    groups: dict[str, list[Statement]] = {}
    for statement in statements:
        groups.setdefault(statement.entity_id, []).append(statement)
    return {key: StatementEntity.from_statements(DATASET, group) for key, group in groups.items()}


def test_the_columns_are_followthemoney_s() -> None:
    assert list(ftm.COLUMNS) == CSV_COLUMNS
    assert len(ftm.COLUMNS) == 14


def test_every_statement_is_clean_and_has_followthemoney_s_id(statements: list[Statement]) -> None:
    assert len({s.id for s in statements}) == len(statements)
    for s in statements:
        assert s.id == s.generate_key()
        prop = model.get(s.schema).get(s.prop)
        assert prop.type.name == s.prop_type
        assert prop.type.clean(s.value) == s.value, (s.prop, s.value)


def test_every_entity_is_valid_by_the_model(entities: dict[str, StatementEntity]) -> None:
    for entity in entities.values():
        model.get(entity.schema.name).validate(entity.to_dict())
        for required in entity.schema.required:
            assert entity.get(required)
        for prop in entity.iterprops():
            if prop.type.name == "entity":
                for other in entity.get(prop):
                    assert entities[other].schema.is_a(prop.range), (entity.schema, prop)


def by_schema(entities: dict[str, StatementEntity], schema: str) -> list[StatementEntity]:
    return [e for e in entities.values() if e.schema.name == schema]


def test_who_takes_part_and_what_was_done(entities: dict[str, StatementEntity]) -> None:
    assert {s: len(by_schema(entities, s)) for s in {e.schema.name for e in entities.values()}} == {
        "Article": 3,
        "Person": 5,
        "PublicBody": 3,
        "Organization": 1,
        "LegalEntity": 1,
        "Mention": 10,
        "Event": 6,
    }
    tudjman = entities["Q185171"]
    assert tudjman.get("name") == ["Franjo Tuđman"]
    assert tudjman.get("country") == ["hr"]
    assert tudjman.get("position") == ["president"]
    meeting = next(e for e in by_schema(entities, "Event") if "CONSULT multilateral" in e.caption)
    assert meeting.caption == "CONSULT multilateral: Franjo Tuđman, Slobodan Milošević → Alija Izetbegović"
    assert sorted(meeting.get("involved")) == ["Q153128", "Q185171", "Q39571"]
    assert meeting.get("date") == ["1995-11-14"]
    assert meeting.get("location") == ["Dayton"]
    assert meeting.get("country") == ["us"]
    (report,) = meeting.get("proof")
    assert entities[report].get("publisher") == ["Wire; Service"]
    assert entities[report].get("sourceUrl") == ["https://example.org/talks?a=1&b=2"]


def test_what_did_not_happen_says_so(entities: dict[str, StatementEntity]) -> None:
    captions = {e.caption for e in by_schema(entities, "Event")}
    assert "RETREAT ease (planned): Serbia → –" in captions
    assert "ASSAULT aerial (denied): NATO → Pale" in captions
    lifted = next(e for e in by_schema(entities, "Event") if e.caption.startswith("CONCEDE"))
    assert (lifted.get("startDate"), lifted.get("endDate")) == (["1994-01-01"], ["1994-12-31"])


def test_actors_that_the_knowledge_names_are_one_in_all_reports() -> None:
    other = msgspec.structs.replace(TALKS, document=msgspec.structs.replace(TALKS.document, id="other"))
    rows = [line.split(b'","') for line in written(TALKS, other, RECORD).splitlines()[1:]]
    together = [key for key, _ in groupby(row[0] for row in rows)]
    assert len(set(together)) == len(together), "the statements of an entity stand together"
    assert len({row[-1] for row in rows}) == len(rows)
    names = [row[5] for row in rows if row[2] == b"name" and row[4] == b"Person"]
    assert names.count("Franjo Tuđman".encode()) == 1
    assert sum(row[4] == b"Article" and row[2] == b"title" for row in rows) == 3


def test_people_whom_the_knowledge_does_not_name_are_their_report_s() -> None:
    other = msgspec.structs.replace(RECORD, document=msgspec.structs.replace(RECORD.document, id="other"))
    rows = [line.split(b'","') for line in written(RECORD, other).splitlines()[1:]]
    assert len({row[0] for row in rows if row[4] == b"Person" and row[5] == b"Karl Muskar"}) == 2
    assert len({row[0] for row in rows if row[4] == b"PublicBody"}) == 1


def test_a_report_that_comes_again_is_left_out() -> None:
    assert written(TALKS, RECORD, TALKS) == written(TALKS, RECORD)


def test_every_state_s_country_is_followthemoney_s() -> None:
    country = model.get("Person").get("country").type
    codes = [row["ftm"] for row in read_csv("crosswalks", "countries.csv")]
    assert [c for c in codes if country.clean(c) != c] == []
