"""An announcement from the first word to the subscribers; who may, who must agree, what can be done later."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.announcements.selection import TOPICS, bits
from bot.app import Running
from bot.names import CLUSTERS
from bot.simulator.speaking import texted
from storage import announcements
from storage.models import Announcement, Occurrence, Subscriber
from tests.handlers.conftest import NOW, OWNER, Clock
from tests.handlers.hiring import acts, fire, hire

Begin = Callable[..., Any]


async def subscribe(bot: Running, *people: Any, language: str = "de", clusters: str = "") -> None:
    async with bot.services.database.begin() as session:
        session.add_all(
            Subscriber(
                person_id=one.person.id,
                language=language,
                topics=bits(["news"], TOPICS),
                clusters=bits(clusters.split(), CLUSTERS),
                zone="Europe/Berlin",
                quiet_sundays=False,
                updated_at=NOW,
            )
            for one in people
        )


async def known(bot: Running) -> list[Announcement]:
    async with bot.services.database.read() as session:
        return [one for one, _ in await announcements.listed(session, [*CLUSTERS, "*"], 0, limit=99)][::-1]


async def sendings(bot: Running, number: int) -> list[Occurrence]:
    async with bot.services.database.read() as session:
        return list(await announcements.sendings(session, number))


async def sender_of(bot: Running, talk: Begin, cluster: str = "fpi", role: str = "sender") -> Any:
    sender = talk("de")
    await hire(bot, sender.person.id, role, cluster)
    return sender


async def up_to_the_time(sender: Any, cluster: str = "FPI") -> str:
    await sender.say("/announce")
    await sender.press("Neuigkeiten")
    await sender.press(cluster)
    await sender.say("Titel & mehr\nDer Text.")
    await sender.press("Nur Deutsch")
    return str(await sender.press("Weiter"))


async def whole(sender: Any, when: str = "morgen 9 Uhr", cluster: str = "FPI", often: str = "Einmal") -> str:
    await up_to_the_time(sender, cluster)
    await sender.say(when)
    await sender.press(often)
    return str(await sender.press("Mich fragen"))


async def test_from_the_first_word_to_the_subscriber(bot: Running, talk: Begin) -> None:
    sender, reader, other = await sender_of(bot, talk), talk("de"), talk("de")
    await reader.say("/start")
    await other.say("/start")
    await subscribe(bot, reader)
    await subscribe(bot, other, clusters="giqs")
    assert "Worum geht es" in await sender.say("/announce")
    assert "Welcher Cluster" in await sender.press("Neuigkeiten")
    assert sender.buttons() == ["FPI", "Entwurf löschen"]
    assert "deutschen Text" in await sender.press("FPI")
    assert "englischen Text" in await sender.say("Neues & Gutes\nZeile eins.")
    assert "eine Person" in await sender.say("News\nLine one.")
    assert "2 Personen" in await sender.press("GIQS")
    assert "eine Person" in await sender.press("✓ GIQS")
    assert "Wann soll sie" in await sender.press("Weiter")
    assert "Bei Verspätung" not in await sender.press("Sofort")
    overview = await sender.press("Mich fragen")
    assert "Geht sofort hinaus" in overview
    assert "Neues & Gutes" in overview
    assert "Eingeplant" in await sender.press("Einplanen")
    assert await got(bot, reader, "Zeile eins.")
    assert "Zeile eins." not in await other.answer()
    assert (await acts(bot))[0] == "announcement_begun"
    assert (await acts(bot))[-1] == "announcement_scheduled"


async def got(bot: Running, reader: Any, text: str) -> bool:
    """Let the broadcast send and report what is due; return whether the reader has the text."""
    await bot.services.broadcast.idle()
    return any(text in message["text"] for message in reader.messages())


async def test_formatting_is_kept_and_the_title_is_plain(bot: Running, talk: Begin) -> None:
    sender = await sender_of(bot, talk)
    await sender.say("/announce")
    await sender.press("Neuigkeiten")
    await sender.press("FPI")
    written = texted("<b>A &amp; Titel\nfett</b>", "HTML")
    sender.person._send(written, None, None, None)
    await sender.answer()
    [one] = await known(bot)
    assert one.texts["de"] == {"title": "A & Titel", "body": "<b>fett</b>"}


async def test_who_may_not_is_refused_at_each_step(bot: Running, talk: Begin) -> None:
    stranger, sender = talk("de"), await sender_of(bot, talk)
    assert "keine Berechtigung" in await stranger.say("/announce")
    await whole(sender)
    await fire(bot, sender.person.id, "sender")
    assert "keine Berechtigung" in await sender.press("Einplanen")
    [one] = await known(bot)
    assert one.state == "draft"


async def test_the_time_is_read_shown_and_repeated(bot: Running, talk: Begin) -> None:
    sender = await sender_of(bot, talk)
    await up_to_the_time(sender)
    assert "nicht lesen" in await sender.say("irgendwann")
    assert "Um wie viel Uhr" in await sender.say("morgen")
    assert "ist vorbei" in await sender.say("23.11. 9 Uhr")
    assert "gibt es nicht" in await sender.say("28.3.2027 2:30")
    told = await sender.say("nächsten Dienstag 14 Uhr")
    for shown in ("1. Dezember 2026", "14:00", "Europe/Berlin", "In 7 Tagen"):
        assert shown in told
    await sender.press("Jeden Monat am ersten Dienstag")
    overview = await sender.press("Ausfallen lassen")
    for shown in ("01.12.26, 14:00", "05.01.27, 14:00", "02.02.27, 14:00", "fällt sie aus"):
        assert shown in overview
    await sender.press("Einplanen")
    [one] = await known(bot)
    assert (one.rule, one.late_policy, one.state) == ("FREQ=MONTHLY;BYDAY=+1TU", "skip", "scheduled")
    assert [f"{sent.due_at:%d %H}" for sent in await sendings(bot, one.id)] == ["01 13"]


async def test_a_note_stands_where_the_clocks_change(bot: Running, talk: Begin) -> None:
    sender = await sender_of(bot, talk)
    await up_to_the_time(sender)
    assert "Stunde zweimal" in await sender.say("31.10.2027 2:30")
    await sender.say("14.3.2027 2:30")
    assert "vorgestellt" in await whole_rest(sender, "Jede Woche")


async def whole_rest(sender: Any, often: str) -> str:
    await sender.press(often)
    return str(await sender.press("Mich fragen"))


async def test_a_draft_is_left_by_a_command_and_taken_up(bot: Running, talk: Begin) -> None:
    sender = await sender_of(bot, talk)
    await sender.say("/announce")
    await sender.press("Neuigkeiten")
    await sender.press("FPI")
    assert "Entwurf Ihrer Ankündigung bleibt" in await sender.say("/help")
    assert "Quakenbrück" in await sender.say("Wo sitzt NieKE?")
    assert "1. Entwurf" in await sender.say("/announcements")
    await sender.press("1. Entwurf")
    assert "deutschen Text" in await sender.press("Weiter")
    assert "englischen Text" in await sender.say("Titel\nText")


async def test_preview_and_test_are_as_sent_and_only_the_author_gets_them(bot: Running, talk: Begin) -> None:
    sender, reader = await sender_of(bot, talk), talk("de")
    await reader.say("/start")
    await subscribe(bot, reader)
    await whole(sender)
    assert "Nur Sie" in await sender.press("Test an mich senden")
    tests = [one for one in sender.messages() if "Der Text." in one["text"] and "Neuigkeiten · FPI" in one["text"]]
    assert len(tests) == 1
    assert "Abbestellen" in tests[0]["reply_markup"]["inline_keyboard"][0][0]["text"]
    assert "Neuigkeiten · FPI" in await sender.press("Vorschau Deutsch")
    assert not any("Der Text." in one["text"] for one in reader.messages())


async def test_only_what_was_shown_is_scheduled(bot: Running, talk: Begin) -> None:
    sender = await sender_of(bot, talk)
    await whole(sender)
    old = sender.messages()[-1]
    await sender.press("Deutschen Text ändern")
    await sender.say("Anders\nEin anderer Text.")
    [row] = [row for row in old["reply_markup"]["inline_keyboard"] if row[0]["text"] == "Einplanen"]
    current = sender.messages()[-1]
    current["reply_markup"]["inline_keyboard"][-2] = row
    assert "geändert, seit Sie sie gesehen haben" in await sender.press("Einplanen")
    [one] = await known(bot)
    assert one.state == "draft"


async def test_all_clusters_need_a_second_person(bot: Running, talk: Begin) -> None:
    owner, author = talk("de", person_id=OWNER), await sender_of(bot, talk, "*", "admin")
    await owner.say("/start")
    assert "zweite Person" in await whole(author, cluster="alle Cluster")
    assert "Wartet auf Freigabe" in await author.press("Freigabe erbitten")
    asked = await owner.answer()
    assert "Der Text." in asked
    assert "Geben Sie diese Ankündigung aller Cluster frei?" in asked
    [one] = await known(bot)
    assert (one.state, await sendings(bot, one.id)) == ("waiting", [])
    await owner.press("Zurückgeben")
    await owner.say("Bitte das Datum nennen")
    assert "Bitte das Datum nennen" in await author.answer()
    [one] = await known(bot)
    assert one.state == "draft"
    await author.say("/announcements")
    await author.press("1. Titel & mehr")
    assert "Bitte das Datum nennen" in await author.press("Weiter")
    await author.press("Freigabe erbitten")
    await owner.answer()
    assert "Eingeplant" in await owner.press("Freigeben")
    assert "freigegeben" in await author.answer()
    [one] = await known(bot)
    assert (one.state, one.approved_by) == ("scheduled", OWNER)
    assert len(await sendings(bot, one.id)) == 1
    done = await acts(bot)
    assert [act for act in done if "ted" in act[-3:] or "approved" in act][-4:] == [
        "announcement_submitted",
        "announcement_rejected",
        "announcement_submitted",
        "announcement_approved",
    ]


async def test_nobody_approves_their_own(bot: Running, talk: Begin) -> None:
    owner = talk("de", person_id=OWNER)
    await whole(owner, cluster="alle Cluster")
    assert "Niemand sonst" in await owner.press("Freigabe erbitten")
    [one] = await known(bot)
    assert one.state == "draft"


async def test_pause_go_on_cancel_copy_delete(bot: Running, talk: Begin) -> None:
    sender = await sender_of(bot, talk)
    await whole(sender)
    await sender.press("Einplanen")
    assert "Eingeplant" in await sender.say("/calendar")
    await sender.press("1. Titel & mehr")
    assert "Angehalten" in await sender.press("Anhalten")
    assert "Eingeplant" in await sender.press("Fortsetzen")
    assert "Soll ich „Titel & mehr“ absagen?" in await sender.press("Absagen")
    assert "Abgesagt" in await sender.press("Ja, absagen")
    [one] = await known(bot)
    assert [sent.state for sent in await sendings(bot, one.id)] == ["cancelled"]
    assert "Wann soll sie" in await sender.press("Kopieren")
    assert [one.state for one in await known(bot)] == ["cancelled", "draft"]
    await sender.say("/announcements")
    await sender.press("1. Titel & mehr")
    await sender.press("Entwurf löschen")
    assert "gelöscht" in await sender.press("Ja, löschen")
    assert [one.state for one in await known(bot)] == ["cancelled"]


async def test_what_was_held_is_sent_or_left_out(bot: Running, talk: Begin, clock: Clock) -> None:
    sender, reader = await sender_of(bot, talk), talk("de")
    await reader.say("/start")
    await subscribe(bot, reader)
    await whole(sender)
    await sender.press("Einplanen")
    clock.pass_(days=2)
    assert await got(bot, sender, "konnte dann aber nicht versendet werden")
    await sender.say("/announcements")
    assert "nicht gesendet, bitte entscheiden" in await sender.press("1. Titel & mehr")
    await sender.press("Jetzt senden")
    assert await got(bot, reader, "Der Text.")
    [one] = await known(bot)
    await sender.say("/announcements")
    await sender.press("1. Titel & mehr")
    assert "Zugestellt: 1" in await sender.press("Bericht")
    await sender.person.press(sender.messages()[-1]["message_id"], "Als Datei speichern")
    await bot.idle()
    assert sender.messages()[-1]["document"]["file_name"] == f"announcement-{one.id}.csv"


async def test_what_was_held_can_be_left_out(bot: Running, talk: Begin, clock: Clock) -> None:
    sender = await sender_of(bot, talk)
    await whole(sender)
    await sender.press("Einplanen")
    clock.pass_(days=2)
    assert await got(bot, sender, "konnte dann aber nicht versendet werden")
    await sender.say("/announcements")
    await sender.press("1. Titel & mehr")
    assert "ausgefallen" in await sender.press("Ausfallen lassen")
    [one] = await known(bot)
    assert [sent.state for sent in await sendings(bot, one.id)] == ["skipped"]
    assert (await acts(bot))[-1] == "announcement_skipped"


async def test_a_sender_of_one_cluster_sees_no_others(bot: Running, talk: Begin) -> None:
    sender, other = await sender_of(bot, talk), await sender_of(bot, talk, "giqs")
    await whole(sender)
    [one] = await known(bot)
    assert "keine Ankündigungen" in await other.say("/announcements")
    await other.say("/announce")
    [row, *_] = other.messages()[-1]["reply_markup"]["inline_keyboard"]
    row[0]["callback_data"] = f"ann:{one.id}:cancel!"
    assert "keine Berechtigung" in await other.press("Veranstaltungen")
    [one] = await known(bot)
    assert one.state == "draft"


async def test_an_edited_message_fills_nothing(bot: Running, talk: Begin) -> None:
    sender = await sender_of(bot, talk)
    await sender.say("/announce")
    await sender.press("Neuigkeiten")
    await sender.press("FPI")
    written = await sender.person.write("Titel\nText")
    await sender.answer()
    await sender.person.edit(written["message_id"], "Titel\nGanz anders")
    assert "englischen Text" in await sender.answer()
    [one] = await known(bot)
    assert one.texts == {"de": {"title": "Titel", "body": "Text"}}
    assert "zu lang" in await sender.say("x" * 201)


async def test_a_rule_of_ones_own_is_checked_and_shown(bot: Running, talk: Begin) -> None:
    sender = await sender_of(bot, talk)
    await up_to_the_time(sender)
    await sender.say("27.11. 9 Uhr")
    assert "kann ich nicht lesen" in await sender.say("FREQ=HOURLY")
    assert "kann ich nicht lesen" in await sender.say("FREQ=DAILY;UNTIL=20200101")
    assert "Verspätung" in await sender.say("rrule:freq=monthly;byday=-1fr")
    overview = await sender.press("Nachsenden")
    for shown in ("27.11.26, 09:00", "25.12.26, 09:00", "29.01.27, 09:00"):
        assert shown in overview
    [one] = await known(bot)
    assert one.rule == "FREQ=MONTHLY;BYDAY=-1FR"


async def test_what_has_gone_out_is_no_longer_called_scheduled(bot: Running, talk: Begin) -> None:
    sender = await sender_of(bot, talk)
    await up_to_the_time(sender)
    await sender.press("Sofort")
    await sender.press("Mich fragen")
    assert "Eingeplant" in await sender.press("Einplanen")
    await bot.services.broadcast.idle()
    listed = await sender.say("/announcements")
    assert "Erledigt" in listed
    assert "Eingeplant" not in listed
    detail = await sender.press("1. Titel & mehr")
    assert "Erledigt" in detail
    assert "Absagen" not in sender.buttons()
