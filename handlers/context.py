"""What every handler is given: the long-lived parts, typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from telegram.ext import Application, CallbackContext, ExtBot

from bot.answering import Answerer
from bot.enquiries.service_terms import Service
from bot.health import Health
from bot.routing import Router
from bot.settings import Settings
from bot.telegram.broadcast import Broadcast
from bot.telegram.lanes import Lane
from bot.telegram.outbox import Outbox
from bot.texts import Texts
from storage.database import Database


@dataclass(frozen=True, slots=True)
class Services:
    """The long-lived parts, made once at start."""

    settings: Settings
    database: Database
    texts: Texts
    answerer: Answerer
    router: Router
    service: Service
    """What each cluster promises and expects of enquiries, and when its office works."""
    clock: Callable[[], datetime]
    outbox: Outbox
    """Wake it after the commit of what is to be sent."""
    broadcast: Broadcast
    """Wake it after the commit of what is due."""
    health: Health


class Context(CallbackContext[ExtBot[Lane], dict[Any, Any], dict[Any, Any], dict[str, Services]]):
    """python-telegram-bot's context, plus our services."""

    @property
    def services(self) -> Services:
        """The long-lived parts."""
        return self.bot_data["services"]


App = Application[Any, Context, dict[Any, Any], dict[Any, Any], dict[str, Services], Any]
