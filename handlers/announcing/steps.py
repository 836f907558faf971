"""What a draft announcement asks for, as a message with its buttons; the last one is the overview."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from babel.dates import format_date

from bot.access import ALL, Access, Action
from bot.announcements import drafting, submitting, timing, wording
from bot.announcements.drafting import Field
from bot.announcements.selection import TOPICS, audience_clusters, bits, names
from bot.names import CLUSTERS, STEPS
from handlers.context import Context
from handlers.sending import Button, say
from handlers.subscribing.screens import LABELS as TOPIC_LABELS
from handlers.team.access import access_by_id, cluster_label, cluster_names
from storage import announcements, funding, subscribers
from storage.models import Announcement, LatePolicy

LABELS = "announcing/labels.html"
CAPTION = 900
"""Characters that fit below a picture or a file, with the lines that we add (Bot API: 1,024)."""
Keys = list[list[Button]]


async def ask_step(context: Context, announcement: Announcement, field: Field, person_id: int, language: str) -> None:
    """Send what a draft asks for now."""
    html = await step_html(context, announcement, field, language)
    buttons = await step_keys(context, announcement, field, person_id, language)
    await say(context, person_id, html, language=language, buttons=buttons)


async def step_html(context: Context, announcement: Announcement, field: Field, language: str) -> str:
    """Return the text of a step, as Telegram HTML."""
    values = await shown(context, announcement, language)
    return context.services.texts.render(f"announcing/{field}.html", language, **values)


async def shown(context: Context, announcement: Announcement, language: str) -> dict[str, Any]:
    """Return all that a text about an announcement needs, with the live size of its audience."""
    now, texts = context.services.clock(), context.services.texts
    topic = announcement.topic
    clusters = audience_clusters(announcement.cluster, announcement.clusters)
    async with context.services.database.read() as session:
        bit = bits([topic], TOPICS) if topic else 0
        readers = await subscribers.languages(session, bit, clusters, announcement.steps) if topic else {}
        sendings = await announcements.sendings(session, announcement.id)
    times = timing.times(announcement, now=now)
    return {
        "state": drafting.state_of(announcement, is_open=any(one.state in announcements.OPEN for one in sendings)),
        "topic": texts.label(topic, language, source=TOPIC_LABELS) if topic else "",
        "cluster": cluster_label(context, announcement.cluster, language) if announcement.cluster else "",
        "written": announcement.texts,
        "title": title_of(announcement, language),
        **carried(announcement, readers),
        "clusters": [cluster_names(context)[name] for name in names(announcement.clusters, CLUSTERS)],
        "steps": [context.services.router.content.steps[name].name for name in names(announcement.steps, STEPS)],
        "count": sum(readers.values()),
        "times": times,
        "left": max(times[0].at - now, timedelta()) if times else None,
        "zone": announcement.zone,
        "has_time": "when" in announcement.answered,
        "rule": announcement.rule,
        "late": announcement.late_policy,
        "needs_approval": submitting.needs_approval(announcement),
        "rejection": announcement.rejection,
        "sendings": sendings,
    }


def carried(announcement: Announcement, readers: Mapping[str, int]) -> dict[str, Any]:
    """Return what a text about an announcement says of its languages, and of what goes along.

    `only`: its one language where it has one; `others`: how many read another one; `in_two`: a text is too long to
    stand below its picture or file.
    """
    told = announcement.texts
    is_settled = all(language in announcement.answered for language in wording.LANGUAGES)
    kinds = {language: wording.kind_of(told, language) for language in told}
    lengths = {language: len(text["title"]) + len(text["body"]) for language, text in told.items()}
    return {
        "only": next(iter(told)) if is_settled and len(told) == 1 else "",
        "others": sum(count for language, count in readers.items() if language not in told),
        "kinds": sorted({kind for kind in kinds.values() if kind}),
        "in_two": any(kinds[language] in wording.FILES and lengths[language] > CAPTION for language in told),
    }


def title_of(announcement: Announcement, language: str) -> str:
    """Return the title in a language, or in the one that there is; empty before there is one."""
    told = announcement.texts.get(language) or next(iter(announcement.texts.values()), {"title": ""})
    return told["title"]


async def step_keys(context: Context, announcement: Announcement, field: Field, person_id: int, language: str) -> Keys:
    """Return the buttons of a step, and the ways out of it."""
    keys = Buttons(context, announcement, language)
    if field is Field.CLUSTER:
        rows = keys.clusters(await access_by_id(context, person_id))
    else:
        makers: dict[Field, Callable[[], Keys]] = {
            Field.TOPIC: keys.topics,
            Field.GERMAN: partial(keys.text, Field.GERMAN),
            Field.ENGLISH: partial(keys.text, Field.ENGLISH),
            Field.AUDIENCE: keys.audience,
            Field.WHEN: keys.when,
            Field.LATE: keys.late,
            Field.OVERVIEW: keys.overview,
        }
        rows = makers[field]() if field in makers else []
    if field is Field.OVERVIEW:
        return rows
    is_whole = drafting.next_field(announcement) is Field.OVERVIEW
    return [*rows, [keys.of("back", "show")] if is_whole else [keys.of("drop", "drop")]]


class Buttons:
    """The buttons of one announcement in one language."""

    def __init__(self, context: Context, announcement: Announcement, language: str) -> None:
        self.context, self.announcement, self.language = context, announcement, language

    def of(self, name: str, act: str, **values: object) -> Button:
        """Return a button with the label `name` that does `act`."""
        return self.label(name, **values), f"ann:{self.announcement.id}:{act}"

    def label(self, name: str, **values: object) -> str:
        """Return a label."""
        return self.context.services.texts.label(name, self.language, source=LABELS, **values)

    def topics(self) -> Keys:
        """A button for each topic."""
        label = self.context.services.texts.label
        return [
            [(label(topic, self.language, source=TOPIC_LABELS), f"ann:{self.announcement.id}:topic:{topic}")]
            for topic in TOPICS
        ]

    def clusters(self, access: Access) -> Keys:
        """A button for each cluster that the person may speak for, and for all together."""
        own = list(access.clusters(Action.ANNOUNCE, CLUSTERS))
        own += [ALL] if access.allows(Action.ANNOUNCE, ALL) else []
        label = [(cluster_label(self.context, name, self.language), name) for name in own]
        return [[(text, f"ann:{self.announcement.id}:cluster:{name}")] for text, name in label]

    def text(self, language: Field) -> Keys:
        """A message as it is, nothing that goes along any more, and only the other language."""
        told = self.announcement.texts
        if self.announcement.subject is not None:
            return [[self.of("only_german", "only:de")]] if language is Field.ENGLISH else []
        other = Field.ENGLISH if language is Field.GERMAN else Field.GERMAN
        only = "only_german" if other is Field.GERMAN else "only_english"
        is_left_out = other in self.announcement.answered and other not in told
        return [
            [self.of("as_is", f"asis:{language}")],
            [self.of("bare", f"bare:{language}")] if told.get(language, {}).keys() & {*wording.FILES} else [],
            [] if is_left_out else [self.of(only, f"only:{other}")],
        ]

    def audience(self) -> Keys:
        """A switch for each cluster and step, and the way on."""
        chosen = names(self.announcement.clusters, CLUSTERS)
        called = cluster_names(self.context)
        rows = [self._switch(called[name], f"for:{name}", name in chosen) for name in CLUSTERS]
        known = self.context.services.router.content.steps
        steps = names(self.announcement.steps, STEPS)
        rows += [self._switch(known[name].name[self.language], f"step:{name}", name in steps) for name in STEPS]
        pairs = [rows[:2], rows[2:4], *([row] for row in rows[4:])]
        return [[self.of("to_all", "all")], *pairs, [self.of("go_on", "audience")]]

    def when(self) -> Keys:
        """At once; and how often, once a time is there."""
        return [[self.of("at_once", "now")]]

    def late(self) -> Keys:
        """What can be done when it is late."""
        return [[self.of(f"late_{policy}", f"late:{policy}")] for policy in LatePolicy]

    def rules(self) -> Keys:
        """How often; every month on the weekday of the first time."""
        first = datetime.fromisoformat(self.announcement.first_at or "")
        weekday, place = format_date(first, "EEEE", locale=self.language), timing.place_in_month(first)
        return [
            [self.of("once", "rule:once"), self.of("weekly", "rule:weekly")],
            [self.of("biweekly", "rule:biweekly")],
            [self.of("monthly", "rule:monthly", weekday=weekday, place=place)],
        ]

    def overview(self) -> Keys:
        """Look, try, change, send, drop."""
        version = self.announcement.version
        languages = [self.of(f"preview_{language}", f"look:{language}") for language in self.announcement.texts]
        # What is told of a subject is changed there.
        edited = _SENT if self.announcement.subject else (*_TOLD, *_SENT)
        edits = [self.of(f"edit_{field}", f"edit:{field}") for field in edited]
        pairs = [edits[first : first + 2] for first in range(0, len(edits), 2)]
        if funding.number_in(self.announcement.subject) is not None:
            pairs.append([self.of("change_call", "facts")])
        often = [[self.of("how_often", "often")]] if self.announcement.first_at else []
        send = "submit" if submitting.needs_approval(self.announcement) else "schedule"
        return [
            languages,
            [self.of("test", "test")],
            *pairs,
            *often,
            [self.of(send, f"go:{version}")],
            [self.of("drop", "drop")],
        ]

    def _switch(self, text: str, act: str, chosen: bool) -> Button:
        text = self.label("chosen", text=text) if chosen else text
        return text, f"ann:{self.announcement.id}:{act}"


_TOLD, _SENT = ("topic", "cluster", "de", "en"), ("audience", "when", "late")
