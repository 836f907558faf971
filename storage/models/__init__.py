"""All tables."""

from storage.models.announcements import (
    Announcement,
    AnnouncementState,
    Delivery,
    DeliveryState,
    LatePolicy,
    Lease,
    Occurrence,
    OccurrenceState,
    Purpose,
)
from storage.models.audit import AuditEntry
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
from storage.models.events import Attendance, AttendanceState, Event, EventState
from storage.models.feeds import Feed, FeedItem
from storage.models.funding import FundingCall, FundingWish
from storage.models.inbox import InboxUpdate, UpdateState
from storage.models.invitations import Invitation, InvitationKind
from storage.models.outbox import OutboxKind, OutboxMessage, OutboxState, Relayed
from storage.models.privacy import DataKey, Tombstone
from storage.models.processes import Process
from storage.models.questions import Question
from storage.models.routing_examples import RoutingExample
from storage.models.sends import Send
from storage.models.staff import StaffRole
from storage.models.staff_chats import StaffChat
from storage.models.subscribers import Consent, Rhythm, Subscriber

__all__ = [
    "Announcement",
    "AnnouncementState",
    "Attendance",
    "AttendanceState",
    "AuditEntry",
    "Base",
    "BlockedPerson",
    "ChatMemory",
    "Consent",
    "ContentItem",
    "DataKey",
    "Delivery",
    "DeliveryState",
    "Draft",
    "Enquiry",
    "EnquiryMessage",
    "EnquiryPlace",
    "EnquiryState",
    "Event",
    "EventState",
    "Feed",
    "FeedItem",
    "FundingCall",
    "FundingWish",
    "InboxUpdate",
    "Invitation",
    "InvitationKind",
    "LatePolicy",
    "Lease",
    "Occurrence",
    "OccurrenceState",
    "Origin",
    "OutboxKind",
    "OutboxMessage",
    "OutboxState",
    "Outcome",
    "Process",
    "Purpose",
    "Question",
    "Relayed",
    "Rhythm",
    "RoutingExample",
    "Send",
    "Side",
    "StaffChat",
    "StaffRole",
    "Subscriber",
    "Tombstone",
    "UpdateState",
    "UtcDateTime",
    "Way",
]
