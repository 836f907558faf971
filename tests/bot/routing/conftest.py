from __future__ import annotations

import pytest

from bot.answering.content import Content, load_content
from bot.answering.encoder import load_encoder
from bot.routing import Router


@pytest.fixture(scope="session")
def content() -> Content:
    return load_content()


@pytest.fixture(scope="session")
def router(content: Content) -> Router:
    return Router.over(content, load_encoder())


@pytest.fixture(scope="session")
def lexical(content: Content) -> Router:
    """Without the encoder: places and words do not need it."""
    return Router.over(content, None)
