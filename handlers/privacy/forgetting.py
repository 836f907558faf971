"""To be forgotten: what goes and what stays is told, open enquiries are decided on, and it is asked twice."""

from __future__ import annotations

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.privacy import forgetting
from handlers.context import App, Context
from handlers.housekeeping import memory_of
from handlers.people import language_of
from handlers.pressing import person_of, pressed
from handlers.privacy.mydata import LABELS
from handlers.replacing import put, replace
from handlers.sending import Button
from handlers.team.access import access_of, cluster_names
from handlers.telling import tell

CLOSE, KEEP = "close", "keep"
WAYS = f"{CLOSE}|{KEEP}"


def register(app: App) -> None:
    """/forget and its buttons, in private chats."""
    app.add_handler(CommandHandler("forget", on_forget, filters.ChatType.PRIVATE))
    app.add_handler(CallbackQueryHandler(on_way, pattern=rf"^forget:({WAYS})$"))
    app.add_handler(CallbackQueryHandler(on_yes, pattern=rf"^forget:({WAYS}):yes$"))
    app.add_handler(CallbackQueryHandler(on_no, pattern=r"^forget:no$"))


async def on_forget(update: Update, context: Context) -> None:
    """Say what goes and what stays; where enquiries are open, ask what becomes of them."""
    async with context.services.database.read() as session:
        enquiries = await forgetting.unclosed(session, person_of(update))
    access = await access_of(update, context)
    values = {"enquiries": enquiries, "clusters": cluster_names(context), "is_staff": access.is_staff}

    def buttons(language: str) -> list[list[Button]]:
        ways = [("close", CLOSE), ("keep", KEEP)] if enquiries else [("erase", CLOSE)]
        rows = [[(_label(context, name, language), f"forget:{way}")] for name, way in ways]
        return [*rows, [(_label(context, "no", language), "forget:no")]]

    await tell(update, context, "privacy/forget.html", values, buttons=buttons)


async def on_way(update: Update, context: Context) -> None:
    """Ask once more."""
    way, language = pressed(update)[1], await language_of(update, context)
    async with context.services.database.read() as session:
        enquiries = await forgetting.unclosed(session, person_of(update))
    yes = (_label(context, "yes", language), f"forget:{way}:yes")
    no = (_label(context, "no", language), "forget:no")
    is_open = bool(enquiries)
    await replace(
        update,
        context,
        "privacy/forget_confirm.html",
        buttons=[[yes], [no]],
        keeps=is_open and way == KEEP,
        closes=is_open and way == CLOSE,
    )


async def on_yes(update: Update, context: Context) -> None:
    """Erase, remember that it was done, and say so; handled twice, nothing is left to be erased."""
    services, keeps = context.services, pressed(update)[1] == KEEP
    language = await language_of(update, context)
    async with services.database.begin() as session:
        kept = await forgetting.forget(session, person_of(update), keeps_open=keeps, now=services.clock())
    await memory_of(context).settle()
    services.outbox.wake()
    services.broadcast.wake()
    numbers = [enquiry.number for enquiry in kept]
    await put(update, services.texts.render("privacy/forgotten.html", language, kept=numbers))


async def on_no(update: Update, context: Context) -> None:
    """Leave everything as it is."""
    await replace(update, context, "privacy/forget_kept.html")


def _label(context: Context, name: str, language: str) -> str:
    return context.services.texts.label(name, language, source=LABELS)
