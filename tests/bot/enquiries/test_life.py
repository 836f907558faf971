"""The record and what it plans: each rule of an enquiry's life."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.enquiries import (
    Actor,
    Consent,
    Said,
    Terms,
    bring_in,
    claim,
    close,
    edited,
    from_firm,
    from_staff,
    hand_back,
    hand_over,
    open_enquiry,
    wait,
    withdraw,
)
from bot.enquiries.errors import EnquiryClosed, NoDraft, NotReopened, PersonBlocked, TooMany
from storage import audit, blocked, drafts, enquiries, outbox
from storage.database import Database
from storage.models import Enquiry, EnquiryState, OutboxMessage, Outcome
from tests.bot.enquiries.conftest import FIRM, NOW, Opened

AGENT = Actor(501, "Agent (Beispiel)", 90)
GROUP = -1005
TERMS = Terms()
LATER = NOW + timedelta(hours=1)


async def planned(database: Database) -> list[str]:
    """What waits to be sent, as `kind to`, oldest first; notices by their template."""
    async with database.read() as session:
        rows = (await session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))).all()
    return [f"{row.values.get('template', row.kind)} -> {row.cluster or 'firm'}" for row in rows]


async def change(
    database: Database, enquiry: Enquiry, act: Callable[[Any, Enquiry], Coroutine[Any, Any, None]]
) -> Enquiry:
    """Do something with the enquiry in a transaction of its own."""
    async with database.begin() as session:
        found = await enquiries.by_id(session, enquiry.id, lock=True)
        assert found
        await act(session, found)
    return found


def firm_says(message_id: int, text: str = "Noch etwas.") -> Said:
    return Said(FIRM, message_id, FIRM, text=text)


def staff_says(message_id: int, text: str = "Gern.") -> Said:
    return Said(GROUP, message_id, AGENT.user_id, text=text)


async def test_opening_plans_the_card_and_tells_the_firm(database: Database, opened: Opened) -> None:
    enquiry = await opened()
    assert enquiry.number == f"GFC-2026-{enquiry.id:05d}"
    assert (enquiry.state, enquiry.consent_text) == (EnquiryState.OPEN, "Ich stimme zu.")
    assert await planned(database) == ["card -> nieke", "enquiries/opened.html -> firm"]
    async with database.read() as session:
        assert await drafts.of(session, FIRM) is None


async def test_the_same_update_opens_it_once(database: Database, opened: Opened) -> None:
    first = await opened(update_id=7)
    assert (await opened(update_id=7)).id == first.id
    assert len(await planned(database)) == 2


async def test_files_of_the_draft_follow_the_card(database: Database, opened: Opened) -> None:
    await opened(attachments=[{"message_id": 11, "kind": "photo", "file_id": "x"}])
    assert (await planned(database))[:2] == ["card -> nieke", "relay -> nieke"]


async def test_without_a_complete_draft_nothing_is_opened(database: Database) -> None:
    async with database.begin() as session:
        with pytest.raises(NoDraft):
            await open_enquiry(
                session, FIRM, update_id=1, language="de", consent=Consent("1", "x"), most_a_day=5, now=NOW
            )


async def test_five_a_day_and_no_blocked_person(database: Database, opened: Opened) -> None:
    for update_id in range(5):
        await opened(update_id=update_id + 1)
    with pytest.raises(TooMany):
        await opened(update_id=6)
    async with database.begin() as session:
        await blocked.add(session, 2002, by=AGENT.user_id, now=NOW)
    with pytest.raises(PersonBlocked):
        await opened(update_id=7, person=2002)


async def test_who_claims_silences_the_bot_and_the_firm_is_told(database: Database, opened: Opened) -> None:
    enquiry = await opened()
    claimed = await change(database, enquiry, lambda s, e: claim(s, e, AGENT, "nieke", TERMS, now=LATER))
    assert (claimed.state, claimed.claimed_by, claimed.held_until) == (
        EnquiryState.CLAIMED,
        AGENT.user_id,
        LATER + TERMS.hold_for,
    )
    assert (await planned(database))[-1] == "enquiries/taken_over.html -> firm"
    before = await planned(database)
    await change(database, enquiry, lambda s, e: claim(s, e, AGENT, "nieke", TERMS, now=LATER))
    assert await planned(database) == before
    async with database.read() as session:
        held = await enquiries.held(session, FIRM, now=LATER)
        assert held
        assert held.id == enquiry.id
        assert await enquiries.held(session, FIRM, now=LATER + TERMS.hold_for) is None


async def test_an_answer_claims_and_is_passed_on_once(database: Database, opened: Opened) -> None:
    enquiry = await opened()

    async def answer(session: Any, found: Enquiry) -> None:
        await from_staff(session, found, staff_says(5), AGENT, "nieke", terms=TERMS, now=LATER)

    answered = await change(database, enquiry, answer)
    assert (answered.first_answer_at, answered.claimed_by) == (LATER, AGENT.user_id)
    await change(database, enquiry, answer)
    assert (await planned(database)).count("relay -> firm") == 1


async def test_asking_back_waits_until_the_firm_writes(database: Database, opened: Opened) -> None:
    enquiry = await opened()
    asked = await change(
        database,
        enquiry,
        lambda s, e: from_staff(s, e, staff_says(5), AGENT, "nieke", terms=TERMS, asks=True, now=LATER),
    )
    assert asked.state == EnquiryState.WAITING
    wrote = await change(database, enquiry, lambda s, e: from_firm(s, e, firm_says(20), TERMS, now=LATER))
    assert wrote.state == EnquiryState.CLAIMED
    assert (await planned(database)).count("relay -> nieke") == 1


async def test_waiting_is_audited(database: Database, opened: Opened) -> None:
    enquiry = await opened()
    waiting = await change(database, enquiry, lambda s, e: wait(s, e, AGENT, "nieke", now=LATER))
    assert waiting.state == EnquiryState.WAITING
    async with database.read() as session:
        page = await audit.page(session, audit.Wanted(enquiry_id=enquiry.id), limit=5)
    assert [(entry.act, entry.actor, entry.cluster) for entry in page] == [("enquiry.wait", AGENT.user_id, "nieke")]


async def test_handing_over_takes_the_history_along(database: Database, opened: Opened) -> None:
    enquiry = await opened()
    await change(database, enquiry, lambda s, e: from_firm(s, e, firm_says(20), TERMS, now=LATER))
    moved = await change(database, enquiry, lambda s, e: hand_over(s, e, AGENT, "nieke", "fpi", now=LATER))
    assert (moved.cluster, moved.state, moved.claimed_by, moved.held_until) == ("fpi", EnquiryState.OPEN, None, None)
    sent = await planned(database)
    to_new = [line for line in sent if line.endswith("-> fpi")]
    assert to_new == ["card -> fpi", "relay -> fpi", "staff/received.html -> fpi"]
    assert "staff/handed_over.html -> nieke" in sent
    assert "enquiries/handed_over.html -> firm" in sent
    await change(database, enquiry, lambda s, e: from_firm(s, e, firm_says(21), TERMS, now=LATER))
    assert (await planned(database)).count("relay -> nieke") == 1


async def test_what_was_said_meanwhile_comes_back_with_the_enquiry(database: Database, opened: Opened) -> None:
    enquiry = await opened()
    await change(database, enquiry, lambda s, e: hand_over(s, e, AGENT, "nieke", "fpi", now=LATER))
    await change(database, enquiry, lambda s, e: from_firm(s, e, firm_says(20), TERMS, now=LATER))
    back = Actor(502, "Agentin (Beispiel)", 91)
    await change(database, enquiry, lambda s, e: hand_over(s, e, back, "fpi", "nieke", now=LATER))
    assert (await planned(database)).count("relay -> nieke") == 1


async def test_a_joint_enquiry_has_one_record_and_one_lead(database: Database, opened: Opened) -> None:
    enquiry = await opened()
    joint = await change(database, enquiry, lambda s, e: bring_in(s, e, AGENT, "nieke", "giqs", now=LATER))
    assert joint.cluster == "nieke"
    await change(database, enquiry, lambda s, e: from_firm(s, e, firm_says(20), TERMS, now=LATER))
    sent = await planned(database)
    assert ("relay -> nieke" in sent, "relay -> giqs" in sent) == (True, True)
    assert "staff/brought_in.html -> giqs" in sent
    await change(
        database, enquiry, lambda s, e: from_staff(s, e, staff_says(5), AGENT, "nieke", terms=TERMS, now=LATER)
    )
    answered = await planned(database)
    assert [line for line in answered[len(sent) :] if line.startswith("relay")] == ["relay -> firm", "relay -> giqs"]


async def test_the_bot_speaks_again_when_handed_back(database: Database, opened: Opened) -> None:
    enquiry = await opened()
    await change(database, enquiry, lambda s, e: claim(s, e, AGENT, "nieke", TERMS, now=LATER))
    free = await change(database, enquiry, lambda s, e: hand_back(s, e, update_id=5, now=LATER))
    assert (free.held_until, free.state) == (None, EnquiryState.CLAIMED)


async def test_closing_ends_the_silence_and_asks_how_it_was(database: Database, opened: Opened) -> None:
    enquiry = await opened()
    await change(database, enquiry, lambda s, e: claim(s, e, AGENT, "nieke", TERMS, now=LATER))
    closed = await change(database, enquiry, lambda s, e: close(s, e, AGENT, "nieke", Outcome.ANSWERED, now=LATER))
    assert (closed.is_closed, closed.outcome, closed.held_until) == (True, Outcome.ANSWERED, None)
    assert "enquiries/closed.html -> firm" in await planned(database)
    with pytest.raises(EnquiryClosed):
        await change(
            database, enquiry, lambda s, e: from_staff(s, e, staff_says(9), AGENT, "nieke", terms=TERMS, now=LATER)
        )


async def test_spam_is_closed_without_a_word(database: Database, opened: Opened) -> None:
    enquiry = await opened()
    await change(database, enquiry, lambda s, e: close(s, e, AGENT, "nieke", Outcome.SPAM, now=LATER))
    assert "enquiries/closed.html -> firm" not in await planned(database)


@pytest.mark.parametrize(("days", "opens"), [(30, True), (31, False)])
async def test_the_firm_opens_it_again_within_thirty_days(
    database: Database, opened: Opened, days: int, opens: bool
) -> None:
    enquiry = await opened()
    await change(database, enquiry, lambda s, e: close(s, e, AGENT, "nieke", Outcome.ANSWERED, now=NOW))
    at: datetime = NOW + timedelta(days=days)

    async def write(session: Any, found: Enquiry) -> None:
        await from_firm(session, found, firm_says(30), TERMS, now=at)

    if not opens:
        with pytest.raises(NotReopened):
            await change(database, enquiry, write)
        return
    again = await change(database, enquiry, write)
    assert (again.state, again.outcome, again.closed_at) == (EnquiryState.OPEN, None, None)
    assert "staff/reopened.html -> nieke" in await planned(database)


async def test_a_correction_follows_and_a_withdrawal_too(database: Database, opened: Opened) -> None:
    enquiry = await opened()
    await change(
        database, enquiry, lambda s, e: from_staff(s, e, staff_says(5), AGENT, "nieke", terms=TERMS, now=LATER)
    )
    async with database.begin() as session:
        assert await edited(session, GROUP, 5, "Sehr gern.", update_id=95, now=LATER)
        assert await edited(session, GROUP, 5, "Sehr gern.", update_id=96, now=LATER)
        assert not await edited(session, GROUP, 6, "eine Notiz", update_id=97, now=LATER)
    assert (await planned(database)).count("edit -> firm") == 1
    async with database.begin() as session:
        entry = await enquiries.entry_at(session, GROUP, 5)
        found = await enquiries.by_id(session, enquiry.id)
        assert entry
        assert found
        await withdraw(session, found, entry, AGENT, now=LATER)
    assert (await planned(database))[-1] == "withdraw -> firm"


async def test_one_card_that_waits_is_enough(database: Database, opened: Opened) -> None:
    enquiry = await opened()
    await change(database, enquiry, lambda s, e: wait(s, e, AGENT, "nieke", now=LATER))
    assert (await planned(database)).count("card -> nieke") == 1
    async with database.begin() as session:
        claimed = await outbox.claim(session, 10, now=LATER)
    assert [row.kind for row in claimed] == ["card", "notice"]
    await change(database, enquiry, lambda s, e: hand_back(s, e, update_id=5, now=LATER))
    await change(database, enquiry, lambda s, e: claim(s, e, AGENT, "nieke", TERMS, now=LATER))
    assert (await planned(database)).count("card -> nieke") == 2
