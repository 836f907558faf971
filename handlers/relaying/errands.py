"""What a delivery is about, read in one go before anything leaves, and kept while it is under way."""

from __future__ import annotations

from bot.enquiries import delivering, errands
from bot.enquiries.errands import Errand
from bot.telegram.outbox import Parcel
from handlers.context import Context
from storage import chats

COLLEAGUES_LANGUAGE = "de"
"""For administrators who have never spoken with the bot."""


async def read(context: Context, parcel: Parcel) -> Errand:
    """Return the errand of a parcel, with the language of who reads it; raises NoStaffChat."""
    async with context.services.database.read() as session:
        errand = await errands.read(session, parcel.rows)
        memory = None if errand.chat or errand.is_to_firm else await chats.by_id(session, errand.chat_id)
    if errand.chat:
        errand.language = staff_language(context, errand.chat.cluster)
    elif errand.is_to_firm:
        errand.language = errand.enquiry.language
    else:
        wishes = (memory.chosen_language, memory.last_language) if memory else ()
        errand.language = context.services.texts.language(*wishes, COLLEAGUES_LANGUAGE)
    return errand


async def keep_place(context: Context, errand: Errand, **values: int | str | None) -> None:
    """Change where an enquiry stands, at once: what was made in a staff chat must not be made again."""
    async with context.services.database.begin() as session:
        await errands.keep_place(session, errand, **values)


async def claim_album(context: Context, errand: Errand, media_group_id: str) -> None:
    """Add the other messages of an album to what leaves."""
    async with context.services.database.begin() as session:
        await errands.claim_album(session, errand, media_group_id)


async def group_ready(context: Context, chat_id: int) -> None:
    """Send what waited for a group that has just been linked, moved, or put right."""
    async with context.services.database.begin() as session:
        await delivering.group_ready(session, chat_id, now=context.services.clock())
    context.services.outbox.wake()


def staff_language(context: Context, cluster: str) -> str:
    """Return the language of a cluster's staff chat."""
    return context.services.texts.language(context.services.service.terms(cluster).language)
