"""The shape of templates/content/places.yaml and routing.yaml."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from bot.answering.schema import Record
from bot.answering.words import folded_words
from bot.names import StepId

RegionId = Annotated[str, Field(pattern=r"^[A-Z]{2}(-[A-Z]{2})?$")]


def _folded(phrases: list[str]) -> list[str]:
    return [" ".join(folded_words(phrase)) for phrase in phrases]


Folded = Annotated[list[str], AfterValidator(_folded)]


class Country(Record):
    """A country besides Germany: its names, and its people and adjectives."""

    names: list[str]
    people: list[str] = Field(default_factory=list)


class Places(Record):
    """What names places besides GeoNames' towns, and the words that tell whose place it is."""

    divisions: dict[str, RegionId]
    landscapes: dict[RegionId, list[str]]
    countries: dict[RegionId, Country]
    germany: Folded
    zones: dict[Annotated[str, Field(pattern=r"^\d{2,5}$")], RegionId]
    ordinary: Folded
    known: Folded
    before: Folded
    skipped: Folded
    toward: Folded
    joining: Folded
    relations: Folded
    strangers: Folded
    own: Folded
    possessive: Folded
    being: Folded
    wishing: Folded
    dishes: Folded
    dish_names: Folded
    code_names: Folded
    code_before: Folded
    units: Folded
    arriving: Folded
    departing: Folded
    supplying: Folded
    head_office: Folded


class Cues(Record):
    """Words that point to a step; `*` at an end stands for any letters."""

    strong: list[str]
    fair: list[str] = Field(default_factory=list)
    weak: list[str] = Field(default_factory=list)


class Rules(Record):
    """What a mark counts, and how a text shows the steps that it needs."""

    points: dict[Literal["P", "S"], int]
    home: int
    buying: Folded
    bought: list[StepId]
    assets: Folded
    within: Folded
    likened: Folded
    abroad: Folded
    most_steps: int = Field(ge=1, le=12)
    ambiguous: dict[str, list[StepId]]
    trades: Folded
    introducing: Folded
    following: Folded
    closing: Folded
    contrasting: Folded
    content: Folded
    not_content: Folded
    too: Folded
    custom: Folded
    wanted: Folded
    making: Folded
    makers: Folded
    firms: Folded
    heads: Folded
    streams: Folded
    cues: dict[StepId, Cues]
    neutral: list[str]
