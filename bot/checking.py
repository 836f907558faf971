"""`gfcbot check`: one readable line each for settings, database, content, templates and token."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from sqlalchemy.exc import SQLAlchemyError
from telegram import Bot
from telegram.error import TelegramError

from bot.answering.check import check_content
from bot.app import open_database, reason, start_error, telegram_request
from bot.enquiries.service_terms import load_service
from bot.errors import StartError
from bot.privacy.operator import Operator
from bot.settings import PREFIX, Settings
from bot.texts import Texts
from storage.migrations import head

Check = Callable[[Settings], Awaitable[str]]


async def check(settings: Settings) -> list[tuple[str, bool, str]]:
    """Return for each part its name, whether it is well, and one line about it."""
    results = [("settings", True, f"read, prefix {PREFIX}")]
    for name, look in PARTS.items():
        try:
            results.append((name, True, await look(settings)))
        except StartError as error:
            results.append((name, False, "; ".join(str(error).splitlines())))
    return results


async def _database(settings: Settings) -> str:
    database = await open_database(settings)
    try:
        await database.ping()
        key = database.keys.ring.ids[0]
    except (SQLAlchemyError, OSError) as error:
        raise StartError(reason(error)) from None
    finally:
        await database.close()
    sealed = f"personal data sealed with key {key} from {database.keys.source}"
    return f"{database.url.get_backend_name()}, revision {head()}, {sealed}"


async def _content(_: Settings) -> str:
    problems = check_content()
    if problems:
        raise StartError("\n".join(str(problem) for problem in problems[:3]))
    return "no problem found"


async def _operator(settings: Settings) -> str:
    missing = [f"{PREFIX}{name.upper()}" for name in Operator.of(settings).missing()]
    if missing:
        raise StartError(f"/privacy cannot name who answers for the data; set {', '.join(missing)}")
    return "named in /privacy, with a way of contact besides Telegram"


async def _service(settings: Settings) -> str:
    load_service(settings.service_file)
    return "hours and terms of every cluster"


async def _templates(settings: Settings) -> str:
    texts = Texts.load(zone=settings.timezone)
    return f"{texts.check()} templates, languages {', '.join(texts.languages)}"


async def _token(settings: Settings) -> str:
    bot = Bot(
        settings.required_token(),
        base_url=f"{settings.api_url}/bot",
        request=telegram_request(settings),
        get_updates_request=telegram_request(settings),
    )
    try:
        async with bot:
            return f"accepted, the bot is @{bot.username}"
    except TelegramError as error:
        raise start_error(error) from None


PARTS: dict[str, Check] = {
    "database": _database,
    "content": _content,
    "service": _service,
    "templates": _templates,
    "operator": _operator,
    "token": _token,
}
