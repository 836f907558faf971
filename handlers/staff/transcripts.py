"""What was said in an enquiry, for its staff: a message, or a file where it is long."""

from __future__ import annotations

from telegram.constants import ParseMode

from bot.answering.rendering import plain
from bot.enquiries.reading import Transcript
from bot.pages import length
from bot.routing import region_name
from handlers.context import Context
from handlers.sending import NO_PREVIEW
from handlers.team.access import cluster_names

LONGEST = 3500
"""Characters of a message that are still read in a chat; with its tags it must fit Telegram's 4,096."""


async def send(
    context: Context,
    chat_id: int,
    found: Transcript,
    language: str,
    *,
    topic: int | None = None,
    reply_to: int | None = None,
) -> None:
    """Send a transcript to a chat, or a topic of it."""
    html, enquiry = render(context, found, language), found.enquiry
    if length(html) <= LONGEST:
        await context.bot.send_message(
            chat_id,
            html,
            parse_mode=ParseMode.HTML,
            link_preview_options=NO_PREVIEW,
            message_thread_id=topic,
            reply_to_message_id=reply_to,
            allow_sending_without_reply=True,
        )
        return
    caption = context.services.texts.render("staff/history_file.html", language, number=enquiry.number)
    await context.bot.send_document(
        chat_id,
        # The mark tells older programs on Windows that the text is UTF-8.
        plain(html).encode("utf-8-sig"),
        filename=f"{enquiry.number}.txt",
        caption=caption,
        parse_mode=ParseMode.HTML,
        message_thread_id=topic,
        reply_to_message_id=reply_to,
        allow_sending_without_reply=True,
    )


def render(context: Context, found: Transcript, language: str) -> str:
    """Return a transcript as Telegram HTML."""
    services, enquiry = context.services, found.enquiry
    content, names = services.router.content, cluster_names(context)
    return services.texts.render(
        "staff/history.html",
        language,
        enquiry=enquiry,
        number=enquiry.number,
        entries=found.entries,
        at_work=[names[cluster] for cluster in found.clusters],
        clusters=names,
        names=found.names,
        steps=[content.steps[step].name[language] for step in enquiry.steps if step in content.steps],
        region=region_name(content, enquiry.region, language) if enquiry.region else None,
    )
