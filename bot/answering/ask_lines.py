"""Temporary entry point: JSON lines in, JSON lines out."""

from __future__ import annotations

import json
import sys

from bot.answering import Answerer, ask_line
from bot.texts import Texts

if __name__ == "__main__":
    loaded, texts = Answerer.load(), Texts.load()
    for line in sys.stdin:
        if line.strip():
            sys.stdout.write(json.dumps(ask_line(loaded, texts, json.loads(line)), ensure_ascii=False) + "\n")
