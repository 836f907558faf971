"""All tables."""

from storage.models.base import Base, UtcDateTime
from storage.models.chats import ChatMemory

__all__ = ["Base", "ChatMemory", "UtcDateTime"]
