from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.answering import Answerer
from bot.answering.content import load_content
from bot.answering.vectors import kept_encoder


@pytest.fixture(scope="session")
def answerer(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    """With bands fitted to the content, as in use."""
    folder: Path = tmp_path_factory.mktemp("kept")
    return Answerer(load_content(), kept_encoder(folder), today=lambda: date(2026, 11, 24))
