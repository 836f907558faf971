"""Logs are readable or JSON, and never tell what a user wrote, or the token."""

from __future__ import annotations

import io
import json
import logging

from bot import logs


def test_json_where_no_terminal_is() -> None:
    stream = io.StringIO()
    logs.set_up(stream=stream)
    logs.get("bot.test").info("update done", update_id=7)
    line = json.loads(stream.getvalue())
    assert (line["event"], line["update_id"], line["level"]) == ("update done", 7, "info")


def test_text_on_a_terminal() -> None:
    stream = io.StringIO()
    logs.set_up(form="text", stream=stream)
    logs.get("bot.test").warning("inbox is full", open=3)
    assert "inbox is full" in stream.getvalue()
    assert not stream.getvalue().startswith("{")


def test_an_exception_shows_its_kind_and_place_but_not_its_text() -> None:
    stream = io.StringIO()
    logs.set_up(stream=stream)
    try:
        raise ValueError("Herr Muster schrieb: geheim")
    except ValueError:
        logs.get("bot.test").exception("update failed")
        logging.getLogger("some.library").exception("failed")
    assert "geheim" not in stream.getvalue()
    assert stream.getvalue().count("ValueError") == 2
    assert "test_logs.py" in stream.getvalue()


def test_tokens_are_hidden_in_every_field_and_from_libraries() -> None:
    stream = io.StringIO()
    logs.set_up(stream=stream)
    logs.get("bot.test").info("call", url="http://host/bot12345:AAbbCC-dd/getMe")
    logging.getLogger("some.library").warning("GET %s", "http://host/bot12345:AAbbCC-dd/getMe")
    assert "AAbbCC" not in stream.getvalue()
    assert stream.getvalue().count("(token)") == 2
