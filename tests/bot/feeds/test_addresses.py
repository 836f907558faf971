"""Which addresses may be fetched: none that leads into a network of one's own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from bot.feeds.addresses import is_public, look_up, read_address
from bot.feeds.errors import BadFeed, Fault

CLOSED = (
    "127.0.0.1",
    "127.9.9.9",
    "0.0.0.0",  # noqa: S104  an address to refuse
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.88.99.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "198.18.0.1",
    "::",
    "::1",
    "::7f00:1",
    "::ffff:127.0.0.1",
    "::ffff:93.184.215.14",
    "::ffff:0:10.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::5db8:d70e",
    "64:ff9b:1::1",
    "2002:7f00:1::",
    "2001::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "fc00::1",
    "ff02::1",
    "2001:db8::1",
    "no address",
)


@pytest.mark.parametrize("address", CLOSED)
def test_what_is_not_public_is_refused(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "8.8.8.8", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_what_is_public_is_taken(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_no_ipv4_address_gets_in_inside_an_ipv6_one(address: object) -> None:
    number = int(address)  # type: ignore[call-overload]
    high, low = number >> 16, number & 0xFFFF
    for form in ("::ffff:{:x}:{:x}", "64:ff9b::{:x}:{:x}", "2002:{:x}:{:x}::1", "::{:x}:{:x}"):
        assert not is_public(form.format(high, low))


@pytest.mark.parametrize(
    "written",
    [
        "",
        "file:///etc/passwd",
        "ftp://a.example/x",
        "a.example/feed",
        "https://a.example:8443/x",
        "http://a.example:22/",
        "https://user:secret@a.example/x",
        "https://a.example/a b",
        "https://",
        "https://a.example:99999/",
        "https://a.example/" + "x" * 600,
        "gopher://a.example",
    ],
)
def test_addresses_that_are_none(written: str) -> None:
    with pytest.raises(BadFeed) as refused:
        read_address(written)
    assert refused.value.reason == Fault.ADDRESS


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_refused(written: str) -> None:
    try:
        assert read_address(written).scheme in ("http", "https")
    except BadFeed as refused:
        assert refused.reason == Fault.ADDRESS  # noqa: PT017  either is right


def test_an_allowed_host_may_have_any_port() -> None:
    assert str(read_address("http://intern.example:8080/f#top", {"intern.example"})) == "http://intern.example:8080/f"


async def found(*addresses: str) -> object:
    async def answer(_host: str, _port: int) -> list[str]:
        return list(addresses)

    return await look_up(URL("https://a.example/"), resolver=answer)


async def test_one_private_address_among_public_ones_is_enough() -> None:
    with pytest.raises(BadFeed) as refused:
        await found("93.184.215.14", "127.0.0.1")
    assert refused.value.reason == Fault.PRIVATE
    with pytest.raises(BadFeed) as refused:
        await found()
    assert refused.value.reason == Fault.UNKNOWN_HOST


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "2130706433", "0x7f.1", "0177.0.0.1", "[::1]", "[::ffff:7f00:1]", "localhost"]
)
async def test_other_spellings_of_this_machine(host: str) -> None:
    with pytest.raises(BadFeed) as refused:
        await look_up(read_address(f"http://{host}/"))
    assert refused.value.reason in (Fault.PRIVATE, Fault.UNKNOWN_HOST)
