from __future__ import annotations

from datetime import date

import pytest

from bot.answering import Answerer
from bot.answering.content import Content, load_content
from bot.answering.encoder import load_encoder
from bot.texts import Texts

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="session")
def content() -> Content:
    return load_content()


@pytest.fixture(scope="session")
def answerer(content: Content) -> Answerer:
    return Answerer(content, load_encoder(), today=lambda: TODAY)


@pytest.fixture(scope="session")
def lexical(content: Content) -> Answerer:
    return Answerer(content, None, today=lambda: TODAY)


@pytest.fixture(scope="session")
def texts() -> Texts:
    return Texts.load()
