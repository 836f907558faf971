"""Time goes by in a whole bot: who is reminded, who is told, what is closed. The 24th of November 2026 is a Tuesday."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.access import Role
from bot.app import Running
from handlers.relaying.watching import JOB
from storage import staff
from tests.handlers.conftest import NOW, OWNER, Clock, OpenOffice
from tests.handlers.enquiring import Asking
from tests.handlers.office import Office

Begin = Callable[..., Any]
Later = Callable[..., Awaitable[None]]
ADMIN = 77


@pytest.fixture
async def team(office: OpenOffice) -> Office:
    return await office("nieke")


@pytest.fixture
def later(bot: Running, clock: Clock) -> Later:
    """Let time pass, then the minute strike twice, since what is told is told once: `await later(hours=4)`."""

    async def pass_(**spans: float) -> None:
        clock.pass_(**spans)
        assert bot.application.job_queue
        (job,) = bot.application.job_queue.get_jobs_by_name(JOB)
        for _ in range(2):
            await job.run(bot.application)
            await bot.idle()

    return pass_


async def test_the_firm_reads_the_next_working_day(team: Office, asking: Asking, firm: Any, clock: Clock) -> None:
    await asking.open()
    assert "Heute ist ein Arbeitstag" in firm.messages()[-1]["text"]
    clock.now = NOW.replace(day=27, hour=15)
    await asking.open()
    assert "Der nächste Arbeitstag ist Montag, 30. November 2026." in firm.messages()[-1]["text"]
    clock.now = NOW.replace(month=12, day=25)
    await asking.open()
    text = firm.messages()[-1]["text"]
    assert "geschlossen (Erster Weihnachtstag). Der nächste Arbeitstag ist Montag, 28. Dezember 2026." in text
    assert "In der Regel" not in text


async def test_the_group_is_reminded_once_of_what_nobody_takes(team: Office, asking: Asking, later: Later) -> None:
    number = await asking.open()
    topic = team.topic(number)
    # 13:00 at the office; it closes at 16:00, so that the fourth hour is over at 10:00 the next day.
    await later(hours=20, minutes=59)
    assert len(team.texts(topic)) == 1
    await later(minutes=1)
    assert team.texts(topic)[1:] == [f"Erinnerung: {number} hat noch niemand übernommen."]
    await later(hours=2)
    assert len(team.texts(topic)) == 2
    await team.press("Übernehmen")
    assert "Übernommen von Agnes" in team.card()["text"]
    assert team.buttons() == []


async def test_who_has_taken_it_is_reminded_by_name(team: Office, asking: Asking, later: Later) -> None:
    number = await asking.open()
    await team.press("Übernehmen", team.card())
    await later(hours=21)
    last = team.texts(team.topic(number))[-1]
    assert last.startswith(f"Erinnerung: Die Firma wartet auf eine Antwort zu {number}. Übernommen hat Agnes")


async def test_an_answer_ends_the_silence(team: Office, asking: Asking, later: Later) -> None:
    number = await asking.open()
    await team.reply("Wir melden uns morgen.", team.card())
    told = len(team.texts(team.topic(number)))
    await later(days=6)
    assert len(team.texts(team.topic(number))) == told


async def test_administrators_and_owners_hear_of_all_that_waits_in_one_message(
    team: Office, asking: Asking, talk: Begin, later: Later, bot: Running
) -> None:
    admin, owner = talk("de", ADMIN), talk("en", OWNER)
    await admin.say("/start")
    await owner.say("/start")
    async with bot.services.database.begin() as session:
        await staff.grant(session, ADMIN, Role.ADMIN, "nieke", name="A", granted_by=OWNER, now=NOW)
    numbers = [await asking.open() for _ in range(3)]
    before = len(admin.messages()), len(owner.messages())
    # Nobody in the office is disturbed on a Sunday, however long it has waited.
    await later(days=5)
    assert (len(admin.messages()), len(owner.messages())) == before
    await later(days=1)
    assert [len(admin.messages()), len(owner.messages())] == [count + 1 for count in before]
    assert admin.messages()[-1]["text"].startswith("NieKE: Firmen warten auf Antwort, seit mehr als 16 Bürostunden.")
    assert all(number in admin.messages()[-1]["text"] for number in numbers)
    # The group was reminded of each, once, in its own topic.
    assert [len(team.texts(team.topic(number))) for number in numbers] == [2, 2, 2]


async def test_the_bot_speaks_again_after_two_days_without_a_word(
    team: Office, asking: Asking, firm: Any, later: Later
) -> None:
    number = await asking.open()
    await team.press("Übernehmen", team.card())
    await later(hours=47)
    assert (await asking.enquiry()).held_until is not None
    told = len(firm.messages())
    await later(hours=1)
    assert [f"Zu {number} hat eine Weile niemand" in one["text"] for one in firm.messages()[told:]] == [True]
    assert (await asking.enquiry()).state == "claimed"
    assert "lübeck" in (await firm.say("Wo sitzt foodRegio?")).lower()


async def test_a_firm_that_does_not_answer_is_warned_and_then_the_enquiry_closed(
    team: Office, asking: Asking, firm: Any, later: Later
) -> None:
    number = await asking.open()
    await team.press("Übernehmen", team.card())
    await team.press("Firma ist am Zug", team.card())
    await later(days=14)
    warning = firm.messages()[-1]["text"]
    assert warning.startswith(f"NieKE wartet auf Ihre Antwort zu {number}.\n\nOhne Antwort wird die Anfrage in 7 Tagen")
    await later(days=6, hours=23)
    assert not (await asking.enquiry()).is_closed
    await later(hours=1)
    assert (await asking.enquiry()).outcome == "no_answer"
    assert f"Ihre Anfrage {number} ist abgeschlossen," in firm.messages()[-1]["text"]


async def test_a_word_of_the_firm_keeps_it_open(team: Office, asking: Asking, firm: Any, later: Later) -> None:
    await asking.open()
    await team.press("Übernehmen", team.card())
    await team.press("Firma ist am Zug", team.card())
    await later(days=14)
    await asking.says(await firm.person.write("Bitte noch offen lassen."))
    await later(days=8)
    assert (await asking.enquiry()).state == "claimed"


async def test_after_a_long_standstill_the_firm_is_warned_first(
    team: Office, asking: Asking, firm: Any, later: Later
) -> None:
    await asking.open()
    await team.press("Übernehmen", team.card())
    await team.press("Firma ist am Zug", team.card())
    await later(days=100)
    assert not (await asking.enquiry()).is_closed
    assert "in 7 Tagen abgeschlossen" in firm.messages()[-1]["text"]


async def test_the_group_is_asked_to_close_what_is_settled(team: Office, asking: Asking, later: Later) -> None:
    number = await asking.open()
    await team.reply("Hier ist die Liste.", team.card())
    topic = team.topic(number)
    told = len(team.texts(topic))
    await later(days=14)
    assert len(team.texts(topic)) == told + 1
    assert team.texts(topic)[-1].startswith(f"Zu {number} kam seit 14 Tagen nichts mehr.")
    assert team.buttons() == ["Schließen", "Firma ist am Zug"]
    await team.press("Firma ist am Zug")
    assert (await asking.enquiry()).state == "waiting"


async def test_what_waits_for_a_group_is_told_once_a_working_day(asking: Asking, talk: Begin, later: Later) -> None:
    owner = talk("de", OWNER)
    await owner.say("/start")
    await asking.open()
    await asking.open()
    told = len(owner.messages())
    await later(hours=2)
    assert len(owner.messages()) == told
    await later(hours=22)
    assert [one["text"] for one in owner.messages()[told:]] == [
        "2 Anfragen an NieKE warten noch auf eine Gruppe des Teams, in die ich schreiben kann. /link verknüpft eine."
    ]
    await later(hours=1)
    assert len(owner.messages()) == told + 1
