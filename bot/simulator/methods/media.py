"""Methods that send files, and those that give them back."""

from __future__ import annotations

from typing import Any

from bot.simulator import media, pictures
from bot.simulator.calls import Call
from bot.simulator.errors import bad_request
from bot.simulator.events import Message
from bot.simulator.files import LARGEST_DOWNLOAD, StoredFile, Upload
from bot.simulator.methods.places import writable_chat
from bot.simulator.methods.registry import method
from bot.simulator.methods.sending import captioned, send

LARGEST_PHOTO = 10 * 1024 * 1024
"""Bytes (https://core.telegram.org/bots/api#sending-files)."""
LONGEST_SIDES = 10_000
MOST_UNEQUAL = 20
"""Width and height of a photo together, and their ratio (https://core.telegram.org/bots/api#sendphoto)."""
_FOLDERS = {"photo": "photos", "document": "documents"}


def attached(call: Call, kind: str, value: object) -> Any:
    """Return the content of a message for a file that the bot uploads or names by its id.

    Raises:
        ApiError: 400, there is no such file, it is empty, or it is no picture where one is needed.
    """
    upload = _upload(call, kind, value)
    if upload is None:
        return _known(call, kind, str(value or ""))
    if not upload.content:
        raise bad_request("file must be non-empty")
    if kind == "photo":
        check_picture(upload)
        return media.photo(call.world.files, upload)
    if kind == "document":
        return media.document(call.world.files, upload)
    return media.timed(call.world.files, kind, upload, call.integer("duration"))


def check_picture(upload: Upload) -> None:
    """Refuse with 400 what Telegram does not take for a photo."""
    if len(upload.content) > LARGEST_PHOTO:
        raise bad_request("file is too big for a photo; the maximum size is 10485760 bytes")
    size = pictures.size(upload.content)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    if sum(size) > LONGEST_SIDES or max(size) > MOST_UNEQUAL * min(size):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")


def _upload(call: Call, kind: str, value: object) -> Upload | None:
    if value is None:
        return call.files.get(kind)
    if isinstance(value, str) and value.startswith("attach://"):
        upload = call.files.get(value.removeprefix("attach://"))
        if upload is None:
            raise bad_request("wrong file identifier/HTTP URL specified: the attached file is missing")
        return upload
    return None


def _known(call: Call, kind: str, value: str) -> Any:
    if not value:
        raise bad_request(f"there is no {kind} in the request")
    if value.startswith(("http://", "https://")):
        # The simulator does not reach into the network.
        raise bad_request("failed to get HTTP URL content")
    stored = call.world.files.by_id(value)
    if stored is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if not stored.path.startswith(f"{_FOLDERS.get(kind, kind)}/"):
        raise bad_request(f"can't use file of type {stored.path.partition('/')[0]} as {kind}")
    return _again(kind, stored)


def _again(kind: str, stored: StoredFile) -> Any:
    if kind == "photo":
        return media.photo_sizes(stored, *(pictures.size(stored.upload.content) or (1, 1)))
    return stored.as_file() | {"file_name": stored.upload.name, "mime_type": stored.upload.mime}


def _send(call: Call, kind: str) -> Message:
    chat = writable_chat(call)
    content = {kind: attached(call, kind, call.values.get(kind))}
    return send(call, content | captioned(call), chat)


@method
def send_photo(call: Call) -> Message:
    """https://core.telegram.org/bots/api#sendphoto."""
    return _send(call, "photo")


@method
def send_document(call: Call) -> Message:
    """https://core.telegram.org/bots/api#senddocument."""
    return _send(call, "document")


@method
def send_video(call: Call) -> Message:
    """https://core.telegram.org/bots/api#sendvideo."""
    return _send(call, "video")


@method
def send_animation(call: Call) -> Message:
    """https://core.telegram.org/bots/api#sendanimation."""
    return _send(call, "animation")


@method
def send_audio(call: Call) -> Message:
    """https://core.telegram.org/bots/api#sendaudio."""
    return _send(call, "audio")


@method
def send_voice(call: Call) -> Message:
    """https://core.telegram.org/bots/api#sendvoice."""
    return _send(call, "voice")


@method
def get_file(call: Call) -> dict[str, Any]:
    """https://core.telegram.org/bots/api#getfile."""
    stored = call.world.files.by_id(call.text("file_id"))
    if stored is None:
        raise bad_request("invalid file_id")
    if len(stored.upload.content) > LARGEST_DOWNLOAD:
        raise bad_request("file is too big")
    return stored.as_file() | {"file_path": stored.path}
