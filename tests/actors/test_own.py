"""A user's own actors: what is read, what is refused, and how it meets the package's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import onrecord
from onrecord.actors.directory import directory
from onrecord.actors.own import COLUMNS, read_own, template
from onrecord.actors.resolve import find_cast
from onrecord.bulk import code_many
from onrecord.errors import KnowledgeError, UsageError
from onrecord.record import Document, Record
from onrecord.text.parse import Parser

FILE = """name,kind,aliases,country,office,title,start,end,as_of,party
# a comment, and a blank line

Ann Example,,Anna Exampel,RUS,foreign-minister,Minister of Foreign Affairs,2026-03-01,,2026-06-01,
Example Liberation Front,armed-group,ELF,SDN,,,,,,
Sergey Lavrov,person,Sergej Wrolaw,RUS,,,,,,
Bob Nemo,,,,spokesperson,"Spokesman, acting",2020,2027,,Example Liberation Front
UKR,state,Ukrayina,,,,,,,
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "own.csv"
    path.write_bytes(text.encode("utf-8"))
    return path


def test_aliases_of_nobody_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "name,country,aliases\n\nZzyzx Qwerty,RUS,Zed\n")
    with pytest.raises(
        KnowledgeError, match=re.escape("own.csv:3: nobody is known as 'Zzyzx Qwerty' in RUS")
    ):
        code_many([], actors=path)


def test_rows_are_read_with_their_lines(tmp_path: Path) -> None:
    own = read_own(write(tmp_path, "\ufeff" + FILE.replace("\n", "\r\n")))
    assert [(row.line, row.name, row.kind) for row in own.rows] == [
        (4, "Ann Example", "person"),
        (5, "Example Liberation Front", "armed-group"),
        (6, "Sergey Lavrov", "person"),
        (7, "Bob Nemo", "person"),
        (8, "UKR", "state"),
    ]
    assert own.rows[3].title == "Spokesman, acting"
    assert [row.sector for row in own.rows] == ["GOV", "REB", "GOV", "GOV", ""]
    assert len(own.digest) == 64


