"""All tables."""

from storage.models.base import Base, UtcDateTime
from storage.models.chats import ChatMemory
from storage.models.content import ContentItem, Origin
from storage.models.inbox import InboxUpdate, UpdateState
from storage.models.questions import Question
from storage.models.routing_examples import RoutingExample
from storage.models.sends import Send

__all__ = [
    "Base",
    "ChatMemory",
    "ContentItem",
    "InboxUpdate",
    "Origin",
    "Question",
    "RoutingExample",
    "Send",
    "UpdateState",
    "UtcDateTime",
]
