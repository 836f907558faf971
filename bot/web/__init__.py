"""The HTTP face: the webhook that Telegram calls, and the pages that say how the bot is."""

from bot.web.callers import Callers
from bot.web.hook import HookFace, secret_from
from bot.web.server import Site, serving
from bot.web.status import status_routes

__all__ = ["Callers", "HookFace", "Site", "secret_from", "serving", "status_routes"]
