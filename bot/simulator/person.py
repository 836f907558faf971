"""What the users of the simulated Telegram do in their app."""

from __future__ import annotations

import asyncio
from typing import Any

from bot.simulator import groups, media
from bot.simulator.chats import Chat, Member, Topic
from bot.simulator.entities import formatted
from bot.simulator.errors import NotPossible
from bot.simulator.events import Message
from bot.simulator.pressing import Button, CallbackAnswer, press
from bot.simulator.speaking import report, say, texted
from bot.simulator.writing import ANSWER_SECONDS, Writer


class Person(Writer):
    """One person: what they send, as a Writer, and whatever else they do in their app."""

    __slots__ = ()

    @property
    def chats(self) -> list[Chat]:
        """The chats that the person is in, the private one first."""
        own = self.world.chats[self.id]
        others = (chat for chat in self.world.chats.values() if chat is not own and not chat.migrated_to)
        return [own, *(chat for chat in others if chat.member(self.id).present)]

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
        self, message_id: int, button: Button, *, chat: int | None = None, seconds: float = ANSWER_SECONDS
    ) -> CallbackAnswer | None:
        """Press a button by label, callback_data or (row, column), and return the bot's answer.

        None: no answer within `seconds`, or a button that needs none.
        """
        return await press(self.world, self.account, self._chat(chat).messages.get(message_id), button, seconds)

    async def forward(self, message_id: int, *, chat: int | None = None, to: int | None = None) -> Message:
        """Forward a message that the person sees to another chat."""
        message = self._chat(chat).messages[message_id]
        return say(self.world, self.account, to, media.forwarded(self.world, message))

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

    async def inline_query(self, text: str, *, seconds: float = ANSWER_SECONDS) -> list[dict[str, Any]]:
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
        message = texted(content.get("message_text", ""), content.get("parse_mode", ""))
        message["via_bot"] = self.world.bot.as_user()
        sent = say(self.world, self.account, chat, message)
        chosen = {"result_id": result["id"], "from": self.account.as_user(), "query": query}
        self.world.notify("chosen_inline_result", chosen)
        return sent

    def _chat(self, chat: int | None) -> Chat:
        return self.world.chats[self.id if chat is None else chat]

    def _own(self, chat: Chat, message_id: int) -> Message:
        message = chat.messages[message_id]
        if message.get("from", {}).get("id") != self.id:
            raise NotPossible("only one's own messages can be changed")
        return message

    def _set_private(self, status: Any) -> None:
        groups.change_member(self.world, self.world.chats[self.id], self.world.bot, Member(status), actor=self.id)
