"""Message text with Telegram's entities, as safe HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from markupsafe import Markup, escape

Entity = Mapping[str, Any]

PLAIN = {
    "bold": "strong",
    "italic": "em",
    "underline": "u",
    "strikethrough": "s",
    "code": "code",
    "blockquote": "blockquote",
}
BLOCKS = {"pre", "blockquote", "expandable_blockquote"}
NAMED = {"mention", "hashtag", "cashtag", "text_mention"}
SAFE_SCHEMES = ("http://", "https://", "tg://", "mailto:", "tel:")


def to_html(text: str, entities: Sequence[Entity] = ()) -> Markup:
    """Return `text` as HTML; entity offsets are UTF-16 units, as the Bot API counts them.

    Whatever the entities say, the result is well formed: where two overlap, the inner one is closed and opened again.
    """
    units = text.encode("utf-16-le")
    ordered = sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))
    open_now: list[Entity] = []
    parts: list[str] = []
    for start, end in _segments(len(units) // 2, ordered):
        wanted = [entity for entity in ordered if entity["offset"] <= start < _end(entity)]
        parts += _switch(open_now, wanted, units)
        plain = _slice(units, start, end)
        # A block ends its line already; the line break after it would show as an empty line.
        parts.append(str(escape(plain.removeprefix("\n") if _left_block(open_now, wanted) else plain)))
        open_now = wanted
    parts += _switch(open_now, [], units)
    return Markup("").join(Markup(part) for part in parts)  # noqa: S704 - each part is escaped or our own markup


def _end(entity: Entity) -> int:
    return int(entity["offset"]) + int(entity["length"])


def _slice(units: bytes, start: int, end: int) -> str:
    return units[2 * start : 2 * end].decode("utf-16-le", errors="replace")


def _segments(length: int, entities: Iterable[Entity]) -> Iterable[tuple[int, int]]:
    borders = {0, length}
    for entity in entities:
        borders |= {entity["offset"], _end(entity)}
    inside = sorted(border for border in borders if 0 <= border <= length)
    return pairwise(inside)


def _left_block(before: Sequence[Entity], after: Sequence[Entity]) -> bool:
    return any(entity["type"] in BLOCKS for entity in before if entity not in after)


def _switch(before: Sequence[Entity], after: Sequence[Entity], units: bytes) -> list[str]:
    """Return the closing and opening tags between two runs of text."""
    shared = 0
    while shared < min(len(before), len(after)) and before[shared] is after[shared]:
        shared += 1
    closing = [_tags(entity, units)[1] for entity in reversed(before[shared:])]
    return closing + [_tags(entity, units)[0] for entity in after[shared:]]


def _tags(entity: Entity, units: bytes) -> tuple[str, str]:
    kind = str(entity["type"])
    if kind in PLAIN:
        return f"<{PLAIN[kind]}>", f"</{PLAIN[kind]}>"
    if kind in NAMED:
        return '<span class="named">', "</span>"
    make = SPECIAL.get(kind)
    return make(entity, _slice(units, entity["offset"], _end(entity))) if make else ("", "")


def safe_address(address: str) -> str:
    """Return an address that may be linked, or nothing: a bot could send `javascript:` too."""
    return address if address.lower().startswith(SAFE_SCHEMES) else ""


def _link(address: str) -> tuple[str, str]:
    if not safe_address(address):
        return "", ""
    return f'<a href="{escape(address)}" target="_blank" rel="noopener noreferrer">', "</a>"


def _web_address(content: str) -> str:
    return content if "://" in content else f"https://{content}"


def _pre(entity: Entity, _content: str) -> tuple[str, str]:
    language = escape(entity.get("language") or "")
    return f'<pre data-language="{language}"><code>', "</code></pre>"


def _spoiler(_entity: Entity, _content: str) -> tuple[str, str]:
    return '<span class="spoiler" role="button" tabindex="0" aria-expanded="false"><span>', "</span></span>"


def _expandable(_entity: Entity, _content: str) -> tuple[str, str]:
    return '<blockquote class="expandable" role="button" tabindex="0" aria-expanded="false">', "</blockquote>"


def _command(_entity: Entity, content: str) -> tuple[str, str]:
    return f'<button type="button" class="named" data-command="{escape(content)}">', "</button>"


SPECIAL: dict[str, Callable[[Entity, str], tuple[str, str]]] = {
    "url": lambda _entity, content: _link(_web_address(content)),
    "text_link": lambda entity, _content: _link(str(entity["url"])),
    "email": lambda _entity, content: _link(f"mailto:{content}"),
    "phone_number": lambda _entity, content: _link(f"tel:{content}"),
    "pre": _pre,
    "spoiler": _spoiler,
    "expandable_blockquote": _expandable,
    "bot_command": _command,
}
