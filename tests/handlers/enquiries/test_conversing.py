"""Towards a person who talks to staff the bot is silent; what they write reaches the enquiry that it belongs to."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.enquiries import Actor, Said, Terms, claim, close, from_staff, hand_back
from storage import blocked, enquiries
from storage.models import Enquiry, EnquiryMessage, Outcome
from tests.handlers.enquiring import Asking

Begin = Callable[..., Any]
STAFF = Actor(7, "Agnes", 1)


class Firm:
    """A firm with its chat and its enquiries."""

    def __init__(self, chat: Any) -> None:
        self.chat = chat

    async def sends(self, cluster: str) -> Enquiry:
        asking = Asking(self.chat.bot, self.chat.person)
        await asking.open(cluster)
        return await self.enquiry(asking.id)

    async def enquiry(self, number: int) -> Enquiry:
        async with self.chat.bot.services.database.read() as session:
            found = await enquiries.by_id(session, number)
        assert found is not None
        return found

    async def said(self, enquiry: Enquiry) -> list[EnquiryMessage]:
        async with self.chat.bot.services.database.read() as session:
            return [entry for entry in await enquiries.entries(session, enquiry.id) if entry.cluster is None]

    async def is_claimed(self, enquiry: Enquiry) -> None:
        await self.change(enquiry, lambda session, one, now: claim(session, one, STAFF, one.cluster, Terms(), now=now))

    async def is_answered(self, enquiry: Enquiry, message_id: int = 1) -> None:
        said = Said(-7, message_id, STAFF.user_id, text="Guten Tag")
        await self.change(
            enquiry,
            lambda session, one, now: from_staff(session, one, said, STAFF, one.cluster, terms=Terms(), now=now),
        )

    async def is_closed(self, enquiry: Enquiry) -> None:
        await self.change(
            enquiry, lambda session, one, now: close(session, one, STAFF, one.cluster, Outcome.ANSWERED, now=now)
        )

    async def change(self, enquiry: Enquiry, act: Callable[[Any, Enquiry, Any], Awaitable[None]]) -> None:
        services = self.chat.bot.services
        async with services.database.begin() as session:
            one = await enquiries.by_id(session, enquiry.id)
            assert one is not None
            await act(session, one, services.clock())
        services.outbox.wake()
        await self.chat.bot.idle()

    def about(self, enquiry: Enquiry) -> int:
        """The newest message of the bot that names the enquiry."""
        return int([one for one in self.chat.messages() if enquiry.number in one.get("text", "")][-1]["message_id"])


@pytest.fixture
async def firm(talk: Begin, office: Any) -> Firm:
    await office("nieke")
    await office("fpi")
    chat = talk("de")
    await chat.say("/start")
    return Firm(chat)


async def test_the_bot_is_silent_while_a_person_holds_the_chat(firm: Firm) -> None:
    enquiry = await firm.sends("nieke")
    assert "Quakenbrück" in await firm.chat.say("Wo sitzt NieKE?")
    await firm.is_claimed(enquiry)
    before = len(firm.chat.messages())
    written = await firm.chat.person.write("Wo sitzt NieKE?")
    await firm.chat.bot.idle()
    assert len(firm.chat.messages()) == before
    assert [entry.text for entry in await firm.said(enquiry)] == ["Wo sitzt NieKE?"]
    assert firm.chat.simulator.messages(firm.chat.person.id)[-1]["message_id"] == written["message_id"]


async def test_media_reach_the_enquiry_as_well(firm: Firm) -> None:
    enquiry = await firm.sends("nieke")
    await firm.is_claimed(enquiry)
    await firm.chat.person.send_voice(b"ogg")
    await firm.chat.person.send_album([b"1", b"2"], caption="Unsere Halle")
    await firm.chat.person.share_contact("+49451706550")
    await firm.chat.bot.idle()
    assert [entry.kind for entry in await firm.said(enquiry)] == ["voice", "photo", "photo", "contact"]


async def test_a_command_works_while_staff_holds_the_chat(firm: Firm) -> None:
    await firm.is_claimed(await firm.sends("nieke"))
    assert "foodRegio" in await firm.chat.say("/clusters")


async def test_it_answers_again_when_handed_back_timed_out_or_closed(firm: Firm, clock: Any) -> None:
    enquiry = await firm.sends("nieke")
    await firm.is_claimed(enquiry)
    await firm.change(enquiry, lambda session, one, now: hand_back(session, one, update_id=2, now=now))
    assert "Quakenbrück" in await firm.chat.say("Wo sitzt NieKE?")
    await firm.is_answered(enquiry)
    clock.pass_(hours=49)
    assert "Bielefeld" in await firm.chat.say("Wo sitzt FPI?")
    await firm.is_answered(enquiry, 2)
    await firm.is_closed(enquiry)
    assert "Lübeck" in await firm.chat.say("Wo sitzt foodRegio?")
    assert await firm.said(enquiry) == []


async def test_a_reply_goes_to_its_enquiry_held_or_not(firm: Firm) -> None:
    first, second = await firm.sends("nieke"), await firm.sends("fpi")
    await firm.is_claimed(second)
    await firm.chat.person.write("Zur ersten", reply_to=firm.about(first))
    await firm.chat.person.write("Zur zweiten")
    await firm.chat.bot.idle()
    assert [entry.text for entry in await firm.said(first)] == ["Zur ersten"]
    assert [entry.text for entry in await firm.said(second)] == ["Zur zweiten"]


async def test_with_two_held_it_goes_to_who_spoke_last(firm: Firm, clock: Any) -> None:
    first, second = await firm.sends("nieke"), await firm.sends("fpi")
    await firm.is_answered(second, 1)
    clock.pass_(minutes=1)
    await firm.is_answered(first, 2)
    await firm.chat.person.write("Danke")
    await firm.chat.bot.idle()
    assert [entry.text for entry in await firm.said(first)] == ["Danke"]
    assert await firm.said(second) == []


async def test_between_a_draft_and_a_person_the_last_to_speak_is_answered(firm: Firm, clock: Any) -> None:
    enquiry = await firm.sends("nieke")
    await firm.is_claimed(enquiry)
    await firm.chat.say("/enquire")
    assert "An welchen Cluster" in await firm.chat.say("Wir suchen einen Partner für die Digitalisierung")
    clock.pass_(minutes=1)
    await firm.is_answered(enquiry)
    await firm.chat.person.write("Ja, am Montag passt es")
    await firm.chat.bot.idle()
    assert [entry.text for entry in await firm.said(enquiry)] == ["Ja, am Montag passt es"]
    assert "An welchen Cluster" in await firm.chat.say("/enquire")


async def test_an_edited_message_is_followed_and_not_answered(firm: Firm) -> None:
    enquiry = await firm.sends("nieke")
    await firm.is_claimed(enquiry)
    written = await firm.chat.person.write("Am Montga")
    await firm.chat.bot.idle()
    before = len(firm.chat.messages())
    await firm.chat.person.edit(written["message_id"], "Am Montag")
    await firm.chat.bot.idle()
    (entry,) = await firm.said(enquiry)
    assert (entry.text, entry.edited_at is not None) == ("Am Montag", True)
    assert len(firm.chat.messages()) == before


async def test_a_reply_opens_a_closed_enquiry_again_for_30_days(firm: Firm, clock: Any) -> None:
    enquiry = await firm.sends("nieke")
    await firm.is_closed(enquiry)
    await firm.chat.person.write("Noch etwas", reply_to=firm.about(enquiry))
    await firm.chat.bot.idle()
    assert not (await firm.enquiry(enquiry.id)).is_closed
    await firm.is_closed(enquiry)
    clock.pass_(days=31)
    await firm.chat.person.write("Und noch etwas", reply_to=firm.about(enquiry))
    assert "seit mehr als 30 Tagen geschlossen" in await firm.chat.answer()
    assert [entry.text for entry in await firm.said(enquiry)] == ["Noch etwas"]


async def test_more_than_anybody_can_read_is_refused(firm: Firm, clock: Any) -> None:
    enquiry = await firm.sends("nieke")
    await firm.is_claimed(enquiry)
    for number in range(30):
        await firm.chat.person.write(f"Nachricht {number}")
    await firm.chat.bot.idle()
    assert "mehr als 30 in 10 Minuten" in await firm.chat.say("Noch eine")
    assert len(await firm.said(enquiry)) == 30
    clock.pass_(minutes=10, seconds=1)
    await firm.chat.person.write("Später")
    await firm.chat.bot.idle()
    assert len(await firm.said(enquiry)) == 31


async def test_who_was_blocked_meanwhile_is_told(firm: Firm, clock: Any) -> None:
    enquiry = await firm.sends("nieke")
    await firm.is_claimed(enquiry)
    async with firm.chat.bot.services.database.begin() as session:
        await blocked.add(session, firm.chat.person.id, by=7, now=clock())
    assert "weil das Team Sie gesperrt hat" in await firm.chat.say("Hallo?")
    assert await firm.said(enquiry) == []


async def test_what_was_passed_on_gets_a_quiet_sign(firm: Firm) -> None:
    await firm.is_claimed(await firm.sends("nieke"))
    written = await firm.chat.person.write("Guten Tag")
    await firm.chat.bot.idle()
    given = firm.chat.simulator.world.chats[firm.chat.person.id].reactions[written["message_id"]]
    assert list(given.values()) == [[{"type": "emoji", "emoji": "👌"}]]
