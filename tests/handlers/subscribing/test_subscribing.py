"""/subscribe: agreed topic by topic, chosen by buttons, ended by one tap."""

from __future__ import annotations

from collections.abc import Callable

from bot.announcements.selection import TOPICS, bits
from bot.announcements.starting import schedule
from bot.answering import Answerer
from bot.app import Running
from bot.names import CLUSTERS, STEPS
from storage import occurrences, subscribers
from storage.models import Announcement, Consent, OccurrenceState, Subscriber
from tests.handlers.conftest import NOW, Talk

Begin = Callable[..., Talk]


async def subscriber_of(talk: Talk) -> Subscriber:
    async with talk.bot.services.database.read() as session:
        found = await subscribers.by_id(session, talk.person.id)
    assert found
    return found


async def consents_of(talk: Talk) -> list[Consent]:
    async with talk.bot.services.database.read() as session:
        return list(await subscribers.consents(session, talk.person.id))


async def announce(bot: Running, texts: dict[str, dict[str, str]]) -> None:
    """Let NieKE's news be due now, and wait until they are sent."""
    async with bot.services.database.begin() as session:
        announcement = Announcement(
            update_id=999,
            topic="news",
            cluster="nieke",
            texts=texts,
            clusters=bits(["nieke"], CLUSTERS),
            first_at=NOW.replace(tzinfo=None).isoformat(),
            zone="UTC",
            created_by=99,
            updated_at=NOW,
        )
        session.add(announcement)
        await session.flush()
        await schedule(session, announcement, now=NOW)
    bot.services.broadcast.wake()
    await bot.services.broadcast.idle()


def test_the_bits_stand_for_what_there_is(answerer: Answerer) -> None:
    content = answerer.knowledge.content
    assert (set(CLUSTERS), set(STEPS)) == (set(content.clusters), set(content.steps))


async def test_nothing_is_sent_to_who_has_not_agreed(talk: Begin) -> None:
    firm = talk("de")
    said = await firm.say("/subscribe")
    assert "Mit einem Druck auf ein Thema willige ich ein" in said
    assert "Sie bekommen noch keine Mitteilungen" in said
    assert firm.buttons() == ["Veranstaltungen", "Förderung", "Neuigkeiten"]
    assert await consents_of(firm) == []


async def test_agreeing_is_kept_with_wording_version_and_time(talk: Begin) -> None:
    firm = talk("de")
    await firm.say("/subscribe")
    said = await firm.press("Förderung")
    assert "Sie bekommen: Förderung" in said
    assert "Ruhe von 20 bis 8 Uhr, sonntags den ganzen Tag (Berlin)" in said
    [consent] = await consents_of(firm)
    assert (consent.given, consent.topic, consent.version, consent.at) == (True, "funding", "1", NOW)
    assert consent.text.startswith("Mit einem Druck auf ein Thema")
    await firm.press("✓ Förderung")
    assert [(c.given, c.topic) for c in await consents_of(firm)] == [(True, "funding"), (False, "funding")]


async def test_clusters_and_steps_can_be_chosen(talk: Begin) -> None:
    firm = talk("en")
    await firm.say("/subscribe")
    await firm.press("News")
    await firm.press("Choose clusters")
    await firm.press("FPI")
    await firm.press("Back")
    await firm.press("Choose steps of the value chain")
    step = next(label for label in firm.buttons() if label.startswith("Packaging"))
    await firm.press(step)
    said = await firm.press("Back")
    assert "Of these clusters: FPI" in said
    assert "About these steps of the value chain: Packaging" in said
    found = await subscriber_of(firm)
    assert (found.clusters, found.steps) == (bits(["fpi"], CLUSTERS), bits(["packaging"], STEPS))
    await firm.press("Choose clusters")
    assert "✓ FPI" in firm.buttons()
    await firm.press("All clusters")
    assert (await subscriber_of(firm)).clusters == 0


