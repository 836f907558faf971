"""What comes in besides the text, and what goes out: Context and Reply."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from bot.names import CLUSTERS

Kind = Literal["answer", "clarify", "unknown", "handover", "smalltalk"]
OFFICE_REASONS = (None, "internal", "person", "account")
"""Why a question has no answer although an office may have one; for the weather no office helps."""
REMEMBERED = ("entities", "facet", "entry")


@dataclass(frozen=True)
class Context:
    """What is known of a chat: languages, and what the last answer was about."""

    language: str | None = None
    last_language: str | None = None
    language_code: str | None = None
    entities: tuple[str, ...] = ()
    facet: str | None = None
    entry: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Return what a follow-up needs, to be stored with the chat; languages are stored elsewhere."""
        return {"entities": list(self.entities), "facet": self.facet, "entry": self.entry}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any] | None) -> Context:
        """Read what `to_json` wrote; what is missing or unknown is ignored."""
        known = stored or {}
        facet, entry = known.get("facet"), known.get("entry")
        return cls(entities=tuple(known.get("entities") or ()), facet=facet, entry=entry)

    def spoken_by(
        self, *, language: str | None = None, last_language: str | None = None, language_code: str | None = None
    ) -> Context:
        """Return the context with the languages of a chat: chosen, last spoken, Telegram's."""
        return replace(self, language=language, last_language=last_language, language_code=language_code)


@dataclass(frozen=True)
class Alternative:
    """A question that the person may press; `payload` fits into a button (at most 40 bytes)."""

    text: str
    payload: str


@dataclass(frozen=True)
class Citation:
    """A source under an answer; `as_of` is the date that the page shows."""

    title: str
    url: str
    as_of: str


@dataclass(frozen=True)
class Reply:
    """One reply; `bot.answering.render` makes the message of it."""

    kind: Kind
    language: str
    template: str
    values: Mapping[str, Any]
    context: Context
    clusters: tuple[str, ...] = ()
    entry: str | None = None
    facet: str | None = None
    confidence: float = 0.0
    sources: tuple[Citation, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    related: tuple[Alternative, ...] = ()
    reason: str | None = None
    parts: tuple[Mapping[str, Any], ...] = field(default=())

    @property
    def is_enquiry(self) -> bool:
        """Whether the message is a wish that a cluster could fulfil rather than a question."""
        return self.kind == "handover" and bool(self.values.get("enquiry"))

    @property
    def needs_person(self) -> bool:
        """Whether a person at an office may know more than the bot."""
        if self.alternatives or self.kind not in ("unknown", "handover"):
            return False
        return self.kind == "handover" or self.reason in OFFICE_REASONS


def joined(replies: list[Reply]) -> Reply:
    """Put the answers to several questions into one reply; the context is the last one's."""
    if len(replies) == 1:
        return replies[0]
    clusters = dict.fromkeys(cluster for reply in replies for cluster in reply.clusters)
    sources = dict.fromkeys(source for reply in replies for source in reply.sources)
    return replace(
        replies[-1],
        parts=tuple(part for reply in replies for part in reply.parts),
        clusters=tuple(cluster for cluster in CLUSTERS if cluster in clusters),
        sources=tuple(sources),
        entry=next((reply.entry for reply in replies if reply.entry), None),
        confidence=min(reply.confidence for reply in replies),
    )
