"""What messages say of the files, albums, forwards and reactions that belong to them."""

from __future__ import annotations

from typing import Any

from bot.simulator import pictures
from bot.simulator.chats import Account, Chat
from bot.simulator.events import Message
from bot.simulator.files import Files, StoredFile, Upload
from bot.simulator.world import World

_SMALL_SIDE = 90
_OF_THE_PLACE = frozenset(
    {"message_id", "from", "sender_chat", "chat", "date", "edit_date", "reply_to_message"}
    | {"quote", "reply_markup", "message_thread_id", "is_topic_message", "media_group_id", "via_bot"}
    | {"has_protected_content"}
)


def photo(files: Files, upload: Upload) -> list[dict[str, Any]]:
    """Store a picture and return its sizes as Telegram lists them, the original last.

    What is no picture counts as one of 1 by 1.
    """
    width, height = pictures.size(upload.content) or (1, 1)
    stored = files.keep(upload, "photos")
    return photo_sizes(stored, width, height)


def photo_sizes(stored: StoredFile, width: int, height: int) -> list[dict[str, Any]]:
    """Return the sizes of a stored picture."""
    whole = stored.as_file() | {"width": width, "height": height}
    if max(width, height) <= _SMALL_SIDE:
        return [whole]
    scale = _SMALL_SIDE / max(width, height)
    small = whole | {"width": max(round(width * scale), 1), "height": max(round(height * scale), 1)}
    return [small, whole]


def document(files: Files, upload: Upload) -> dict[str, Any]:
    """Store a file and return it as a Bot API Document."""
    return files.keep(upload, "documents").as_file() | {"file_name": upload.name, "mime_type": upload.mime}


def timed(files: Files, kind: str, upload: Upload, duration: int) -> dict[str, Any]:
    """Store a sound or film of `duration` seconds and return it as the Bot API describes that kind."""
    described = files.keep(upload, kind).as_file() | {"duration": duration, "mime_type": upload.mime}
    size = {"width": 320, "height": 240} if kind in {"video", "animation"} else {}
    return described | size | ({} if kind == "voice" else {"file_name": upload.name})


def new_group(world: World) -> str:
    """Return the id of a new album."""
    return str(13_000_000_000_000_000 + world.number("album"))


def content_of(message: Message) -> Message:
    """Return what a copy of a message takes over: the content without sender, place and keyboard."""
    return {name: value for name, value in message.items() if name not in _OF_THE_PLACE}


def forwarded(world: World, message: Message) -> Message:
    """Return the content of a forwarded message, with its origin; some people let only their name be seen."""
    origin: dict[str, Any] = message.get("forward_origin") or _origin(world, message)
    return content_of(message) | {"forward_origin": origin}


def _origin(world: World, message: Message) -> dict[str, Any]:
    if "from" in message:
        author = world.account(message["from"]["id"])
        if author.hides_forwards:
            name = f"{author.first_name} {author.last_name}".strip()
            return {"type": "hidden_user", "date": message["date"], "sender_user_name": name}
        return {"type": "user", "date": message["date"], "sender_user": message["from"]}
    place = {"chat": message["sender_chat"], "message_id": message["message_id"]}
    return {"type": "channel", "date": message["date"], **place}


def react(world: World, chat: Chat, account: Account, message_id: int, reactions: list[dict[str, Any]]) -> None:
    """Replace an account's reactions on a message; the bot hears of those of people.

    Raises:
        KeyError: there is no such message.
    """
    message = chat.messages[message_id]
    given = chat.reactions.setdefault(message_id, {})
    old = given.get(account.id, [])
    given[account.id] = reactions
    if account.id != world.bot.id and (chat.is_private or chat.member(world.bot.id).status == "administrator"):
        change = {"chat": chat.as_chat(), "message_id": message["message_id"], "user": account.as_user()}
        change |= {"date": world.date, "old_reaction": old, "new_reaction": reactions}
        world.notify("message_reaction", change)
    world.tell("reaction", chat.id, message_id, actor=account.id, reactions=reactions)
