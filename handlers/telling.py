"""Tell a chat one of the prepared messages, in the language of its person."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from telegram import Message, Update
from telegram.constants import ChatType

from handlers.context import Context
from handlers.people import language_of
from handlers.sending import Rows, say


async def tell(
    update: Update,
    context: Context,
    template: str,
    values: Mapping[str, object] = MappingProxyType({}),
    *,
    buttons: Callable[[str], Rows] = lambda _language: (),
) -> None:
    """Render `messages/<template>` with `values` and send it; `buttons` gives the rows in a language.

    In a group it answers the message that it is about, in its topic.
    """
    chat, message = update.effective_chat, update.effective_message
    assert chat  # noqa: S101  commands, messages and buttons have a chat
    language = await language_of(update, context)
    text = context.services.texts.render(template, language, **values)
    in_group = chat.type != ChatType.PRIVATE and isinstance(message, Message)
    await say(
        context,
        chat.id,
        text,
        language=language,
        buttons=buttons(language),
        reply_to=message.message_id if in_group and message else None,
        topic=message.message_thread_id if in_group and message and message.is_topic_message else None,
    )
