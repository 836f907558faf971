"""The shape of the content files: what an author may write in templates/content."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, HttpUrl

from bot.names import ClusterId, StepId

LANGUAGES = ("de", "en")


def _both_languages(value: dict[str, str]) -> dict[str, str]:
    missing = [language for language in LANGUAGES if not value.get(language, "").strip()]
    if missing:
        raise ValueError(f"no text in {', '.join(missing)}")
    return value


def _as_list(value: object) -> object:
    return value if isinstance(value, list) else [value]


Bilingual = Annotated[dict[str, str], AfterValidator(_both_languages)]
Phrases = dict[str, list[str]]
Printed = Annotated[str, BeforeValidator(str)]
Ids = Annotated[list[str], BeforeValidator(_as_list)]


class Record(BaseModel):
    """A record of the content; an unknown key is a fault."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(Record):
    """A page that a fact was read on; `dated` is the date that it shows, `read` the day of reading."""

    title: str
    url: HttpUrl
    dated: Printed
    read: date


class Fact(Record):
    """One statement that stands alone, with its date and its sources."""

    value: Bilingual
    as_of: Printed
    source: Ids
    kind: Literal["known", "not_known"] = "known"
    expires: date | None = None
    note: Bilingual | None = None
    key: str | None = None
    data: dict[str, str | int | float | bool | list[str]] = Field(default_factory=dict)
    steps: list[StepId] = Field(default_factory=list)

    def expired(self, today: date) -> bool:
        """Tell whether the fact must be told as past."""
        return self.expires is not None and self.expires < today


class Cluster(Record):
    """One of the four networks, with its facts by facet."""

    id: ClusterId
    name: str
    today: str | None = None
    long_name: Bilingual
    facts: dict[str, list[Fact]]


class Entry(Record):
    """An authored question and its answer, a template over facts."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=34)
    topic: str
    cluster: ClusterId | None = None
    clusters: list[ClusterId] = Field(default_factory=list)
    questions: Phrases
    answer: Bilingual
    sources: Ids
    as_of: Printed
    checked: date
    expires: date | None = None
    related: list[str] = Field(default_factory=list)


class Step(Record):
    """A step of the value chain; `clusters` says who works on it: P primary, S secondary."""

    id: StepId
    name: Bilingual
    definition: Bilingual
    words: Phrases
    clusters: dict[ClusterId, Literal["P", "S"]]
    dated: list[ClusterId] = Field(default_factory=list)
    examples: Phrases = Field(default_factory=dict)


class Region(Record):
    """A Land or a country with its home cluster; `id` is the ISO 3166 code."""

    id: str = Field(pattern=r"^[A-Z]{2}(-[A-Z]{2})?$")
    name: Bilingual
    home: ClusterId | None = None
    second: ClusterId | None = None
    words: list[str] = Field(default_factory=list)


class Facet(Record):
    """A kind of question that can be asked about any cluster."""

    title: Bilingual
    asks: Bilingual
    questions: Phrases
    reply: Literal["answer", "unknown"] = "answer"
    reason: str | None = None
    also: list[str] = Field(default_factory=list)
    topics: list[str] = Field(default_factory=list)
    compares: list[str] = Field(default_factory=list)
    shared: bool = False
    dated: bool = False


class Named(Record):
    """A thing that people name: a cluster, the platform, a topic or another network."""

    id: str
    kind: Literal["cluster", "platform", "topic", "place", "network"]
    clusters: list[ClusterId] = Field(default_factory=list)
    seat: bool = False
    names: list[str]
    title: Bilingual | None = None
    about: Bilingual | None = None


class Intent(Record):
    """What people say that is no question about the clusters: small talk, a wish for a person, another subject."""

    questions: Phrases
    kind: Literal["smalltalk", "handover", "unknown", "compare", "which", "belongs"]
    reason: str | None = None


class Language(Record):
    """The words of a language that carry the build of a question, not its subject."""

    function: list[str]
    asking: list[str] = Field(default_factory=list)
    plural: list[str] = Field(default_factory=list)
    each: list[str] = Field(default_factory=list)
    negating: list[str] = Field(default_factory=list)
    following: list[str] = Field(default_factory=list)
    pronouns: list[str] = Field(default_factory=list)
    generic: list[str] = Field(default_factory=list)
    wishing: list[str] = Field(default_factory=list)
    which: list[str] = Field(default_factory=list)
    nouns: list[str] = Field(default_factory=list)
    comparing: list[str] = Field(default_factory=list)
    ours: list[str] = Field(default_factory=list)
    standing: list[str] = Field(default_factory=list)
    own: list[str] = Field(default_factory=list)
    affairs: list[str] = Field(default_factory=list)
    manners: list[str] = Field(default_factory=list)
    framing: list[str] = Field(default_factory=list)
    telling: list[str] = Field(default_factory=list)
    asides: list[str] = Field(default_factory=list)
    nicknames: list[str] = Field(default_factory=list)
    indefinite: list[str] = Field(default_factory=list)
    pointing: list[str] = Field(default_factory=list)
    rest: list[str] = Field(default_factory=list)
    moments: list[str] = Field(default_factory=list)
    listing: list[str] = Field(default_factory=list)
    whether: list[str] = Field(default_factory=list)
    lasting: list[str] = Field(default_factory=list)
    laws: list[str] = Field(default_factory=list)
    permits: list[str] = Field(default_factory=list)
