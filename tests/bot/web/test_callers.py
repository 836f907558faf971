"""Who calls: what a caller writes into a header must not make it somebody else."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.web.callers import Callers

TELEGRAM = (ip_network("149.154.160.0/20"), ip_network("91.108.4.0/22"))
PROXY = (ip_network("127.0.0.1/32"), ip_network("10.0.0.0/8"))
BEHIND = Callers(TELEGRAM, PROXY)
DIRECT = Callers(TELEGRAM)


@pytest.mark.parametrize(
    ("callers", "peer", "forwarded", "admitted"),
    [
        (Callers(), "203.0.113.7", (), True),
        (DIRECT, "149.154.167.220", (), True),
        (DIRECT, "203.0.113.7", (), False),
        (DIRECT, "::ffff:149.154.167.220", (), True),
        (DIRECT, "2001:db8::1", (), False),
        (DIRECT, None, (), False),
        # Nobody is a proxy: what the header says is made up.
        (DIRECT, "203.0.113.7", ("149.154.167.220",), False),
        (BEHIND, "127.0.0.1", ("149.154.167.220",), True),
        (BEHIND, "127.0.0.1", ("203.0.113.7",), False),
        (BEHIND, "127.0.0.1", (), False),
        (BEHIND, "203.0.113.7", ("149.154.167.220",), False),
        # The last one was added by the proxy, those before it by the caller.
        (BEHIND, "127.0.0.1", ("149.154.167.220, 203.0.113.7",), False),
        (BEHIND, "127.0.0.1", ("149.154.167.220", "203.0.113.7"), False),
        (BEHIND, "127.0.0.1", ("203.0.113.7, 149.154.167.220",), True),
        # Two proxies in a row.
        (BEHIND, "127.0.0.1", ("149.154.167.220, 10.1.2.3",), True),
        (BEHIND, "127.0.0.1", ("149.154.167.220, nonsense",), False),
        (BEHIND, "127.0.0.1", ("149.154.167.220,",), False),
    ],
)
def test_who_may_call(callers: Callers, peer: str | None, forwarded: tuple[str, ...], admitted: bool) -> None:
    assert callers.admits(peer, forwarded) is admitted


@given(st.ip_addresses(), st.lists(st.text(max_size=40), max_size=4))
def test_no_header_helps_who_is_not_a_proxy(peer: object, forwarded: list[str]) -> None:
    address = ip_address(str(peer))
    if not any(address in network for network in PROXY):
        assert BEHIND.admits(str(peer), forwarded) is DIRECT.admits(str(peer))


@given(st.ip_addresses(v=4), st.lists(st.text(max_size=40), max_size=4))
def test_what_stands_before_the_proxys_word_does_not_matter(caller: object, made_up: list[str]) -> None:
    address = ip_address(str(caller))
    if not any(address in network for network in PROXY):
        assert BEHIND.address("127.0.0.1", [*made_up, str(caller)]) == address
