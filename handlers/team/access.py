"""Who wants something, with what they may do; refusals are noted here."""

from __future__ import annotations

from collections.abc import Mapping

from telegram import Update
from telegram.error import TelegramError

from bot import logs
from bot.access import Access, Act, NotAllowed, tickets
from bot.access.deeds import Deed
from bot.names import CLUSTERS
from handlers import commands
from handlers.context import Context
from handlers.sending import say
from storage import chats, staff

log = logs.get(__name__)

LABELS = "staffing/labels.html"
STAFFS_LANGUAGE = "de"
"""Of who has never said or written in which language."""


async def access_of(update: Update, context: Context) -> Access:
    """Return what the person may do, as the database says now."""
    user = update.effective_user
    return await access_by_id(context, user.id if user else 0)


async def access_by_id(context: Context, user_id: int) -> Access:
    """Return what somebody may do, as the database says now."""
    async with context.services.database.read() as session:
        roles = await staff.roles_of(session, user_id)
    return Access.of(user_id, context.services.settings.owners, roles)


async def deed_of(update: Update, context: Context) -> Deed:
    """Return who acts in this update, for what is noted in the audit log."""
    return Deed(await access_of(update, context), update.update_id, context.services.clock())


async def note_refusal(update: Update, context: Context, refusal: NotAllowed) -> None:
    """Write into the audit log that somebody wanted what they may not."""
    deed = await deed_of(update, context)
    async with context.services.database.begin() as session:
        await deed.note(session, Act.REFUSED, refusal.cluster, action=refusal.action)


def ticket_key(context: Context) -> bytes:
    """Return the key that signs tickets."""
    return tickets.key_from(context.services.settings.signing_secret())


def cluster_names(context: Context) -> Mapping[str, str]:
    """Return what the clusters are called, by their ids."""
    content = context.services.answerer.knowledge.content
    return {name: content.clusters[name].name for name in CLUSTERS}


def cluster_label(context: Context, cluster: str, language: str) -> str:
    """Return what a cluster is called, or that all are meant."""
    known = cluster_names(context).get(cluster)
    return known or context.services.texts.label("all_clusters", language, source=LABELS)


async def refresh_menu(context: Context, user_id: int) -> None:
    """Show a person the commands that they may use; an old menu does no harm, since each command asks again."""
    try:
        await commands.publish_for(context.bot, context.services.texts, await access_by_id(context, user_id))
    except TelegramError as error:
        log.info("a menu was not set", error=type(error).__name__)


async def inform(context: Context, user_id: int, template: str, **values: object) -> None:
    """Tell somebody else in their private chat, in their language; who cannot be reached is not told."""
    services = context.services
    async with services.database.read() as session:
        memory = await chats.by_id(session, user_id)
    wishes = (memory.chosen_language, memory.last_language) if memory else ()
    language = services.texts.language(*wishes, STAFFS_LANGUAGE)
    text = services.texts.render(template, language, clusters=cluster_names(context), **values)
    try:
        await say(context, user_id, text, language=language)
    except TelegramError as error:
        log.info("somebody was not told", template=template, error=type(error).__name__)
