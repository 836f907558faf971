"""The one error handler: explain what was expected, apologise for what was not, and tell the owner."""

from __future__ import annotations

import secrets

from bot.telegram.handling import current
from telegram import Update
from telegram.error import TelegramError

from bot import logs
from bot.errors import BotError
from handlers.context import Context
from handlers.people import language_of
from handlers.sending import say

log = logs.get(__name__)


async def on_error(update: object, context: Context) -> None:
    """Answer an expected error at once; let any other be tried again, and apologise when that was the last try."""
    error = context.error
    assert error  # noqa: S101  python-telegram-bot promises it
    if isinstance(error, BotError):
        await _tell(update, context, error.template, **error.values)
        return
    handling = current()
    if handling is not None:
        handling.fail(error)
        if not handling.last_try or handling.is_passing(error):
            return
    reference = secrets.token_hex(3).upper()
    log.error("unexpected error", reference=reference, exc_info=error)
    try:
        await _tell(update, context, BotError.template, reference=reference)
        await tell_owners(context, "errors/owner.html", reference=reference, error=type(error).__name__)
    except TelegramError as failure:
        log.warning("the apology was not delivered", reference=reference, exc_info=failure)


async def tell_owners(context: Context, template: str, **values: object) -> None:
    """Send one line to each owner."""
    services = context.services
    for owner in services.settings.owners:
        language = services.texts.language("de")
        await say(context, owner, services.texts.render(template, language, **values), language=language)


async def _tell(update: object, context: Context, template: str, **values: object) -> None:
    if not isinstance(update, Update) or update.effective_chat is None:
        return
    language = await language_of(update, context)
    text = context.services.texts.render(template, language, **values)
    await say(context, update.effective_chat.id, text, language=language)
