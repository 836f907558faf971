"""/forget: told, asked twice, erased here and in the staff chats; a back-up brings nobody back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.app import Running
from bot.enquiries import close
from bot.simulator import Simulator
from handlers.housekeeping import on_hour
from storage import enquiries
from storage.models import Outcome
from storage.persons import rows_of
from tests.handlers.conftest import Clock, Talk
from tests.handlers.enquiring import TEXT, Asking
from tests.handlers.hiring import hire
from tests.handlers.office import Office

Begin = Callable[..., Talk]
LEFT = {"inbox", "sends"}
"""The number of the update by which it was asked for."""


async def kept_of(bot: Running, person: int) -> dict[str, list[dict[str, Any]]]:
    async with bot.services.database.read() as session:
        return await rows_of(session, person)


async def is_forgotten(talk: Talk, way: str = "Löschen") -> str:
    await talk.say("/forget")
    await talk.press(way)
    return await talk.press("Ja, löschen")


async def test_who_does_not_confirm_keeps_everything(firm: Talk, bot: Running) -> None:
    assert "Es bleiben" in await firm.say("/forget")
    assert "nicht wiederherstellen" in await firm.press("Löschen")
    assert "nichts gelöscht" in await firm.press("Nein, nichts löschen")
    assert "chats" in await kept_of(bot, firm.person.id) or "inbox" in await kept_of(bot, firm.person.id)


async def test_everything_goes(firm: Talk, bot: Running) -> None:
    await firm.say("Wie wird morgen das Wetter in Tonga?")
    await firm.say("/subscribe")
    await firm.press(firm.buttons()[0])
    await firm.say("/enquire")
    await firm.say("Wir suchen einen Partner für die Prüfung von Wurstwaren")
    assert "gelöscht" in await is_forgotten(firm)
    assert set(await kept_of(bot, firm.person.id)) <= LEFT


async def test_open_enquiries_are_closed_and_leave_the_staff_chat(
    team: Office, firm: Talk, asking: Asking, bot: Running, simulator: Simulator
) -> None:
    await team.reply("Das geht.", team.card())
    card = team.card()
    said = await firm.say("/forget")
    assert "Eine Ihrer Anfragen ist offen" in said
    assert (await asking.enquiry()).number in said
    await firm.press("Abschließen und alles löschen")
    await firm.press("Ja, löschen")
    await bot.idle()
    left = await asking.enquiry()
    assert (left.person_id, left.text, left.firm, left.outcome) == (0, "", "", Outcome.WITHDRAWN)
    shown = "\n".join(team.texts())
    assert f"{left.number} wurde auf Wunsch der Person gelöscht" in shown
    for word in (TEXT, "Muster GmbH"):
        assert word not in shown
    assert not any("Muster" in topic for topic in team.topics())
    now = next(one for one in team.messages() if one["message_id"] == card["message_id"])
    assert team.buttons(now) == []
    assert set(await kept_of(bot, firm.person.id)) <= LEFT


async def test_open_enquiries_go_on_and_go_when_they_are_closed(
    team: Office, firm: Talk, asking: Asking, bot: Running, clock: Clock
) -> None:
    said = await is_forgotten(firm, "Weiterlaufen lassen, Rest löschen")
    assert f"{(await asking.enquiry()).number} läuft weiter" in said
    await on_hour(bot.application.context_types.context(bot.application))
    assert (await asking.enquiry()).text == TEXT
    await team.reply("Das geht.", team.card())
    assert "Das geht." in await firm.answer()
    async with bot.services.database.begin() as session:
        enquiry = await enquiries.by_id(session, asking.id)
        assert enquiry
        await close(session, enquiry, None, "nieke", Outcome.ANSWERED, now=clock())
    await on_hour(bot.application.context_types.context(bot.application))
    assert (await asking.enquiry()).text == ""


async def test_who_writes_again_begins_anew_and_stays(firm: Talk, bot: Running, clock: Clock) -> None:
    await is_forgotten(firm)
    clock.pass_(minutes=1)
    await firm.say("Wie wird morgen das Wetter in Tonga?")
    await on_hour(bot.application.context_types.context(bot.application))
    assert "chats" in await kept_of(bot, firm.person.id)


async def test_staff_keeps_its_roles_and_is_told(talk: Begin, bot: Running) -> None:
    colleague = talk("de")
    await hire(bot, colleague.person.id, "agent")
    assert "Ihre Rollen" in await colleague.say("/forget")
    await is_forgotten(colleague)
    assert "staff_roles" in await kept_of(bot, colleague.person.id)
