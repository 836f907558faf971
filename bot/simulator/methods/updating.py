"""Methods by which a bot gets its updates."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from bot.simulator.calls import Call
from bot.simulator.errors import bad_request, conflict
from bot.simulator.methods.registry import method
from bot.simulator.world import Webhook

LONGEST_POLL = 50
"""Seconds; Telegram cuts longer time-outs."""
_PORTS = frozenset({80, 88, 443, 8443})
_LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})
_HOOKED = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


@method
async def get_updates(call: Call) -> list[dict[str, Any]]:
    """https://core.telegram.org/bots/api#getupdates."""
    world = call.world
    if world.webhook.url:
        raise conflict(_HOOKED)
    world.updates.allow(_allowed(call))
    if offset := call.integer("offset"):
        world.updates.confirm(offset)
    await world.updates.wait(min(max(call.integer("timeout"), 0), LONGEST_POLL))
    return world.updates.peek(min(max(call.integer("limit", 100), 1), 100))


@method
def set_webhook(call: Call) -> bool:
    """https://core.telegram.org/bots/api#setwebhook; plain HTTP is allowed to this machine only."""
    url = call.text("url")
    if not url:
        return delete_webhook(call)
    _check_address(url)
    secret = call.text("secret_token")
    if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret):
        raise bad_request("secret token contains unallowed characters")
    world = call.world
    world.updates.allow(_allowed(call))
    if call.flag("drop_pending_updates"):
        world.updates.clear()
    world.webhook = Webhook(url, secret, min(max(call.integer("max_connections", 40), 1), 100))
    world.updates.interrupt("terminated by setWebhook request")
    world.tell("update", update_id=0)
    return True


@method
def delete_webhook(call: Call) -> bool:
    """https://core.telegram.org/bots/api#deletewebhook."""
    if call.flag("drop_pending_updates"):
        call.world.updates.clear()
    call.world.webhook = Webhook()
    return True


@method
def get_webhook_info(call: Call) -> dict[str, Any]:
    """https://core.telegram.org/bots/api#getwebhookinfo."""
    webhook = call.world.webhook
    info: dict[str, Any] = {
        "url": webhook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(call.world.updates),
        "allowed_updates": sorted(call.world.updates.allowed),
    }
    if webhook.url:
        info["max_connections"] = webhook.max_connections
    if webhook.last_error_date:
        info["last_error_date"] = webhook.last_error_date
        info["last_error_message"] = webhook.last_error_message
    return info


def _allowed(call: Call) -> list[str] | None:
    kinds = call.structure("allowed_updates")
    if kinds is not None and not (isinstance(kinds, list) and all(isinstance(kind, str) for kind in kinds)):
        raise bad_request("can't parse allowed_updates: Array of strings expected")
    return kinds


def _check_address(url: str) -> None:
    pieces = urlsplit(url)
    if pieces.hostname in _LOCAL and pieces.scheme in {"http", "https"}:
        return
    if pieces.scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if (pieces.port or 443) not in _PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
