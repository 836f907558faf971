"""`gfcbot ask`: questions from the command line or as JSON lines, without Telegram."""

from __future__ import annotations

import html
import json
import re
import sys
from pathlib import Path
from typing import TextIO

from bot.answering import Answerer, Context, ask_line, render
from bot.errors import StartError
from bot.texts import Texts

TAG = re.compile(r"<[^>]+>")


def run(text: str, file: str | None) -> int:
    """Answer `text`, or each JSON line of `file` (- is standard input); raises StartError for unreadable input."""
    if file is None and not text:
        raise StartError("ask what? for example: gfcbot ask Wo sitzt NieKE")
    texts, answerer = Texts.load(), Answerer.load()
    if file is None:
        reply = answerer.reply_to(text, Context())
        sys.stdout.write(plain(render(reply, texts)) + "\n")
        return 0
    with _opened(file) as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                answer = ask_line(answerer, texts, _parsed(line, number))
                sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
                sys.stdout.flush()
    return 0


def plain(message: str) -> str:
    """Return a Telegram HTML message as a person reads it."""
    return html.unescape(TAG.sub("", message))


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
