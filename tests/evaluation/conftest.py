from __future__ import annotations

from datetime import date

import pytest

from bot.answering import Answerer
from bot.answering.content import load_content
from bot.answering.encoder import load_encoder


@pytest.fixture(scope="session")
def answerer() -> Answerer:
    return Answerer(load_content(), load_encoder(), today=lambda: date(2026, 11, 24))
