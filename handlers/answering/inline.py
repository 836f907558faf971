"""Inline mode: `@bot NieKE` in any chat puts the card of a cluster there."""

from __future__ import annotations

from telegram import InlineQueryResultArticle, InputTextMessageContent, Update
from telegram.constants import ParseMode
from telegram.ext import InlineQueryHandler

from bot import answering
from bot.names import CLUSTERS
from handlers.context import App, Context
from handlers.sending import NO_PREVIEW

CACHE_SECONDS = 300


def register(app: App) -> None:
    """Every inline query."""
    app.add_handler(InlineQueryHandler(on_inline))


async def on_inline(update: Update, context: Context) -> None:
    """Offer the cards of the clusters that the query names, or all four."""
    query = update.inline_query
    assert query  # noqa: S101  the handler promises it
    known = answering.Context(language_code=query.from_user.language_code)
    answerer = context.services.answerer
    named = answerer.reply_to(query.query, known).clusters if query.query.strip() else ()
    cards = [_card(context, cluster, known) for cluster in named or CLUSTERS]
    await query.answer(cards, cache_time=CACHE_SECONDS, is_personal=True)


def _card(context: Context, cluster: str, known: answering.Context) -> InlineQueryResultArticle:
    services = context.services
    reply = services.answerer.card(cluster, known)
    text = answering.render(reply, services.texts)
    record = services.answerer.knowledge.content.clusters[cluster]
    return InlineQueryResultArticle(
        cluster,
        f"{record.name} ({record.today})" if record.today else record.name,
        InputTextMessageContent(text, parse_mode=ParseMode.HTML, link_preview_options=NO_PREVIEW),
        description=record.long_name[reply.language],
    )
