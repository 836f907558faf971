"""An enquiry is sent, once the person has agreed to what the preview shows."""

from __future__ import annotations

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.answering.rendering import plain
from bot.enquiries import Consent, drafting, open_enquiry
from handlers.context import App, Context
from handlers.enquiries.draft_steps import ask_step, consent
from handlers.people import language_of
from handlers.pressing import person_of, pressed, take_away
from storage import drafts, enquiries
from storage.models import Draft


def register(app: App) -> None:
    """The button that sends; it names the version and the language of what is agreed to, and the draft as shown."""
    app.add_handler(CallbackQueryHandler(on_send, pattern=r"^draft:send:[\w.-]{1,16}:[a-z]{2}:\d{1,19}$"))


async def on_send(update: Update, context: Context) -> None:
    """Open the enquiry as it was shown and agreed to; show it again where it has changed since."""
    _, _, version, language, stamp = pressed(update)
    services, person = context.services, person_of(update)
    async with services.database.begin() as session:
        draft = await drafts.of(session, person)
        known = await enquiries.by_update(session, update.update_id)
        sends = known is not None or draft is None or drafting.is_shown(draft, version, int(stamp))
        if sends:
            await open_enquiry(
                session,
                person,
                update_id=update.update_id,
                language=language,
                consent=Consent(version, _agreed(context, draft, language)),
                most_a_day=services.settings.enquiries_per_day,
                now=services.clock(),
            )
    services.outbox.wake()
    await take_away(update)
    if draft is not None and not sends:
        await ask_step(context, draft, await language_of(update, context), note="changed")


def _agreed(context: Context, draft: Draft | None, language: str) -> str:
    """Return the wording as it was shown, in plain text; nothing where there is no draft any more."""
    return plain(consent(context, draft.cluster, language)) if draft and draft.cluster else ""