async def test_quiet_hours_can_be_changed(talk: Begin) -> None:
    firm = talk("en")
    await firm.say("/subscribe")
    await firm.press("News")
    await firm.press("Quiet hours")
    await firm.press("from 22:00")
    await firm.press("until 6:00")
    await firm.press("✓ Quiet on Sundays")
    await firm.press("Time zone")
    said = await firm.press("London")
    assert "Quiet from 22:00 to 6:00 (London)" in said
    found = await subscriber_of(firm)
    assert (found.quiet_from, found.quiet_until, found.quiet_sundays) == (22 * 60, 6 * 60, False)
    assert "No quiet hours" in await firm.press("No quiet hours")


async def test_a_subscriber_gets_it_in_their_language_and_ends_it_by_one_tap(talk: Begin, bot: Running) -> None:
    german, english, other = talk("de"), talk("en"), talk("en")
    for person, topic in ((german, "Neuigkeiten"), (english, "News"), (other, "Events")):
        await person.say("/subscribe")
        await person.press(topic)
    await announce(
        bot, {"de": {"title": "Neues", "body": "Ein <b>Text</b>"}, "en": {"title": "New", "body": "A <b>text</b>"}}
    )
    assert german.messages()[-1]["text"] == "Neues\n\nEin Text\n\nNeuigkeiten · NieKE"
    assert english.messages()[-1]["text"] == "New\n\nA text\n\nNews · NieKE"
    assert "New" not in other.messages()[-1]["text"]
    assert english.buttons() == ["Unsubscribe: News"]
    await english.press("Unsubscribe: News")
    assert english.buttons() == ["Subscribe again: News"]
    assert (await subscriber_of(english)).topics == 0
    await english.press("Subscribe again: News")
    assert (await subscriber_of(english)).topics == bits(["news"], TOPICS)
    assert [consent.given for consent in await consents_of(english)] == [True, False, True]


async def test_a_missing_language_is_said(talk: Begin, bot: Running) -> None:
    english = talk("en")
    await english.say("/subscribe")
    await english.press("News")
    await announce(bot, {"de": {"title": "Neues", "body": "Text"}})
    assert "This message is available in one language only." in english.messages()[-1]["text"]


async def test_unsubscribing_ends_everything(talk: Begin, bot: Running) -> None:
    firm = talk("de")
    await firm.say("/subscribe")
    await firm.press("Neuigkeiten")
    await firm.press("Veranstaltungen")
    assert "Sie bekommen keine Mitteilungen mehr" in await firm.say("/unsubscribe")
    assert "Sie bekommen keine Mitteilungen. Mit" in await firm.say("/unsubscribe")
    assert [consent.topic for consent in await consents_of(firm)] == ["news", "events", "*"]
    before = len(firm.messages())
    await announce(bot, {"de": {"title": "Neues", "body": "Text"}})
    assert len(firm.messages()) == before


async def test_who_comes_back_after_blocking_gets_it_again(talk: Begin, bot: Running) -> None:
    firm = talk("de")
    await firm.say("/subscribe")
    await firm.press("Neuigkeiten")
    await firm.person.block()
    await announce(bot, {"de": {"title": "Neues", "body": "Text"}})
    assert (await subscriber_of(firm)).blocked_at == NOW
    await firm.person.unblock()
    await firm.say("/start")
    assert (await subscriber_of(firm)).blocked_at is None


async def test_the_author_is_told(talk: Begin, bot: Running) -> None:
    author, firm = talk("de", person_id=99), talk("de")
    await author.say("/start")
    await firm.say("/subscribe")
    await firm.press("Neuigkeiten")
    await announce(bot, {"de": {"title": "Neues", "body": "Text"}})
    async with bot.services.database.read() as session:
        occurrence = await occurrences.by_id(session, 1)
    assert occurrence
    assert occurrence.state == OccurrenceState.FINISHED
    told = "\n".join(message["text"] for message in author.messages()[-2:])
    assert "„Neues“ geht an eine Person." in told
    assert "Zugestellt: 1" in told
