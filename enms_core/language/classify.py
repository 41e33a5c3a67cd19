"""Which intent a masked sentence belongs to, and whether it is ours at all: a linear text model.

Word pairs, letter groups and concepts (`wording.py`) with TF-IDF weights, and linear support vector
classifiers, fitted by scikit-learn (`fitting.py`). Here only their weights are needed: a process
that finds a fitted model does not load scikit-learn.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from enms_core.language.concepts import Thesaurus
from enms_core.language.wording import VIEWS, wording

OTHER = "other"  # other.intent: what belongs to other skills, or is a command we do not carry out
# Margins of a linear SVC lie within about ±1; this spreads them to shares that read as confidence.
SHARPNESS = 5.0
# How much a sentence of nothing but unknown words loses of what speaks for it being ours.
UNKNOWN_WEIGHT = 1.5

Floats = NDArray[np.float32]


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
    """Features of one view with their inverse document frequencies, and a row of weights each: one
    column per intent, the last for being ours."""

    features: tuple[str, ...]
    frequencies: Floats
    weights: Floats

    @cached_property
    def places(self) -> Mapping[str, int]:
        return {feature: place for place, feature in enumerate(self.features)}


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

    def __init__(self, fitted: Fitted, thesaurus: Thesaurus) -> None:
        self._fitted = fitted
        self._thesaurus = thesaurus
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
        seen = wording(masked, self._thesaurus, self.known_words)
        total = self._fitted.intercepts.copy()
        for view, features_of in zip(self._fitted.views, VIEWS, strict=True):
            counts = Counter(features_of(seen))
            found = [(view.places[name], n) for name, n in counts.items() if name in view.places]
            if found:
                places, times = map(np.array, zip(*found, strict=True))
                values = (1 + np.log(times)) * view.frequencies[places]
                total += (values / np.linalg.norm(values)) @ view.weights[places]
        return total

    def _ranked(self, margins: Floats) -> tuple[Ranked, ...]:
        weights = np.exp(SHARPNESS * (margins - margins.max()))
        shares = weights / weights.sum()
        intents = [intent for intent in self._fitted.intents if intent != OTHER]
        order = sorted(range(len(shares)), key=lambda index: (-shares[index], index))
        return tuple(Ranked(intents[index], float(shares[index])) for index in order)
