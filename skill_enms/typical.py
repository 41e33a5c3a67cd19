"""Which of many sentences are typical of their intent: near to the others of it, far from those of
every other intent, and not all alike.

Sentences are compared by their words and pairs of words, weighted by how few sentences have them
(TF-IDF, cosine). The choice depends on the sentences alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import log, sqrt

Weights = Mapping[str, float]

# How much a sentence loses by being like one that is chosen already.
SAMENESS = 0.3


class Typical:
    """Chooses among the sentences of a language.

    sentences: all of them, by intent, and those of other skills.
    """

    def __init__(self, sentences: Mapping[str, Sequence[str]]) -> None:
        features = {text: _features(text) for texts in sentences.values() for text in texts}
        frequencies = Counter(name for names in features.values() for name in names)
        self._rarity = {name: log(len(features) / n) for name, n in frequencies.items()}
        self._centres = {
            intent: _scaled(_summed(self._weights(text) for text in texts))
            for intent, texts in sentences.items()
        }

    def chosen(self, intent: str, among: Iterable[str], number: int) -> list[str]:
        """The most typical of some sentences of an intent, the best first."""
        left = {text: self._weights(text) for text in among}
        worth = {text: self._worth(weights, intent) for text, weights in left.items()}
        likeness = dict.fromkeys(left, 0.0)
        chosen: list[str] = []
        while left and len(chosen) < number:
            best = max(left, key=lambda text: worth[text] - SAMENESS * likeness[text])
            weights = left.pop(best)
            chosen.append(best)
            for text, others in left.items():
                likeness[text] = max(likeness[text], _cosine(weights, others))
        return chosen

    def _worth(self, weights: Weights, intent: str) -> float:
        """How much nearer to its own intent than to the nearest other one."""
        near = {name: _cosine(weights, centre) for name, centre in self._centres.items()}
        return near.pop(intent) - max(near.values(), default=0.0)

    def _weights(self, text: str) -> Weights:
        return _scaled({name: self._rarity[name] for name in _features(text)})


def _features(text: str) -> list[str]:
    """Words and pairs of neighbours, each once, in their order."""
    words = text.split()
    pairs = map(" ".join, pairwise(words))
    return list(dict.fromkeys([*words, *pairs]))


def _summed(vectors: Iterable[Weights]) -> Weights:
    total: dict[str, float] = {}
    for vector in vectors:
        for name, weight in vector.items():
            total[name] = total.get(name, 0.0) + weight
    return total


def _scaled(weights: Weights) -> Weights:
    """To the length of one; empty where all are zero."""
    length = sqrt(sum(weight * weight for weight in weights.values()))
    return {name: weight / length for name, weight in weights.items()} if length else {}


def _cosine(first: Weights, second: Weights) -> float:
    if len(second) < len(first):
        first, second = second, first
    return sum(weight * second.get(name, 0.0) for name, weight in first.items())
