"""A closed enquiry is opened again by the staff: within the same span as by the firm, by who leads it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.enquiries import Actor, Terms, bring_in, close, reopen_by_staff
from bot.enquiries.errors import NotHere, NotTheLead, TooLateHere, Withdrawn
from bot.errors import BotError
from storage import enquiries
from storage.database import Database
from storage.erasing import NOBODY
from storage.models import Enquiry, EnquiryState, Outcome
from tests.bot.enquiries.conftest import NOW, Opened
from tests.bot.enquiries.test_life import AGENT, change, planned

TERMS = Terms(reopen_within=timedelta(days=3))


async def closed(database: Database, opened: Opened, outcome: Outcome = Outcome.ANSWERED) -> Enquiry:
    enquiry = await opened()
    await change(database, enquiry, lambda s, e: bring_in(s, e, AGENT, "nieke", "giqs", now=NOW))
    by = None if outcome == Outcome.WITHDRAWN else Actor(501, "A", 91)
    return await change(database, enquiry, lambda s, e: close(s, e, by, "nieke", outcome, now=NOW))


async def reopened(database: Database, enquiry: Enquiry, at: datetime, cluster: str = "nieke") -> Enquiry:
    actor = Actor(502, "B", 92)
    return await change(database, enquiry, lambda s, e: reopen_by_staff(s, e, actor, cluster, TERMS, now=at))


async def test_all_are_told_and_who_waits_waits_from_now_on(database: Database, opened: Opened) -> None:
    enquiry, at = await closed(database, opened), NOW + timedelta(days=3)
    again = await reopened(database, enquiry, at)
    assert (again.state, again.outcome, again.closed_at) == (EnquiryState.OPEN, None, None)
    assert again.last_firm_at == at
    told = await planned(database)
    assert {"enquiries/reopened.html -> firm", "staff/reopened.html -> nieke", "staff/reopened.html -> giqs"} < set(
        told
    )
    await reopened(database, enquiry, at)
    assert await planned(database) == told


async def test_a_firm_that_was_not_told_of_the_end_is_not_told_of_the_beginning(
    database: Database, opened: Opened
) -> None:
    await reopened(database, await closed(database, opened, Outcome.SPAM), NOW)
    assert "enquiries/reopened.html -> firm" not in await planned(database)


@pytest.mark.parametrize(
    ("outcome", "days", "cluster", "refusal"),
    [
        (Outcome.ANSWERED, 3.01, "nieke", TooLateHere),
        (Outcome.WITHDRAWN, 1, "nieke", Withdrawn),
        (Outcome.ANSWERED, 1, "giqs", NotTheLead),
    ],
)
async def test_it_is_refused(  # noqa: PLR0917
    database: Database, opened: Opened, outcome: Outcome, days: float, cluster: str, refusal: type[BotError]
) -> None:
    enquiry = await closed(database, opened, outcome)
    with pytest.raises(refusal):
        await reopened(database, enquiry, NOW + timedelta(days=days), cluster)


async def test_what_is_erased_is_not_opened(database: Database, opened: Opened) -> None:
    enquiry = await closed(database, opened)
    async with database.begin() as session:
        kept = await enquiries.by_id(session, enquiry.id)
        assert kept
        kept.person_id = NOBODY
    with pytest.raises(NotHere):
        await reopened(database, enquiry, NOW)
