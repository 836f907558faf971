"""A cluster that was brought in ends its part, the leading one the enquiry; and the block list."""

from __future__ import annotations

import pytest

from bot.enquiries import Actor, blocking, bring_in, claim, close, from_staff, hand_over, listing, parts, wait
from bot.enquiries.errors import NotTheLead
from storage import blocked, enquiries
from storage.database import Database
from storage.models import Enquiry, EnquiryState, Outcome
from tests.bot.enquiries.conftest import FIRM, NOW, Opened
from tests.bot.enquiries.test_life import AGENT, LATER, TERMS, change, planned, staff_says

OTHER = Actor(502, "Agentin (Beispiel)", 91)


async def joint(database: Database, opened: Opened) -> Enquiry:
    enquiry = await opened()
    return await change(database, enquiry, lambda s, e: bring_in(s, e, AGENT, "nieke", "giqs", now=NOW))


async def done(database: Database, enquiry: Enquiry) -> bool:
    async with database.read() as session:
        place = await enquiries.place(session, enquiry.id, "giqs")
    assert place
    return place.done_at is not None


async def test_only_the_lead_closes(database: Database, opened: Opened) -> None:
    enquiry = await joint(database, opened)
    with pytest.raises(NotTheLead):
        await change(database, enquiry, lambda s, e: close(s, e, OTHER, "giqs", Outcome.ANSWERED, now=LATER))
    ended = await change(database, enquiry, lambda s, e: close(s, e, AGENT, "nieke", Outcome.ANSWERED, now=LATER))
    assert ended.is_closed


async def test_the_other_ends_its_part_and_the_lead_is_told_once(database: Database, opened: Opened) -> None:
    enquiry = await joint(database, opened)
    for _ in range(2):
        await change(database, enquiry, lambda s, e: parts.end_part(s, e, OTHER, "giqs", now=LATER))
    assert (await planned(database)).count("staff/part_done.html -> nieke") == 1
    assert await done(database, enquiry)
    assert not (await change(database, enquiry, lambda s, e: parts.take_part(s, e, OTHER, "giqs", now=LATER))).is_closed
    assert not await done(database, enquiry)


async def test_an_answer_and_the_lead_take_a_part_up_again(database: Database, opened: Opened) -> None:
    enquiry = await joint(database, opened)

    async def end() -> None:
        await change(database, enquiry, lambda s, e: parts.end_part(s, e, OTHER, "giqs", now=LATER))
        assert await done(database, enquiry)

    await end()
    await change(database, enquiry, lambda s, e: from_staff(s, e, staff_says(5), OTHER, "giqs", terms=TERMS, now=LATER))
    assert not await done(database, enquiry)
    await end()
    await change(database, enquiry, lambda s, e: hand_over(s, e, AGENT, "nieke", "giqs", now=LATER))
    assert not await done(database, enquiry)
    await change(database, enquiry, lambda s, e: parts.end_part(s, e, OTHER, "giqs", now=LATER))
    assert not await done(database, enquiry)


async def test_the_list_has_what_one_leads_and_what_one_joined(database: Database, opened: Opened) -> None:
    first = await joint(database, opened)
    await opened(update_id=2, cluster="giqs")
    await opened(update_id=3, cluster="fpi")
    await change(database, first, lambda s, e: parts.end_part(s, e, OTHER, "giqs", now=LATER))
    async with database.read() as session:
        lines = await listing.unclosed(session, ("giqs", "foodregio"), now=LATER)
    assert [(line.enquiry.cluster, line.is_joined, line.place.done_at) for line in lines] == [
        ("nieke", True, LATER),
        ("giqs", False, None),
    ]
    await change(database, first, lambda s, e: hand_over(s, e, OTHER, "giqs", "fpi", now=LATER))
    async with database.read() as session:
        assert len(await listing.unclosed(session, ("giqs",), now=LATER)) == 1


async def test_what_a_blocked_person_has_open_stays_open_but_is_not_its_turn(
    database: Database, opened: Opened
) -> None:
    first, second = await opened(1), await opened(2, cluster="fpi")
    await change(database, first, lambda s, e: claim(s, e, AGENT, "nieke", TERMS, now=NOW))
    await change(database, first, lambda s, e: wait(s, e, AGENT, "nieke", now=NOW))
    before = len(await planned(database))
    await change(database, second, lambda s, e: blocking.block(s, e, OTHER, "fpi", now=LATER))
    async with database.read() as session:
        kept = await enquiries.by_id(session, first.id)
        assert kept
        assert await blocked.has(session, FIRM)
    assert (kept.state, kept.held_until) == (EnquiryState.CLAIMED, None)
    # Both cards wait to be sent already, so that they will show it.
    assert len(await planned(database)) == before
    taken = await change(database, second, lambda s, e: claim(s, e, OTHER, "fpi", TERMS, now=LATER))
    assert (taken.state, taken.held_until) == (EnquiryState.CLAIMED, None)
    assert (await planned(database)).count("enquiries/taken_over.html -> firm") == 1
