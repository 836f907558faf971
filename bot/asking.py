"""`gfcbot ask` and `gfcbot route`: questions and enquiries from the command line or as JSON lines, without Telegram."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TextIO

from bot import routing
from bot.answering import Answerer, Context, ask_line, render
from bot.answering.content import load_content
from bot.answering.rendering import plain
from bot.answering.vectors import kept_encoder
from bot.clock import utc_now
from bot.errors import StartError
from bot.texts import Texts

Line = Callable[[Mapping[str, Any]], dict[str, Any]]


def ask(text: str, file: str | None) -> int:
    """Answer `text`, or each JSON line of `file` (- is standard input); raises StartError for unreadable input."""
    if file is None and not text:
        raise StartError("ask what? for example: gfcbot ask Wo sitzt NieKE")
    texts, answerer = Texts.load(), Answerer.load()
    if file is not None:
        return _answer_lines(file, lambda request: ask_line(answerer, texts, request))
    return _write(render(answerer.reply_to(text, Context()), texts))


def route(text: str, file: str | None) -> int:
    """Route `text`, or each JSON line of `file` (- is standard input); raises StartError for unreadable input."""
    if file is None and not text:
        raise StartError("route what? for example: gfcbot route Wir suchen in Kiel eine Verpackung für Fisch")
    texts, content = Texts.load(), load_content()
    router = routing.Router.over(content, kept_encoder())
    if file is not None:
        return _answer_lines(file, lambda request: routing.route_line(router, texts, request))
    return _write(routing.render(router.route(text), content, texts, today=utc_now().date()))


def _write(message: str) -> int:
    sys.stdout.write(plain(message) + "\n")
    return 0


def _answer_lines(file: str, answer: Line) -> int:
    with _opened(file) as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                sys.stdout.write(json.dumps(answer(_parsed(line, number)), ensure_ascii=False) + "\n")
                sys.stdout.flush()
    return 0


def _opened(file: str) -> TextIO:
    if file == "-":
        return sys.stdin
    try:
        return Path(file).open(encoding="utf-8")
    except OSError as error:
        raise StartError(f"{file}: {error.strerror}") from None


def _parsed(line: str, number: int) -> dict[str, object]:
    try:
        request = json.loads(line)
    except ValueError as error:
        raise StartError(f"line {number}: not JSON ({error})") from None
    if not isinstance(request, dict) or not isinstance(request.get("text"), str):
        raise StartError(f'line {number}: needs an object with "text"')
    return request
