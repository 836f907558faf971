"""A small bot on the simulator, the playground in front of it, and a real browser."""

from __future__ import annotations

import shutil
import struct
import zlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright, expect
from telegram import (
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    Update,
)
from telegram.constants import ChatAction
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from bot.simulator import Chat, Limits, Person, Simulator, SimulatorRequest
from bot.simulator.playground import Site, serve
from bot.texts import Texts

Context = ContextTypes.DEFAULT_TYPE
Bot = Application[Any, Any, Any, Any, Any, Any]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
BUTTONS = InlineKeyboardMarkup(
    [
        [
            InlineKeyboardButton("Count", callback_data="count:0"),
            InlineKeyboardButton("Alert", callback_data="alert"),
        ],
        [
            InlineKeyboardButton("Example", url="https://example.org/"),
            InlineKeyboardButton("Slow", callback_data="slow"),
        ],
    ]
)


@pytest.fixture(scope="package")
def picture() -> bytes:
    """A PNG of 64 by 48 pixels."""

    def chunk(name: bytes, content: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + content))
        return struct.pack(">I", len(content)) + name + content + check

    rows = (b"\0" + b"\x5a\xa0\x5a" * 64) * 48
    header = struct.pack(">IIBBBBB", 64, 48, 8, 2, 0, 0, 0)
    parts = [chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


async def on_start(update: Update, _context: Context) -> None:
    assert update.effective_message
    await update.effective_message.reply_html("Welcome. <tg-spoiler>Hidden</tg-spoiler>")


async def on_text(update: Update, _context: Context) -> None:
    message = update.effective_message
    assert message
    text = f"<b>{message.text_html}</b>, <i>echoed</i>. <a href='https://example.org/'>Source</a>"
    await message.reply_html(text, reply_markup=BUTTONS, do_quote=True)


async def on_list(update: Update, _context: Context) -> None:
    assert update.effective_message
    await update.effective_message.reply_document(b"a;b\n1;2\n", filename="Mitglieder.csv", caption="Your list")


async def on_keys(update: Update, _context: Context) -> None:
    assert update.effective_message
    keys = ReplyKeyboardMarkup(
        [["Yes", "No"], [KeyboardButton("My place", request_location=True)]], one_time_keyboard=True
    )
    await update.effective_message.reply_text("Sure?", reply_markup=keys)


async def on_press(update: Update, _context: Context) -> None:
    query = update.callback_query
    assert query
    assert query.data
    if query.data == "alert":
        await query.answer("Mind the gap", show_alert=True)
    elif query.data == "private":
        await query.answer(url=f"https://t.me/{query.get_bot().username}?start=from_group")
    elif query.data.startswith("count:"):
        count = int(query.data.partition(":")[2]) + 1
        button = InlineKeyboardButton(f"Count {count}", callback_data=f"count:{count}")
        await query.answer(f"Counted to {count}")
        await query.edit_message_text(f"It is {count}", reply_markup=InlineKeyboardMarkup([[button]]))


def echo_bot(simulator: Simulator) -> Bot:
    builder = Application.builder().token(simulator.token).request(SimulatorRequest(simulator))
    application = builder.get_updates_request(SimulatorRequest(simulator)).build()
    application.add_handler(CommandHandler("start", on_start))
    application.add_handler(CommandHandler("list", on_list))
    application.add_handler(CommandHandler("keys", on_keys))
    application.add_handler(CallbackQueryHandler(on_press))
    application.add_handler(
        MessageHandler(filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE & filters.TEXT, on_text)
    )
    return application


@dataclass
class World:
    """Everything that the browser tests share; each test brings people of its own."""

    simulator: Simulator
    people: list[Person]
    application: Bot
    site: Site
    browser: Browser

    @property
    def bot(self) -> Any:
        """The bot, as python-telegram-bot sees it."""
        return self.application.bot

    def newcomer(self, name: str, language: str = "de") -> Person:
        """Somebody whom nobody knew before."""
        person = self.simulator.add_person(name, last_name="Muster", language_code=language)
        self.people.append(person)
        return person

    def team(self, title: str, *members: Person, forum: bool = False) -> Chat:
        """A group with the bot as its administrator."""
        return self.simulator.add_group(title, forum=forum, members=members, administrator=True)

    def address(self, person: Person, *chats: int | str, **more: str) -> str:
        """Where the page shows these chats to a person."""
        values = {"as": str(person.id), "chats": ",".join(str(chat) for chat in chats), **more}
        return self.site.url + "?" + "&".join(f"{name}={value}" for name, value in values.items() if value)


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def world() -> AsyncIterator[World]:
    simulator = Simulator(limits=Limits.off())
    people = [simulator.add_person("Sabine", last_name="Krüger", language_code="de")]
    application = echo_bot(simulator)
    await application.initialize()
    commands = [BotCommand("start", "Begin"), BotCommand("list", "A file"), BotCommand("keys", "A keyboard")]
    await application.bot.set_my_commands(commands)
    await application.bot.set_my_description("I echo what you write.")
    await application.start()
    assert application.updater
    await application.updater.start_polling(poll_interval=0, timeout=1)
    site = await serve(simulator, people, Texts.load(), port=0)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield World(simulator, people, application, site, browser)
        await browser.close()
    await site.close()
    await application.updater.stop()
    await application.stop()
    await application.shutdown()


@pytest_asyncio.fixture(loop_scope="package")
async def page(world: World) -> AsyncIterator[Page]:
    """A tab of a wide screen; it may load nothing from elsewhere, and its scripts make no mistakes."""
    context = await world.browser.new_context(viewport={"width": 1280, "height": 800})
    tab = await context.new_page()
    # Long enough for a busy machine; a page that works answers in a tenth of a second.
    tab.set_default_timeout(15_000)
    expect.set_options(timeout=15_000)
    addresses: list[str] = []
    faults: list[str] = []
    tab.on("request", lambda request: addresses.append(request.url))
    tab.on("pageerror", lambda error: faults.append(str(error)))
    yield tab
    await context.close()
    own = (world.site.url, world.site.url.replace("http", "ws"), "data:", "blob:")
    assert [address for address in addresses if not address.startswith(own)] == []
    assert faults == []


@pytest.fixture
def typing_in_chat() -> Callable[[World, Person], Any]:
    """What makes the bot show that it is writing."""
    return lambda world, person: world.bot.send_chat_action(person.id, ChatAction.TYPING)
