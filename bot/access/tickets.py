"""Signed tickets: an invitation that nobody can forge, good until a time, short enough for a link."""

from __future__ import annotations

import hmac
import re
import secrets
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime
from hashlib import sha256

from bot.errors import BotError

NONCE_BYTES = 9
MAC_BYTES = 16
LONGEST = 62
"""Characters, of Telegram's 64 for a start parameter (A-Z, a-z, 0-9, _ and -), less our prefix.

Source: Telegram, Deep links.
"""
_EXPIRY = struct.Struct(">I")
_SHAPE = re.compile(r"[A-Za-z0-9_-]{39}")


class WrongTicket(BotError):  # noqa: N818  it is an answer to a person, not a fault
    """A ticket that is not ours, was withdrawn, or is not good for this."""

    template = "errors/ticket_wrong.html"
    reason = "wrong"


class ExpiredTicket(WrongTicket):
    """A ticket whose time is over."""

    template = "errors/ticket_expired.html"
    reason = "expired"


class UsedTicket(WrongTicket):
    """A ticket that somebody has used."""

    template = "errors/ticket_used.html"
    reason = "used"


class OwnTicket(WrongTicket):
    """A ticket that its issuer opened: it is for somebody else, and stays good."""

    template = "errors/ticket_own.html"
    reason = "own"


def key_from(secret: str) -> bytes:
    """Return the key for tickets that belongs to a secret; the secret itself signs nothing."""
    return hmac.digest(secret.encode(), b"german-food-clusters-bot tickets 1", sha256)


def new_nonce() -> str:
    """Return a fresh nonce: 12 characters of base64, 72 bits."""
    return urlsafe_b64encode(secrets.token_bytes(NONCE_BYTES)).decode()


def sign(key: bytes, purpose: str, nonce: str, expires_at: datetime) -> str:
    """Return the ticket: nonce, time of expiry (seconds, UTC) and a MAC over both and the purpose; 39 characters."""
    payload = urlsafe_b64decode(nonce) + _EXPIRY.pack(int(expires_at.timestamp()))
    return _text(payload + _mac(key, purpose, payload))


def read(key: bytes, purpose: str, ticket: str, now: datetime) -> str:
    """Return the nonce of a genuine ticket; raises WrongTicket or ExpiredTicket."""
    if not _SHAPE.fullmatch(ticket):
        raise WrongTicket
    raw = urlsafe_b64decode(ticket + "=")
    payload, mac = raw[:-MAC_BYTES], raw[-MAC_BYTES:]
    # Base64 leaves bits unread at the end: only the very ticket that was given out counts.
    if not hmac.compare_digest(mac, _mac(key, purpose, payload)) or _text(raw) != ticket:
        raise WrongTicket
    if _EXPIRY.unpack(payload[NONCE_BYTES:])[0] <= now.timestamp():
        raise ExpiredTicket
    return urlsafe_b64encode(payload[:NONCE_BYTES]).decode()


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


def _mac(key: bytes, purpose: str, payload: bytes) -> bytes:
    return hmac.digest(key, purpose.encode() + b"\0" + payload, sha256)[:MAC_BYTES]
