"""What all open pages share: the simulator, the people to choose from, the texts, and what each person has read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Any

from bot.simulator import Chat, Message, Person, Simulator
from bot.simulator.playground.people import colour, full_name, initials
from bot.simulator.playground.view import Window
from bot.simulator.playground.words import Words
from bot.texts import Texts

Describe = Callable[[Person, str], str]
GENERAL_TOPIC = 1


def undescribed(_person: Person, _language: str) -> str:
    """Describe nobody."""
    return ""


@dataclass
class Stage:
    """One simulated Telegram and everybody on it; `describe` tells in a language who a person is."""

    simulator: Simulator
    people: Sequence[Person]
    texts: Texts
    describe: Describe = undescribed
    zone: tzinfo | None = None
    _read: dict[tuple[int, int, int], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        # What was there before the page has been seen: a restored chat is not news.
        for person in self.people:
            for chat in person.chats:
                self.mark_read(Window(person.id, chat.id))

    def words(self, person: Person, language: str) -> Words:
        """Return the page's words in the chosen language, else in the person's."""
        return Words(self.texts, self.texts.language(language, person.language_code), self.zone)

    def person(self, person_id: int) -> Person:
        """Return the person with this id, or the first one there is."""
        return next((person for person in self.people if person.id == person_id), self.people[0])

    def has(self, window: Window) -> bool:
        """Whether the person of `window` is known and may see its chat."""
        person = next((one for one in self.people if one.id == window.person), None)
        return person is not None and any(chat.id == window.chat for chat in person.chats)

    def current(self, window: Window) -> Window:
        """Follow a group that has become a supergroup."""
        chat = self.simulator.world.chats.get(window.chat)
        return Window(window.person, chat.migrated_to) if chat and chat.migrated_to else window

    def face(self, account_id: int, name: str) -> dict[str, Any]:
        """Return what an avatar needs."""
        return {"id": account_id, "name": name, "initials": initials(name), "colour": colour(account_id)}

    def person_face(self, person: Person, words: Words) -> dict[str, Any]:
        """Return how a person stands in the menu."""
        face = self.face(person.id, full_name(person.account.as_user()))
        return {**face, "first": person.first_name, "role": self.describe(person, words.language)}

    def chat_face(self, chat: Chat, words: Words) -> dict[str, Any]:
        """Return how a chat stands in lists; a private chat shows the bot."""
        if not chat.is_private:
            return {**self.face(chat.id, chat.title), "title": chat.title, "bot": False}
        bot = self.simulator.world.bot
        title = self._profile(self.simulator.world.profile.name, words) or bot.first_name
        return {**self.face(bot.id, title), "title": title, "bot": True}

    def description(self, words: Words) -> str:
        """Return what the bot says of itself before it is started."""
        return self._profile(self.simulator.world.profile.description, words)

    def mark_read(self, window: Window) -> None:
        """Remember that everything in `window` has been seen."""
        messages = self.simulator.chat(window.chat).messages
        self._read[window.person, window.chat, window.topic] = next(reversed(messages), 0)

    def unread(self, person_id: int, chat: Chat, topic: int = 0) -> int:
        """Return how many messages of others a person has not seen, of one topic if it is named."""
        return sum(1 for message in self._news(person_id, chat) if topic in {0, topic_of(message)})

    def _news(self, person_id: int, chat: Chat) -> Iterator[Message]:
        everything = self._read.get((person_id, chat.id, 0), 0)
        for message_id in reversed(chat.messages):
            if message_id <= everything:
                return
            message = chat.messages[message_id]
            seen = self._read.get((person_id, chat.id, topic_of(message)), 0) if chat.is_forum else 0
            if message_id > seen and message.get("from", {}).get("id") != person_id:
                yield message

    def _profile(self, values: dict[str, str], words: Words) -> str:
        return values.get(words.language) or values.get("", "")


def topic_of(message: Message) -> int:
    """Return the topic that a message of a forum is in."""
    return int(message.get("message_thread_id") or GENERAL_TOPIC)
