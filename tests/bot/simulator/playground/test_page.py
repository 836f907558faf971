"""The page in a real browser: asking, pressing, following up, and who one is."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import Page, expect

if TYPE_CHECKING:
    from tests.bot.simulator.playground.conftest import World

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]


async def ask(page: Page, text: str) -> None:
    await page.locator(".in-front textarea").fill(text)
    await page.keyboard.press("Enter")


async def test_a_newcomer_reads_what_the_bot_does_and_starts_it(page: Page, world: World) -> None:
    person = world.newcomer("Nele")
    await page.goto(world.address(person))
    await page.get_by_role("button", name="German Food Clusters").first.click()
    await expect(page.locator(".welcome")).to_contain_text("I echo what you write.")
    await page.get_by_role("button", name="Starten", exact=True).click()
    await expect(page.locator(".mine .text")).to_have_text("/start")
    await expect(page.locator(".theirs .text")).to_contain_text("Welcome.")
    await expect(page.get_by_role("textbox")).to_be_visible()


async def test_a_question_is_answered_with_markup_quote_and_buttons(page: Page, world: World) -> None:
    person = world.newcomer("Ole")
    await person.start()
    await page.goto(world.address(person, person.id))
    await ask(page, "Wo sitzt <FPI> & Co?")
    answer = page.locator(".theirs").last
    await expect(answer.locator(".text strong")).to_have_text("Wo sitzt <FPI> & Co?")
    await expect(answer.locator(".quote")).to_contain_text("Ole Muster")
    await expect(answer.get_by_role("link", name="Source")).to_have_attribute("href", "https://example.org/")
    await expect(answer.get_by_role("link", name="Example")).to_have_attribute("rel", "noopener noreferrer")
    await expect(page.get_by_role("textbox")).to_have_value("")


async def test_a_press_toasts_and_edits_in_place(page: Page, world: World) -> None:
    person = world.newcomer("Pia")
    await person.write("Hallo")
    await page.goto(world.address(person, person.id))
    await page.get_by_role("button", name="Count").click()
    await expect(page.locator(".toast")).to_have_text("Counted to 1")
    await expect(page.locator(".theirs .text")).to_have_text("It is 1")
    await expect(page.locator(".theirs .meta")).to_contain_text("bearbeitet")
    await page.get_by_role("button", name="Count 1").click()
    await expect(page.locator(".theirs .text")).to_have_text("It is 2")


async def test_a_press_by_key_keeps_the_focus_though_the_bubble_is_drawn_anew(page: Page, world: World) -> None:
    person = world.newcomer("Pelle")
    await person.write("Hallo")
    await page.goto(world.address(person, person.id))
    await page.get_by_role("button", name="Count").focus()
    for count in (1, 2, 3):
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("button", name=f"Count {count}")).to_be_focused()


async def test_an_alert_waits_to_be_closed(page: Page, world: World) -> None:
    person = world.newcomer("Quirin")
    await person.write("Hallo")
    await page.goto(world.address(person, person.id))
    await page.get_by_role("button", name="Alert").click()
    alert = page.get_by_role("alertdialog")
    await expect(alert).to_contain_text("Mind the gap")
    await alert.get_by_role("button", name="OK").click()
    await expect(alert).to_be_hidden()


async def test_a_button_turns_until_it_is_answered(page: Page, world: World) -> None:
    person = world.newcomer("Rosa")
    await person.write("Hallo")
    await page.goto(world.address(person, person.id))
    await page.get_by_role("button", name="Slow").click()
    await expect(page.get_by_role("button", name="Slow")).to_have_attribute("aria-busy", "true")
    query = next(reversed(world.simulator.world.queries))
    await world.bot.answer_callback_query(query)
    await expect(page.get_by_role("button", name="Slow")).not_to_have_attribute("aria-busy", "true")


async def test_typing_new_edited_and_deleted_messages_show_by_themselves(
    page: Page, world: World, typing_in_chat: Callable[[World, Any], Any]
) -> None:
    person = world.newcomer("Svea")
    await person.start()
    await page.goto(world.address(person, person.id))
    await expect(page.locator(".theirs")).to_have_count(1)
    await typing_in_chat(world, person)
    await expect(page.locator(".window .typing")).to_contain_text("schreibt")
    sent = await world.bot.send_message(person.id, "Erste Fassung")
    await expect(page.get_by_text("Erste Fassung").last).to_be_visible()
    await expect(page.locator(".window .typing")).to_have_count(0)
    await world.bot.edit_message_text("Zweite Fassung", person.id, sent.message_id)
    await expect(page.locator(".theirs .text").last).to_have_text("Zweite Fassung")
    await world.bot.delete_message(person.id, sent.message_id)
    await expect(page.locator(".theirs")).to_have_count(1)


async def test_replying_and_editing(page: Page, world: World) -> None:
    person = world.newcomer("Tomke")
    await person.write("Hallo")
    await page.goto(world.address(person, person.id))
    await page.locator(".theirs").hover()
    await page.locator(".theirs").get_by_role("button", name="Antworten").click()
    await expect(page.locator(".about")).to_contain_text("Antwort an German Food Clusters")
    await ask(page, "Und jetzt?")
    await expect(page.locator(".mine .quote")).to_contain_text("German Food Clusters")
    await expect(page.locator(".about")).to_have_count(0)
    await page.get_by_role("textbox").press("ArrowUp")
    await expect(page.get_by_role("textbox")).to_have_value("Und jetzt?")
    await ask(page, "Und nun?")
    await expect(page.locator(".mine .text").last).to_have_text("Und nun?")
    await expect(page.locator(".mine .meta").last).to_contain_text("bearbeitet")


async def test_switching_the_person_switches_chats_and_language(page: Page, world: World) -> None:
    german = world.newcomer("Uwe")
    world.newcomer("Vera", "en")
    await german.write("Nur für Uwe")
    await page.goto(world.address(german, german.id))
    await expect(page.locator(".mine")).to_contain_text("Nur für Uwe")
    await page.get_by_role("button", name="Person wechseln").click()
    await page.get_by_role("menuitemradio", name="Vera Muster").click()
    await expect(page.locator(".who")).to_contain_text("Vera Muster")
    await expect(page.get_by_text("Nur für Uwe")).to_have_count(0)
    await expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()
    await expect(page.locator("html")).to_have_attribute("lang", "en")


async def test_the_chosen_language_stays_with_another_person(page: Page, world: World) -> None:
    german = world.newcomer("Wiebke")
    world.newcomer("Xaver", "en")
    await german.start()
    await page.goto(world.address(german, german.id))
    await page.get_by_role("button", name="Sprache wechseln").click()
    await expect(page.get_by_role("textbox")).to_have_attribute("placeholder", "Message")
    await page.get_by_role("button", name="Change the language").click()
    await page.get_by_role("button", name="Person wechseln").click()
    await page.get_by_role("menuitemradio", name="Xaver").click()
    await expect(page.get_by_role("button", name="Starten", exact=True)).to_be_visible()


async def test_two_people_side_by_side_see_the_same_group(page: Page, world: World) -> None:
    one, other = world.newcomer("Yara"), world.newcomer("Zeno")
    team = world.team("Team Nord", one, other)
    await page.goto(world.address(one, team.id, f"{team.id}@{other.id}"))
    await expect(page.locator(".window")).to_have_count(2)
    left, right = page.locator(".window").first, page.locator(".window").last
    await left.get_by_role("textbox").fill("Wer übernimmt?")
    await page.keyboard.press("Enter")
    await expect(left.locator(".mine")).to_contain_text("Wer übernimmt?")
    await expect(right.locator(".theirs .sender")).to_have_text("Yara Muster")
    await right.get_by_role("textbox").click()
    await expect(page.locator(".who")).to_contain_text("Zeno Muster")
    await expect(right.locator(".as")).to_contain_text("Zeno")


async def test_a_forum_shows_its_topics(page: Page, world: World) -> None:
    person = world.newcomer("Ada")
    team = world.team("Team Forum", person, forum=True)
    topic = await world.bot.create_forum_topic(team.id, "Anfrage 12")
    await world.bot.send_message(team.id, "Im Thema", message_thread_id=topic.message_thread_id)
    await world.bot.send_message(team.id, "Im Allgemeinen")
    await page.goto(world.address(person, team.id))
    await expect(page.locator(".theirs .text")).to_have_text(["Im Thema", "Im Allgemeinen"])
    await page.get_by_role("tab", name="Anfrage 12").click()
    await expect(page.locator(".theirs .text")).to_have_text(["Im Thema"])
    await ask(page, "Ich mache das")
    await expect(page.locator(".mine .text")).to_have_text("Ich mache das")
    assert [*team.messages.values()][-1]["message_thread_id"] == topic.message_thread_id
    await expect(page).to_have_url(re.compile(rf"chats={team.id}/{topic.message_thread_id}"))


async def test_an_unread_message_counts_until_it_is_seen(page: Page, world: World) -> None:
    person = world.newcomer("Bela")
    await person.start()
    await page.goto(world.address(person))
    await world.bot.send_message(person.id, "Neu")
    await expect(page.locator(".chats .badge")).to_have_text("2")
    await page.locator(".entry").click()
    await expect(page.locator(".theirs")).to_have_count(2)
    await expect(page.locator(".chats .badge")).to_have_count(0)


async def test_blocking_the_bot_and_letting_it_in_again(page: Page, world: World) -> None:
    person = world.newcomer("Cleo")
    await person.start()
    await page.goto(world.address(person, person.id))
    await page.locator(".window").get_by_role("button", name="Mehr").click()
    await page.get_by_role("menuitem", name="Bot anhalten und blockieren").click()
    await expect(page.get_by_role("textbox")).to_have_count(0)
    await page.get_by_role("button", name="Bot nicht mehr blockieren").click()
    await expect(page.get_by_role("textbox")).to_be_visible()


async def test_what_somebody_writes_is_never_markup(page: Page, world: World) -> None:
    person = world.newcomer("<img src=x onerror=alert(1)>")
    await person.write("<script>alert(2)</script> javascript:alert(3)")
    await page.goto(world.address(person, person.id))
    await expect(page.locator(".mine .text")).to_contain_text("<script>alert(2)</script>")
    await expect(page.locator(".who")).to_contain_text("<img src=x")
    assert await page.locator(".tg script, .tg img").count() == 0
