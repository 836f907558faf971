"""The four clusters as cards: what they do, a contact to keep, a place on the map."""

from __future__ import annotations

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.answering.offices import vcard
from handlers.answering import cards
from handlers.context import App, Context

CARD = r"^card:(foodregio|nieke|fpi|giqs)$"


def register(app: App) -> None:
    """/clusters and the buttons of a card."""
    app.add_handler(CommandHandler("clusters", cards.show_all))
    app.add_handler(CallbackQueryHandler(on_card, pattern=CARD))
    app.add_handler(CallbackQueryHandler(on_contact, pattern=CARD.replace("card", "vcard")))
    app.add_handler(CallbackQueryHandler(on_place, pattern=CARD.replace("card", "place")))


async def on_card(update: Update, context: Context) -> None:
    """Show the card of one cluster."""
    query = update.callback_query
    assert query and query.data  # noqa: S101, PT018  the pattern promises it
    await query.answer()
    await cards.show(update, context, query.data.partition(":")[2])


async def on_contact(update: Update, context: Context) -> None:
    """Send the office as a contact that can be saved."""
    query, chat = update.callback_query, update.effective_chat
    assert query and query.data and chat  # noqa: S101, PT018  the pattern promises it
    await query.answer()
    known = cards.office_of(context, query.data.partition(":")[2])
    await context.bot.send_contact(chat.id, known.phone, known.name, vcard=vcard(known))


async def on_place(update: Update, context: Context) -> None:
    """Send the seat as a place on the map."""
    query, chat = update.callback_query, update.effective_chat
    assert query and query.data and chat  # noqa: S101, PT018  the pattern promises it
    await query.answer()
    known = cards.office_of(context, query.data.partition(":")[2])
    await context.bot.send_venue(chat.id, known.latitude, known.longitude, known.name, known.address)
