"""Make a group the place of a cluster's staff: a code in private, which is then written in the group."""

from __future__ import annotations

from datetime import timedelta

from telegram import Chat, ChatMember, Message, Update
from telegram.constants import ChatType
from telegram.error import BadRequest, Forbidden
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.access import Action, linking, require
from bot.access.groups import Group, GroupNotReady, Problem, Standing
from bot.names import CLUSTERS
from handlers.context import App, Context
from handlers.people import language_of
from handlers.pressing import pressed
from handlers.relaying.errands import group_ready
from handlers.replacing import replace
from handlers.sending import say
from handlers.team.access import access_of, cluster_names, deed_of, inform, ticket_key
from handlers.team.unlinking import CLUSTER, standing_of
from handlers.telling import tell


def register(app: App) -> None:
    """/link, in private and in the group."""
    where = filters.ChatType.PRIVATE | filters.ChatType.GROUPS
    app.add_handler(CommandHandler("link", on_link, where))
    app.add_handler(CallbackQueryHandler(on_cluster, pattern=rf"^link:({CLUSTER})$"))


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
    cluster, services, deed = pressed(update)[1], context.services, await deed_of(update, context)
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
    standing = standing_of(own, is_forum=bool(chat.is_forum))
    return Group(chat.id, chat.title or "", standing, by_admin)
