"""What a call is asked for, as a message with its buttons; and all its facts, to be changed."""

from __future__ import annotations

from telegram import Update

from bot.announcements import drafting
from bot.announcements.drafting import Field
from bot.funding import facts
from bot.funding.facts import APPLICANTS, WRITTEN, Fact
from bot.names import STEPS
from handlers.context import Context
from handlers.funding.cards import label, shown
from handlers.people import language_of
from handlers.pressing import person_of, take_away
from handlers.sending import Button, say
from storage import announcements, funding
from storage.models import Announcement, AnnouncementState, FundingCall

ASKS = "fact:"
"""How an announcement says that it asks for a fact of its call."""
Keys = list[list[Button]]


async def call_of(context: Context, announcement: Announcement) -> FundingCall | None:
    """Return the call that an announcement tells of; None: it tells of something else."""
    number = funding.number_in(announcement.subject)
    if number is None:
        return None
    async with context.services.database.read() as session:
        return await funding.by_id(session, number)


async def asks_more(update: Update, context: Context, announcement: Announcement) -> bool:
    """Ask for what a call still lacks; return whether there was something. Its cluster comes first."""
    if Field.CLUSTER not in announcement.answered:
        return False
    call = await call_of(context, announcement)
    fact = facts.next_fact(call) if call else None
    if call is None or fact is None:
        return False
    await ask_fact(update, context, announcement, call, fact)
    return True


async def ask_fact(update: Update, context: Context, announcement: Announcement, call: FundingCall, fact: Fact) -> None:
    """Ask a person for one fact, and for nothing else."""
    person, language = person_of(update), await language_of(update, context)
    async with context.services.database.begin() as session:
        announcement = await drafting.of(session, announcement.id)
        await announcements.stop_asking(session, person)
        announcement.touched_by = update.update_id
        is_written = fact in WRITTEN
        announcement.asks, announcement.asked_of = (f"{ASKS}{fact}", person) if is_written else (None, None)
    if update.callback_query is not None:
        await take_away(update)
    html = context.services.texts.render("funding/ask.html", language, fact=fact, zone=call.zone)
    await say(context, person, html, language=language, buttons=fact_keys(context, announcement, call, fact, language))


async def show_call(update: Update, context: Context, announcement: Announcement, call: FundingCall) -> None:
    """Show all facts of a call, each with its button."""
    language = await language_of(update, context)
    if update.callback_query is not None:
        await take_away(update)
    is_draft = announcement.state == AnnouncementState.DRAFT
    values = {**shown(context, call, announcement, language), "is_sent": not is_draft}
    html = context.services.texts.render("funding/overview.html", language, **values)
    buttons = [(label(context, f"fact_{fact}", language), f"ann:{announcement.id}:fact:{fact}") for fact in Fact]
    if is_draft:
        texts = ("cluster", "de", "en")
        buttons += [(label(context, f"text_{name}", language), f"ann:{announcement.id}:edit:{name}") for name in texts]
    pairs = [buttons[first : first + 2] for first in range(0, len(buttons), 2)]
    back = (label(context, "back", language), f"ann:{announcement.id}:{'show' if is_draft else 'open'}")
    await say(context, person_of(update), html, language=language, buttons=[*pairs, [back]])


def fact_keys(context: Context, announcement: Announcement, call: FundingCall, fact: Fact, language: str) -> Keys:
    """Return the buttons of a fact: what can be chosen, leaving it out, and the way out."""
    prefix = f"ann:{announcement.id}"
    if fact in WRITTEN:
        can_lack = fact is not Fact.PROGRAMME
        rows = [[(label(context, f"none_{fact}", language), f"{prefix}:none:{fact}")]] if can_lack else []
    else:
        on = facts.chosen(call, fact)
        buttons = [
            (label(context, "chosen", language, text=text) if value in on else text, f"{prefix}:set:{fact}:{value}")
            for value, text in _choices(context, fact, language)
        ]
        wide = 2 if fact is Fact.REGIONS else 1
        rows = [buttons[first : first + wide] for first in range(0, len(buttons), wide)]
        rows.append([(label(context, "go_on", language), f"{prefix}:done:{fact}")])
    if facts.next_fact(call) is None:
        return [*rows, [(label(context, "back", language), f"{prefix}:facts")]]
    return [*rows, [(label(context, "drop", language), f"{prefix}:drop")]]


def _choices(context: Context, fact: Fact, language: str) -> list[tuple[str, str]]:
    content = context.services.router.content
    if fact is Fact.WHO:
        return [(name, label(context, name, language)) for name in APPLICANTS]
    if fact is Fact.STEPS:
        return [(name, content.steps[name].name[language]) for name in STEPS]
    return [(region.id, region.name[language]) for region in content.regions.values()]
