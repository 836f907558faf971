"""What a draft event asks for, as a message with its buttons; the last one is the overview."""

from __future__ import annotations

from typing import Any

from bot.access import ALL, Access, Action
from bot.announcements.wording import plain
from bot.events import drafting
from bot.events.drafting import Field
from bot.names import CLUSTERS
from handlers.context import Context
from handlers.events.cards import Keys, label, shown
from handlers.sending import Button, say
from handlers.team.access import access_by_id, cluster_label
from storage.models import Event

LASTS = (60, 120, 180, 480)
"""Minutes that an event is offered to last."""
CLOSES = (0, 1, 3, 7)
"""Days before the beginning at which registration is offered to end."""


async def ask_step(context: Context, event: Event, field: Field, person_id: int, language: str) -> None:
    """Send what a draft asks for now."""
    html = context.services.texts.render(f"events/{field}.html", language, **values_of(context, event, language))
    buttons = await step_keys(context, event, field, person_id, language)
    await say(context, person_id, html, language=language, buttons=buttons)


def values_of(context: Context, event: Event, language: str) -> dict[str, Any]:
    """Return all that a step tells."""
    return {
        **shown(context, event, language),
        "event_zone": event.zone,
        "cluster": cluster_label(context, event.cluster, language) if event.cluster else "",
        "only": next(iter(event.texts)) if len(event.texts) == 1 else "",
        "revises": event.revises is not None,
        "title": next((plain(told["title"]) for told in event.texts.values()), ""),
    }


async def step_keys(context: Context, event: Event, field: Field, person_id: int, language: str) -> Keys:
    """Return the buttons of a step, and the ways out of it."""
    keys = Buttons(context, event, language)
    if field is Field.OVERVIEW:
        return keys.overview()
    rows = keys.clusters(await access_by_id(context, person_id)) if field is Field.CLUSTER else keys.offers(field)
    is_whole = drafting.next_field(event) is Field.OVERVIEW
    return [*rows, [keys.of("back", "show")] if is_whole else [keys.of("drop", "drop")]]


class Buttons:
    """The buttons of one draft in one language."""

    def __init__(self, context: Context, event: Event, language: str) -> None:
        self.context, self.event, self.language = context, event, language

    def of(self, name: str, act: str, **values: object) -> Button:
        """Return a button with the label `name` that does `act`."""
        return label(self.context, name, self.language, **values), f"evd:{self.event.id}:{act}"

    def clusters(self, access: Access) -> Keys:
        """A button for each cluster that the person may speak for, and for all together."""
        own = list(access.clusters(Action.ANNOUNCE, CLUSTERS))
        own += [ALL] if access.allows(Action.ANNOUNCE, ALL) else []
        names = [(cluster_label(self.context, name, self.language), name) for name in own]
        return [[(text, f"evd:{self.event.id}:cluster:{name}")] for text, name in names]

    def offers(self, field: Field) -> Keys:
        """What can be chosen instead of writing."""
        if field is Field.ENGLISH:
            return [[self.of("only_german", "only:de")]] if "de" in self.event.texts else []
        if field is Field.GERMAN:
            return [[self.of("only_english", "only:en")]] if "en" in self.event.texts else []
        if field is Field.END:
            lasts = [self.of("lasts", f"lasts:{minutes}", count=minutes // 60) for minutes in LASTS]
            return [lasts[:2], lasts[2:]]
        if field is Field.SEATS:
            return [[self.of("unlimited", "none:seats")]]
        if field is Field.DEADLINE:
            closes = [self.of(f"closes_{days}", f"closes:{days}") for days in CLOSES]
            return [[one] for one in closes]
        return [[self.of("no_link", "none:link")]] if field is Field.LINK else []

    def overview(self) -> Keys:
        """Look, change, invite or correct, drop."""
        edits = [self.of(f"edit_{field}", f"edit:{field}") for field in Field if field is not Field.OVERVIEW]
        pairs = [edits[first : first + 2] for first in range(0, len(edits), 2)]
        looks = [self.of(f"preview_{language}", f"look:{language}") for language in self.event.texts]
        version = self.event.version
        go = self.of("correct", f"correct:{version}") if self.event.revises else self.of("invite", f"invite:{version}")
        return [looks, *pairs, [go], [self.of("drop", "drop")]]
