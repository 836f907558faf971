"""What the staff writes: which of it reaches the firm, and what stays among the colleagues."""

from __future__ import annotations

import pytest

from bot.simulator import Message
from storage import enquiries
from tests.handlers.conftest import OpenOffice, Talk
from tests.handlers.enquiring import Asking
from tests.handlers.hiring import acts
from tests.handlers.office import Office

ANSWER = "NieKE · GFC-2026-00001\n{}"


def heard(firm: Talk) -> list[str]:
    """What the firm reads, below the name of the cluster."""
    return [message["text"] for message in firm.messages() if message.get("text", "").startswith("NieKE ·")]


async def kept(team: Office) -> list[str]:
    """What the record holds."""
    async with team.bot.services.database.read() as session:
        return [entry.text for entry in await enquiries.entries(session, 1)]


async def test_a_reply_to_the_card_reaches_the_firm(team: Office, firm: Talk) -> None:
    await team.reply("Wir kennen drei Firmen.", team.card())
    assert heard(firm) == [ANSWER.format("Wir kennen drei Firmen.")]


async def test_a_reply_to_the_firms_message_reaches_the_firm(team: Office, firm: Talk, asking: Asking) -> None:
    await asking.says(await firm.person.write("Es eilt."))
    await team.reply("Bis morgen.")
    assert heard(firm) == [ANSWER.format("Bis morgen.")]


@pytest.mark.parametrize("text", ["Den kenne ich", "@FoodClustersBot Wo sitzt FPI?", "Was kostet die Mitgliedschaft?"])
async def test_anything_else_in_the_topic_is_a_note(team: Office, firm: Talk, text: str) -> None:
    before = team.texts()
    await team.write(text, topic=team.topic())
    assert heard(firm) == []
    assert team.texts() == before
    assert await kept(team) == []


async def test_a_reply_to_a_colleague_is_a_note(team: Office, firm: Talk) -> None:
    note = await team.write("Wer kennt sich aus?", topic=team.topic())
    await team.write("Ich", reply_to=note["message_id"], topic=team.topic())
    assert heard(firm) == []


async def test_a_reply_to_a_notice_is_a_note(team: Office, office: OpenOffice, firm: Talk) -> None:
    other = await office("fpi")
    await team.press("Hinzuziehen", team.card())
    await team.press("staff:1:bring:fpi", team.card())
    await team.press("staff:1:bring!:fpi", team.card())
    notice = next(message for message in other.messages() if "Agnes" in message["text"])
    before = len(firm.messages())
    await other.reply("Alles klar.", notice)
    assert len(firm.messages()) == before


async def test_the_command_reaches_the_firm_from_the_topic(team: Office, firm: Talk) -> None:
    await team.write("/reply Guten Tag,\nwir melden uns.", topic=team.topic())
    assert heard(firm) == [ANSWER.format("Guten Tag,\nwir melden uns.")]


async def test_the_command_without_topic_or_text_says_what_is_missing(team: Office, firm: Talk) -> None:
    await team.write("/reply Guten Tag")
    assert "welche Nachricht Sie meinen" in team.texts()[-1]
    await team.write("/reply", topic=team.topic())
    assert "hinter /reply" in team.texts()[-1]
    assert team.messages()[-1]["message_thread_id"] == team.topic()
    assert heard(firm) == []


async def test_a_file_reaches_the_firm_with_its_caption(team: Office, firm: Talk) -> None:
    card, topic = team.card()["message_id"], team.topic()
    await team.agent.send_document(
        b"%PDF", "angebot.pdf", caption="Unser Angebot", chat=team.group.id, reply_to=card, topic=topic
    )
    await team.bot.idle()
    document = firm.messages()[-1]
    assert document["document"]["file_name"] == "angebot.pdf"
    assert "Unser Angebot" in document["caption"]


