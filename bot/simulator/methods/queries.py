"""Methods that answer pressed buttons and inline queries."""

from __future__ import annotations

from typing import Any

from bot.simulator.calls import Call
from bot.simulator.errors import bad_request
from bot.simulator.methods.registry import method

LONGEST_ANSWER = 200
"""Characters (https://core.telegram.org/bots/api#answercallbackquery)."""
MOST_RESULTS = 50
"""https://core.telegram.org/bots/api#answerinlinequery."""


@method
def answer_callback_query(call: Call) -> bool:
    """https://core.telegram.org/bots/api#answercallbackquery."""
    text = call.text("text")
    if len(text) > LONGEST_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    query = call.world.take_query(call.text("callback_query_id"), "callback")
    answer: dict[str, Any] = {"text": text, "alert": call.flag("show_alert"), "url": call.text("url")}
    if not query.answer.done():
        query.answer.set_result(answer)
    call.world.tell("callback_answer", query.person_id, person=query.person_id, query=query.id, **answer)
    return True


@method
def answer_inline_query(call: Call) -> bool:
    """https://core.telegram.org/bots/api#answerinlinequery."""
    results = _results(call)
    query = call.world.take_query(call.text("inline_query_id"), "inline")
    answer: dict[str, Any] = {
        "results": results,
        "next_offset": call.text("next_offset"),
        "button": call.mapping("button"),
    }
    if not query.answer.done():
        query.answer.set_result(answer)
    call.world.tell("inline_answer", query.person_id, person=query.person_id, query=query.id, **answer)
    return True


def _results(call: Call) -> list[dict[str, Any]]:
    if call.structure("results") is None:
        raise bad_request("results is empty")
    results = call.objects("results", "expected an Array of inline query results")
    if len(results) > MOST_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    identifiers = [str(result.get("id", "")) for result in results]
    if not all(1 <= len(identifier.encode()) <= 64 for identifier in identifiers):
        raise bad_request("RESULT_ID_INVALID")
    if len(set(identifiers)) < len(identifiers):
        raise bad_request("RESULT_ID_DUPLICATE")
    return results
