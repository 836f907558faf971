"""The answerer: a text and a chat's context in, a reply out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from bot.answering.composing import Composer
from bot.answering.content import Content, load_content
from bot.answering.deciding import decide
from bot.answering.encoder import Encoder
from bot.answering.fitting import bands_of
from bot.answering.guard import no_question
from bot.answering.knowledge import Knowledge
from bot.answering.outcomes import Bands, Outcome
from bot.answering.question import Question
from bot.answering.reading import read
from bot.answering.reply import Alternative, Context, Reply, joined
from bot.answering.schema import LANGUAGES
from bot.answering.segments import segments
from bot.answering.vectors import CACHE, kept_encoder
from bot.answering.words import clean, fold
from bot.clock import utc_now
from bot.names import CLUSTERS

ANSWERS = frozenset(("entry", "entries", "facet", "steps", "compare", "network"))
# A part of a message must fit better than a whole one.
PART = 0.1
# A part so sure need not be read again without what was named before it.
SURE = 1.3
# Longer messages are only read sentence by sentence.
LONG = 300
# Of a sentence without end, the beginning is read.
LONGEST_READ = 500
DEFAULT_LANGUAGE = "de"
CARD = ("profile", "region", "contact")
FIRST_QUESTIONS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("entry", "platform-what", ()),
    ("facet", "seat", ("nieke",)),
    ("facet", "contact", ("fpi",)),
    ("facet", "topics", ("giqs",)),
)


def _today() -> date:
    return utc_now().date()


class Answerer:
    """Understands questions; no input or output, a few milliseconds a question."""

    def __init__(
        self,
        content: Content,
        encoder: Encoder | None,
        *,
        bands: Bands | None = None,
        today: Callable[[], date] = _today,
    ) -> None:
        self.knowledge = Knowledge(content, encoder)
        self.bands = bands or bands_of(self.knowledge, encoder)
        self._today = today
        # One message is read by several rules.
        self._read = lru_cache(maxsize=64)(lambda text, context: read(text[:LONGEST_READ], self.knowledge, context))
        words = [content.languages[language] for language in LANGUAGES]
        self._asking = frozenset(word for language in words for word in language.asking)
        self._wishing = tuple(phrase for language in words for phrase in language.wishing)

    @classmethod
    def load(cls, content_dir: Path | None = None, cache_dir: Path | None = CACHE) -> Answerer:
        """Read the content and fit the matcher; raises StartError for a fault in the content.

        Vectors are kept in `cache_dir`, where it can be written; None keeps nothing.
        """
        return cls(load_content(content_dir), kept_encoder(cache_dir))

    def reply_to(self, text: str, context: Context) -> Reply:
        """Return the reply to a message; never raises for any text."""
        cleaned = clean(text)
        language = self.language(cleaned, context)
        composer = Composer(self.knowledge, language, self._today())
        reason = no_question(cleaned)
        if reason is None and self.knowledge.speech.is_foreign(cleaned):
            reason = "language"
        if reason is not None:
            return composer.reply(Outcome("unknown", reason=reason), context)
        return joined(
            [
                composer.reply(outcome, self._remembering(outcome, cleaned, before))
                for outcome, before in self._outcomes(cleaned, context)
            ]
        )

    def reply_to_choice(self, payload: str, context: Context) -> Reply:
        """Return the reply to a pressed button; an unknown payload gets the reply that asks again."""
        language = self.language("", context)
        composer = Composer(self.knowledge, language, self._today())
        return composer.reply(self._chosen(payload), context)

    def card(self, cluster: str, context: Context) -> Reply:
        """Return what a newcomer wants to know of a cluster: profile, region, contact."""
        composer = Composer(self.knowledge, self.language("", context), self._today())
        return joined([composer.reply(Outcome("facet", 2.5, facet, (cluster,)), context) for facet in CARD])

    def first_questions(self, language: str) -> list[Alternative]:
        """Return questions that show a newcomer what can be asked."""
        composer = Composer(self.knowledge, language, self._today())
        options = (composer.buttons.option(kind, name, clusters) for kind, name, clusters in FIRST_QUESTIONS)
        return [option for option in options if option is not None]

    def language(self, text: str, context: Context) -> str:
        """Return the language to reply in: chosen, detected, last spoken, Telegram's, German."""
        detected = context.language or self.knowledge.speech.detect(text)
        wishes = (detected, context.last_language, (context.language_code or "")[:2].casefold())
        return next((wish for wish in wishes if wish in LANGUAGES), DEFAULT_LANGUAGE)

    def _chosen(self, payload: str) -> Outcome:
        kind, _, rest = payload.partition(":")
        content = self.knowledge.content
        if kind == "e" and rest in content.entries:
            return Outcome("entry", 2.5, rest)
        facet, _, cluster = rest.partition(":")
        if kind == "m" and facet in content.facets and cluster in CLUSTERS:
            return Outcome("facet", 2.5, facet, (cluster,), whole=True)
        if kind == "f" and facet in content.facets and cluster in CLUSTERS:
            if content.facets[facet].reply == "unknown":
                return Outcome("unknown", 2.5, facet, (cluster,), reason=content.facets[facet].reason)
            return Outcome("facet", 2.5, facet, (cluster,))
        return Outcome("unknown")

    def _outcomes(self, text: str, context: Context) -> list[tuple[Outcome, Context]]:
        """Return what each question of a message gets, with the context that it was asked in."""
        parts = segments(text, self._asking)
        if len(parts) > 1:
            self._prepare([text, *parts] if len(text) <= LONG else parts, context)
        whole = self._decide(text, context) if len(text) <= LONG or len(parts) < 2 else Outcome("unknown")
        if self._is_enquiry(text, whole):
            return [(Outcome("handover", self.bands.talk, "enquiry"), context)]
        if len(parts) < 2 or whole.reason == "refuse":
            return [(whole, context)]
        found = self._in_parts(parts, context)
        if any(outcome.reason == "refuse" for outcome, _ in found):
            return [(Outcome("unknown", reason="refuse"), context)]
        return self._chosen_parts(whole, found, context)

    def _prepare(self, texts: Sequence[str], context: Context) -> None:
        """Rate all wordings that are going to be asked at once."""
        questions = [self._read(text, context) for text in texts]
        wordings = (wording for one in questions for wording in (*one.readings, one.bare) if wording)
        self.knowledge.matcher.prepare(wordings)

    def _in_parts(self, parts: list[str], context: Context) -> list[tuple[Outcome, Context]]:
        found: list[tuple[Outcome, Context]] = []
        before = context
        for part in parts:
            read_part = self._read(part, before)
            if found and self._only_points(read_part, before):
                continue  # It is read together with the sentence before.
            pointing = read_part.pointing and not read_part.names_something
            if pointing and found and not self._is_answered(found[-1][0]):
                continue  # It goes on with what was not understood.
            outcome = self._decide(part, before)
            sure = before is context or (outcome.form in ANSWERS and outcome.score >= SURE)
            alone = outcome if sure else self._decide(part, context)
            goes_on = read_part.standing and outcome.form in ANSWERS
            if not goes_on and alone.form in ANSWERS and alone.score > outcome.score + PART:
                outcome = alone
            found.append((self._of_topic(part, before, outcome), before))
            named = self._read(part, before)
            if named.clusters or named.topics:
                before = replace(before, entities=(*named.clusters, *named.topics), entry=None, facet=None)
        return found

    @staticmethod
    def _only_points(part: Question, before: Context) -> bool:
        """ "We look for trainees. Does FPI have anything there?": the second sentence says nothing alone."""
        if part.content:
            return False
        return part.pointing if part.names_something else not before.entities

    def _of_topic(self, part: str, before: Context, outcome: Outcome) -> Outcome:
        """ "What is ZIM and who may apply?": the second part is asked of what the first names."""
        topic = next((name for name in before.entities if name in self.knowledge.topic_clusters), None)
        if topic is None or self._read(part, before).names_something:
            return outcome
        joined = self._decide(f"{self.knowledge.name_of(topic)}: {part}", Context())
        better = outcome.form not in ANSWERS or joined.score > outcome.score
        return joined if joined.form in ANSWERS and better else outcome

    def _chosen_parts(
        self, whole: Outcome, found: list[tuple[Outcome, Context]], context: Context
    ) -> list[tuple[Outcome, Context]]:
        """Answer all parts that have an answer of their own; else what fits best, the whole or a part."""
        answered = [pair for pair in found if self._is_answered(pair[0])]
        distinct = {(one.form, one.name, one.clusters, one.steps): (one, before) for one, before in reversed(answered)}
        if len(distinct) > 1:
            return [
                pair
                for pair in answered
                if distinct.get((pair[0].form, pair[0].name, pair[0].clusters, pair[0].steps)) == pair
            ]
        best = max(answered, key=lambda pair: pair[0].score, default=None)
        if best is not None and len(answered) < len(found) and self._adds(whole, best[0]):
            return [best, (whole, context)]
        if best is not None and (whole.form not in ANSWERS or best[0].score > whole.score + PART):
            return [best]
        if whole.form in ANSWERS or whole.form in {"handover", "talk"}:
            return [(whole, context)]
        return [next((pair for pair in found if pair[0].form in {"handover", "clarify", "whose"}), (whole, context))]

    def _is_answered(self, outcome: Outcome) -> bool:
        return outcome.form in ANSWERS and outcome.score >= self.bands.answer + PART

    @staticmethod
    def _adds(whole: Outcome, part: Outcome) -> bool:
        """A part that says nothing alone was meant together with the rest."""
        told = (whole.form, whole.name, whole.clusters) != (part.form, part.name, part.clusters)
        return told and whole.form in ANSWERS and whole.score >= SURE

    def _decide(self, text: str, context: Context) -> Outcome:
        return decide(self._read(text, context), self.knowledge, context, self.bands)

    def _remembering(self, outcome: Outcome, text: str, context: Context) -> Context:
        """What a message names is remembered, also when it was not answered."""
        if outcome.form in ANSWERS:
            return context
        named = self._read(text, context)
        entities = (*named.clusters, *named.topics)
        return replace(context, entities=entities, entry=None, facet=None) if entities else context

    def _is_enquiry(self, text: str, whole: Outcome) -> bool:
        """A wish in a statement is an enquiry, unless the content answers it."""
        if "?" in text or (whole.form in ANSWERS and whole.score >= self.bands.answer + 4 * PART):
            return False
        folded = f" {fold(text)} "
        if whole.clusters or self._read(text, Context()).clusters:
            return False
        return len(text.split()) > 4 and any(f" {phrase} " in folded for phrase in self._wishing)
