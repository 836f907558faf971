"""The staff of a cluster in its group: what stands there, and what they do."""

from __future__ import annotations

from dataclasses import dataclass

from bot.app import Running
from bot.simulator import CallbackAnswer, Chat, Message, Person, Simulator
from bot.terminal import message_buttons, message_text

SERVICE = ("forum_topic_created", "forum_topic_edited", "forum_topic_closed", "forum_topic_reopened", "pinned_message")


@dataclass
class Office:
    """The group of a cluster, and the member of its staff who acts in it."""

    bot: Running
    simulator: Simulator
    cluster: str
    group: Chat
    agent: Person

    def topics(self) -> list[str]:
        """The names of the topics, oldest first."""
        return [topic.name for topic in self.group.topics.values() if topic.id != 1]

    def topic(self, number: str = "") -> int:
        """The id of the topic whose name holds `number`, the newest of them."""
        return [topic.id for topic in self.group.topics.values() if topic.id != 1 and number in topic.name][-1]

    def messages(self, topic: int | None = None) -> list[Message]:
        """What the bot has sent to the group, or to one topic of it."""
        sent = [message for message in self.simulator.messages(self.group.id) if message["from"]["is_bot"]]
        said = [message for message in sent if not any(name in message for name in SERVICE)]
        return [message for message in said if topic is None or message.get("message_thread_id") == topic]

    def texts(self, topic: int | None = None) -> list[str]:
        """What a reader sees of these messages."""
        return [message_text(message) for message in self.messages(topic)]

    def card(self, number: str = "GFC-") -> Message:
        """The card that stands in the group for an enquiry, by default the newest."""
        headed = [message for message in self.messages() if number in message_text(message).split("\n")[0]]
        return [message for message in headed if " · " in message_text(message).split("\n")[0]][-1]

    def buttons(self, message: Message | None = None) -> list[str]:
        """The labels under a message, by default under the last one."""
        return [label for label, _ in message_buttons(message or self.messages()[-1])]

    async def press(self, button: str, message: Message | None = None) -> CallbackAnswer | None:
        """Press a button, by default of the last message, wait for the bot, and return the answer to the press."""
        pressed = message or self.messages()[-1]
        answer = await self.agent.press(pressed["message_id"], button, chat=self.group.id)
        await self.bot.idle()
        return answer

    async def reply(self, text: str, to: Message | None = None) -> Message:
        """Reply to a message, by default to the last one of the bot, and wait for the bot."""
        answered = to or self.messages()[-1]
        return await self.write(text, reply_to=answered["message_id"], topic=answered.get("message_thread_id"))

    async def write(self, text: str, *, reply_to: int | None = None, topic: int | None = None) -> Message:
        """Write in the group, and wait for the bot."""
        written = await self.agent.write(text, chat=self.group.id, reply_to=reply_to, topic=topic)
        await self.bot.idle()
        return written
