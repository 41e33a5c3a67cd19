"""Which intent a masked sentence belongs to, and whether it is ours at all: a linear text model.

Word pairs, letter groups, concepts and their course (`wording.py`) with TF-IDF weights, and linear
support vector classifiers, fitted by scikit-learn (`fitting.py`). Here only their weights are
needed: a process that finds a fitted model does not load scikit-learn.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enms_core.language.wording import VIEWS, WordingReader

OTHER = "other"  # other.intent: what belongs to other skills, or is a command we do not carry out
# Margins of a linear SVC lie within about ±1; this spreads them to shares that read as confidence.
SHARPNESS = 5.0
# How much a sentence of nothing but unknown words loses of what speaks for it being ours.
UNKNOWN_WEIGHT = 1.5

Floats = NDArray[np.float32]
Halves = NDArray[np.float16]
Keys = NDArray[np.uint64]


@dataclass(frozen=True)
class Ranked:
    """An intent and the share of the decision that speaks for it, 0 to 1."""

    intent: str
    share: float


@dataclass(frozen=True)
class Judged:
    """A sentence judged: our intents, the likeliest first, and how much speaks for it being ours at
    all (the sum of two margins, less what unknown words take away; 0 is undecided)."""

    intents: tuple[Ranked, ...]
    ours: float


@dataclass(frozen=True)
class View:
    """Features of one view, by their keys in ascending order, with their inverse document
    frequencies and a row of weights each: one column per intent, the last for being ours."""

    keys: Keys
    frequencies: Floats
    weights: Halves

    def margins(self, features: Iterable[str]) -> Floats:
        """What the features of a sentence add to each margin; those not known add nothing."""
        counts = Counter(features)
        asked = feature_keys(counts)
        places = np.searchsorted(self.keys, asked)
        is_known = self.keys[np.minimum(places, len(self.keys) - 1)] == asked
        times = np.fromiter(counts.values(), np.float32, len(counts))[is_known]
        values = (1 + np.log(times)) * self.frequencies[places[is_known]]
        weights = self.weights[places[is_known]].astype(np.float32)
        length = np.linalg.norm(values) or 1.0
        margins: Floats = (values / length) @ weights
        return margins


def feature_keys(features: Iterable[str]) -> Keys:
    """64 bits for each feature: a hundred thousand names would take most of a model's memory."""
    digests = (hashlib.blake2b(each.encode(), digest_size=8).digest() for each in features)
    return np.frombuffer(b"".join(digests), dtype=">u8").astype(np.uint64)


@dataclass(frozen=True)
class Fitted:
    """A fitted model. intents: of the columns, OTHER among them. word_counts: the words of the
    sentences it was fitted on, and how many sentences have each."""

    intents: tuple[str, ...]
    views: tuple[View, ...]
    intercepts: Floats
    word_counts: Mapping[str, int]


class IntentClassifier:
    """Judges masked sentences of one language."""

    def __init__(self, fitted: Fitted, wordings: WordingReader) -> None:
        self._fitted = fitted
        self._wordings = wordings
        self._other = fitted.intents.index(OTHER)
        self.word_counts = fitted.word_counts
        self.known_words = frozenset(fitted.word_counts)

    def judge(self, masked: Sequence[str]) -> Judged:
        """All our intents for the words of a sentence, and whether it is ours."""
        margins = self._margins(masked)
        known, other = np.delete(margins[:-1], self._other), margins[self._other]
        unknown = sum(word not in self.known_words for word in masked) / max(1, len(masked))
        ours = margins[-1] + known.max() - other - UNKNOWN_WEIGHT * unknown
        return Judged(self._ranked(known), float(ours))

    def _margins(self, masked: Sequence[str]) -> Floats:
        """The margin of each intent and, at the end, of being ours."""
        seen = self._wordings.read(masked, self.known_words)
        total = self._fitted.intercepts.copy()
        for view, features_of in zip(self._fitted.views, VIEWS, strict=True):
            total += view.margins(features_of(seen))
        return total

    def _ranked(self, margins: Floats) -> tuple[Ranked, ...]:
        weights = np.exp(SHARPNESS * (margins - margins.max()))
        shares = weights / weights.sum()
        intents = [intent for intent in self._fitted.intents if intent != OTHER]
        order = sorted(range(len(shares)), key=lambda index: (-shares[index], index))
        return tuple(Ranked(intents[index], float(shares[index])) for index in order)
