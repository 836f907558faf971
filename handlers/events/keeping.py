"""Whose an event is: who may change it and see who comes, as the database says now."""

from __future__ import annotations

from telegram import Update

from bot.access import Access, Action, NotAllowed, require
from bot.access.rights import ALLOWED
from bot.events import drafting
from handlers.context import Context
from handlers.pressing import pressed
from handlers.team.access import access_of
from storage.models import Event


def may_keep(access: Access, event: Event) -> bool:
    """Whether somebody may announce for its cluster; before it has one, whether it is their own."""
    if event.cluster:
        return access.allows(Action.ANNOUNCE, event.cluster)
    return event.created_by == access.user_id and access.allows(Action.ANNOUNCE)


def check_kept(access: Access, event: Event) -> None:
    """Go on only for who may. Raises NotAllowed."""
    if event.cluster:
        require(access, Action.ANNOUNCE, event.cluster)
    elif not may_keep(access, event):
        raise NotAllowed(Action.ANNOUNCE, None, roles=ALLOWED[Action.ANNOUNCE])


async def theirs(update: Update, context: Context) -> Event:
    """Return the event of a button. Raises NoSuchEvent, NotAllowed."""
    access = await access_of(update, context)
    async with context.services.database.read() as session:
        event = await drafting.of(session, int(pressed(update)[1]))
    check_kept(access, event)
    return event
