"""Undo the link of a group; follow a group that changes; notice when the bot can no longer work there."""

from __future__ import annotations

from telegram import ChatMember, ChatMemberAdministrator, ChatMemberRestricted, Update
from telegram.ext import CallbackQueryHandler, ChatMemberHandler, CommandHandler, MessageHandler, filters

from bot.access import Action, linking, require
from bot.access.groups import Standing
from bot.names import CLUSTERS
from handlers.context import App, Context
from handlers.people import language_of
from handlers.pressing import pressed
from handlers.relaying.errands import group_ready
from handlers.replacing import replace
from handlers.sending import Button
from handlers.team.access import LABELS, access_of, cluster_names, deed_of, inform
from handlers.telling import tell
from storage import staff_chats

CLUSTER = "|".join(CLUSTERS)


def register(app: App) -> None:
    """/unlink and its buttons, and what Telegram tells of a group."""
    app.add_handler(CommandHandler("unlink", on_unlink, filters.ChatType.PRIVATE))
    app.add_handler(CallbackQueryHandler(on_unlink_cluster, pattern=rf"^unlink:({CLUSTER})$"))
    app.add_handler(CallbackQueryHandler(on_unlink_confirmed, pattern=rf"^unlink!:({CLUSTER})$"))
    app.add_handler(CallbackQueryHandler(on_kept, pattern=r"^unlink-$"))
    app.add_handler(MessageHandler(filters.StatusUpdate.MIGRATE, on_migrated))
    app.add_handler(ChatMemberHandler(on_standing, ChatMemberHandler.MY_CHAT_MEMBER))


async def on_unlink(update: Update, context: Context) -> None:
    """Ask which group shall no longer be linked."""
    access = await access_of(update, context)
    require(access, Action.LINK_CHAT)
    async with context.services.database.read() as session:
        known = await staff_chats.everything(session)
    names = cluster_names(context)
    linked = [chat.cluster for chat in known if access.allows(Action.LINK_CHAT, chat.cluster)]
    await tell(
        update,
        context,
        "staffing/unlink.html",
        {"found": bool(linked)},
        buttons=lambda _: [[(names[cluster], f"unlink:{cluster}")] for cluster in linked],
    )


async def on_unlink_cluster(update: Update, context: Context) -> None:
    """Ask whether the link shall really be undone."""
    cluster = pressed(update)[1]
    require(await access_of(update, context), Action.LINK_CHAT, cluster)
    language, label = await language_of(update, context), context.services.texts.label
    yes: Button = (label("unlink", language, source=LABELS), f"unlink!:{cluster}")
    buttons = [[yes], [(label("cancel", language), "unlink-")]]
    await replace(update, context, "staffing/unlink_confirm.html", buttons=buttons, cluster=cluster)


async def on_unlink_confirmed(update: Update, context: Context) -> None:
    """Undo the link."""
    cluster = pressed(update)[1]
    await linking.unlink(context.services.database, await deed_of(update, context), cluster)
    await replace(update, context, "staffing/unlinked.html", cluster=cluster)


async def on_kept(update: Update, context: Context) -> None:
    """Leave the link as it is."""
    await replace(update, context, "staffing/unlink_kept.html")


async def on_migrated(update: Update, context: Context) -> None:
    """Follow a group that became a supergroup; both chats tell of it."""
    message = update.effective_message
    assert message  # noqa: S101  the filter promises it
    old = message.migrate_from_chat_id or message.chat_id
    new = message.migrate_to_chat_id or message.chat_id
    await linking.follow(context.services.database, await deed_of(update, context), old, new)
    await group_ready(context, new)


async def on_standing(update: Update, context: Context) -> None:
    """Keep whether the bot can still work in a linked group, and tell who linked it and the owners when it cannot."""
    change = update.my_chat_member
    assert change  # noqa: S101  the handler promises it
    chat, database = change.chat, context.services.database
    async with database.read() as session:
        known = await staff_chats.by_chat(session, chat.id)
    if known is None:
        return
    standing = standing_of(change.new_chat_member, is_forum=known.is_forum)
    problem = await linking.notice(database, await deed_of(update, context), chat.id, standing)
    if problem is None:
        await group_ready(context, chat.id)
    elif problem != known.problem:
        for person in dict.fromkeys((known.linked_by, *context.services.settings.owners)):
            await inform(context, person, "staffing/group_problem.html", cluster=known.cluster, problem=problem)


def standing_of(member: ChatMember, *, is_forum: bool) -> Standing:
    """Return what a membership of the bot lets it do."""
    restricted = member if isinstance(member, ChatMemberRestricted) else None
    gone = member.status in (ChatMember.LEFT, ChatMember.BANNED) or (restricted and not restricted.is_member)
    return Standing(
        present=not gone,
        may_write=restricted is None or restricted.can_send_messages,
        may_manage_topics=isinstance(member, ChatMemberAdministrator) and bool(member.can_manage_topics),
        is_forum=is_forum,
    )
