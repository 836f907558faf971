"""Conversations in readable files; the figures must not drop below these floors."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from bot.answering import Answerer, ask_line
from bot.answering.rendering import plain
from bot.texts import Texts

FOLDER = Path(__file__).parent
ANSWERED = 0.93
WRONG = 0.04
SILENT = 0.93

Case = dict[str, Any]


def cases(name: str) -> list[Case]:
    loaded: list[Case] = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    return loaded


def is_right(case: Case, reply: Case) -> bool:
    text = plain(reply["text"])
    return (
        reply["kind"] in case.get("kinds", [case.get("kind", "answer")])
        and reply["lang"] == case.get("lang", reply["lang"])
        and all(re.search(pattern, text, re.IGNORECASE | re.DOTALL) for pattern in case.get("must", ()))
        and set(case.get("clusters", ())) <= set(reply["clusters"])
    )


def test_questions_are_answered(answerer: Answerer, texts: Texts) -> None:
    right, wrong = 0, []
    missed = []
    asked = cases("answered.yaml")
    for case in asked:
        reply = ask_line(answerer, texts, case)
        if is_right(case, reply):
            right += 1
        else:
            missed.append(case["text"])
            wrong += [case["text"]] if reply["kind"] == "answer" else []
    assert right / len(asked) >= ANSWERED, missed
    assert len(wrong) / len(asked) <= WRONG, wrong


def test_what_is_not_known_is_not_answered(answerer: Answerer, texts: Texts) -> None:
    asked = cases("unanswered.yaml")
    answered = []
    for case in asked:
        reply = ask_line(answerer, texts, case)
        kinds = case.get("kinds", ["clarify", "unknown", "handover", "smalltalk"])
        if reply["kind"] not in kinds or case.get("reason") not in (None, reply["reason"]):
            answered.append(case["text"])
    assert 1 - len(answered) / len(asked) >= SILENT, answered
