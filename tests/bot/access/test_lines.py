"""What of the log a person sees, and what fits a button."""

from __future__ import annotations

import pytest

from bot.access import ALL, Access, Role
from bot.access.lines import View, clusters_seen

CLUSTERS = ("fpi", "giqs")


@pytest.mark.parametrize("view", [View(), View("fpi", "role_granted", 12, 20), View("*", "enquiry.hand_over")])
def test_a_button_brings_the_view_back(view: View) -> None:
    assert View.read(view.data("audit").split(":")) == view


def test_a_view_always_fits_a_button() -> None:
    view = View("foodregio", "x" * 48, 999_999_999, 999_999)
    assert len(view.data("auditc")) <= 64


def test_another_filter_begins_at_the_newest() -> None:
    assert View("fpi", None, None, 40).to(cluster=None) == View()


def test_who_administers_one_cluster_sees_its_entries_only() -> None:
    one = Access(1, roles=((Role.ADMIN, "fpi"), (Role.AGENT, "giqs")))
    assert clusters_seen(one, None, CLUSTERS) == ("fpi",)
    assert clusters_seen(Access(1, roles=((Role.ADMIN, ALL),)), None, CLUSTERS) is None
    assert clusters_seen(one, "fpi", CLUSTERS) == ("fpi",)
