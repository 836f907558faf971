"""Routing and answering alone, and the start with what is kept: python -m tests.benchmarks.understanding."""

# ruff: noqa: T201 - a benchmark prints.

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import yaml

from bot.answering import Answerer, Context
from bot.answering.content import Content, load_content
from bot.answering.encoder import load_encoder
from bot.answering.outcomes import Bands
from bot.answering.schema import Entry
from bot.routing import Router

CASES = Path(__file__).resolve().parents[1] / "evaluation"
ENTRIES = 300
# The fastest of so many rounds counts, each with other questions in between: the machine may have other things to do.
ROUNDS = 3
MOST_ROUTE, MOST_ANSWER, MOST_ANSWER_P99, MOST_START = 0.003, 0.002, 0.005, 3.0
"""Seconds, of the medians where nothing else is said."""
FIRST_ANSWER = """
from bot.answering import Answerer, Context
from bot.answering.content import load_content
from bot.answering.vectors import kept_encoder
from bot.routing import Router
content, encoder = load_content(), kept_encoder()
answerer, router = Answerer(content, encoder), Router.over(content, encoder)
answerer.reply_to("Wo sitzt NieKE?", Context())
"""


def larger(content: Content) -> Content:
    """Return the content with copies of its entries under other names, `ENTRIES` in all."""
    copies = {name: entry for name, entry in _copies(content) if name not in content.entries}
    missing = max(0, ENTRIES - len(content.entries))
    return replace(content, entries={**content.entries, **dict(list(copies.items())[:missing])})


def _copies(content: Content) -> Iterator[tuple[str, Entry]]:
    """The words of a copy are none of the original's, so that it draws no questions away from it."""
    for name, entry in content.entries.items():
        questions = {
            language: [" ".join(f"{word[::-1]}{len(word)}" for word in phrase.split()) for phrase in phrases]
            for language, phrases in entry.questions.items()
        }
        yield f"{name}-2"[-34:].strip("-"), entry.model_copy(update={"id": f"{name}-2", "questions": questions})


def spans(ask: Callable[[str], object], texts: Sequence[str]) -> list[float]:
    """Return the seconds that each text takes."""
    fastest = [float("inf")] * len(texts)
    for _ in range(ROUNDS):
        for number, text in enumerate(texts):
            begin = time.perf_counter()
            ask(text)
            fastest[number] = min(fastest[number], time.perf_counter() - begin)
    return sorted(fastest)


def texts(name: str) -> list[str]:
    """Return the texts of a file of conversations."""
    return [case["text"] for case in yaml.safe_load((CASES / name).read_text(encoding="utf-8"))]


def start() -> float:
    """Return the seconds from the start of a process to its first answer, the second time."""
    taken = 0.0
    for _ in range(2):
        begin = time.perf_counter()
        subprocess.run([sys.executable, "-c", FIRST_ANSWER], check=True)
        taken = time.perf_counter() - begin
    return taken


def main() -> int:
    """Print the figures; return 1 when one is too long."""
    content, encoder = load_content(), load_encoder()
    router, answerer = Router.over(content, encoder), Answerer(larger(content), encoder, bands=Bands())
    routed = spans(router.route, texts("routed.yaml"))
    answered = spans(
        lambda text: answerer.reply_to(text, Context()), [*texts("answered.yaml"), *texts("unanswered.yaml")]
    )
    route, answer, late = statistics.median(routed), statistics.median(answered), answered[int(0.99 * len(answered))]
    print(f"routing alone: {1000 * route:.2f} ms (at most {1000 * MOST_ROUTE:.0f})")
    print(
        f"answering alone, {ENTRIES} entries: {1000 * answer:.2f} ms (at most {1000 * MOST_ANSWER:.0f}), "
        f"99 of 100 within {1000 * late:.2f} ms (at most {1000 * MOST_ANSWER_P99:.0f})"
    )
    begun = start()
    print(f"start to the first answer: {begun:.2f} s (at most {MOST_START:.0f})")
    within = route <= MOST_ROUTE and answer <= MOST_ANSWER and late <= MOST_ANSWER_P99 and begun <= MOST_START
    return 0 if within else 1


if __name__ == "__main__":
    sys.exit(main())
