"""Methods that send texts, places, contacts and what is typed."""

from __future__ import annotations

from bot.simulator.calls import Call
from bot.simulator.chats import GENERAL_TOPIC, Chat
from bot.simulator.entities import formatted
from bot.simulator.errors import bad_request
from bot.simulator.events import Message
from bot.simulator.keyboards import markup
from bot.simulator.methods.places import bot_in, chat_of, topic_of, writable_chat
from bot.simulator.methods.registry import method
from bot.simulator.replies import in_topic, reply_of
from bot.simulator.utf16 import units

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
"""In UTF-16 code units after parsing (https://core.telegram.org/bots/api#sendmessage)."""

_ACTIONS = frozenset(
    {"typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice"}
    | {"upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note"}
)


def send(call: Call, content: Message, chat: Chat | None = None) -> Message:
    """Post what a method has made in the chat, topic and reply of the call, with its keyboard."""
    chat = chat or writable_chat(call)
    keyboard, reply_keyboard = markup(call)
    place = topic_of(call, chat)
    reply = reply_of(call, chat) or in_topic(chat, place.get("message_thread_id", 0), 0)
    extra: Message = {"reply_markup": keyboard} if keyboard else {}
    if call.flag("protect_content"):
        extra["has_protected_content"] = True
    return call.world.post(chat, call.world.bot, {**reply, **place, **content, **extra}, reply_keyboard)


def texted(call: Call) -> Message:
    """Return the fields of a text message.

    Raises:
        ApiError: 400, the text is empty, too long or cannot be parsed.
    """
    text, entities = formatted(call.text("text"), call.text("parse_mode"), call.structure("entities"))
    if not text:
        raise bad_request("message text is empty")
    if units(text) > LONGEST_TEXT:
        raise bad_request("message is too long")
    content: Message = {"text": text}
    if entities:
        content["entities"] = known_users(call, entities)
    if options := call.mapping("link_preview_options"):
        content["link_preview_options"] = options
    return content


def captioned(call: Call) -> Message:
    """Return the fields of a caption.

    Raises:
        ApiError: 400, the caption is too long or cannot be parsed.
    """
    if not call.text("caption"):
        return {}
    given = call.structure("caption_entities")
    caption, entities = formatted(call.text("caption"), call.text("parse_mode"), given)
    if units(caption) > LONGEST_CAPTION:
        raise bad_request("MEDIA_CAPTION_TOO_LONG")
    content: Message = {"caption": caption}
    if entities:
        content["caption_entities"] = known_users(call, entities)
    if call.flag("show_caption_above_media"):
        content["show_caption_above_media"] = True
    return content


def known_users(call: Call, entities: list[Message]) -> list[Message]:
    """Complete the mentions of people by their ids; Telegram drops those of people it cannot find."""
    kept = []
    for entity in entities:
        if entity["type"] != "text_mention":
            kept.append(entity)
        elif account := call.world.accounts.get(entity["user"]["id"]):
            kept.append(entity | {"user": account.as_user()})
    return kept


@method
def send_message(call: Call) -> Message:
    """https://core.telegram.org/bots/api#sendmessage."""
    chat = writable_chat(call)
    return send(call, texted(call), chat)


@method
def send_location(call: Call) -> Message:
    """https://core.telegram.org/bots/api#sendlocation."""
    return send(call, {"location": location(call)})


@method
def send_venue(call: Call) -> Message:
    """https://core.telegram.org/bots/api#sendvenue."""
    venue: Message = {"location": location(call)}
    for name in ("title", "address"):
        if not call.text(name):
            raise bad_request(f"venue {name} must be non-empty")
        venue[name] = call.text(name)
    optional = ("foursquare_id", "foursquare_type", "google_place_id", "google_place_type")
    venue |= {name: call.text(name) for name in optional if call.text(name)}
    return send(call, {"location": venue["location"], "venue": venue})


@method
def send_contact(call: Call) -> Message:
    """https://core.telegram.org/bots/api#sendcontact."""
    contact: Message = {}
    for name in ("phone_number", "first_name"):
        if not call.text(name):
            raise bad_request(f"{name.replace('_', ' ')} is empty")
        contact[name] = call.text(name)
    contact |= {name: call.text(name) for name in ("last_name", "vcard") if call.text(name)}
    return send(call, {"contact": contact})


@method
def send_chat_action(call: Call) -> bool:
    """https://core.telegram.org/bots/api#sendchataction."""
    chat = chat_of(call)
    bot_in(call, chat)
    action = call.text("action")
    if action not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    if call.integer("message_thread_id") != GENERAL_TOPIC:
        topic_of(call, chat)
    call.world.tell("typing", chat.id, action=action, topic=call.integer("message_thread_id"))
    return True


def location(call: Call) -> Message:
    """Return the Location of a call.

    Raises:
        ApiError: 400, a coordinate is missing or not on Earth.
    """
    latitude, longitude = call.number("latitude"), call.number("longitude")
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise bad_request("wrong location: coordinates are out of range")
    return {"latitude": latitude, "longitude": longitude}