def test_the_template_is_a_file_without_rows(tmp_path: Path) -> None:
    assert read_own(write(tmp_path, template())).rows == ()
    assert template().splitlines()[-1] == ",".join(COLUMNS)
    examples = [line[2:] for line in template().splitlines() if line.startswith("# ") and line.count(",") > 8]
    assert len(examples) == 3
    assert len(read_own(write(tmp_path, template() + "\n".join(examples))).rows) == 3


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "own.csv:1: no header line; write one with"),
        ("name;kind\n", "own.csv:1: the columns stand apart by ';'"),
        ("name,rank\n", "own.csv:1: no column is called 'rank'; those are name, kind"),
        ("kind,country\n", "own.csv:1: the column 'name' is missing"),
        ("name,name\n", "own.csv:1: a column stands twice"),
        ("name,country\nAnn Example\n", "own.csv:2: a person needs a country or a party"),
        ("name,country\n,RUS\n", "own.csv:2: the row has no name"),
        ("name,kind\nAnn,human\n", "own.csv:2: kind is 'human'; it is one of person"),
        ("name,country\n\nAnn,Russia\n", "own.csv:3: country is 'RUSSIA', no ISO"),
        ("name,country,office\nAnn,RUS,boss\n", "own.csv:2: office is 'boss'; it is one of head-of-state"),
        ("name,kind,country,office\nX,bloc,,other\n", "own.csv:2: only people hold offices"),
        ("name,country,title\nAnn,RUS,Boss\n", "own.csv:2: the title has no office"),
        ("name,country\nAnn,RUS\n", "own.csv:2: the row adds neither"),
        (
            "name,country,office,start\nA B,RUS,other,1.3.2026\n",
            "own.csv:2: start is '1.3.2026'; write a date as",
        ),
        ("name,country,office,start,end\nA B,RUS,other,2026-03,2025\n", "own.csv:2: the end 2025 is before"),
        ("name,country,office,wikidata\nA B,RUS,other,77\n", "own.csv:2: wikidata is '77'"),
        ("name,country,aliases\nA B,RUS,Анна\n", "own.csv:2: an alias has no Latin letter"),
        ("name,country\nA B,RUS,x\n", "own.csv:2: 3 cells under 2 columns"),
        ('name,country\n"A B,RUS\n', "own.csv:2: not valid CSV"),
    ],
)
def test_a_wrong_file_is_refused_by_line_with_a_remedy(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(KnowledgeError, match=re.escape(message)):
        read_own(write(tmp_path, text))


def test_other_encodings_and_missing_files_are_told(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_bytes("name,country\nJosé,ESP\n".encode("latin-1"))
    with pytest.raises(KnowledgeError, match=r"own\.csv:2: not UTF-8"):
        read_own(path)
    with pytest.raises(UsageError, match="No such file"):
        read_own(tmp_path / "none.csv")


def test_a_users_holder_follows_the_one_known_before(tmp_path: Path) -> None:
    roster = directory(read_own(write(tmp_path, FILE))).roster
    names = {
        on: [r.name for r in roster.office("RUS", "foreign-minister", on)]
        for on in ("2014-05-01", "2026-05-01")
    }
    assert names == {"2014-05-01": ["Sergey Lavrov"], "2026-05-01": ["Ann Example"]}
    assert roster.who("Exampel", "2026-05-01")[0].name == "Ann Example"
    assert roster.who("Wrolaw", "2014-05-01")[0].role.office == "foreign-minister"
    assert directory().roster.who("Wrolaw", "2014-05-01") == ()


def test_a_users_rows_replace_the_same_person_in_the_same_office(tmp_path: Path) -> None:
    text = "name,country,office,start,end\nSergey Lavrov,RUS,foreign-minister,2005,2006\n"
    person = directory(read_own(write(tmp_path, text))).roster.who("Lavrov", "2005-05-01")[0]
    assert [(r.office, r.start) for r in person.roles if r.office == "foreign-minister"] == [
        ("foreign-minister", "2005")
    ]
    assert any(r.office == "envoy" for r in person.roles)


def test_organisations_and_people_are_found_in_a_text(parser: Parser, tmp_path: Path) -> None:
    known = directory(read_own(write(tmp_path, FILE)))
    text = (
        "ELF fighters attacked a town in Ukrayina, Bob Nemo said. The Russian foreign minister condemned it."
    )
    cast = find_cast(parser.parse(Document(id="x", text=text, published="2026-05-01")), known)
    actors = {actor.id: actor for actor in cast.actors}
    assert actors["example-liberation-front"].kind == "armed-group"
    assert actors["bob-nemo"].party == "example-liberation-front"
    assert actors["ann-example"].role == "minister of foreign affairs"
    assert "UKR" in actors


def test_the_package_is_left_as_it_was(tmp_path: Path) -> None:
    before = [r.name for r in directory().roster.office("RUS", "foreign-minister", "2026-05-01")]
    directory(read_own(write(tmp_path, FILE)))
    assert [r.name for r in directory().roster.office("RUS", "foreign-minister", "2026-05-01")] == before


def test_records_say_which_file_was_used_on_every_process(tmp_path: Path) -> None:
    path = write(tmp_path, FILE)
    documents = [
        Document(id=str(n), text="The Russian foreign minister rejected the plan.", published="2026-05-01")
        for n in range(3)
    ]
    alone = onrecord.load(actors=path).code(documents[0])
    assert alone.coder.knowledge == f"{onrecord.load().info.knowledge}+{read_own(path).digest[:8]}"
    results = list(code_many(documents, actors=path, jobs=2, batch=1))
    assert all(isinstance(r, Record) and r.actors[0].id == "ann-example" for r in results)
    assert results[0] == alone
