"""What a person does in an open chat, by the names that the markup gives to its buttons."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.simulator import CallbackAnswer, Person, Upload
from bot.simulator.links import deep_link
from bot.simulator.playground.composing import Draft
from bot.simulator.playground.window import PAGE_OF_MESSAGES, ChatWindow

SAMPLE_PHONE = "+49301234567"
SAMPLE_PLACE = (53.8655, 10.6866)
PICTURES = {"image/png", "image/jpeg", "image/webp"}

Deed = Callable[["Act"], Awaitable[None]]


@dataclass(frozen=True)
class Act:
    """One press or key of the person in front of `window`."""

    window: ChatWindow
    person: Person
    message: int
    value: str
    redraw: Callable[[], None]
    show: Callable[[CallbackAnswer | None], None]
    """Shows what the bot answered to a button, or that it did not answer."""

    @property
    def topic(self) -> int | None:
        """The topic that new messages go to."""
        return self.window.window.topic or None


async def send(act: Act) -> None:
    """Send what was written, or put it in the place of the message that is being changed."""
    window, draft = act.window, act.window.draft
    window.draft = Draft()
    chat = window.window.chat
    if draft.editing:
        await act.person.edit(draft.editing, act.value, chat=chat)
        return
    topic = act.topic or window.chat.messages.get(draft.reply_to, {}).get("message_thread_id")
    await act.person.write(act.value, chat=chat, reply_to=draft.reply_to or None, topic=topic)


async def command(act: Act) -> None:
    """Send a command; in a group it names the bot, as Telegram's menu does."""
    bot = act.window.stage.simulator.world.bot.username
    full = act.value if act.window.chat.is_private or "@" in act.value else f"{act.value}@{bot}"
    act.window.draft = Draft()
    await act.person.write(full, chat=act.window.window.chat, topic=act.topic)


async def press(act: Act) -> None:
    """Press a button under a message, which turns until the bot answers."""
    row, _, column = act.value.partition(",")
    key = (act.message, int(row), int(column))
    act.window.pressing.add(key)
    act.redraw()
    try:
        answer = await act.person.press(act.message, key[1:], chat=act.window.window.chat)
    finally:
        act.window.pressing.discard(key)
        act.redraw()
    if answer is not None and (payload := deep_link(answer.url, act.window.stage.simulator.world.bot.username)):
        await act.person.start(payload)
    act.show(answer)


async def key(act: Act) -> None:
    """Press a key of the reply keyboard."""
    await act.person.press(act.window.keyboard_of, act.value, chat=act.window.window.chat)


async def reply(act: Act) -> None:
    """Begin an answer to a message."""
    act.window.draft = Draft(reply_to=act.message)


async def edit(act: Act) -> None:
    """Begin to change one's own message."""
    act.window.draft = Draft(editing=act.message)


async def cancel(act: Act) -> None:
    """Give up answering or changing."""
    act.window.draft = Draft()


async def slash(act: Act) -> None:
    """Show the commands that begin with what is written, or hide them."""
    act.window.draft.slash = act.value


async def react(act: Act) -> None:
    """Put an emoji on a message, or take it away again."""
    given = act.window.chat.reactions.get(act.message, {}).get(act.person.id, [])
    emoji = "" if any(one.get("emoji") == act.value for one in given) else act.value
    await act.person.react(act.message, emoji, chat=act.window.window.chat)


async def earlier(act: Act) -> None:
    """Show more of what was said before."""
    act.window.limit += PAGE_OF_MESSAGES


async def start(act: Act) -> None:
    """Press "Start"."""
    await act.person.start()


async def contact(act: Act) -> None:
    """Share a telephone number that belongs to nobody."""
    await act.person.share_contact(SAMPLE_PHONE, chat=act.window.window.chat)


async def location(act: Act) -> None:
    """Share a place: the Holsten Gate in Lübeck."""
    await act.person.share_location(*SAMPLE_PLACE, chat=act.window.window.chat, topic=act.topic)


async def block(act: Act) -> None:
    """Block the bot."""
    await act.person.block()


async def unblock(act: Act) -> None:
    """Let the bot write again."""
    await act.person.unblock()


async def leave(act: Act) -> None:
    """Leave a group."""
    await act.person.leave(act.window.window.chat)


DEEDS: dict[str, Deed] = {
    "send": send,
    "command": command,
    "press": press,
    "key": key,
    "reply": reply,
    "edit": edit,
    "cancel": cancel,
    "slash": slash,
    "react": react,
    "earlier": earlier,
    "start": start,
    "restart": start,
    "contact": contact,
    "location": location,
    "block": block,
    "unblock": unblock,
    "leave": leave,
}


async def attach(person: Person, uploads: list[Upload], *, chat: int, topic: int | None) -> None:
    """Send files: pictures as pictures, several of them as one album, all else as documents.

    Raises:
        NotPossible: the person cannot write there, or these are more than ten pictures.
    """
    pictures = [upload.content for upload in uploads if upload.mime in PICTURES]
    if len(pictures) > 1:
        await person.send_album(pictures, chat=chat, topic=topic)
    elif pictures:
        await person.send_photo(pictures[0], chat=chat, topic=topic)
    for upload in uploads:
        if upload.mime not in PICTURES:
            await person.send_document(upload.content, upload.name, mime_type=upload.mime_type, chat=chat, topic=topic)
