"""What the simulator tells its listeners, a page that shows the chats for example."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

Message = dict[str, Any]
"""A message as the Bot API writes it in JSON."""

Kind = Literal[
    "message",  # `message` is new
    "edited",  # `message` has changed
    "deleted",  # the message with `message_id` is gone
    "typing",  # data["action"], data["topic"]: the bot is writing
    "reaction",  # data["actor"], data["reactions"] on the message with `message_id`
    "callback_answer",  # data["person"], data["query"], data["text"], data["alert"], data["url"]
    "inline_answer",  # data["person"], data["query"], data["results"]
    "commands",  # the command menu has changed; chat_id is 0
    "profile",  # the bot's name, description or menu button has changed; chat_id is 0
    "chat",  # a new chat, or title, members, topics or pinned messages have changed
    "person",  # data["person"] is new; chat_id is 0
    "update",  # data["update_id"]: an update waits for the bot; chat_id is 0
]


@dataclass(frozen=True, slots=True)
class Event:
    """One change in the simulated Telegram; the comments of `Kind` tell which fields are filled."""

    kind: Kind
    chat_id: int = 0
    message_id: int = 0
    message: Message | None = None
    data: dict[str, Any] = field(default_factory=dict)


Listener = Callable[[Event], None]


class Listeners:
    """The listeners of one simulator, told in the order in which they subscribed."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` for each event from now on; the returned function ends that."""
        self._listeners.append(listener)

        def unsubscribe() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return unsubscribe

    def tell(self, event: Event) -> None:
        """Call every listener with `event`."""
        for listener in tuple(self._listeners):
            listener(event)
