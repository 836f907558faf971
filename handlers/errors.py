"""The one error handler: explain what was expected, apologise for what was not, and tell the owner."""

from __future__ import annotations

from telegram import Update
from telegram.constants import ChatType
from telegram.error import Forbidden, TelegramError

from bot import logs
from bot.access import NotAllowed
from bot.answering.rendering import plain
from bot.errors import BotError
from bot.telegram.handling import current
from handlers.context import App, Context
from handlers.people import language_for, language_of
from handlers.sending import say
from handlers.team.access import note_refusal
from handlers.telling import tell

log = logs.get(__name__)

MOST_ALERTED = 200
"""Characters. Source: Bot API, answerCallbackQuery, `text`."""


async def on_error(update: object, context: Context) -> None:
    """Answer an expected error at once; let any other be tried again, and apologise when that was the last try."""
    error = context.error
    assert error  # noqa: S101  python-telegram-bot promises it
    if isinstance(error, NotAllowed) and not await _noted(update, context, error):
        return
    if isinstance(error, BotError):
        await _explain(update, context, error.template, **error.values)
        return
    if isinstance(error, Forbidden):
        # The person has blocked the bot, or the group has removed it: nobody is there to be told.
        log.info("not delivered, the chat is closed to the bot")
        return
    handling = current()
    if handling is None:
        log.error("unexpected error", exc_info=error)
        return
    handling.fail(error)
    if not handling.last_try or handling.is_passing(error):
        return
    try:
        await _explain(update, context, BotError.template, reference=reference(handling.update_id))
    except TelegramError as failure:
        log.warning("the apology was not delivered", update_id=handling.update_id, exc_info=failure)


async def on_set_aside(app: App, update_id: int, error: BaseException) -> None:
    """Tell the owners, in one line each, of an update that was given up."""
    context: Context = app.context_types.context(app)
    services = context.services
    for owner in services.settings.owners:
        language = await language_for(context, owner)
        text = services.texts.render(
            "errors/owner.html", language, reference=reference(update_id), error=type(error).__name__
        )
        try:
            await say(context, owner, text, language=language)
        except TelegramError as failure:
            log.warning("an owner was not told", update_id=update_id, exc_info=failure)


def reference(update_id: int) -> str:
    """Return what a person may quote: the update's number in the log, shorter."""
    return f"{update_id:X}"


async def _noted(update: object, context: Context, refusal: NotAllowed) -> bool:
    """Note a refusal; where the database does not take it, let the update be tried again."""
    try:
        if isinstance(update, Update):
            await note_refusal(update, context, refusal)
    except Exception as failure:
        handling = current()
        if handling is None:
            raise
        handling.fail(failure)
        return False
    return True


async def _explain(update: object, context: Context, template: str, **values: object) -> None:
    """Tell who is there: an inline query has no chat, and a failed job has no update."""
    if not isinstance(update, Update) or update.effective_chat is None:
        return
    if update.callback_query is not None:
        if update.effective_chat.type != ChatType.PRIVATE:
            await _alert(update, context, template, **values)
            return
        # Otherwise the pressed button goes on waiting.
        await update.callback_query.answer()
    await tell(update, context, template, values)


async def _alert(update: Update, context: Context, template: str, **values: object) -> None:
    """Tell in a group only who has pressed the button: as many paragraphs as fit, the first of them cut if need be."""
    assert update.callback_query  # noqa: S101  the caller has looked
    text = plain(context.services.texts.render(template, await language_of(update, context), **values))
    while len(text) > MOST_ALERTED and "\n\n" in text:
        text = text.rpartition("\n\n")[0]
    await update.callback_query.answer(text[:MOST_ALERTED], show_alert=True)
