"""What a person does with an enquiry of their own: write, hand back to the bot, withdraw, open again."""

from __future__ import annotations

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.enquiries import blocking, close, hand_back, passing, reopen
from handlers.context import App, Context
from handlers.enquiries.draft_steps import label, named
from handlers.enquiries.rating import ask_for_reply
from handlers.pressing import acknowledge, person_of, pressed, take_away
from handlers.sending import Button
from handlers.telling import tell
from storage.models import Outcome


def register(app: App) -> None:
    """The buttons under an enquiry and under what is told of it."""
    app.add_handler(CallbackQueryHandler(on_write, pattern=r"^enq:\d{1,9}:write$"))
    app.add_handler(CallbackQueryHandler(on_hand_back, pattern=r"^enq:\d{1,9}:back$"))
    app.add_handler(CallbackQueryHandler(on_withdraw, pattern=r"^enq:\d{1,9}:withdraw$"))
    app.add_handler(CallbackQueryHandler(on_withdrawn, pattern=r"^enq:\d{1,9}:withdraw:yes$"))
    app.add_handler(CallbackQueryHandler(on_reopen, pattern=r"^enq:\d{1,9}:reopen$"))


async def on_write(update: Update, context: Context) -> None:
    """Open a reply that goes to the enquiry. Raises PersonBlocked."""
    async with context.services.database.read() as session:
        enquiry = await passing.own(session, person_of(update), int(pressed(update)[1]))
        await blocking.check(session, enquiry.person_id)
    await take_away(update)
    cluster = named(context, enquiry.cluster)
    await ask_for_reply(
        update, context, "enquiries/write.html", enquiry.id, "notice", number=enquiry.number, cluster=cluster
    )


async def on_hand_back(update: Update, context: Context) -> None:
    """Let the bot answer again."""
    services = context.services
    async with services.database.begin() as session:
        enquiry = await passing.own(session, person_of(update), int(pressed(update)[1]))
        await hand_back(session, enquiry, update_id=update.update_id, now=services.clock())
    services.outbox.wake()
    await take_away(update)


async def on_withdraw(update: Update, context: Context) -> None:
    """Ask whether the enquiry shall be withdrawn."""
    await acknowledge(update)
    async with context.services.database.read() as session:
        enquiry = await passing.own(session, person_of(update), int(pressed(update)[1]))

    def buttons(language: str) -> list[list[Button]]:
        yes = (label(context, "withdraw_yes", language), f"enq:{enquiry.id}:withdraw:yes")
        return [[yes], [(context.services.texts.label("back", language), f"enq:{enquiry.id}")]]

    days = context.services.service.terms(enquiry.cluster).reopen_within.days
    values = {"number": enquiry.number, "cluster": named(context, enquiry.cluster), "days": days}
    await tell(update, context, "enquiries/withdraw.html", values, buttons=buttons)


async def on_withdrawn(update: Update, context: Context) -> None:
    """Close it as withdrawn."""
    services = context.services
    async with services.database.begin() as session:
        enquiry = await passing.own(session, person_of(update), int(pressed(update)[1]))
        await close(session, enquiry, None, enquiry.cluster, Outcome.WITHDRAWN, now=services.clock())
    services.outbox.wake()
    await take_away(update)


async def on_reopen(update: Update, context: Context) -> None:
    """Open it again. Raises NotReopened, PersonBlocked."""
    services = context.services
    async with services.database.begin() as session:
        enquiry = await passing.own(session, person_of(update), int(pressed(update)[1]))
        await blocking.check(session, enquiry.person_id)
        await reopen(session, enquiry, services.service.terms(enquiry.cluster), now=services.clock())
    services.outbox.wake()
    await take_away(update)
