"""A user of the simulated Telegram, and what they can do in their app."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from bot.simulator import groups, media
from bot.simulator.chats import Account, Chat, Member, Topic
from bot.simulator.entities import formatted
from bot.simulator.errors import NotPossible
from bot.simulator.events import Message
from bot.simulator.files import Upload
from bot.simulator.pressing import PRESS_SECONDS, Button, CallbackAnswer, press
from bot.simulator.speaking import report, say
from bot.simulator.world import World


@dataclass(frozen=True, slots=True)
class Person:
    """One person; every action goes to the private chat with the bot unless a `chat` is named.

    All actions raise NotPossible for what Telegram's app would not offer, KeyError for a chat that does not exist.
    """

    world: World
    account: Account

    @property
    def id(self) -> int:
        """The person's id, which is that of their private chat as well."""
        return self.account.id

    @property
    def first_name(self) -> str:
        """The person's first name."""
        return self.account.first_name

    @property
    def last_name(self) -> str:
        """The person's last name, or empty."""
        return self.account.last_name

    @property
    def username(self) -> str:
        """The person's user name without @, or empty."""
        return self.account.username

    @property
    def language_code(self) -> str:
        """The language of the person's app."""
        return self.account.language_code

    @property
    def chats(self) -> list[Chat]:
        """The chats that the person is in, the private one first."""
        own = self.world.chats[self.id]
        others = (chat for chat in self.world.chats.values() if chat is not own and not chat.migrated_to)
        return [own, *(chat for chat in others if chat.member(self.id).present)]

    async def write(
        self, text: str, *, chat: int | None = None, reply_to: int | None = None, topic: int | None = None
    ) -> Message:
        """Send a text."""
        plain, entities = formatted(text)
        if not plain:
            raise NotPossible("an empty text cannot be sent")
        content: Message = {"text": plain} | ({"entities": entities} if entities else {})
        return say(self.world, self.account, chat, content, reply_to=reply_to, topic=topic)

    async def start(self, payload: str = "") -> Message:
        """Press "Start", or follow a link with a payload."""
        return await self.write(f"/start {payload}".strip())

    async def edit(self, message_id: int, text: str, *, chat: int | None = None) -> Message:
        """Change the text or caption of one of the person's messages."""
        place = self._chat(chat)
        message = self._own(place, message_id)
        plain, entities = formatted(text)
        names = ("text", "entities") if "text" in message else ("caption", "caption_entities")
        changed = self.world.change(place, message_id, dict(zip(names, (plain, entities or None), strict=True)))
        report(self.world, place, changed, edited=True)
        return changed

    async def delete(self, message_id: int, *, chat: int | None = None) -> None:
        """Delete a message for everybody; the bot does not hear of it."""
        place = self._chat(chat)
        if not place.is_private:
            self._own(place, message_id)
        self.world.remove(place, message_id)

    async def press(
        self, message_id: int, button: Button, *, chat: int | None = None, seconds: float = PRESS_SECONDS
    ) -> CallbackAnswer | None:
        """Press a button by label, callback_data or (row, column), and return the bot's answer.

        None: no answer within `seconds`, or a button that needs none.
        """
        return await press(self.world, self.account, self._chat(chat).messages.get(message_id), button, seconds)

    async def send_photo(self, content: bytes, *, caption: str = "", **place: int | None) -> Message:
        """Send a picture; `place` takes chat, reply_to and topic, here and below."""
        stored = media.photo(self.world.files, Upload("photo.jpg", content))
        return self._send({"photo": stored}, caption, **place)

    async def send_document(
        self, content: bytes, name: str, *, caption: str = "", mime_type: str = "", **place: int | None
    ) -> Message:
        """Send a file."""
        stored = media.document(self.world.files, Upload(name, content, mime_type))
        return self._send({"document": stored}, caption, **place)

    async def send_voice(self, content: bytes, *, duration: int = 1, **place: int | None) -> Message:
        """Send a voice message of `duration` seconds."""
        stored = media.timed(self.world.files, "voice", Upload("voice.ogg", content), duration)
        return self._send({"voice": stored}, "", **place)

    async def send_album(self, photos: list[bytes], *, caption: str = "", **place: int | None) -> list[Message]:
        """Send two to ten pictures as one album, the caption under the first."""
        if not 2 <= len(photos) <= 10:
            raise NotPossible("an album has two to ten pictures")
        group = {"media_group_id": media.new_group(self.world)}
        stored = [media.photo(self.world.files, Upload("photo.jpg", content)) for content in photos]
        first = self._send(group | {"photo": stored[0]}, caption, **place)
        return [first, *(self._send(group | {"photo": photo}, "", **place) for photo in stored[1:])]

    async def share_contact(self, phone_number: str, **place: int | None) -> Message:
        """Share the person's own telephone number."""
        names = {"first_name": self.first_name, "last_name": self.last_name}
        contact = {"phone_number": phone_number, "user_id": self.id}
        return self._send({"contact": contact | {key: name for key, name in names.items() if name}}, "", **place)

    async def share_location(self, latitude: float, longitude: float, **place: int | None) -> Message:
        """Share a place, in degrees."""
        return self._send({"location": {"latitude": latitude, "longitude": longitude}}, "", **place)

    async def forward(self, message_id: int, *, chat: int | None = None, to: int | None = None) -> Message:
        """Forward a message that the person sees to another chat."""
        message = self._chat(chat).messages[message_id]
        return say(self.world, self.account, to, media.forwarded(message))

    async def react(self, message_id: int, emoji: str, *, chat: int | None = None) -> None:
        """Put a reaction on a message, or take it away with an empty `emoji`."""
        reactions = [{"type": "emoji", "emoji": emoji}] if emoji else []
        media.react(self.world, self._chat(chat), self.account, message_id, reactions)

    async def block(self) -> None:
        """Block the bot."""
        self._set_private("kicked")

    async def unblock(self) -> None:
        """Let the bot write again."""
        self._set_private("member")

    async def join(self, chat: int) -> None:
        """Come into a group or channel."""
        place = self.world.chats[chat]
        groups.change_member(self.world, place, self.account, Member())
        if place.is_group:
            joined = {"new_chat_members": [self.account.as_user()]}
            report(self.world, place, self.world.post(place, self.account, joined))

    async def open_topic(self, name: str, *, chat: int) -> Topic:
        """Open a topic in a forum."""
        place = self.world.chats[chat]
        if not place.is_forum or not place.member(self.id).present:
            raise NotPossible("topics are opened by members of a forum")
        return groups.open_topic(self.world, place, self.account, {"name": name, "icon_color": 7322096})

    async def leave(self, chat: int) -> None:
        """Go out of a group or channel."""
        place = self.world.chats[chat]
        if place.is_group:
            gone = {"left_chat_member": self.account.as_user()}
            report(self.world, place, self.world.post(place, self.account, gone))
        groups.change_member(self.world, place, self.account, Member("left"))

    async def inline_query(self, text: str, *, seconds: float = PRESS_SECONDS) -> list[dict[str, Any]]:
        """Type "@bot text" and return the results that the bot offers; none when it does not answer in time."""
        query = self.world.ask("inline", self.id)
        asked = {"id": query.id, "from": self.account.as_user(), "query": text, "offset": ""}
        self.world.notify("inline_query", asked)
        try:
            async with asyncio.timeout(seconds):
                results: list[dict[str, Any]] = (await query.answer)["results"]
        except TimeoutError:
            return []
        return results

    async def choose_inline_result(
        self, result: dict[str, Any], *, query: str = "", chat: int | None = None
    ) -> Message:
        """Send one of the results of an inline query."""
        content: dict[str, Any] = result.get("input_message_content") or {"message_text": result.get("title", "")}
        text, entities = formatted(content.get("message_text", ""), content.get("parse_mode", ""))
        message: Message = {"via_bot": self.world.bot.as_user(), "text": text}
        message |= {"entities": entities} if entities else {}
        sent = say(self.world, self.account, chat, message)
        chosen = {"result_id": result["id"], "from": self.account.as_user(), "query": query}
        self.world.notify("chosen_inline_result", chosen)
        return sent

    def _send(self, content: Message, caption: str, **place: int | None) -> Message:
        if caption:
            text, entities = formatted(caption)
            content = content | {"caption": text} | ({"caption_entities": entities} if entities else {})
        return say(
            self.world,
            self.account,
            place.get("chat"),
            content,
            reply_to=place.get("reply_to"),
            topic=place.get("topic"),
        )

    def _chat(self, chat: int | None) -> Chat:
        return self.world.chats[self.id if chat is None else chat]

    def _own(self, chat: Chat, message_id: int) -> Message:
        message = chat.messages[message_id]
        if message.get("from", {}).get("id") != self.id:
            raise NotPossible("only one's own messages can be changed")
        return message

    def _set_private(self, status: Any) -> None:
        groups.change_member(self.world, self.world.chats[self.id], self.world.bot, Member(status), actor=self.id)
