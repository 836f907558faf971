"""What goes to many: a text, with a picture or a file that is uploaded once, or the copy of a message."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from telegram import InlineKeyboardMarkup, InputFile, LinkPreviewOptions
from telegram.constants import MessageLimit, ParseMode
from telegram.ext import ExtBot

from bot.telegram.lanes import Lane

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
# In small letters, as Telegram takes them too: the library warns of a name for which it has a method.
TEXT, COPY, COPIES = "sendmessage", "copymessage", "copymessages"
METHODS = {"photo": "sendphoto", "document": "senddocument"}


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A picture or a file: what Telegram knows it by, or its content, or both.

    `key` names the content: what has the same key is uploaded once in the life of a process.
    """

    kind: str
    """photo or document."""
    file_id: str | None = None
    key: str = ""
    name: str = ""
    content: bytes = b""


@dataclass(frozen=True, slots=True)
class Copied:
    """A message that is copied as it is, with its formatting and its file; several are an album."""

    chat_id: int
    message_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """One message as everybody who reads the same language gets it; beside one copied message `html` is not used."""

    html: str
    keyboard: InlineKeyboardMarkup | None = None
    enclosed: Enclosure | Copied | None = None


@dataclass(slots=True)
class Uploads:
    """What has been uploaded; whoever comes while an upload is under way waits for it."""

    known: dict[str, str] = field(default_factory=dict)
    locks: dict[str, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))


async def send_letter(bot: ExtBot[Lane], chat_id: int, letter: Letter, uploads: Uploads, *, lane: Lane | None) -> int:
    """Send to a chat and return the message's id; raises TelegramError.

    A text that is too long for a caption follows its picture or file as a message of its own, and its id counts. So
    does the text below an album, which can have no buttons.
    """
    enclosed, marked = letter.enclosed, _marked(letter.keyboard)
    text = {"parse_mode": ParseMode.HTML, **marked}
    if isinstance(enclosed, Copied):
        source = {"from_chat_id": enclosed.chat_id}
        if len(enclosed.message_ids) == 1:
            values = {**source, "message_id": enclosed.message_ids[0], **marked}
            return _id_of(await _call(bot, COPY, chat_id, values, lane))
        await _call(bot, COPIES, chat_id, {**source, "message_ids": sorted(enclosed.message_ids)}, lane)
    elif enclosed:
        # The limit is for the text without tags: what fits with them fits.
        if len(letter.html) <= MessageLimit.CAPTION_LENGTH:
            return await _send_file(bot, chat_id, enclosed, {"caption": letter.html, **text}, uploads, lane)
        await _send_file(bot, chat_id, enclosed, {}, uploads, lane)
    values = {"text": letter.html, "link_preview_options": NO_PREVIEW, **text}
    return _id_of(await _call(bot, TEXT, chat_id, values, lane))


async def _send_file(  # noqa: PLR0917
    bot: ExtBot[Lane], chat_id: int, file: Enclosure, values: dict[str, Any], uploads: Uploads, lane: Lane | None
) -> int:
    async def send(what: str | InputFile) -> Mapping[str, Any]:
        return await _call(bot, METHODS[file.kind], chat_id, {file.kind: what, **values}, lane)

    if file_id := file.file_id or uploads.known.get(file.key):
        return _id_of(await send(file_id))
    async with uploads.locks[file.key]:
        if file.key not in uploads.known:
            sent = await send(InputFile(file.content, filename=file.name))
            found = sent[file.kind]
            uploads.known[file.key] = (found[-1] if isinstance(found, list) else found)["file_id"]
            return _id_of(sent)
    return _id_of(await send(uploads.known[file.key]))


async def _call(
    bot: ExtBot[Lane], method: str, chat_id: int, values: Mapping[str, Any], lane: Lane | None
) -> Mapping[str, Any]:
    """Make a request and leave the answer as it came: to make a Message of it takes longer than all else."""
    given = {"chat_id": chat_id, **values}
    answer: Mapping[str, Any] = await bot.do_api_request(method, api_kwargs=given, rate_limit_args=lane)
    return answer


def _marked(keyboard: InlineKeyboardMarkup | None) -> dict[str, Any]:
    return {"reply_markup": keyboard} if keyboard else {}


def _id_of(answer: Mapping[str, Any]) -> int:
    return int(answer["message_id"])
