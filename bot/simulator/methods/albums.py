"""Methods for several files at once, and for exchanging the file of a message."""

from __future__ import annotations

from typing import Any

from bot.simulator import media
from bot.simulator.calls import Call
from bot.simulator.errors import bad_request
from bot.simulator.events import Message
from bot.simulator.methods.editing import MEDIA, change, own_message
from bot.simulator.methods.media import attached
from bot.simulator.methods.places import writable_chat
from bot.simulator.methods.registry import method
from bot.simulator.methods.sending import captioned, send

_IN_ALBUMS = frozenset({"photo", "video", "document", "audio"})
_ALONE = frozenset({"document", "audio"})


@method
def send_media_group(call: Call) -> list[Message]:
    """https://core.telegram.org/bots/api#sendmediagroup."""
    chat = writable_chat(call)
    items = call.objects("media", "can't parse media JSON object")
    if not 2 <= len(items) <= 10:
        raise bad_request("media must contain 2-10 items")
    _check_kinds({str(item.get("type")) for item in items})
    # All is read before the first is sent, so that a refusal leaves no half album.
    contents = [_content(call, item) for item in items]
    group: Message = {"media_group_id": media.new_group(call.world)}
    return [send(call, {**group, **content}, chat) for content in contents]


def _check_kinds(kinds: set[str]) -> None:
    if not kinds <= _IN_ALBUMS:
        raise bad_request("can't parse InputMedia: type of media can't be sent in an album")
    if len(kinds) > 1 and kinds & _ALONE:
        raise bad_request("document can't be mixed with other media types")


def _content(call: Call, item: dict[str, Any]) -> Message:
    kind = str(item.get("type"))
    described = Call(call.world, call.method, item, call.files)
    return {kind: attached(described, kind, item.get("media")), **captioned(described)}


@method
def edit_message_media(call: Call) -> Message:
    """https://core.telegram.org/bots/api#editmessagemedia."""
    chat, message = own_message(call)
    item = call.mapping("media")
    if item.get("type") not in MEDIA:
        raise bad_request("can't parse InputMedia: Unsupported type specified")
    if not any(name in message for name in (*MEDIA, "text")):
        raise bad_request("there is no media in the message to edit")
    if "media_group_id" in message and not {item["type"]} & set(message):
        raise bad_request("can't change media type in the album")
    empty: Message = dict.fromkeys((*MEDIA, "text", "entities", "caption", "caption_entities"))
    return change(call, chat, message, empty | _content(call, item))
