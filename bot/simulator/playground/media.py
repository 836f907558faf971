"""What a message carries besides words: pictures, files, places, contacts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from bot.simulator.playground.people import colour, full_name, initials
from bot.simulator.playground.words import Words

Message = Mapping[str, Any]
FILES = "/playground/files/"


@dataclass(frozen=True)
class Piece:
    """One thing to show: `kind` chooses the markup, `values` fill it."""

    kind: str
    values: Mapping[str, Any]


def file_address(file_id: str) -> str:
    """Return where the page serves a file of the simulator."""
    return FILES + quote(file_id, safe="")


def pieces(message: Message, words: Words) -> list[Piece]:
    """Return what to show of `message` above its text."""
    if "venue" in message:
        return [_venue(message["venue"])]
    # A GIF is both an animation and, for old clients, a document.
    carried = next((name for name in MAKERS if name in message), None)
    return [MAKERS[carried](message[carried], words)] if carried else []


def _picture(sizes: list[Mapping[str, Any]], _words: Words) -> Piece:
    largest = sizes[-1]
    size = {"width": largest.get("width") or 320, "height": largest.get("height") or 240}
    return Piece("picture", {"address": file_address(largest["file_id"]), **size})


def _sticker(sticker: Mapping[str, Any], _words: Words) -> Piece:
    return Piece("sticker", {"emoji": sticker.get("emoji", "")})


def _file(file: Mapping[str, Any], words: Words) -> Piece:
    name = str(file.get("file_name") or words("kind_document"))
    suffix = name.rpartition(".")[2][:4] if "." in name else ""
    details = words.size(int(file.get("file_size", 0)))
    values = {"address": file_address(file["file_id"]), "name": name, "details": details, "suffix": suffix}
    return Piece("file", {**values, "colour": colour(len(suffix) + sum(map(ord, suffix)))})


def _sound(kind: str) -> Callable[[Mapping[str, Any], Words], Piece]:
    def make(sound: Mapping[str, Any], words: Words) -> Piece:
        name = str(sound.get("title") or sound.get("file_name") or words(f"kind_{kind}"))
        return Piece("sound", {"address": file_address(sound["file_id"]), "name": name})

    return make


def _video(video: Mapping[str, Any], _words: Words) -> Piece:
    size = {"width": video.get("width") or 320, "height": video.get("height") or 240}
    return Piece("video", {"address": file_address(video["file_id"]), **size})


def _place(location: Mapping[str, Any], title: str = "", address: str = "") -> Piece:
    latitude, longitude = float(location["latitude"]), float(location["longitude"])
    link = f"https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}#map=15/{latitude}/{longitude}"
    coordinates = f"{latitude:.4f}, {longitude:.4f}"
    return Piece("place", {"title": title, "address": address or coordinates, "link": link})


def _venue(venue: Mapping[str, Any]) -> Piece:
    return _place(venue["location"], str(venue["title"]), str(venue["address"]))


def _contact(contact: Mapping[str, Any], _words: Words) -> Piece:
    name = full_name(contact)
    number = str(contact.get("user_id") or contact["phone_number"]).lstrip("+")
    shade = colour(int(number)) if number.isdigit() else 0
    values = {"name": name, "phone": contact["phone_number"], "initials": initials(name)}
    return Piece("contact", {**values, "colour": shade})


MAKERS: dict[str, Callable[[Any, Words], Piece]] = {
    "photo": _picture,
    "animation": _video,
    "video": _video,
    "sticker": _sticker,
    "voice": _sound("voice"),
    "audio": _sound("audio"),
    "document": _file,
    "location": lambda location, _words: _place(location),
    "contact": _contact,
}
