"""Which intent a masked sentence belongs to: a linear text model per language.

Word pairs and letter groups with TF-IDF weights, and a linear support vector classifier
(scikit-learn). The only source of sentences are the `.intent` files. Fitting is
deterministic and takes a fraction of a second.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import FeatureUnion, make_union
from sklearn.svm import LinearSVC

OTHER = "other"  # other.intent: what belongs to other skills, or is a command we do not carry out
UNKNOWN_WORD = "unk"
# Margins of a linear SVC lie within about ±1; this spreads them to shares that read as confidence.
SHARPNESS = 5.0


@dataclass(frozen=True)
class Ranked:
    """An intent and the share of the decision that speaks for it, 0 to 1."""

    intent: str
    share: float


class IntentClassifier:
    """Fitted on (masked sentence, intent) pairs."""

    def __init__(self, sentences: Sequence[tuple[tuple[str, ...], str]]) -> None:
        texts = [" ".join(tokens) for tokens, _ in sentences]
        intents = [intent for _, intent in sentences]
        self._features = _features()
        matrix = self._features.fit_transform(texts)
        self._model = LinearSVC(C=0.5, random_state=0).fit(matrix, intents)
        self.known_words = frozenset(word for tokens, _ in sentences for word in tokens)

    def rank(self, masked: Iterable[str]) -> list[Ranked]:
        """All intents, the likeliest first. Words no sentence has count as one unknown word."""
        text = " ".join(word if word in self.known_words else UNKNOWN_WORD for word in masked)
        margins = self._model.decision_function(self._features.transform([text]))[0]
        weights = np.exp(SHARPNESS * (margins - margins.max()))
        shares = weights / weights.sum()
        order = sorted(range(len(shares)), key=lambda index: (-shares[index], index))
        return [Ranked(str(self._model.classes_[i]), float(shares[i])) for i in order]


def _features() -> FeatureUnion:
    words = TfidfVectorizer(ngram_range=(1, 2), token_pattern=r"\S+", sublinear_tf=True)
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)
    return make_union(words, letters)
