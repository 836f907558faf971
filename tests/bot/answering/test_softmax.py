from __future__ import annotations

import numpy as np

from bot.answering.softmax import Softmax


def test_what_lies_near_an_example_gets_its_label() -> None:
    vectors = np.eye(4, dtype=np.float32)
    model = Softmax.fit(vectors, np.array([0, 0, 1, 2]), 3)
    chances = model.probabilities(vectors)
    assert chances.argmax(axis=1).tolist() == [0, 0, 1, 2]
    assert np.allclose(chances.sum(axis=1), 1, atol=1e-5)
