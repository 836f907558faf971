"""The page in a real browser: files, keys, looks, phone, and coming back."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import FilePayload, Page, expect
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

if TYPE_CHECKING:
    from tests.bot.simulator.playground.conftest import World

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]


async def test_pictures_and_files_are_sent_and_shown(page: Page, world: World, picture: bytes, tmp_path: Path) -> None:
    person = world.newcomer("Dora")
    await person.start()
    await page.goto(world.address(person, person.id))
    for name in ("eins.png", "zwei.png"):
        (tmp_path / name).write_bytes(picture)
    (tmp_path / "liste.csv").write_text("a;b")
    chooser = page.get_by_label("Datei oder Bild anhängen").last
    await chooser.set_input_files([tmp_path / "eins.png", tmp_path / "zwei.png", tmp_path / "liste.csv"])
    await expect(page.locator(".album img")).to_have_count(2)
    await expect(page.locator(".mine .file")).to_contain_text("liste.csv")
    width = await page.locator(".album img").first.evaluate("image => image.decode().then(() => image.naturalWidth)")
    assert width == 64
    await page.locator(".album .picture").first.click()
    await expect(page.locator("#enlarged img")).to_be_visible()


async def test_a_document_of_the_bot_is_downloaded_never_shown(page: Page, world: World, tmp_path: Path) -> None:
    person = world.newcomer("Emil")
    await person.write("/list")
    await page.goto(world.address(person, person.id))
    async with page.expect_download() as waiting:
        await page.locator(".theirs .file").click()
    download = await waiting.value
    assert download.suggested_filename == "Mitglieder.csv"
    await download.save_as(tmp_path / "list.csv")
    assert (tmp_path / "list.csv").read_bytes() == b"a;b\n1;2\n"


async def test_a_button_in_a_group_can_lead_to_the_chat_with_the_bot(page: Page, world: World) -> None:
    person = world.newcomer("Lene")
    group = world.team("Stammtisch", person)
    button = InlineKeyboardButton("Private", callback_data="private")
    await world.bot.send_message(group.id, "Here", reply_markup=InlineKeyboardMarkup([[button]]))
    await page.goto(world.address(person, group.id))
    await page.get_by_role("button", name="Private", exact=True).click()
    await expect(page.locator(".in-front .mine .text")).to_have_text("/start from_group")
    await expect(page.locator(".in-front .theirs .text")).to_contain_text("Welcome.")


async def test_other_web_sites_cannot_send_files(page: Page, world: World) -> None:
    person = world.newcomer("Finja")
    await page.goto(world.address(person))
    address = f"{world.site.url}playground/files?window={person.id}@{person.id}"
    part: FilePayload = {"name": "x.txt", "mimeType": "text/plain", "buffer": b"x"}
    refused = await page.request.post(address, multipart={"files": part})
    taken = await page.request.post(address, multipart={"files": part}, headers={"X-Playground": "1"})
    assert (refused.status, taken.status) == (403, 204)


async def test_commands_are_offered_filtered_and_sent(page: Page, world: World) -> None:
    person = world.newcomer("Gesa")
    await person.start()
    await page.goto(world.address(person, person.id))
    await page.get_by_role("button", name="Befehle").click()
    await expect(page.get_by_role("option")).to_have_count(3)
    await page.get_by_role("textbox").press_sequentially("ke")
    await expect(page.get_by_role("option")).to_have_count(1)
    await page.keyboard.press("ArrowUp")
    await page.keyboard.press("Enter")
    await expect(page.locator(".mine .text").last).to_have_text("/keys")
    await expect(page.get_by_role("textbox")).to_have_value("")
    await expect(page.locator(".reply-keyboard .key")).to_have_text(["Yes", "No", "My place"])
    await page.get_by_role("button", name="My place").click()
    await expect(page.locator(".mine .place")).to_be_visible()
    await expect(page.locator(".reply-keyboard")).to_have_count(0)


async def test_shift_enter_makes_a_line(page: Page, world: World) -> None:
    person = world.newcomer("Hauke")
    await person.start()
    await page.goto(world.address(person, person.id))
    await page.get_by_role("textbox").fill("eins")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("zwei")
    await page.keyboard.press("Enter")
    await expect(page.locator(".mine .text").last).to_have_text("eins\nzwei")


async def test_keys_change_and_close_the_chat(page: Page, world: World) -> None:
    person = world.newcomer("Ida")
    world.team("Team Süd", person)
    await person.start()
    await page.goto(world.address(person, person.id))
    await page.keyboard.press("Alt+2")
    await expect(page.locator(".window h1")).to_have_text("Team Süd")
    await expect(page.get_by_role("textbox")).to_be_focused()
    await page.keyboard.press("Alt+ArrowUp")
    await expect(page.locator(".window h1")).to_have_text("German Food Clusters")
    await page.keyboard.press("Escape")
    await expect(page.locator(".window")).to_have_count(0)
    await expect(page.get_by_text("Wählen Sie einen Chat")).to_be_visible()


async def test_light_and_dark_follow_the_system_or_the_switch(page: Page, world: World) -> None:
    person = world.newcomer("Jule")
    await person.write("Hallo")
    colour = "element => getComputedStyle(element).backgroundColor"
    bubble = page.locator(".theirs .bubble")
    await page.emulate_media(color_scheme="light")
    await page.goto(world.address(person, person.id))
    assert await bubble.evaluate(colour) == "rgb(255, 255, 255)"
    await page.emulate_media(color_scheme="dark")
    assert await bubble.evaluate(colour) == "rgb(24, 37, 51)"
    await page.get_by_role("button", name="Farben: wie das System").click()
    await expect(page.get_by_role("button", name="Farben: hell")).to_be_visible()
    assert await bubble.evaluate(colour) == "rgb(255, 255, 255)"
    await expect(page).to_have_url(re.compile("theme=light"))


async def test_a_phone_shows_the_list_or_one_chat(page: Page, world: World) -> None:
    person = world.newcomer("Karl")
    await person.write("Hallo")
    await page.set_viewport_size({"width": 390, "height": 844})
    await page.goto(world.address(person))
    await expect(page.locator(".window")).to_have_count(0)
    await page.locator(".entry").click()
    await expect(page.locator(".sidebar")).to_be_hidden()
    await expect(page.get_by_role("textbox")).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth") <= 390
    await page.get_by_role("button", name="Zurück zu den Chats").click()
    await expect(page.locator(".sidebar")).to_be_visible()


async def test_a_reload_keeps_the_place_and_the_draft(page: Page, world: World) -> None:
    person = world.newcomer("Lina")
    team = world.team("Team West", person)
    await person.start()
    await page.goto(world.address(person, person.id))
    await page.locator(".chat-entry", has_text="Team West").hover()
    await page.get_by_role("button", name="Team West daneben öffnen").click()
    await expect(page.locator(".window")).to_have_count(2)
    await page.get_by_role("button", name="Sprache wechseln").click()
    await expect(page).to_have_url(re.compile("lang=en"))
    await page.get_by_label("Write to Team West").fill("Noch nicht fertig")
    await page.reload()
    await expect(page.locator(".window h1")).to_have_text(["German Food Clusters", "Team West"])
    await expect(page.get_by_label("Write to Team West")).to_have_value("Noch nicht fertig")
    await expect(page).to_have_url(re.compile(rf"as={person.id}&chats={person.id},{team.id}&lang=en"))


async def test_an_address_that_makes_no_sense_opens_the_list(page: Page, world: World) -> None:
    await page.goto(world.site.url + "?as=x&chats=1,-5/x,@,99999999&lang=xx&theme=pink")
    await expect(page.locator(".who")).to_contain_text("Sabine Krüger")
    await expect(page.locator(".window")).to_have_count(0)


async def test_a_long_chat_begins_at_its_end_and_shows_more_on_demand(page: Page, world: World) -> None:
    person = world.newcomer("Mats")
    for number in range(130):
        await world.bot.send_message(person.id, f"Nummer {number}") if number else await person.write("/start")
    await page.goto(world.address(person, person.id))
    await expect(page.get_by_text("Nummer 129").last).to_be_in_viewport()
    await expect(page.get_by_text("Nummer 1", exact=True)).to_have_count(0)
    await page.get_by_role("button", name="Frühere Nachrichten anzeigen").click()
    await expect(page.get_by_text("Nummer 1", exact=True)).to_have_count(1)
