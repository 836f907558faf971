"""The screens of /subscribe: one message each, with a button for every choice."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from babel import Locale
from babel.dates import get_timezone_location

from bot.announcements.digest import Hour, first_at
from bot.announcements.selection import TOPICS, names
from bot.announcements.subscribing import HOURS_FROM, HOURS_UNTIL, ZONES
from bot.names import CLUSTERS, STEPS
from handlers.context import Context
from handlers.sending import Button
from storage.models import Rhythm, Subscriber

LABELS = "announcements/labels.html"


class Screen(NamedTuple):
    """A message and its buttons."""

    html: str
    buttons: list[list[Button]]


def screen_of(context: Context, name: str, subscriber: Subscriber | None, language: str) -> Screen:
    """Return a screen; whoever has no topic yet sees the topics."""
    if subscriber is None or not subscriber.topics:
        name = "topics"
    rows = {
        "topics": _topics,
        "clusters": _clusters,
        "steps": _steps,
        "rhythm": _rhythm,
        "quiet": _quiet,
        "zones": _zones,
    }
    html = context.services.texts.render(
        "announcements/subscribe.html",
        language,
        screen=name,
        topics=[_label(context, topic, language) for topic in _held(subscriber, "topics", TOPICS)],
        clusters=_cluster_names(context, subscriber),
        steps=[context.services.router.content.steps[step].name for step in _held(subscriber, "steps", STEPS)],
        quiet=_hours(subscriber),
        rhythm=subscriber.rhythm if subscriber else Rhythm.AT_ONCE,
        digest=digest_hour(context),
        sundays=subscriber.quiet_sundays if subscriber else True,
        zone=zone_name(subscriber.zone, language) if subscriber else "",
    )
    return Screen(html, rows[name](context, subscriber, language))


def zone_name(zone: str, language: str) -> str:
    """Return a zone as people know it: its city, or the country that has only one."""
    return str(get_timezone_location(zone, locale=Locale.parse(language), return_city=True))


def _topics(context: Context, subscriber: Subscriber | None, language: str) -> list[list[Button]]:
    held = _held(subscriber, "topics", TOPICS)
    rows = [
        [(_marked(context, _label(context, topic, language), language, topic in held), _topic(topic, topic in held))]
        for topic in TOPICS
    ]
    if held:
        further = ("clusters", "steps", "rhythm", "quiet")
        rows += [[(_label(context, f"to_{name}", language), f"sub:{name}")] for name in further]
    return rows


def _clusters(context: Context, subscriber: Subscriber | None, language: str) -> list[list[Button]]:
    held = _held(subscriber, "clusters", CLUSTERS)
    clusters = context.services.router.content.clusters
    buttons = [
        (_marked(context, clusters[name].name, language, name in held), f"sub:cluster:{name}") for name in CLUSTERS
    ]
    return [buttons[:2], buttons[2:], _all(context, "cluster", language), _back(context, language)]


def _steps(context: Context, subscriber: Subscriber | None, language: str) -> list[list[Button]]:
    held = _held(subscriber, "steps", STEPS)
    steps = context.services.router.content.steps
    rows = [
        [(_marked(context, steps[name].name[language], language, name in held), f"sub:step:{name}")] for name in STEPS
    ]
    return [*rows, _all(context, "step", language), _back(context, language)]


def _rhythm(context: Context, subscriber: Subscriber | None, language: str) -> list[list[Button]]:
    chosen = subscriber.rhythm if subscriber else Rhythm.AT_ONCE
    rows = [
        [(_marked(context, _label(context, name, language), language, name == chosen), f"sub:rhythm:{name}")]
        for name in Rhythm
    ]
    return [*rows, _back(context, language)]


def digest_hour(context: Context) -> datetime:
    """Return a local time that is the day of the week and the hour of the weekly digest."""
    settings = context.services.settings
    return datetime.fromisoformat(first_at(Hour(settings.digest_day, settings.digest_hour)))


def _quiet(context: Context, subscriber: Subscriber | None, language: str) -> list[list[Button]]:
    assert subscriber  # noqa: S101  screen_of shows it to subscribers only
    return [
        [_hour(context, "from", hour, subscriber.quiet_from, language) for hour in HOURS_FROM],
        [_hour(context, "until", hour, subscriber.quiet_until, language) for hour in HOURS_UNTIL],
        [(_marked(context, _label(context, "sundays", language), language, subscriber.quiet_sundays), "sub:sundays:-")],
        [(_label(context, "no_hours", language), "sub:from:none"), (_label(context, "zone", language), "sub:zones")],
        _back(context, language),
    ]


def _zones(context: Context, subscriber: Subscriber | None, language: str) -> list[list[Button]]:
    buttons = [(zone_name(zone, language), f"sub:zone:{zone}") for zone in ZONES]
    rows = [buttons[first : first + 2] for first in range(0, len(buttons), 2)]
    return [*rows, [(context.services.texts.label("back", language), "sub:quiet")]]


def _hour(context: Context, name: str, hour: int, chosen: int | None, language: str) -> Button:
    text = _label(context, name, language, hour=hour)
    return _marked(context, text, language, chosen == hour * 60), f"sub:{name}:{hour}"


def _all(context: Context, what: str, language: str) -> list[Button]:
    return [(_label(context, f"all_{what}s", language), f"sub:{what}:all")]


def _back(context: Context, language: str) -> list[Button]:
    return [(context.services.texts.label("back", language), "sub:topics")]


def _topic(topic: str, held: bool) -> str:
    return f"sub:topic:{topic}:{int(not held)}"


def _marked(context: Context, text: str, language: str, chosen: bool) -> str:
    return _label(context, "chosen", language, text=text) if chosen else text


def _label(context: Context, name: str, language: str, **values: object) -> str:
    return context.services.texts.label(name, language, source=LABELS, **values)


def _held(subscriber: Subscriber | None, what: str, of: tuple[str, ...]) -> tuple[str, ...]:
    return names(getattr(subscriber, what), of) if subscriber else ()


def _cluster_names(context: Context, subscriber: Subscriber | None) -> list[str]:
    clusters = context.services.router.content.clusters
    return [clusters[name].name for name in _held(subscriber, "clusters", CLUSTERS)]


def _hours(subscriber: Subscriber | None) -> tuple[int, int] | None:
    if subscriber is None or subscriber.quiet_from is None or subscriber.quiet_until is None:
        return None
    return subscriber.quiet_from // 60, subscriber.quiet_until // 60
