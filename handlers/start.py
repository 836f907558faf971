"""The first message, and what the bot can do."""

from __future__ import annotations

from telegram import Update
from telegram.ext import CommandHandler, filters

from bot.names import CLUSTERS
from handlers.answering import cards
from handlers.context import App, Context
from handlers.enquiries import opening
from handlers.finding import asking
from handlers.sending import Button
from handlers.team import inviting
from handlers.team.access import access_of, refresh_menu
from handlers.telling import tell
from storage import chats, subscribers

FIND = "find"


def register(app: App) -> None:
    """/start and /help, in private chats."""
    app.add_handler(CommandHandler("start", on_start, filters.ChatType.PRIVATE))
    app.add_handler(CommandHandler("help", on_help, filters.ChatType.PRIVATE))


async def on_start(update: Update, context: Context) -> None:
    """Say who is speaking (an automated assistant) and what can be asked; follow a deep link.

    Links: `?start=nieke` (a cluster's card), `?start=find` (which cluster fits), `?start=en` (a language),
    `?start=enquire` and `?start=enquire-nieke` (an enquiry), `?start=i-...` (an invitation).
    """
    chat, given = update.effective_chat, (context.args or [""])[0]
    assert chat  # noqa: S101  the filter promises it
    async with context.services.database.begin() as session:
        # Who had blocked the bot comes back with this command.
        await subscribers.unblock(session, chat.id)
    if given.startswith(inviting.PREFIX):
        await inviting.redeem(update, context, given.removeprefix(inviting.PREFIX))
        return
    link = given.casefold()
    if link in context.services.texts.languages:
        async with context.services.database.begin() as session:
            await chats.choose_language(session, chat.id, link, now=context.services.clock())
    if link in CLUSTERS:
        await cards.show(update, context, link)
    elif link == FIND:
        await asking.on_find(update, context)
    elif link.startswith(opening.LINK):
        await opening.follow_link(update, context, link)
    else:
        await _explain(update, context, "start.html")
    if (await access_of(update, context)).is_staff:
        await refresh_menu(context, chat.id)


async def on_help(update: Update, context: Context) -> None:
    """Say what can be asked, with examples to press."""
    await _explain(update, context, "help.html")


async def _explain(update: Update, context: Context, template: str) -> None:
    def first_questions(language: str) -> list[list[Button]]:
        examples = context.services.answerer.first_questions(language)
        return [[(example.text, f"ask:{example.payload}")] for example in examples]

    await tell(update, context, template, buttons=first_questions)
