"""What a card offers, from the record alone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.enquiries.cards import Record, card_of, digest
from storage.models import Enquiry, EnquiryPlace, EnquiryState, Outcome
from tests.bot.enquiries.conftest import NOW


def acts(cluster: str = "nieke", *, is_blocked: bool = False, done: bool = False, **values: object) -> set[str]:
    given = {"cluster": "nieke", "state": EnquiryState.CLAIMED, **values}
    places = [EnquiryPlace(cluster="nieke", is_former=False), EnquiryPlace(cluster="fpi", is_former=False)]
    places[1].done_at = NOW if done else None
    card = card_of(Record(Enquiry(**given), places, None, None, is_blocked), cluster, now=NOW)
    return {act for row in card.acts for act in row}


def test_only_the_lead_closes() -> None:
    assert {"close", "ready"} & acts() == {"close"}
    assert {"close", "ready", "unready"} & acts("fpi") == {"ready"}
    assert {"close", "ready", "unready"} & acts("fpi", done=True) == {"unready"}


def test_who_is_blocked_can_be_unblocked() -> None:
    assert {"block", "unblock"} & acts() == {"block"}
    assert {"block", "unblock"} & acts(is_blocked=True) == {"unblock"}


@pytest.mark.parametrize(
    ("cluster", "outcome", "offered"),
    [
        ("nieke", Outcome.ANSWERED, {"history", "reopen"}),
        ("nieke", Outcome.SPAM, {"history", "reopen"}),
        ("nieke", Outcome.WITHDRAWN, {"history"}),
        ("fpi", Outcome.ANSWERED, {"history"}),
    ],
)
def test_a_closed_one_is_opened_by_the_lead_unless_the_firm_withdrew_it(
    cluster: str, outcome: Outcome, offered: set[str]
) -> None:
    assert acts(cluster, state=EnquiryState.CLOSED, outcome=outcome) == offered


def test_the_silence_of_the_bot_can_be_ended_while_it_lasts() -> None:
    assert "back" in acts(held_until=NOW + timedelta(seconds=1))
    assert "back" not in acts(held_until=NOW)


def test_a_digest_tells_text_and_buttons_apart() -> None:
    one = digest("a", [[("b", "c")]])
    assert one == digest("a", [[("b", "c")]])
    assert len({one, digest("a", [[("b", "d")]]), digest("b", [[("b", "c")]]), digest("a", [])}) == 4
