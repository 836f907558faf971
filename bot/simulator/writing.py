"""A user of the simulated Telegram, and what they send."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from bot.simulator import media
from bot.simulator.chats import Account
from bot.simulator.errors import NotPossible
from bot.simulator.events import Message
from bot.simulator.files import Upload
from bot.simulator.speaking import captioned, expected, say, texted
from bot.simulator.world import World

ANSWER_SECONDS = 10.0
"""How long a person waits for the bot."""


@dataclass(frozen=True, slots=True)
class Writer:
    """One person and what they send; it goes to the private chat with the bot unless a `chat` is named.

    All actions raise NotPossible for what Telegram's app would not offer, KeyError for a chat that does not exist.
    """

    world: World = field(repr=False)
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

    async def write(
        self, text: str, *, chat: int | None = None, reply_to: int | None = None, topic: int | None = None
    ) -> Message:
        """Send a text."""
        if not text.strip():
            raise NotPossible("an empty text cannot be sent")
        return self._send(texted(text), chat, reply_to, topic)

    async def start(self, payload: str = "") -> Message:
        """Press "Start", or follow a link with a payload."""
        return await self.write(f"/start {payload}".strip())

    async def ask(self, text: str, *, chat: int | None = None, seconds: float = ANSWER_SECONDS) -> Message | None:
        """Send a text and return what the bot writes next in that chat; None when it stays silent for `seconds`."""
        with expected(self.world, self.id if chat is None else chat) as answer:
            await self.write(text, chat=chat)
            try:
                return await asyncio.wait_for(answer, seconds)
            except TimeoutError:
                return None

    async def send_photo(
        self,
        content: bytes,
        *,
        caption: str = "",
        chat: int | None = None,
        reply_to: int | None = None,
        topic: int | None = None,
    ) -> Message:
        """Send a picture."""
        photo = media.photo(self.world.files, Upload("photo.jpg", content))
        return self._send({"photo": photo, **captioned(caption)}, chat, reply_to, topic)

    async def send_document(
        self,
        content: bytes,
        name: str,
        *,
        caption: str = "",
        mime_type: str = "",
        chat: int | None = None,
        reply_to: int | None = None,
        topic: int | None = None,
    ) -> Message:
        """Send a file."""
        document = media.document(self.world.files, Upload(name, content, mime_type))
        return self._send({"document": document, **captioned(caption)}, chat, reply_to, topic)

    async def send_voice(
        self,
        content: bytes,
        *,
        duration: int = 1,
        chat: int | None = None,
        reply_to: int | None = None,
        topic: int | None = None,
    ) -> Message:
        """Send a voice message of `duration` seconds."""
        voice = media.timed(self.world.files, "voice", Upload("voice.ogg", content), duration)
        return self._send({"voice": voice}, chat, reply_to, topic)

    async def send_album(
        self, photos: list[bytes], *, caption: str = "", chat: int | None = None, topic: int | None = None
    ) -> list[Message]:
        """Send two to ten pictures as one album, the caption under the first."""
        if not 2 <= len(photos) <= 10:
            raise NotPossible("an album has two to ten pictures")
        group = media.new_group(self.world)
        contents = [
            {"media_group_id": group, "photo": media.photo(self.world.files, Upload("photo.jpg", photo))}
            for photo in photos
        ]
        contents[0] |= captioned(caption)
        return [self._send(content, chat, None, topic) for content in contents]

    async def share_contact(
        self, phone_number: str, *, chat: int | None = None, reply_to: int | None = None, topic: int | None = None
    ) -> Message:
        """Share the person's own telephone number."""
        names = {"first_name": self.first_name, "last_name": self.last_name}
        contact = {"phone_number": phone_number, "user_id": self.id}
        contact |= {name: value for name, value in names.items() if value}
        return self._send({"contact": contact}, chat, reply_to, topic)

    async def share_location(
        self,
        latitude: float,
        longitude: float,
        *,
        chat: int | None = None,
        reply_to: int | None = None,
        topic: int | None = None,
    ) -> Message:
        """Share a place, in degrees."""
        location = {"latitude": latitude, "longitude": longitude}
        return self._send({"location": location}, chat, reply_to, topic)

    def _send(self, content: Message, chat: int | None, reply_to: int | None, topic: int | None) -> Message:
        return say(self.world, self.account, chat, content, reply_to=reply_to, topic=topic)
