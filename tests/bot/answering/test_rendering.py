from __future__ import annotations

from datetime import date

from bot.answering import Answerer, Context, render
from bot.answering.content import Content
from bot.texts import Texts


def test_an_expired_fact_is_told_with_its_day(content: Content, texts: Texts) -> None:
    seat = content.clusters["fpi"].facts["seat"]
    old = seat[0].model_copy(update={"expires": date(2020, 1, 31)})
    facts = {**content.clusters["fpi"].facts, "seat": [old]}
    cluster = content.clusters["fpi"].model_copy(update={"facts": facts})
    changed = Content(**{**vars(content), "clusters": {**content.clusters, "fpi": cluster}})
    reply = Answerer(changed, None).reply_to("Wo sitzt FPI?", Context())
    assert "31. Januar 2020" in render(reply, texts)


def test_names_are_escaped(answerer: Answerer, texts: Texts) -> None:
    message = render(answerer.reply_to_choice("f:contact:foodregio", Context()), texts)
    assert "&amp;" in message or "&" not in message.replace("&amp;", "")
