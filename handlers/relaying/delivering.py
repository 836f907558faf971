"""What the outbox sends: each row rendered as it is true now, and brought to where it belongs now."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from telegram.error import BadRequest

from bot.enquiries.errands import Errand, NoStaffChat
from bot.telegram.outbox import Outcome, Parcel
from handlers.context import App, Context
from handlers.relaying import cards, changes, entries, erasures, notices, outcomes
from handlers.relaying.errands import read
from storage.models import OutboxKind

SENDERS: dict[OutboxKind, Callable[[Context, Errand], Awaitable[None]]] = {
    OutboxKind.CARD: cards.show,
    OutboxKind.RELAY: entries.relay,
    OutboxKind.EDIT: changes.edit,
    OutboxKind.WITHDRAW: changes.withdraw,
    OutboxKind.NOTICE: notices.notify,
    OutboxKind.ERASE: erasures.erase,
}
TOPIC_GONE = ("message thread not found", "topic_deleted", "topic_id_invalid")
"""Refusals that say that somebody has deleted a topic."""


async def deliver(app: App, parcel: Parcel) -> Outcome:
    """Send one parcel and say what became of it."""
    context: Context = app.context_types.context(app)
    try:
        errand = await read(context, parcel)
    except NoStaffChat:
        return outcomes.unlinked(context, parcel.first)
    try:
        await _send(context, errand)
    except Exception as error:
        return outcomes.failed(context, errand, error)
    return outcomes.arrived(context, errand)


async def _send(context: Context, errand: Errand) -> None:
    """Send it; where somebody has deleted the topic, once more into a new one."""
    try:
        await _try(context, errand)
    except BadRequest as refusal:
        if errand.topic_id is None or not any(words in refusal.message.lower() for words in TOPIC_GONE):
            raise
        await cards.forget_topic(context, errand)
        await _try(context, errand)


async def _try(context: Context, errand: Errand) -> None:
    if errand.place:
        await cards.ensure(context, errand)
    await SENDERS[OutboxKind(errand.row.kind)](context, errand)
