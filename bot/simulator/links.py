"""Which addresses Telegram accepts in links and buttons."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit, urlunsplit

_USER = re.compile(r"tg://user\?id=(\d+)\Z")
_SCHEMES = frozenset({"http", "https", "tg", "ton", "tonsite"})


def linked_user(url: str) -> int:
    """Return the account that `tg://user?id=...` names; 0 when `url` is something else."""
    found = _USER.match(url)
    return int(found[1]) if found else 0


def deep_link(url: str, username: str) -> str | None:
    """Return what `https://t.me/<username>?start=...` starts a bot with; None when `url` is something else."""
    pieces = urlsplit(url)
    if (pieces.scheme, pieces.netloc, pieces.path.lower()) != ("https", "t.me", f"/{username.lower()}"):
        return None
    return next(iter(parse_qs(pieces.query).get("start", [])), "")


def checked(url: str) -> str:
    """Return `url` as Telegram stores it; empty when Telegram drops it (mailto:, tel:, a host without a dot)."""
    url = url.strip()
    if not url or any(character.isspace() for character in url):
        return ""
    if re.match(r"[A-Za-z][\w+.-]*:(?!\d)", url) is None:
        url = f"http://{url}"
    try:
        pieces = urlsplit(url)
    except ValueError:
        return ""
    scheme = pieces.scheme.lower()
    if scheme not in _SCHEMES or (scheme.startswith("http") and "." not in pieces.netloc.strip(".")):
        return ""
    if scheme.startswith("http"):
        return urlunsplit((scheme, pieces.netloc, pieces.path or "/", pieces.query, pieces.fragment))
    return url
