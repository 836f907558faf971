"""Who calls the webhook: by the connection, or by what a trusted proxy says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True)
class Callers:
    """The networks that may call, all when there is none; and the proxies whose X-Forwarded-For is believed."""

    allowed: tuple[Network, ...] = ()
    proxies: tuple[Network, ...] = ()

    def admits(self, peer: str | None, forwarded: Sequence[str] = ()) -> bool:
        """Whether a call may come in: `peer` is the other end of the connection, `forwarded` the header's lines."""
        if not self.allowed:
            return True
        address = self.address(peer, forwarded)
        return address is not None and _within(address, self.allowed)

    def address(self, peer: str | None, forwarded: Sequence[str] = ()) -> Address | None:
        """Return who calls; None where nobody can know.

        Each proxy adds who called it at the end of the header: so it is read from there, as long as proxies are known.
        What stands before may be made up by the caller.
        """
        address = _read(peer or "")
        hops = [hop for line in forwarded for hop in line.split(",")]
        while address is not None and hops and _within(address, self.proxies):
            address = _read(hops.pop())
        return address


def _read(text: str) -> Address | None:
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def _within(address: Address, networks: Sequence[Network]) -> bool:
    return any(address in network for network in networks)
