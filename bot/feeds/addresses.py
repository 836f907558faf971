"""Which addresses may be fetched: those of public hosts, each looked at before it is connected to.

An address that is given to us must not lead into the network in which the bot runs (OWASP: Server-Side Request
Forgery).
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Collection
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import NamedTuple

from yarl import URL

from bot.feeds.errors import BadFeed, Fault

LONGEST = 500
PORTS = {"http": 80, "https": 443}
WRAPPED = tuple(
    ip_network(network)
    for network in (
        "::/96",
        "::ffff:0:0/96",
        "::ffff:0:0:0/96",
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "2001::/23",
        "2002::/16",
    )
)
"""IPv6 with an IPv4 address inside, or that is led elsewhere: mapped, NAT64, Teredo, 6to4; no feed needs them."""
CLOSED = tuple(ip_network(network) for network in ("100.64.0.0/10", "192.88.99.0/24", "fec0::/10", "5f00::/16"))
"""Shared between providers, and ranges out of use, which not every version of Python calls private."""

Resolve = Callable[[str, int], Awaitable[list[str]]]


class Target(NamedTuple):
    """Where to connect: a host, and the addresses of it that were looked at."""

    url: URL
    host: str
    port: int
    addresses: tuple[str, ...]


def read_address(written: str, allowed: Collection[str] = ()) -> URL:
    """Return an address that can be fetched, without its fragment. Raises BadFeed (ADDRESS).

    `allowed` are hosts of the operator's choice, on any port.
    """
    written = written.strip()
    try:
        url = URL(written).with_fragment(None)
        host, port = url.host, url.port
    except ValueError:
        raise BadFeed(Fault.ADDRESS) from None
    is_plain = len(written) <= LONGEST and not url.user and not url.password
    if url.scheme not in PORTS or not host or not is_plain or any(sign.isspace() for sign in written):
        raise BadFeed(Fault.ADDRESS)
    if host.casefold() not in allowed and port != PORTS[url.scheme]:
        raise BadFeed(Fault.ADDRESS)
    return url


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public network."""
    try:
        known = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if "%" in address or any(known in network for network in CLOSED if network.version == known.version):
        return False
    if isinstance(known, IPv6Address) and any(known in network for network in WRAPPED):
        return False
    return known.is_global and not _is_special(known)


def _is_special(known: IPv4Address | IPv6Address) -> bool:
    odd = known.is_multicast, known.is_reserved, known.is_link_local, known.is_loopback, known.is_unspecified
    return any(odd) or known.is_private


async def resolve(host: str, port: int) -> list[str]:
    """Return all addresses of a host. Raises OSError."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


async def look_up(url: URL, allowed: Collection[str] = (), *, resolver: Resolve = resolve) -> Target:
    """Resolve a host once, and return what may be connected to.

    One address that is not public is enough to refuse the host. Raises BadFeed (UNKNOWN_HOST, PRIVATE).
    """
    host, port = (url.host or "").casefold(), url.port or PORTS[url.scheme]
    try:
        addresses = await resolver(host, port)
    except (OSError, UnicodeError):
        raise BadFeed(Fault.UNKNOWN_HOST) from None
    if not addresses:
        raise BadFeed(Fault.UNKNOWN_HOST)
    if host not in allowed and not all(is_public(address) for address in addresses):
        raise BadFeed(Fault.PRIVATE)
    return Target(url, host, port, tuple(dict.fromkeys(addresses)))