async def test_what_cannot_be_copied_is_refused_in_words(team: Office, firm: Talk) -> None:
    _write(team, {"story": {"id": 1, "chat": {"id": 5, "type": "private", "first_name": "Agnes"}}})
    await team.bot.idle()
    assert "lassen sich nicht weitergeben" in team.texts()[-1]
    assert heard(firm) == []


async def test_a_change_follows_to_the_firm(team: Office, firm: Talk) -> None:
    answer = await team.reply("Wir kenen drei.", team.card())
    await team.agent.edit(answer["message_id"], "Wir kennen drei.", chat=team.group.id)
    await team.bot.idle()
    assert heard(firm) == [ANSWER.format("Wir kennen drei.")]


async def test_a_changed_command_follows_without_the_command(team: Office, firm: Talk) -> None:
    written = await team.write("/reply Gutn Tag", topic=team.topic())
    await team.agent.edit(written["message_id"], "/reply Guten Tag", chat=team.group.id)
    await team.bot.idle()
    assert heard(firm) == [ANSWER.format("Guten Tag")]


async def test_a_changed_note_stays_a_note(team: Office, firm: Talk) -> None:
    note = await team.write("Wer?", topic=team.topic())
    await team.agent.edit(note["message_id"], "Wer kennt sich aus?", chat=team.group.id)
    await team.bot.idle()
    assert heard(firm) == []
    assert await kept(team) == []


async def test_withdraw_takes_ones_own_answer_back(team: Office, firm: Talk) -> None:
    answer = await team.reply("An den Falschen.", team.card())
    await team.write("/withdraw", reply_to=answer["message_id"], topic=team.topic())
    assert heard(firm) == []
    assert "Zurückgezogen" in team.texts()[-1]
    assert "enquiry.withdraw" in await acts(team.bot)


async def test_withdraw_takes_nothing_else_back(team: Office, firm: Talk) -> None:
    await team.reply("Bleibt.", team.card())
    await team.write("/withdraw", reply_to=team.card()["message_id"], topic=team.topic())
    assert "nur eigene Antworten" in team.texts()[-1]
    await team.write("/withdraw", topic=team.topic())
    assert "welche Nachricht Sie meinen" in team.texts()[-1]
    assert heard(firm) == [ANSWER.format("Bleibt.")]


async def test_a_member_without_a_role_reaches_nobody(team: Office, firm: Talk) -> None:
    guest = team.simulator.add_person("Gast")
    await guest.join(team.group.id)
    await team.bot.idle()
    card, topic = team.card()["message_id"], team.topic()
    for text, reply_to in (("Hallo", card), ("/reply Hallo", None), ("/withdraw", card)):
        await guest.write(text, chat=team.group.id, reply_to=reply_to, topic=topic)
        await team.bot.idle()
        assert team.texts()[-1].startswith("Dazu haben Sie keine Berechtigung.")
        assert team.messages()[-1]["message_thread_id"] == topic
    assert heard(firm) == []
    assert (await acts(team.bot))[-3:] == ["refused"] * 3


async def test_who_writes_in_the_name_of_the_group_reaches_nobody(team: Office, firm: Talk) -> None:
    _write(team, {"text": "Hallo", "sender_chat": {"id": team.group.id, "type": "supergroup", "title": "Team"}})
    await team.bot.idle()
    assert "im Namen der Gruppe" in team.texts()[-1]
    assert heard(firm) == []


async def test_another_group_still_asks_the_bot(team: Office, firm: Talk) -> None:
    group = team.simulator.add_group("Stammtisch", members=[firm.person], administrator=True)
    await firm.person.write("@FoodClustersBot Wo sitzt FPI?", chat=group.id)
    await team.bot.idle()
    assert "Bielefeld" in team.simulator.messages(group.id)[-1]["text"]


def _write(team: Office, content: Message) -> None:
    """Have the agent reply to the card with what the simulated app does not offer."""
    world, topic = team.simulator.world, team.topic()
    place = {"message_thread_id": topic, "is_topic_message": True, "reply_to_message": team.card()}
    world.notify("message", world.post(team.group, team.agent.account, {**place, **content}))
