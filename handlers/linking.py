"""Make a group the place of a cluster's staff: a code in private, which is then written in the group."""

from __future__ import annotations

from datetime import timedelta

from telegram import Chat, ChatMember, ChatMemberAdministrator, ChatMemberRestricted, Message, Update
from telegram.constants import ChatType
from telegram.error import BadRequest, Forbidden
from telegram.ext import CallbackQueryHandler, ChatMemberHandler, CommandHandler, MessageHandler, filters

from bot.access import Action, linking, require
from bot.access.groups import Group, GroupNotReady, Problem, Standing
from bot.answering.schema import CLUSTERS
from handlers.access import LABELS, access_of, cluster_names, deed_of, inform, ticket_key
from handlers.context import App, Context
from handlers.people import language_of
from handlers.relay_errands import group_ready
from handlers.replacing import data_of, replace
from handlers.sending import Button, say
from handlers.telling import tell
from storage import staff_chats

CLUSTER = "|".join(CLUSTERS)


def register(app: App) -> None:
    """/link, in private and in the group; /unlink; and what Telegram tells of a group."""
    where = filters.ChatType.PRIVATE | filters.ChatType.GROUPS
    app.add_handler(CommandHandler("link", on_link, where))
    app.add_handler(CommandHandler("unlink", on_unlink, filters.ChatType.PRIVATE))
    app.add_handler(CallbackQueryHandler(on_cluster, pattern=rf"^link:({CLUSTER})$"))
    app.add_handler(CallbackQueryHandler(on_unlink_cluster, pattern=rf"^unlink:({CLUSTER})$"))
    app.add_handler(CallbackQueryHandler(on_unlink_confirmed, pattern=rf"^unlink!:({CLUSTER})$"))
    app.add_handler(CallbackQueryHandler(on_kept, pattern=r"^unlink-$"))
    app.add_handler(MessageHandler(filters.StatusUpdate.MIGRATE, on_migrated))
    app.add_handler(ChatMemberHandler(on_standing, ChatMemberHandler.MY_CHAT_MEMBER))


async def on_link(update: Update, context: Context) -> None:
    """In private: ask for the cluster. In a group: take the code."""
    chat = update.effective_chat
    assert chat  # noqa: S101  the filter promises it
    if chat.type != ChatType.PRIVATE:
        await _link_here(update, context, chat)
        return
    access = await access_of(update, context)
    require(access, Action.LINK_CHAT)
    clusters = access.clusters(Action.LINK_CHAT, CLUSTERS)
    names = cluster_names(context)
    await tell(update, context, "staffing/link.html", buttons=lambda _: [[(names[c], f"link:{c}")] for c in clusters])


async def on_cluster(update: Update, context: Context) -> None:
    """Give the code for the group of a cluster."""
    cluster, services, deed = data_of(update)[1], context.services, await deed_of(update, context)
    valid = timedelta(hours=services.settings.invitation_hours)
    code = await linking.offer_link(services.database, deed, ticket_key(context), cluster, valid=valid)
    await replace(
        update,
        context,
        "staffing/link_code.html",
        cluster=cluster,
        code=code,
        bot=context.bot.username,
        expires_at=deed.now + valid,
    )


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
    cluster = data_of(update)[1]
    require(await access_of(update, context), Action.LINK_CHAT, cluster)
    language, label = await language_of(update, context), context.services.texts.label
    yes: Button = (label("unlink", language, source=LABELS), f"unlink!:{cluster}")
    buttons = [[yes], [(label("cancel", language), "unlink-")]]
    await replace(update, context, "staffing/unlink_confirm.html", buttons=buttons, cluster=cluster)


async def on_unlink_confirmed(update: Update, context: Context) -> None:
    """Undo the link."""
    cluster = data_of(update)[1]
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
    """Keep whether the bot can still work in a linked group, and tell who linked it when it cannot."""
    change = update.my_chat_member
    assert change  # noqa: S101  the handler promises it
    chat, database = change.chat, context.services.database
    async with database.read() as session:
        known = await staff_chats.by_chat(session, chat.id)
    if known is None:
        return
    standing = _standing(change.new_chat_member, is_forum=known.is_forum)
    problem = await linking.notice(database, await deed_of(update, context), chat.id, standing)
    if problem is None:
        await group_ready(context, chat.id)
    elif problem != known.problem:
        await inform(context, known.linked_by, "staffing/group_problem.html", cluster=known.cluster, problem=problem)


async def _link_here(update: Update, context: Context, chat: Chat) -> None:
    message, services = update.effective_message, context.services
    assert message  # noqa: S101  commands have a message
    language = await language_of(update, context)
    if not context.args:
        text = services.texts.render("staffing/link_here.html", language)
        await say(context, chat.id, text, language=language, reply_to=message.message_id)
        return
    group, deed = await _group(message, context), await deed_of(update, context)
    try:
        linked = await linking.link(
            services.database, deed, ticket_key(context), context.args[0], group, owners=services.settings.owners
        )
    except GroupNotReady as error:
        if error.reason != Problem.CANNOT_WRITE:
            raise
        # There it could not be said.
        await inform(context, deed.access.user_id, error.template, **error.values)
        return
    values = {"clusters": cluster_names(context), "cluster": linked.cluster, "is_forum": group.standing.is_forum}
    text = services.texts.render("staffing/linked.html", language, replaced=linked.before is not None, **values)
    try:
        await say(context, chat.id, text, language=language, reply_to=message.message_id)
    except (BadRequest, Forbidden):
        silent = Standing(present=True, may_write=False, may_manage_topics=False, is_forum=False)
        problem = await linking.notice(services.database, deed, chat.id, silent)
        await inform(
            context, deed.access.user_id, "staffing/group_problem.html", cluster=linked.cluster, problem=problem
        )
    await group_ready(context, chat.id)


async def _group(message: Message, context: Context) -> Group:
    """Ask Telegram what the bot and the writer are in the group."""
    chat, bot, writer = message.chat, context.bot, message.from_user
    own = await bot.get_chat_member(chat.id, bot.id)
    # An administrator who stays anonymous writes in the name of the group.
    by_admin = message.sender_chat is not None and message.sender_chat.id == chat.id
    if writer and not by_admin:
        theirs = await bot.get_chat_member(chat.id, writer.id)
        by_admin = theirs.status in (ChatMember.OWNER, ChatMember.ADMINISTRATOR)
    standing = _standing(own, is_forum=bool(chat.is_forum))
    return Group(chat.id, chat.title or "", standing, by_admin)


def _standing(member: ChatMember, *, is_forum: bool) -> Standing:
    restricted = member if isinstance(member, ChatMemberRestricted) else None
    gone = member.status in (ChatMember.LEFT, ChatMember.BANNED) or (restricted and not restricted.is_member)
    return Standing(
        present=not gone,
        may_write=restricted is None or restricted.can_send_messages,
        may_manage_topics=isinstance(member, ChatMemberAdministrator) and bool(member.can_manage_topics),
        is_forum=is_forum,
    )
