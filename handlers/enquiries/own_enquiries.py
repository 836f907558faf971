"""A person's own enquiries: what there is, how each stands, and what was said."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.enquiries import passing
from handlers.context import App, Context
from handlers.enquiries.draft_steps import label, named
from handlers.people import language_of
from handlers.pressing import acknowledge, person_of, pressed
from handlers.sending import Button, say
from handlers.telling import tell
from storage import enquiries, staff_chats
from storage.models import Enquiry, EnquiryMessage

SHOWN = 12
"""The newest messages of an enquiry, as many as a person reads."""
LONGEST = 300
"""Characters that are shown of a message."""


def register(app: App) -> None:
    """/enquiries in private chats, and the buttons of the list."""
    app.add_handler(CommandHandler("enquiries", on_list, filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE))
    app.add_handler(CallbackQueryHandler(on_list_button, pattern=r"^enq:list$"))
    app.add_handler(CallbackQueryHandler(on_detail, pattern=r"^enq:\d{1,9}$"))


async def on_list(update: Update, context: Context) -> None:
    """List the person's enquiries, the unclosed first."""
    async with context.services.database.read() as session:
        found = await enquiries.of_person(session, person_of(update))

    def buttons(language: str) -> list[list[Button]]:
        begin = [(label(context, "enquire", language), "enquire:-:-:-")]
        return [*([(_title(context, one), f"enq:{one.id}")] for one in found), begin]

    listed = [{"number": one.number, **_standing(context, one)} for one in found]
    await tell(update, context, "enquiries/list.html", {"enquiries": listed}, buttons=buttons)


async def on_list_button(update: Update, context: Context) -> None:
    """List them again."""
    await acknowledge(update)
    await on_list(update, context)


async def on_detail(update: Update, context: Context) -> None:
    """Show one enquiry with what was said."""
    await acknowledge(update)
    async with context.services.database.read() as session:
        enquiry = await passing.own(session, person_of(update), int(pressed(update)[1]))
        entries = await enquiries.entries(session, enquiry.id)
        connected = await staff_chats.works(session, enquiry.cluster)
    language = await language_of(update, context)
    text = context.services.texts.render(
        "enquiries/detail.html",
        language,
        enquiry=enquiry,
        **_standing(context, enquiry),
        is_connected=connected,
        said=[_said(context, entry) for entry in entries[-SHOWN:]],
        earlier=max(len(entries) - SHOWN, 0),
    )
    await say(context, enquiry.person_id, text, language=language, buttons=_acts(context, enquiry, language))


def _standing(context: Context, enquiry: Enquiry) -> dict[str, Any]:
    return {
        "cluster": named(context, enquiry.cluster),
        "state": str(enquiry.state),
        "outcome": enquiry.outcome and str(enquiry.outcome),
        "sent_at": enquiry.sent_at,
    }


def _title(context: Context, enquiry: Enquiry) -> str:
    return f"{enquiry.number} · {named(context, enquiry.cluster)['name']}"


def _said(context: Context, entry: EnquiryMessage) -> dict[str, Any]:
    text = entry.text if len(entry.text) <= LONGEST else f"{entry.text[:LONGEST]} …"
    return {
        "cluster": named(context, entry.cluster)["name"] if entry.cluster else None,
        "at": entry.said_at,
        "kind": entry.kind,
        "text": "" if entry.withdrawn_at else text,
        "is_withdrawn": entry.withdrawn_at is not None,
    }


def _acts(context: Context, enquiry: Enquiry, language: str) -> list[list[Button]]:
    def button(name: str, what: str) -> Button:
        return label(context, name, language), f"enq:{enquiry.id}:{what}"

    back = [(label(context, "all_enquiries", language), "enq:list")]
    if enquiry.is_closed:
        return [[button("reopen", "reopen")], back]
    held = enquiry.held_until is not None and enquiry.held_until > context.services.clock()
    hand = [[button("hand_back", "back")]] if held else []
    return [[button("write", "write")], *hand, [button("withdraw", "withdraw")], back]
