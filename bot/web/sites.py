"""Which pages are served, by the settings."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from aiohttp import web

from bot.errors import StartError
from bot.health import Health
from bot.settings import PREFIX, Settings
from bot.web.callers import Callers
from bot.web.hook import HookFace, secret_from
from bot.web.server import Site
from bot.web.status import STATUS_PATHS, status_routes
from bot.web.storing import Receive, Storing


def sites(settings: Settings, health: Health, receive: Receive, has_room: Callable[[], bool]) -> list[Site]:
    """Return the webhook and the status pages, each where it is switched on; raises StartError where they collide."""
    found: list[Site] = []
    if settings.webhook_url:
        found.append(
            Site(settings.webhook_listen, f"{PREFIX}WEBHOOK_LISTEN", [_hook(settings, health, receive, has_room)])
        )
    if settings.status_listen:
        found.append(Site(settings.status_listen, f"{PREFIX}STATUS_LISTEN", status_routes(health)))
    return found


def hook_secret(settings: Settings) -> str:
    """Return what Telegram has to show; the same after a restart. Raises StartError without a token."""
    return secret_from(settings.signing_secret())


def _hook(settings: Settings, health: Health, receive: Receive, has_room: Callable[[], bool]) -> web.AbstractRouteDef:
    path = urlsplit(settings.webhook_url or "").path or "/"
    if path in STATUS_PATHS:
        raise StartError(f"{PREFIX}WEBHOOK_URL must not end in {path}: that page says how the bot is")
    face = HookFace(
        hook_secret(settings),
        Storing(receive),
        has_room,
        Callers(tuple(settings.webhook_addresses), tuple(settings.webhook_proxies)),
        health.meters,
    )
    return web.route("*", path, face.answer)
