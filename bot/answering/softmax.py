"""Multinomial logistic regression in numpy, small enough to be fitted again whenever an answer is edited."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bot.answering.encoder import Vectors

STEPS = 60
RATE = 0.1
SCALE = 10.0
DECAY = 4e-4
# Kept weights are those of these numbers.
FITTING = f"{STEPS} {RATE} {SCALE} {DECAY}"


class Softmax:
    """Probabilities of labels from sentence vectors."""

    def __init__(self, weights: Vectors) -> None:
        self.weights = weights

    @classmethod
    def fit(cls, vectors: Vectors, labels: NDArray[np.intp], count: int) -> Softmax:
        """Fit `count` labels by full-batch Adam; every label weighs the same, however many examples it has."""
        inputs = _with_constant(vectors)
        wanted = np.zeros((len(labels), count), dtype=np.float32)
        wanted[np.arange(len(labels)), labels] = 1
        per_label = np.bincount(labels, minlength=count).astype(np.float32)
        shares = (1 / np.sqrt(per_label[labels]))[:, None]
        shares /= shares.sum()
        weights: Vectors = np.zeros((count, inputs.shape[1]), dtype=np.float32)
        first: Vectors = np.zeros_like(weights)
        second: Vectors = np.zeros_like(weights)
        for step in range(1, STEPS + 1):
            slope = ((_softmax(inputs @ weights.T) - wanted) * shares).T @ inputs + DECAY * weights
            first += 0.1 * (slope - first)
            second += 0.01 * (slope * slope - second)
            weights -= RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
        return cls(weights)

    def probabilities(self, vectors: Vectors) -> Vectors:
        """Return one row of probabilities a vector."""
        return _softmax(_with_constant(vectors) @ self.weights.T)


def _with_constant(vectors: Vectors) -> Vectors:
    constant = np.ones((len(vectors), 1), dtype=np.float32)
    return np.hstack([vectors * SCALE, constant]).astype(np.float32)


def _softmax(logits: Vectors) -> Vectors:
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True), dtype=np.float32)
