"""All tables."""

from storage.models.base import Base, UtcDateTime
from storage.models.chats import ChatMemory
from storage.models.content import ContentItem, Origin
from storage.models.enquiries import (
    BlockedPerson,
    Draft,
    Enquiry,
    EnquiryMessage,
    EnquiryPlace,
    EnquiryState,
    Outcome,
    Side,
    Way,
)
from storage.models.inbox import InboxUpdate, UpdateState
from storage.models.outbox import OutboxKind, OutboxMessage, OutboxState, Relayed
from storage.models.questions import Question
from storage.models.routing_examples import RoutingExample
from storage.models.sends import Send

__all__ = [
    "Base",
    "BlockedPerson",
    "ChatMemory",
    "ContentItem",
    "Draft",
    "Enquiry",
    "EnquiryMessage",
    "EnquiryPlace",
    "EnquiryState",
    "InboxUpdate",
    "Origin",
    "OutboxKind",
    "OutboxMessage",
    "OutboxState",
    "Outcome",
    "Question",
    "Relayed",
    "RoutingExample",
    "Send",
    "Side",
    "UpdateState",
    "UtcDateTime",
    "Way",
]
