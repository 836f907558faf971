"""Which addresses start the bot with something."""

from __future__ import annotations

import pytest

from bot.simulator.links import deep_link


@pytest.mark.parametrize(
    ("url", "payload"),
    [
        ("https://t.me/FoodClustersBot?start=enquire-fpi_packaging_DE-SH", "enquire-fpi_packaging_DE-SH"),
        ("https://t.me/foodclustersbot?start=find", "find"),
        ("https://t.me/FoodClustersBot", ""),
        ("https://t.me/AnotherBot?start=find", None),
        ("https://example.org/FoodClustersBot?start=find", None),
        ("", None),
    ],
)
def test_only_the_bots_own_link_starts_it(url: str, payload: str | None) -> None:
    assert deep_link(url, "FoodClustersBot") == payload
