"""The HTTP face: the webhook that Telegram calls, and the pages that say how the bot is."""

from bot.web.server import Site, serving
from bot.web.sites import hook_secret, sites

__all__ = ["Site", "hook_secret", "serving", "sites"]
